"""Asking a person on a terminal: yes or no in the reader's language, and in the others."""

from __future__ import annotations

import click

from kanban.i18n import N_, _
from kanban.i18n.catalogue import in_every_language

YES, NO = N_("yes"), N_("no")


def confirm(question: str, *, default: bool = True) -> bool:
    """Ask on standard error until the answer is a yes or a no, whole or as a letter; Enter is the default."""
    yes, no = _(YES)[0], _(NO)[0]
    letters = f"[{yes.upper()}/{no}]" if default else f"[{yes}/{no.upper()}]"
    while True:
        answer = str(click.prompt(f"{question} {letters}", default="", show_default=False, err=True))
        word = answer.strip().casefold()
        if not word:
            return default
        for meaning, known in ((True, YES), (False, NO)):
            if any(one.startswith(word) for one in in_every_language(known)):
                return meaning
        click.echo(_("answer {yes} or {no}").format(yes=_(YES), no=_(NO)), err=True)
