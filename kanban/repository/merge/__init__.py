"""Two lines of work brought together: merges read, commits replayed, and a commit made elsewhere taken over."""
