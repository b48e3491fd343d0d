"""A name that is not Unicode stops no output; an address in a field is an address and nothing more."""

from __future__ import annotations

import os

import pytest

from kanban.render.markdown import to_html
from kanban.render.views.cards.fieldlist import contact_lines
from tests.boards import board_of, card_text
from tests.conftest import GitFolder, Kanban

NAME = b"caf\xe9"


@pytest.fixture
def odd(git_folder: GitFolder, kanban: Kanban) -> GitFolder:
    """A committed card whose file name is Latin-1."""
    assert kanban("init", git_folder.root, "--preset", "b2b", "--lang", "en").code == 0
    folder = os.fsencode(git_folder.root / "prospects")
    with open(os.path.join(folder, NAME + b".md"), "wb") as file:
        file.write(b"---\naccount: Cafe\nnext_action: call\nnext_action_date: 2026-12-10\n---\n")
    git_folder.commit("a name from an old machine")
    return git_folder


@pytest.mark.parametrize("renamed", [False, True], ids=["as it is", "renamed since"])
def test_the_site_is_published_all_the_same(odd: GitFolder, kanban: Kanban, renamed: bool) -> None:
    if renamed:
        folder = os.fsencode(odd.root / "prospects")
        os.rename(os.path.join(folder, NAME + b".md"), os.path.join(folder, b"cafe.md"))
        odd.commit("a name for everybody")
    answer = kanban("-C", odd.root, "render", "--output", odd.root / "site")
    assert answer.code == 0, answer.err
    feeds = list((odd.root / "site").rglob("*.xml"))
    assert feeds
    assert all(b"urn:uuid:" in feed.read_bytes() for feed in feeds)


def test_a_mail_address_carries_no_other_recipient() -> None:
    board = board_of({"prospects/acme.md": card_text(contact_email="a@b.example?bcc=evil@example.net")})
    (said,) = [line for line in contact_lines(board.cards[0]) if "mailto" in line]
    assert 'href="mailto:a@b.example%3Fbcc%3Devil@example.net"' in said


def test_a_mail_link_in_a_note_carries_no_other_recipient() -> None:
    html = str(to_html("[write](mailto:a@b.example?bcc=evil@example.net) and [this](mailto:a@b.example)"))
    assert "bcc" not in html
    assert 'href="mailto:a@b.example"' in html
