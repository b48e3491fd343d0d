"""KB3xx: the board as a whole."""
