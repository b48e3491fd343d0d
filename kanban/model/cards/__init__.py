"""Cards and boards as values, put together from files."""
