"""How git is told to start us, in hooks and as a merge driver."""

import shlex
import sys

OURS = shlex.join([sys.executable, "-P", "-m", "kanban"])
"""The Python that runs now. `-P`: git starts it at the top of a repository, and a folder `kanban/` or a file `click.py`
that somebody has put there must not be taken for the program."""
