"""What a change does to the pipeline: the report of a pull request, the same for a digest and for two revisions."""
