"""Symptom → remedy (D36–D43): what the board's data show to be wrong, and what to do about it."""
