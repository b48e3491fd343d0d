"""Distributions of wins to come, each from one way of looking at the past."""
