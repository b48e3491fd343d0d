"""Texts and formats in the reader's language: English as written in the code, French from gettext catalogues."""

from kanban.i18n.catalogue import N_, _, current_language, in_every_language, ngettext, use_language

__all__ = ["N_", "_", "current_language", "in_every_language", "ngettext", "use_language"]
