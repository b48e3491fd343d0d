"""The board for other programs: calendars, a feed of what changed, and data."""
