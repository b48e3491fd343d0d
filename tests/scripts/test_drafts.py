"""Drafts: no field can add a header, a recipient or a line to a message, a link or a calendar."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban.errors import KanbanError
from kanban.model.cards.board import Board
from kanban.scripts.draft import Draft, draft_of, eml, mailto
from kanban.scripts.filling import UnresolvedField, fill
from kanban.scripts.script import find_script
from kanban.scripts.values import Occasion, values_of
from tests.boards import TODAY, board_of, card_text

CONFIG = """\
title: Pipeline
columns: [{key: rdv, stage: meeting}, {key: offre, follow_up: [2, 7]}]
owners: [{name: Zoé, email: zoe@example.org}]
video_link: https://visio.example.org
"""
EVIL = "x\r\nBcc: victim@example.org\r\n\r\nbody"


def draft(**fields: str) -> Draft:
    card = {
        "contact": "M. Dubois",
        "contact_email": "d@example.org",
        "owner": "Zoé",
        "next_action_date": "2026-10-12T10:00",
    }
    board = board_of({"rdv/acme.md": card_text(**(card | fields))}, CONFIG)
    return drafted(board)


def drafted(board: Board) -> Draft:
    card = board.named("acme")
    filled = fill(find_script({}, "meeting-reminder", "en"), card, values_of(board, card, Occasion(TODAY)))
    return draft_of(board, card, filled)


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=default)


@pytest.mark.parametrize("field", ["contact", "account", "first_name", "video_link", "place", "agenda"])
def test_line_breaks_in_a_field_add_no_header(field: str) -> None:
    made = draft(**{field: '"M. A\\r\\nBcc: victim@example.org\\r\\n\\r\\nbody"'})
    message = read(eml(made))
    assert message.keys() == [
        "From",
        "To",
        "Subject",
        "X-Unsent",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    ]
    assert [address.addr_spec for address in message["To"].addresses] == ["d@example.org"]
    assert not any(line.startswith("Bcc:") for line in made.text.splitlines())
    assert "victim" not in unquote(mailto(made).partition("?")[0])


@pytest.mark.parametrize(
    "address",
    [
        "a@b.c, evil@x.y",
        "a@b.c?bcc=evil@x.y",
        "a b@c.d",
        "nobody",
        "a@b@c",
        '"a@b.c\\r\\nBcc: evil@x.y"',
        "<a@b.c>",
        "a@b.c;d@e.f",
    ],
)
def test_an_address_that_is_not_one_address_is_refused(address: str) -> None:
    with pytest.raises(KanbanError) as caught:
        draft(contact_email=address if address.startswith('"') else f"'{address}'")
    assert caught.value.where.startswith("rdv/acme.md:")


def test_a_missing_address_is_named() -> None:
    with pytest.raises(UnresolvedField, match="contact_email"):
        draft(contact_email="")


@settings(max_examples=60, deadline=None)
@given(name=st.text(max_size=30), subject=st.text(max_size=80), text=st.text(max_size=120))
def test_any_text_survives_as_one_message(name: str, subject: str, text: str) -> None:
    clean = text.encode("utf-8", "ignore").decode().replace("\r", "\n").replace("\0", "")
    made = Draft(
        name.encode("utf-8", "ignore").decode(), "d@example.org", "Zoé", "z@example.org",
        subject.encode("utf-8", "ignore").decode(), clean + "\n",
    )  # fmt: skip
    message = read(eml(made))
    assert [address.addr_spec for address in message["To"].addresses] == ["d@example.org"]
    assert len(message.keys()) == 7
    fields = parse_qs(urlsplit(mailto(made)).query, keep_blank_values=True)
    assert set(fields) == {"subject", "body"}


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert eml(draft()) == eml(draft())
    assert b"Date:" not in eml(draft())
