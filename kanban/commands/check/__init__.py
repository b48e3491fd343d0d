"""Verbs that judge a board or a change to it."""
