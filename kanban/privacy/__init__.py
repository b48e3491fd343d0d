"""People in a board: what names them, where they stand, how long they may, and what others may see."""
