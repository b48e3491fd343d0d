"""Several boards asked at once, each number with the board it is from."""
