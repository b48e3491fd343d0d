"""The answers to what `sync` cannot decide: typed beforehand with `--take`, or asked on a terminal."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterable, Sequence

import click

from kanban.errors import KanbanError, Refused
from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.settings.board_yml import BoardConfig
from kanban.paper.plain import safe
from kanban.review.merge.answer import FIELD, REMOVE, Answer, Question
from kanban.review.merge.card import MINE, THEIRS


def answers_typed(words: Iterable[str], config: BoardConfig) -> dict[str, Answer]:
    """What `--take CARD=WORD` says: a side, a column, or `remove`; `CARD.FIELD=SIDE` speaks of one field.

    Raises KanbanError for what is none of them, NotFound for a column that there is not.
    """
    found: dict[str, Answer] = {}
    for text in words:
        card, equals, word = text.rpartition("=")
        if not equals or not card or not word:
            if text in (MINE, THEIRS):
                found[""] = Answer(take=text)
                continue
            raise KanbanError(
                _("`--take {text}` is no answer").format(text=text),
                cure=_("as in `--take acme=mine`, `--take acme=won` or `--take theirs`"),
            )
        so_far = found.get(card, Answer())
        name, dot, key = card.rpartition(".")
        if dot and word in (MINE, THEIRS) and key != "md" and "/" not in card and not card.endswith((".yml", ".yaml")):
            so_far = found.get(name, Answer())
            found[name] = Answer(so_far.column, {**so_far.fields, key: word}, so_far.take)
        elif word == REMOVE:
            found[card] = Answer(remove=True)
        elif word in (MINE, THEIRS):
            found[card] = Answer(so_far.column, so_far.fields, word)
        else:
            found[card] = Answer(Board(config, ()).column_named(word).key, so_far.fields, so_far.take)
    return found


def can_ask(as_json: bool) -> bool:
    """Whether somebody sits there."""
    return not as_json and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: Question, so_far: Answer) -> Answer:
    """Ask one question on standard error until one of its choices is named, by number or word."""
    click.echo(click.style(safe(question.card), bold=True) + ": " + safe(question.text), err=True)
    for at, (_word, label) in enumerate(question.choices, 1):
        click.echo(f"  {at}  {safe(label)}", err=True)
    words = {word: word for word, _label in question.choices}
    words |= {str(at): word for at, (word, _label) in enumerate(question.choices, 1)}
    while True:
        typed = str(click.prompt(_("which one?"), default="", show_default=False, err=True)).strip()
        if typed in words:
            return question.answered(words[typed], so_far)
        click.echo(_("type one of the numbers"), err=True)


Ask = Callable[[Question, Answer], Answer]
"""Asks one question; the answer so far, with its word in it."""


class Unanswered(Refused):
    """Nobody is there to ask: `questions` are open, and one command answers them."""

    def __init__(self, upstream: str, asked: Sequence[Question], text: str = "") -> None:
        self.questions = tuple(asked)
        reasons = [f"{one.card}: {one.text}" for one in asked]
        takes = dict.fromkeys(_to_type(one) for one in asked)
        text = (text or _("you and {upstream} changed the same cards; nothing was changed")).format(upstream=upstream)
        cure = " ".join(["kanban sync", *(f"--take {take}" for take in takes)])
        super().__init__(text, tuple(dict.fromkeys(reasons)), cure=cure)


def answered_by(one: Question) -> str:
    """The name under which `--take NAME=ANSWER` answers a question."""
    return f"{one.card}.{one.key}" if one.about == FIELD else one.card


def _to_type(one: Question) -> str:
    return f"{shlex.quote(answered_by(one))}=" + "|".join(word for word, _label in one.choices)
