"""Verbs for a team: sharing, merging, hooks."""
