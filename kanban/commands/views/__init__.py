"""Verbs that show the board and its cards."""
