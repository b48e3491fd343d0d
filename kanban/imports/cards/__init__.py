"""Deals as cards and commits, compared with what is here."""
