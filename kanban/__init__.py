"""git-kanban: a sales pipeline that lives in git.

One opportunity is one card is one Markdown file; one column is one folder; git is the memory.
"""

__version__ = "0.1.0"
