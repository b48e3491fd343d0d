"""Which rule tells which problem that reading a board found: every code of `kanban.model` stands here.

The rules that only pass problems on are one table, `reading_problems.md`: severity, whether `--fix` heals it, codes,
manual page.
"""

import re
from functools import partial
from pathlib import Path

from kanban.i18n import _
from kanban.lint.finding import Fix, Hit
from kanban.lint.fixes import Change
from kanban.lint.rule import BOARD, NONE, SAFE, Hits, LintContext, Rule
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.read_card import read_card
from kanban.model.text.problem import Problem

OTHER = "other-problem"

_SECTION = re.compile(r"^## (KB\d{3}) ([a-z-]+): (error|warning|info), (card|board)(, safe)?;?(.*)$\n\n", re.MULTILINE)
_SECTIONS = _SECTION.split(Path(__file__).with_suffix(".md").read_text("utf-8"))[1:]

PROBLEM_RULES: dict[str, str] = {
    "symlink": "symbolic-link",
    "submodule": "symbolic-link",
    "bom": "byte-order-mark",
    "carriage-return": "line-ends",
    "mixed-newlines": "line-ends",
    "control-character": "hidden-character",
    "no-front-matter": "no-front-matter",
    "bad-key": "field-name",
    "front-matter-not-first": "front-matter-not-first",
    **{code: name for name, codes in zip(_SECTIONS[1::7], _SECTIONS[5::7], strict=True) for code in codes.split()},
}
"""The rule that tells a problem, by the problem's code: rules with logic of their own first, then the table's."""


def rule_for(problem: Problem) -> str:
    """The name of the rule that tells a problem."""
    if problem.key == "lost_reason" and problem.code.startswith("choice-"):
        return "lost-reason"
    return PROBLEM_RULES.get(problem.code, OTHER)


def hits_of(context: LintContext, name: str, label: str = "", mend: Change | None = None, *, safe: bool = True) -> Hits:
    """The problems that the rule `name` tells, as hits; `mend` is the fix they offer, under `label`."""
    found = [(problem, "") for problem in context.board.problems]
    if name not in _OF_SETTINGS:
        found += [(problem, card.id) for card in context.board.troubled for problem in card.problems]
    for problem, card in found:
        if rule_for(problem) == name:
            cure = problem.cure or _("correct line {line} of {path}").format(line=problem.line, path=problem.path)
            place = (problem.path, problem.line, problem.column)
            fix = Fix(problem.path, label, mend, safe) if mend else _healing(context, problem, card)
            yield Hit(*place, problem.message, cure, card, problem.key, problem.code, fix=fix)


def _healing(context: LintContext, problem: Problem, card: str) -> Fix | None:
    """What makes the card's fields readable, where one reading is left."""
    found = context.board.find(card) if card else None
    if found is None or found.path != problem.path:
        return None
    if problem.key and found.readable:
        return _meant(context, problem, found)
    from kanban.model.text.front.healing import HEALED, healed

    recodes = problem.code == "other-encoding"  # what was read is UTF-8 already
    if not recodes and (problem.code not in HEALED or healed(found.data) is None):
        return None
    label = _("write line {line} so that it can be read").format(line=problem.line)
    if recodes:
        label = _("save the file as UTF-8")
    return Fix(problem.path, label, lambda data: data and (healed(data) or data))


def _meant(context: LintContext, problem: Problem, card: Card) -> Fix | None:
    """A value that can be read without the quotes, the full stop or the sign before it that make it unreadable."""
    raw = card.raw.get(problem.key)
    text = raw.value if raw is not None and isinstance(raw.value, str) else ""
    bare = _PERCENT_FIRST.sub(r"\1 %", text.strip(_AROUND))
    if problem.code not in _NEARLY or bare == text or not bare:
        return None
    from kanban.model.text.edit.splice import set_field

    put = partial(set_field, key=problem.key, value=bare)
    file = BoardFile(card.path, put(card.data), card.mode)
    again = read_card(file, card.id, card.column, context.board.config, anchor=context.today)
    if any(one.key == problem.key for one in again.problems):
        return None
    return Fix(
        card.path, _("write `{key}: {value}`").format(key=problem.key, value=bare), lambda data: data and put(data)
    )


_NEARLY = frozenset({"amount-unreadable", "percent-unreadable", "date-unreadable"})
_AROUND = " \u00a0\u202f“”„«»\"';,."
_PERCENT_FIRST = re.compile(r"^% ?([0-9][0-9.,]*)$")

RULES = tuple(
    Rule(code, name, scope, severity, partial(hits_of, name=name), doc, SAFE if safe else NONE, waivable=scope)
    for code, name, severity, scope, safe, _codes, doc in zip(*(_SECTIONS[at::7] for at in range(7)), strict=True)
)
"""The rules without logic, in the order of their codes."""

_OF_SETTINGS = frozenset(rule.name for rule in RULES if rule.scope == BOARD)
"""Those about `board.yml` alone, for which no card is read."""
