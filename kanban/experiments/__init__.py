"""Micro-rules (D50): one rule tried for two weeks, measured before and after, then kept, adjusted or dropped."""
