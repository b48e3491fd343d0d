"""Git hooks: running the user's, writing ours."""
