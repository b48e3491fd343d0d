"""Findings as one review of a pull request: each with the change that cures it, to be taken over with a click."""

from __future__ import annotations

import json
from typing import Any

from kanban.lint.finding import Finding
from kanban.lint.report.view import View
from kanban.paper.inert import fenced_by, inert
from kanban.paper.page import Sentence


def suggestions(view: View) -> str:
    """The body of GitHub's and Forgejo's `POST …/pulls/NUMBER/reviews`: comments with suggestion blocks."""
    comments = [comment for comment in (_comment(view, finding) for finding in view.findings) if comment]
    return json.dumps({"event": "COMMENT", "comments": comments}, ensure_ascii=False, indent=2)


def _comment(view: View, finding: Finding) -> dict[str, Any] | None:
    edit = view.edit(finding)
    if edit is None:
        return None
    first, last, text = edit.start, edit.end, edit.text
    if last < first:  # nothing is replaced: the line before stays, and the new text follows it
        first = last = max(1, edit.start - 1)
        kept = view.line(edit.path, first)
        if kept is None:
            return None
        text = f"{kept}\n{text}" if edit.start > 1 else f"{text}{kept}\n"
    said = f"**{finding.code}** {inert(finding.hit.message)} – {inert(Sentence(finding.hit.cure))}"
    fence = fenced_by(text)
    ending = "" if text.endswith("\n") or not text else "\n"
    body = f"{said}\n\n{fence}suggestion\n{text}{ending}{fence}"
    place: dict[str, Any] = {"path": view.place(edit.path), "side": "RIGHT", "line": last}
    return place | ({"start_line": first, "start_side": "RIGHT"} if first < last else {}) | {"body": body}
