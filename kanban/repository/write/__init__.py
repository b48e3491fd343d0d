"""One change as one transaction: prepared, committed, adopted, or as before."""
