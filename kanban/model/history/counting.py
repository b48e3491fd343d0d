"""Which of the recorded events count: what was taken back by people or by git does not.

Three things leave the record as it is and the numbers as if nothing had been:

- *Restored*: a file that was removed and comes back is the same card. Back in its last column, neither the gap nor the
  return counts; in another column, the return is a move. By what was known inside the gap, the card was gone.
- *Undone*: an event that a later one takes back, where that later one's commit says so (`Undoes:`), on the same card
  and with nothing moved in between. Neither counts. Commits get other ids when a branch is rebased: an undo whose
  commit is not in the history takes back the card's last event, if it is the exact opposite.
- *Renamed*: the same content in another folder of the same column, or under another name of the same card; also the
  same content once more, as when two branches made one edit. Filing it into a sub-folder is an event like any other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kanban.model.history.events import Event, History


def history_of(
    events: Sequence[Event],
    undoes: Mapping[str, str],
    head: str | None = None,
    *,
    shallow: bool = False,
    known: Collection[str] = (),
) -> History:
    """The history that recorded events tell; `undoes` maps a commit that undoes another one to that one.

    `known` are other commits in which something happened, where these are the events of some cards alone.
    """
    those, told = counted(events, undoes, known)
    return History(those, head, shallow, None if those == told else told, undoes)


def known_by(history: History, day: date) -> History:
    """What the repository knew by the end of `day` (committer date, board timezone), whenever it happened.

    A removal whose return was not known yet is one, and a gesture counts until it was known to be undone.
    """
    known = tuple(event for event in history.told if event.known_at.date() <= day)
    if len(known) == len(history.told):
        return history
    if history.recorded is None:
        return replace(history, events=known)
    plain = [event._replace(restored=False, undone=False) if event.marked else event for event in known]
    found = history_of(plain, history.undoes, history.head, shallow=history.shallow)
    return replace(found, imports=history.imports)


def counted(
    events: Sequence[Event], undoes: Mapping[str, str], others: Collection[str] = ()
) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """The events that count, and all of them, marked `restored` or `undone`; both in the order given."""
    touched = _touched(events, undoes)
    if not touched:
        return tuple(events), tuple(events)
    lines: dict[str, list[Event]] = {card: [] for card in touched}
    for event in events:
        if event.card in lines:
            lines[event.card].append(event)
    known = {event.commit for event in events}.union(others) if undoes else set()
    marked: dict[int, Event] = {}
    counts: dict[int, Event | None] = {}
    for line in lines.values():
        undone = _undone(line, undoes, known)
        live = [event for event in line if event.order not in undone]
        marked |= {event.order: event._replace(undone=True) for event in line if event.order in undone}
        counts |= dict.fromkeys(undone, None)
        for event, kept in zip(live, _without_gaps(live), strict=True):
            if kept is not event:
                counts[event.order] = kept
            if event.kind == "created" and kept is not event:
                marked[event.order] = event._replace(restored=True)
    all_of_them = tuple(marked.get(event.order, event) for event in events)
    those = (counts.get(event.order, event) for event in events)
    return tuple(event for event in those if event is not None), all_of_them


def _touched(events: Iterable[Event], undoes: Mapping[str, str]) -> set[str]:
    """The cards about which there is something to find out."""
    found: set[str] = set()
    files: dict[str, tuple[str, str]] = {}
    for event in events:
        path, blob = files.get(event.card, ("", ""))
        refiled = event.kind == "edited" and (path != event.path or blob == event.blob)
        if refiled or event.kind == "removed" or event.commit in undoes:
            found.add(event.card)
        files[event.card] = (event.path, event.blob)
    return found


def _undone(line: Sequence[Event], undoes: Mapping[str, str], known: Collection[str]) -> set[int]:
    """The order numbers of the events of one card that were taken back or take back."""
    live: list[Event] = []
    undone: set[int] = set()
    for event in line:
        target = undoes.get(event.commit)
        found = _taken_back(event, target, live, known) if target else None
        if found is None:
            live.append(event)
        else:
            live.remove(found)
            undone |= {found.order, event.order}
    return undone


def _taken_back(event: Event, target: str, live: Sequence[Event], known: Collection[str]) -> Event | None:
    """The earlier event that this one takes back, or None when it does not lead back."""
    for at in range(len(live) - 1, -1, -1):
        earlier = live[at]
        if earlier.commit == target or target not in known:
            before = live[at - 1].blob if at else ""
            return earlier if _opposite(earlier, event, before) else None
        if earlier.places:
            return None
    return None


def _opposite(earlier: Event, event: Event, before: str) -> bool:
    if (earlier.from_column, earlier.to_column) != (event.to_column, event.from_column):
        return False
    return earlier.places or event.blob == before


def _without_gaps(line: Sequence[Event]) -> list[Event | None]:
    """For each event of one card what counts of it: itself, a move or an edit in its place, or nothing."""
    found: list[Event | None] = []
    removed: Event | None = None
    last: Event | None = None
    column: str | None = None
    seen: set[str] = set()
    for event in line:
        kept: Event | None = event
        if event.kind == "removed":
            removed, at = event, len(found)
        elif event.kind == "created" and removed is not None and last is not None:
            found[at] = None
            kept = _arriving(event, column, event.to_column, edited=event.blob not in seen)
            removed = None
        elif event.kind == "moved" and removed is None and event.to_column == column:
            kept = _arriving(event, column, event.to_column, edited=event.edited)
        elif event.kind == "edited" and last is not None and event.blob in seen and _only_renamed(last, event):
            kept = None
        found.append(kept)
        seen.add(event.blob)
        if event.kind != "removed":
            last = event
            column = kept.to_column if kept is not None and kept.places else column
    return found


def _arriving(event: Event, source: str | None, target: str | None, *, edited: bool) -> Event | None:
    """The event as a move between two columns; as an edit, or nothing, where they are the same."""
    if source != target:
        return event._replace(kind="moved", from_column=source, to_column=target, edited=edited)
    return event._replace(kind="edited", from_column=target, to_column=target, edited=False) if edited else None


def _only_renamed(before: Event, after: Event) -> bool:
    """Whether nothing but the column's folder or the file's name is another one, or not even that."""
    if before.path == after.path:
        return before.blob == after.blob
    old_folder, _slash, old_rest = before.path.partition("/")
    new_folder, _slash, new_rest = after.path.partition("/")
    if old_folder != new_folder:
        return True
    return old_rest.rpartition("/")[2] != new_rest.rpartition("/")[2]
