"""How a verb is called: its words, its help, its completion, and what is said when it cannot be understood."""
