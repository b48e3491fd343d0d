"""Verbs that carry cards from column to column and take that back."""
