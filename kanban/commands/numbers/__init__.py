"""Verbs that measure, forecast and diagnose."""
