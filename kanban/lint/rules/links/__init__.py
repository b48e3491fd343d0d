"""KB7xx: references to other things."""
