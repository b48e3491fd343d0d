"""Verbs about people in a board."""
