"""`board.yml`: what can be declared, and how it is read."""
