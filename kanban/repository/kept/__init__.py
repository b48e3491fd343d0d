"""What was worked out once and is kept under the git folder."""
