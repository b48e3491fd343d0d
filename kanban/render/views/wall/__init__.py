"""View objects of the wall: columns, cards on the board, signals."""
