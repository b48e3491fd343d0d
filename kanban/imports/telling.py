"""What an import says: what came, which rows were left out, what a person has to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypedDict

import click

from kanban.commands.base.calling.invocation import FINDINGS
from kanban.commands.base.session import emit_json
from kanban.demo.plan import PlannedCommit
from kanban.i18n import _, ngettext
from kanban.imports.trouble import Trouble
from kanban.paper.plain import safe

MOST_NAMED = 5
"""Cards that are named of many."""


class TroubleRecord(TypedDict):
    """A row that was refused, or a question about a card: where it stands, why, and what to do."""

    file: str
    line: int
    card: str
    reason: str
    cure: str


class ImportDocument(TypedDict):
    """What an import did, or would do."""

    schema: Literal["kanban-import/1"]
    dry_run: bool
    system: str
    new: list[str]
    changed: list[str]
    same: int
    absent: Annotated[list[str], "open cards of an earlier export that this one does not have any more"]
    passed_over: int
    refused: list[TroubleRecord]
    questions: list[TroubleRecord]
    commits: int
    commit: str | None


@dataclass(frozen=True)
class Outcome:
    """What an import did or would do. `lines` tell each card on a rehearsal, `undated` counts those without a day."""

    system: str
    file: str
    dry_run: bool
    new: Sequence[str]
    same: int
    troubles: Sequence[Trouble]
    questions: Sequence[Trouble]
    made: Sequence[PlannedCommit]
    commit: str | None
    changed: Sequence[str] = field(default=())
    passed: int = 0
    lines: Sequence[str] = field(default=())
    undated: int = 0
    absent: Sequence[str] = ()
    notes: Sequence[str] = ()


def tell(found: Outcome, *, as_json: bool) -> int:
    """Say it all; the exit code: 1 when rows were left out or something is asked."""
    if as_json:
        emit_json(_document(found))
    else:
        _tell(found)
    return FINDINGS if found.troubles or found.questions else 0


def _document(found: Outcome) -> ImportDocument:
    return {
        "schema": "kanban-import/1",
        "dry_run": found.dry_run,
        "system": found.system,
        "new": list(found.new),
        "changed": list(found.changed),
        "same": found.same,
        "absent": list(found.absent),
        "passed_over": found.passed,
        "refused": [_record(one) for one in found.troubles],
        "questions": [_record(one) for one in found.questions],
        "commits": len(found.made),
        "commit": found.commit,
    }


def _record(one: Trouble) -> TroubleRecord:
    return {"file": one.file, "line": one.line, "card": one.deal, "reason": one.reason, "cure": one.cure}


def _tell(found: Outcome) -> None:
    if found.dry_run:
        for line in found.lines:
            click.echo(safe(line))
    tell_troubles(found.troubles)
    for one in found.questions:
        said = safe(f"{one.place}: {one.reason}  → {one.cure}")
        click.echo(click.style(_("question:"), fg=130) + f" {said}", err=True)
    click.echo(_summary(found))
    for note in _notes(found):
        click.echo(_("note:") + f" {safe(note)}", err=True)
    if found.made and not found.dry_run:
        click.echo("  → " + _("look at it: {command}").format(command="`kanban metrics`, `kanban lint`"))


def _notes(found: Outcome) -> Iterator[str]:
    """What is no mistake and yet worth a look."""
    yield from found.notes
    if found.absent:
        text = ngettext(
            "{count} open card came with an earlier export and is not in this one: {names}; it stays, close it if it "
            "has ended",
            "{count} open cards came with an earlier export and are not in this one: {names}; they stay, close those "
            "that have ended",
            len(found.absent),
        )
        names = ", ".join([*found.absent[:MOST_NAMED], *["…"] * (len(found.absent) > MOST_NAMED)])
        yield text.format(count=len(found.absent), names=names)
    if found.undated:
        text = ngettext(
            "{count} deal without a first day begins on the first day that is known of it",
            "{count} deals without a first day begin on the first day that is known of them",
            found.undated,
        )
        yield text.format(count=found.undated)


def tell_troubles(troubles: Iterable[Trouble]) -> None:
    """Each row that is left out: where, why, and what to do."""
    for one in troubles:
        cure = f"  → {one.cure}" if one.cure else ""
        click.echo(click.style(_("left out:"), fg=130) + f" {safe(f'{one.place}: {one.reason}{cure}')}", err=True)


def _summary(found: Outcome) -> str:
    parts = [
        _("{count} new").format(count=len(found.new)),
        _("{count} changed").format(count=len(found.changed)),
        _("{count} as they were").format(count=found.same),
    ]
    if found.passed:
        parts.append(_("{count} passed over by the mapping").format(count=found.passed))
    if found.troubles:
        text = ngettext("{count} row left out", "{count} rows left out", len(found.troubles))
        parts.append(text.format(count=len(found.troubles)))
    if found.questions:
        text = ngettext("{count} question", "{count} questions", len(found.questions))
        parts.append(text.format(count=len(found.questions)))
    head = _("would bring") if found.dry_run else _("brought")
    said = f"{head} {found.file}: {', '.join(parts)}"
    if found.made:
        days = [one.written_at.date().isoformat() for one in (found.made[0], found.made[-1])]
        text = ngettext("; {count} commit, {first} to {last}", "; {count} commits, {first} to {last}", len(found.made))
        said += text.format(count=len(found.made), first=days[0], last=days[1])
    return safe(said)
