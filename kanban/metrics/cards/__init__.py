"""Metrics of the cards that are open now."""
