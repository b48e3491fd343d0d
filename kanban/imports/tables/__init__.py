"""Exports as rows, whatever file they are in."""
