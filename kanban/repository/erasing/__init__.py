"""What git keeps of a text beyond the newest commit, and a history written anew without it."""
