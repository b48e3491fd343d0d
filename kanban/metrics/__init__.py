"""The numbers: pure functions over events, cards and a day. Each module is one noun and opens with its definition."""
