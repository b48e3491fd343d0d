"""Which gesture is the last one that may be taken back, and the changes that lead back from it."""

import pytest

from kanban.gestures.base.change import PathChange
from kanban.gestures.undo import Commit, Difference, last_made, way_back

ME, HER = "me@example.org", "her@example.org"


def made(commit: str, *trailers: str, author: str = ME, reverts: str = "") -> Commit:
    pairs = tuple((one.split(": ")[0], one.split(": ")[1]) for one in trailers)
    return Commit(commit, author, f"subject {commit}", pairs, reverts)


MOVE = ("Card: acme", "Kanban: move")


@pytest.mark.parametrize(
    ("commits", "expected"),
    [
        ([made("b", *MOVE), made("a", *MOVE)], "b"),
        ([made("b"), made("a", *MOVE)], "a"),
        ([made("b", *MOVE, author=HER), made("a", *MOVE)], "a"),
        ([made("c", "Kanban: undo", "Undoes: b"), made("b", *MOVE), made("a", *MOVE)], "a"),
        ([made("c", reverts="b"), made("b", *MOVE), made("a", *MOVE)], "a"),
        ([made("b", "Kanban: undo", "Undoes: a"), made("a", *MOVE)], None),
        ([], None),
    ],
    ids=["the newest", "by kanban", "one's own", "not undone", "not reverted", "all undone", "none"],
)
def test_the_last_gesture(commits: list[Commit], expected: str | None) -> None:
    found = last_made(commits, ME)
    assert (found.commit if found else None) == expected
    if found:
        assert (found.verb, found.subject, found.cards) == ("move", f"subject {expected}", ("acme",))


def test_nobody_has_no_last_gesture() -> None:
    assert last_made([made("a", *MOVE, author="")], "") is None


BACK = [
    ([Difference("x.md", "old", "new")], [("x.md", None, b"old @ x.md")]),
    ([Difference("x.md", None, "new")], [("x.md", None, None)]),
    ([Difference("x.md", "old", None)], [("x.md", None, b"old @ x.md")]),
    ([Difference("a/x.md", "same", None), Difference("b/x.md", None, "same")], [("a/x.md", "b/x.md", None)]),
    ([Difference("a/x.md", "old", None), Difference("b/x.md", None, "new")], [("a/x.md", "b/x.md", b"old @ a/x.md")]),
    ([Difference("a/x.md", "same", None), Difference("a/y.md", None, "same")], [("a/x.md", "a/y.md", None)]),
]


@pytest.mark.parametrize(("differences", "expected"), BACK)
def test_the_way_back(differences: list[Difference[str]], expected: list[tuple[str, str | None, bytes | None]]) -> None:
    found = list(way_back(differences, lambda path, state: f"{state} @ {path}".encode()))
    assert [(one.path, one.moved_from, _content(one)) for one in found] == expected


def _content(change: PathChange) -> bytes | None:
    return change.edit(b"now") if change.edit else change.data
