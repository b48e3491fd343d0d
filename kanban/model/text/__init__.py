"""The card as text: bytes, lines, front matter, and changes of single places."""
