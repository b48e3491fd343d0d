"""Whole answers of reading verbs, kept while nothing that they were made from has changed."""
