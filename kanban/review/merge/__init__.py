"""Merging one card with itself: fields, body, conflicts."""
