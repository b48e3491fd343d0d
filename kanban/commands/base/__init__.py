"""What every verb stands on: how it is called, helped, answered and how it ends."""
