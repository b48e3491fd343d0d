"""Front matter as text: its fence, its fields and their places, and what can be read of a broken one."""
