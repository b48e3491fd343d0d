"""Commits and what they did to cards, as events."""
