"""KB4xx: steps over a range of commits."""
