"""Boards, files and histories read from git."""
