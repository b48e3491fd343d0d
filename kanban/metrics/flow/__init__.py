"""Metrics of what flows through the board."""
