"""Verbs that set a board, a shell or an editor up."""
