"""Software agents under the board's rules."""
