"""Merging and replaying commits."""
