"""Snippets for VS Code, made from the board: its owners, sources and classes are offered where they belong."""

from __future__ import annotations

from typing import Any

from kanban.i18n import _
from kanban.model.config import BoardConfig

_MOST = 20


def snippets(config: BoardConfig) -> dict[str, Any]:
    """The file `.vscode/kanban.code-snippets`."""
    return {
        _("A card"): _snippet("kanban-card", _card(config), _("an opportunity with its usual fields")),
        _("A block label"): _snippet("kanban-block", _block(config), _("since when, why, what next, who")),
        _("A call note"): _snippet("kanban-note", _note(), _("three bullets at most")),
        _("A waiver"): _snippet("kanban-waiver", _waiver(), _("a finding accepted for a reason, until a day")),
    }


def _snippet(prefix: str, body: list[str], description: str) -> dict[str, Any]:
    return {"scope": "markdown", "prefix": prefix, "body": body, "description": description}


def _card(config: BoardConfig) -> list[str]:
    owners = _one_of(6, [owner.name for owner in config.owners])
    sources = _one_of(7, config.sources)
    classes = _one_of(9, [service.key for service in config.classes])
    return [
        "---",
        "title: ${1:" + _plain(_("what it is about")) + "}",
        "account: ${2:" + _plain(_("customer")) + "}",
        "contact: ${3}",
        "next_action: ${4:" + _plain(_("what happens next")) + "}",
        "next_action_date: ${5:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}",
        f"owner: {owners}",
        f"source: {sources}",
        "amount: ${8}",
        f"class: {classes}",
        "---",
        "",
        "$0",
    ]


def _block(config: BoardConfig) -> list[str]:
    return [
        "blocked_since: $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE",
        "blocked_cause: ${1}",
        "blocked_next: ${2}",
        f"blocked_owner: {_one_of(3, [owner.name for owner in config.owners])}",
    ]


def _note() -> list[str]:
    return ["### $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE — ${1:" + _plain(_("call")) + "}", "", "- $0"]


def _waiver() -> list[str]:
    day = "${2:$CURRENT_YEAR-12-31}"
    return [f'lint_ignore: ["${{1:KB503}} until {day}: ${{3:' + _plain(_("reason")) + '}"]']


def _one_of(place: int, words: tuple[str, ...] | list[str]) -> str:
    """A choice of the words, or a plain place when there are none."""
    if not words:
        return f"${{{place}}}"
    escaped = (word.replace("\\", "\\\\").replace(",", "\\,").replace("|", "\\|") for word in words[:_MOST])
    return f"${{{place}|{','.join(escaped)}|}}"


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
