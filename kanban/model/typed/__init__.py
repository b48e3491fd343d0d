"""What a person types, and the value it stands for."""
