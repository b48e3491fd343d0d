"""What TAB asks: which words may follow, and their names, kept so that nothing else is loaded."""
