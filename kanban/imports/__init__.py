"""Pipelines brought from elsewhere: rows of an export become cards, what happened to them commits on its own days."""
