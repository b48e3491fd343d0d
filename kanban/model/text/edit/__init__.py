"""Changes of single places in a card's text that leave every other byte alone."""
