"""A team of several clones and a shared repository, with our own hooks."""
