"""What `kanban init` asks on a terminal: five things, each with an answer that Enter takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from shutil import get_terminal_size

import click

from kanban.commands.setup.extras import EXTRAS
from kanban.i18n import _
from kanban.i18n.catalogue import set_language
from kanban.model.presets import PRESETS
from kanban.model.typed.choices import fold, read_list
from kanban.model.typed.result import shown

_LANGUAGES = {"en": ("en", "english", "anglais", "uk", "us"), "fr": ("fr", "french", "francais")}
_SAID = {
    "b2b": ("b2b", "b to b", "meetings", "offers", "rendez vous", "rdv", "offres"),
    "phone": ("phone", "telephone", "tel", "calls", "appels", "rappels"),
}
_NONE = frozenset({"none", "aucun", "rien", "0", "-"})


@dataclass(frozen=True, slots=True)
class Answers:
    """What a board is made from. `extras` are keys of EXTRAS, `owners` names of people."""

    language: str
    preset: str
    title: str
    owners: tuple[str, ...]
    extras: tuple[str, ...]


def ask(given: Answers, open_questions: Sequence[str], titles: Callable[[str, str], str]) -> Answers:
    """Ask what `open_questions` names; the rest, and what Enter takes, is as `given`.

    `titles` tells the title of a preset in a language. Raises click.Abort when the person leaves.
    """
    click.echo(_("Five questions; Enter takes what stands in brackets."), err=True)
    language = given.language
    if "language" in open_questions:
        language = _one(1, _("Language of the board, `en` or `fr`?"), language, _language)
    set_language(language)
    preset = given.preset
    if "preset" in open_questions:
        ways = (_("b2b: meetings and offers"), _("phone: calls and call-backs"))
        preset = _one(2, _("How do you sell?"), preset, _preset, ways)
    title = given.title or titles(preset, language)
    if "title" in open_questions:
        title = _one(3, _("What is the board called?"), title, str)
    owners = given.owners
    if "owners" in open_questions:
        question = _("Who owns cards? Names, with commas between them.")
        owners = read_list(_one(4, question, ", ".join(owners), str))
    extras = _chosen(given.extras) if "extras" in open_questions else given.extras
    return Answers(language, preset, title, owners, extras)


def _one(number: int, question: str, default: str, read: Callable[[str], str | None], among: Sequence[str] = ()) -> str:
    """One answer, asked until it is understood; `among` are listed first with their numbers."""
    for at, one in enumerate(among, 1):
        question += f"\n       {at}. {one}"
    question += "\n    " if among else ""
    while True:
        asked = _wrapped(f"{number}/5  {question}") if not among else f"{number}/5  {question}"
        kept = f" [{default}]: " if default else " "
        typed = click.prompt(f"{asked}{kept}", default="", show_default=False, err=True, prompt_suffix="")
        typed = str(typed).strip()
        meant = read(typed) if typed else default
        if meant is not None:
            return meant
        click.echo("     " + _("“{text}” is not one of them").format(text=shown(typed)), err=True)


def _wrapped(text: str, indent: str = "") -> str:
    """The text on lines of the terminal's width, broken between words."""
    return click.wrap_text(text, get_terminal_size().columns - 1, indent, indent + " " * (3 if indent else 5))


def _language(typed: str) -> str | None:
    return next((key for key, words in _LANGUAGES.items() if fold(typed) in words), None)


def _preset(typed: str) -> str | None:
    """By its name, its number, or a word of what it is for."""
    keys = [*PRESETS]
    if typed.isdecimal():
        return keys[int(typed) - 1] if 0 < int(typed) <= len(keys) else None
    return next((key for key, words in _SAID.items() if fold(typed) in words), None)


def _chosen(offered: Sequence[str]) -> tuple[str, ...]:
    """All that is offered, but for the numbers that are typed."""
    for number, key in enumerate(offered, 1):
        click.echo(_wrapped(f"{number}. {_(EXTRAS[key])}", " " * 7), err=True)

    def kept(typed: str) -> str | None:
        if typed.casefold() in _NONE:
            return "-"
        numbers = read_list(typed.replace(" ", ","))
        if not all(number.isdecimal() and 0 < int(number) <= len(offered) for number in numbers):
            return None
        return ",".join(key for at, key in enumerate(offered, 1) if str(at) not in numbers) or "-"

    question = _("This comes with it. Numbers to leave out, `none` for nothing of it, Enter for all.")
    answer = _one(5, question, "", kept)
    return tuple(offered) if not answer else tuple(key for key in read_list(answer) if key in offered)
