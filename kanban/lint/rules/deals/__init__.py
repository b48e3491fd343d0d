"""KB5xx: amounts, dates, owners and reasons."""
