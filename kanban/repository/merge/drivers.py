"""The merge driver for cards: its name in git's configuration, and the program that it is."""

from kanban.repository.hooks.ourselves import OURS

DRIVER = "kanban"
WORDS = "merge-driver %O %A %B %P %L"

TRUSTED_DRIVERS = {DRIVER: f"{OURS} {WORDS}"}
"""What may run when a merge is only looked at, whatever the repository's configuration names."""
