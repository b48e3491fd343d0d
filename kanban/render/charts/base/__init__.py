"""What every chart stands on: its look, its labels, what it says beside its figures, and how it is drawn."""
