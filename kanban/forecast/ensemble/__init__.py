"""The forecast of wins: several ways to count, weighted and calibrated by what each was worth on this board."""
