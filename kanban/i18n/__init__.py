"""Texts and formats in the reader's language: English as written in the code, French from gettext catalogues."""

from kanban.i18n.catalogue import _, current_language, ngettext, use_language

__all__ = ["_", "current_language", "ngettext", "use_language"]
