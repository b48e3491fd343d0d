"""The verbs: short stories of reading, thinking, and telling or writing. Only here are clicks, clocks and terminals."""
