"""Verbs that make a card or change what stands on it."""
