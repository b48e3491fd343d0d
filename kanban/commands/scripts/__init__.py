"""Verbs that fill mails and talk scripts."""
