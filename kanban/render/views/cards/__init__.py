"""View objects of the card pages and the archive."""
