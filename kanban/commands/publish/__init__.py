"""Verbs that carry the board elsewhere: site, files, reminders."""
