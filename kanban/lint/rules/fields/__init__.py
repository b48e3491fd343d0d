"""KB2xx: fields and their types."""
