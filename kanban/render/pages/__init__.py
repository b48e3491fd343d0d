"""The site's pages, one module a kind: which files there are, and which template shows which view."""
