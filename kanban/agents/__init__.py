"""Hands for software agents: every verb as a tool, under the board's own rules and narrower ones."""
