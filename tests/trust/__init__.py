"""Readers run nothing, names of any bytes pass, and no field smuggles anything into a link."""
