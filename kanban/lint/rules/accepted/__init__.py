"""KB0xx: waivers, baseline and settings."""
