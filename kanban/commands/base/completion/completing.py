"""What a shell asks when somebody presses TAB, and what it is told: one question and one answer for every shell.

The shell sends the line up to the cursor in `_KANBAN_LINE`. The answer's first line says how its words stand to the one
being typed: `begins` (each begins with it), `within` (none does, each is meant all the same: `sso` for
`acme-sso`; a shell must not put what they have in common in the place of what was typed), `files` or `folders` (the
shell knows those itself). Each further line is a word, a tab, and its meaning in the reader's language.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Sequence

import click
from click.shell_completion import CompletionItem, ShellComplete, split_arg_string

from kanban.commands.base.calling.early_language import language_typed
from kanban.i18n import _
from kanban.i18n.catalogue import set_language
from kanban.model.typed.result import unaccented

LINE = "_KANBAN_LINE"
_ELSEWHERE = {"file": "files", "dir": "folders"}


class _Asked(ShellComplete):
    """Click's reading of a half-typed line, without the script that click would print."""

    name = "kanban"
    source_template = ""


def answer(group: click.Group, line: str) -> list[str]:
    """The lines that answer the shell's question about `line`, typed up to the cursor."""
    words = _after_program(split_arg_string(line))
    typed = words.pop() if words and not line[-1:].isspace() else ""
    set_language(language_typed(words))
    items = _Asked(group, {}, "kanban", "_KANBAN_COMPLETE").get_completions(words, typed)
    kinds = {item.type for item in items} & set(_ELSEWHERE)
    if kinds:
        return [_ELSEWHERE[kinds.pop()]]
    option = typed[: typed.index("=") + 1] if typed.startswith("--") and "=" in typed else ""
    rest = unaccented(typed.removeprefix(option))
    begins = [item for item in items if unaccented(item.value).startswith(rest)]
    told = [f"{option}{item.value}\t{_meaning(item)}" for item in begins or items]
    return ["begins" if begins else "within", *told] if told else []


def tell_shell(group: click.Group) -> int:
    """Answer on standard output; the exit code."""
    for line in answer(group, os.environ.get(LINE, "")):
        sys.stdout.write(line + "\n")
    return 0


def _after_program(words: Sequence[str]) -> list[str]:
    """The words after `kanban`, after `git kanban`, or after whatever alias was typed for it."""
    if words and os.path.basename(words[0]) == "git" and "kanban" in words[1:]:
        at = words.index("kanban")
        return [*words[1:at], *words[at + 1 :]]
    return list(words[1:])


def _meaning(item: CompletionItem) -> str:
    """What it is, on one line; help of options is declared in English."""
    return " ".join(_(inspect.cleandoc(item.help or "")).split())
