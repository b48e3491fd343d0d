"""The merge driver for cards: its name in git's configuration, and the program that it is."""

import shlex
import sys

DRIVER = "kanban"
OURS = shlex.join([sys.executable, "-P", "-m", "kanban"])
"""This very program, called so that no folder of the repository can take its name (`-P`)."""
WORDS = "merge-driver %O %A %B %P %L"

TRUSTED_DRIVERS = {DRIVER: f"{OURS} {WORDS}"}
"""What may run when a merge is only looked at, whatever the repository's configuration names."""
