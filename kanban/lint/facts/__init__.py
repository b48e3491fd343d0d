"""What rules ask about a board, answered once."""
