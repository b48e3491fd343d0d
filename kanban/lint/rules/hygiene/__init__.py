"""KB5xx: notes, classes of service and micro-rules."""
