"""How verbs show things in a terminal: tables, walls, sheets of numbers, questions."""
