"""What stands in the one line of a new opportunity besides figures, days and signs: people, labels, the order."""
