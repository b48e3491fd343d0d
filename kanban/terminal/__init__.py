"""The board in the terminal, to be touched: columns side by side, by keys or mouse, over any line that shows text."""
