"""What makes a write whole or undone whatever stops it: the journal, and who reads it afterwards."""
