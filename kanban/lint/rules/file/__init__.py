"""KB1xx: the file and its YAML."""
