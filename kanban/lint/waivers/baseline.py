"""Accepted findings, kept in a file: by rule, card and field, so that they survive a card's moves."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.lint.finding import Finding
from kanban.schemas.reading import foreign_json
from kanban.values import dataclass

SCHEMA = "kanban-lint-baseline/1"
_KEYS = ("code", "subject", "field", "detail")


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted finding, `count` times, up to and with the day `until`; `line` is where it stands in the file."""

    code: str
    subject: str
    field: str
    detail: str
    count: int = 1
    line: int = 1
    until: date | None = None

    def expired(self, today: date | None) -> bool:
        """Whether its last day has passed."""
        return today is not None and self.until is not None and self.until < today

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

    def split(
        self, findings: Iterable[Finding], today: date | None = None
    ) -> tuple[list[Finding], int, tuple[Entry, ...]]:
        """The findings that are not accepted, how many are, and the entries that fit fewer findings than they say.

        An entry whose day has passed accepts nothing.
        """
        kept, used = self._fitted(findings, today)
        stale = tuple(entry for entry in self.entries if used[entry] < entry.count)
        return kept, used.total(), stale

    def still(self, findings: Iterable[Finding], today: date) -> tuple[Entry, ...]:
        """The entries in force, each with as many findings as it fits."""
        _kept, used = self._fitted(findings, today)
        return tuple(replace(entry, count=count) for entry, count in used.items())

    def _fitted(self, findings: Iterable[Finding], today: date | None) -> tuple[list[Finding], Counter[Entry]]:
        """The findings that no entry in force accepts, and how many each entry does."""
        by_identity: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if not entry.expired(today):
                by_identity.setdefault(entry.identity, []).append(entry)
        kept, used = list[Finding](), Counter[Entry]()
        for finding in findings:
            fit = (one for one in by_identity.get(finding.identity, ()) if used[one] < one.count)
            accepting = next(fit, None)
            if accepting is None:
                kept.append(finding)
            else:
                used[accepting] += 1
        return kept, used


def read_baseline(text: str, path: str) -> Baseline:
    """Read a baseline file. Raises KanbanError for one that nobody could have written."""
    try:
        document = foreign_json(text)
        rows = document["findings"]
        if document["schema"] != SCHEMA:
            raise ValueError(document["schema"])
        entries = tuple(_entry(row, text) for row in rows)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = _("the baseline {path} cannot be read: {reason}").format(path=path, reason=error)
        raise KanbanError(
            message, cure=_("put it back as git has it: `git restore {path}`").format(path=path)
        ) from error
    return Baseline(path, entries)


def added_entries(before: bytes | None, now: bytes | None) -> int:
    """How many findings a baseline accepts more or for longer than it did before; one unreadable holds none."""
    then, new = (_accepted(one) for one in (before, now))
    return (new - then).total()


def _accepted(data: bytes | None) -> Counter[tuple[str, date | None]]:
    counts = Counter[tuple[str, date | None]]()
    try:
        entries = read_baseline((data or b"").decode("utf-8", "replace"), "").entries if data else ()
    except KanbanError:
        return counts
    for one in entries:
        counts[one.identity, one.until] += one.count
    return counts


def written_baseline(findings: Iterable[Finding], kept: Iterable[Entry] = (), until: date | None = None) -> str:
    """The baseline that accepts these findings up to a day, and the entries kept.

    Sorted, one a line, so that git merges it.
    """
    last = until.isoformat() if until else ""
    counts = Counter((one.code, _subject(one), one.hit.key, one.hit.detail, last) for one in findings)
    for one in kept:
        last = one.until.isoformat() if one.until else ""
        counts[one.code, one.subject, one.field, one.detail, last] += one.count
    rows = []
    for (*row, last), count in sorted(counts.items()):
        entry: dict[str, str | int] = dict(zip(_KEYS, row, strict=True))
        more = ({"count": count} if count > 1 else {}) | ({"until": last} if last else {})
        rows.append(json.dumps(entry | more, ensure_ascii=False))
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
    until = date.fromisoformat(str(row["until"])) if "until" in row else None
    return Entry(code, subject, field, detail, count, text.count("\n", 0, max(0, at)) + 1, until)


def _subject(finding: Finding) -> str:
    return f"card:{finding.card}" if finding.card else f"file:{finding.path}"
