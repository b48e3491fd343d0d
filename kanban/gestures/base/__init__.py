"""What every gesture is made of: where it is made, what is typed for it, and what it comes to."""
