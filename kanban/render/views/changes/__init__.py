"""View objects of what changed: since last Monday, card by card, and day by day."""
