"""What the past lets one expect: wins, money and dates, with the spread, and how well such forecasts did before."""
