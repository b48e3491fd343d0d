"""View objects of the numbers page."""
