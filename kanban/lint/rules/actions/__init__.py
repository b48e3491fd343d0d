"""KB5xx: next actions, ages and blocks."""
