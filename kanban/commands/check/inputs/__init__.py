"""What is judged: a board as a folder, the index, a commit, a push or a merge has it, with what was before."""
