"""Accepted findings, kept in a file: by rule, card and field, so that they survive a card's moves."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.lint.finding import Finding

SCHEMA = "kanban-lint-baseline/1"
_KEYS = ("code", "subject", "field", "detail")


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted finding, `count` times; `line` is where it stands in the file."""

    code: str
    subject: str
    field: str
    detail: str
    count: int = 1
    line: int = 1

    @property
    def identity(self) -> str:
        """The identity of the findings it accepts."""
        return "|".join((self.code, self.subject, self.field, self.detail))

    @property
    def card(self) -> str:
        """The card it is about, "" for a file or the board."""
        return self.subject.removeprefix("card:") if self.subject.startswith("card:") else ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline file: its path as reported, and its entries."""

    path: str
    entries: tuple[Entry, ...]

    def split(self, findings: Iterable[Finding]) -> tuple[list[Finding], int, tuple[Entry, ...]]:
        """The findings that are not accepted, how many are, and the entries that fit fewer findings than they say."""
        left = Counter({entry.identity: entry.count for entry in self.entries})
        kept, accepted = [], 0
        for finding in findings:
            if left[finding.identity] > 0:
                left[finding.identity] -= 1
                accepted += 1
            else:
                kept.append(finding)
        return kept, accepted, tuple(entry for entry in self.entries if left[entry.identity] > 0)


def read_baseline(text: str, path: str) -> Baseline:
    """Read a baseline file. Raises KanbanError for one that nobody could have written."""
    try:
        document = json.loads(text)
        rows = document["findings"]
        if document["schema"] != SCHEMA:
            raise ValueError(document["schema"])
        entries = tuple(_entry(row, text) for row in rows)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = _("the baseline {path} cannot be read: {reason}").format(path=path, reason=error)
        raise KanbanError(
            message, cure=_("`kanban lint --write-baseline {path}` makes a new one").format(path=path)
        ) from error
    return Baseline(path, entries)


def written_baseline(findings: Iterable[Finding], kept: Iterable[Entry] = ()) -> str:
    """The baseline that accepts these findings, and the entries kept: sorted, one a line, so that git merges them."""
    counts = Counter((one.code, _subject(one), one.hit.key, one.hit.detail) for one in findings)
    for one in kept:
        counts[one.code, one.subject, one.field, one.detail] += one.count
    rows = []
    for row, count in sorted(counts.items()):
        entry: dict[str, str | int] = dict(zip(_KEYS, row, strict=True))
        rows.append(json.dumps(entry | ({"count": count} if count > 1 else {}), ensure_ascii=False))
    body = ",\n    ".join(rows)
    return f'{{\n  "schema": "{SCHEMA}",\n  "findings": [\n    {body}\n  ]\n}}\n' if rows else _EMPTY


_EMPTY = f'{{\n  "schema": "{SCHEMA}",\n  "findings": []\n}}\n'


def _entry(row: dict[str, object], text: str) -> Entry:
    code, subject, field, detail = (str(row[key]) for key in _KEYS)
    needle = json.dumps(subject, ensure_ascii=False)
    at = text.find(needle, text.find(f'"{code}"'))
    count = row.get("count", 1)
    if not isinstance(count, int) or count < 1:
        raise ValueError(f"count: {count}")
    return Entry(code, subject, field, detail, count, text.count("\n", 0, max(0, at)) + 1)


def _subject(finding: Finding) -> str:
    return f"card:{finding.card}" if finding.card else f"file:{finding.path}"
