"""Companies and people: looked at, made, renamed, two of them made one."""
