"""KB6xx: what should not stand on a card."""
