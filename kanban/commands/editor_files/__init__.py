"""Configuration for editors, as files."""
