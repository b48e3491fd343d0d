"""Cards, events and stays as tables for other tools."""
