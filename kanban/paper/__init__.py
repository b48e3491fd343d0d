"""One model of a page, what fits into a given length, and one writer for each medium."""
