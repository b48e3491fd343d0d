"""Verbs that lead a meeting."""
