"""Everything read from and written to git."""
