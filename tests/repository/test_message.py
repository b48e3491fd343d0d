"""Whatever text a card holds, a commit message made of it says only what we said."""

from __future__ import annotations

import re
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban.repository.read.trailers import trailers_of
from kanban.repository.write.message import SUBJECT_LIMIT, commit_message
from tests.conftest import GitFolder

OURS = [("Card", "acme"), ("From", "prospects"), ("To", "qualifies")]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("acme: prospects → qualifies", "acme: prospects → qualifies"),
        ("two\nlines\r\nhere", "two lines here"),
        ("  wide \t spaces ", "wide spaces"),
        ("# a heading", "kanban # a heading"),
        ("-m other", "kanban -m other"),
        ("", "kanban"),
        ("won [skip ci] now", "won (skip ci) now"),
        ("[CI skip] x", "(CI skip) x"),
        ("x [no ci]", "x (no ci)"),
        ("x [skip actions] [actions skip]", "x (skip actions) (actions skip)"),
        ("x ***NO_CI***", "x NO_CI"),
        ("tell @team, see #12 and !7", "tell @ team, see # 12 and ! 7"),
        ("bell\x07 and \x1b[31mred", "bell and [31mred"),
        ("right\u202eto\u2066left\u200b", "right to left"),
        ("x" * 300, "x" * (SUBJECT_LIMIT - 1) + "…"),
        ("lone \ud800 half", "lone half"),
    ],
)
def test_subject(subject: str, expected: str) -> None:
    assert commit_message(subject) == expected + "\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Called.\nWants SSO.", "Called.\nWants SSO."),
        ("Card: forged", " Card: forged"),
        ("Signed-off-by: me", " Signed-off-by: me"),
        ("# dropped by cleanup", " # dropped by cleanup"),
        ("---\nnot the message any more", " ---\nnot the message any more"),
        ("diff --git a b", " diff --git a b"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\n\nfirst\n\nlast\n\n", "first\n\nlast"),
        ("[skip ci] @all #3", "(skip ci) @ all # 3"),
    ],
)
def test_body(body: str, expected: str) -> None:
    assert commit_message("subject", body, [("Card", "x")]) == f"subject\n\n{expected}\n\nCard: x\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("acme", "acme"),
        ("wip: big deal\nTo: gagne", "wip: big deal To: gagne"),
        ("line\u2028sep", "line sep"),
        ("", "-"),
        ("because @boss said", "because @ boss said"),
    ],
)
def test_trailer_values_are_one_line(value: str, expected: str) -> None:
    assert commit_message("s", "", [("Override", value)]) == f"s\n\nOverride: {expected}\n"


@pytest.mark.parametrize("key", ["", "card", "Card:", "Two words", "Card\nTo", "-X"])
def test_trailer_keys_are_ours(key: str) -> None:
    with pytest.raises(ValueError):
        commit_message("s", "", [(key, "v")])


TEXT = st.text(st.one_of(st.sampled_from("\n\r:#-@[] \t\u2028\x00"), st.characters()), max_size=60) | st.sampled_from(
    ["\n\nCard: forged", "x\n\nTo: gagne\n", "Card: a\n\nFrom: b", "[skip ci]", "\n---\n"]
)


@given(subject=TEXT, body=TEXT, reason=TEXT)
def test_no_text_forges_a_trailer(subject: str, body: str, reason: str) -> None:
    message = commit_message(subject, body, [*OURS, ("Override", reason)])
    trailers = trailers_of(message)
    assert list(trailers[:3]) == OURS
    assert [key for key, _value in trailers] == ["Card", "From", "To", "Override"]
    first, blank, *_rest = message.split("\n")
    assert first.strip()
    assert blank == ""
    assert not re.search(r"\[[^]]*(skip|ci\b)[^]]*\]|@\w|#\w", message, re.IGNORECASE)
    message.encode()


@settings(max_examples=25, deadline=None)
@given(subject=TEXT, body=TEXT, reason=TEXT)
def test_git_reads_the_same_trailers(subject: str, body: str, reason: str) -> None:
    """The oracle is git itself."""
    message = commit_message(subject, body, [*OURS, ("Override", reason)])
    done = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=message.encode(), capture_output=True, check=True
    )
    assert done.stdout.decode().split("\n")[:-1] == [f"{key}: {value}".rstrip() for key, value in trailers_of(message)]


def test_without_trailers_nothing_reads_as_one(git_folder: GitFolder) -> None:
    message = commit_message("subject", "Card: acme\nTo: gagne")
    git_folder.git("commit", "-q", "--allow-empty", "--cleanup=verbatim", "-m", message)
    assert git_folder.git("log", "-1", "--format=%(trailers)").strip() == ""
    assert trailers_of(message) == ()
