"""A public site holds nothing that its list of fields does not name: canaries in every place, looked for in every form."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest

from kanban.model.cards.fields import CARD_FIELDS
from kanban.model.history.events import Event, History
from kanban.render.addresses import slug
from kanban.render.public.audience import published
from kanban.render.public.showing import NEVER
from kanban.render.site import build
from kanban.render.site_input import INTERNAL, PUBLIC, Material, Revision
from tests.boards import TODAY, board_of

LISTED = ("account", "contact", "amount", "probability", "next_action_date", "close_date", "class")
TYPED = {
    "amount": "13579,24 €",
    "probability": "35 %",
    "next_action_date": "2026-10-07T11:11",
    "close_date": "2026-11-19",
    "class": "fixed-date",
    "lost_reason": "price",
    "risk": "high",
    "touches": "2",
}
CONFIG = """\
title: Pipeline
timezone: Europe/Paris
language: en
columns:
  - {key: prospects, name: Prospects, rules: [Zqécanary-rules]}
  - {key: offre, name: Offer, wip: 2, dor: [{id: x, label: Zqécanary-dor}], dod: [{id: y, label: Zqécanary-dod}]}
  - {key: gagne, name: Won, kind: won}
  - {key: perdu, name: Lost, kind: lost}
owners: [{name: Zqécanary-owner, email: zqcanary-mail@example.org, phone: Zqécanary-phone, signature: Zqécanary-sign}]
manager: Zqécanary-manager
company: Zqécanary-company
sources: [Zqécanary-source]
video_link: https://zqcanary-video.example.org
quotas: [{period: 2026-Q4, wins: 97531, owner: Zqécanary-quota}]
fields: {secret: {type: text, label: Zqécanary-label, private: true}}
site: {forge: https://zqcanary-forge.example.org/x, public_fields: [%s]}
"""


def canary(key: str, copy: str) -> str:
    return f"Zqécanary-{copy}-{key.replace('_', '-')}-fin"


def card(copy: str, typed: dict[str, str]) -> str:
    """A card with a canary in every field; `typed` gives some fields values that can be read."""
    lines = ["---"]
    keys = [field.key for field in CARD_FIELDS] + ["secret", "unknown_key"]
    for key in keys:
        value = typed.get(key) or canary(key, copy)
        lines.append(f"{key}: [{value}]" if key in ("tags", "dor", "dod", "formerly", "points") else f"{key}: {value}")
    body = f"# {canary('heading', copy)}\n\n- {canary('note', copy)} [{canary('link', copy)}](https://zqcanary-link.example.org)\n"
    return "\n".join([*lines, "---", body])


CARDS: dict[str, str | bytes] = {
    "prospects/zqécanary-id-one.md": card("text", {}),
    "offre/zqécanary-id-two.md": card("typed", TYPED),
    "perdu/zqécanary-id-three.md": card("lost", TYPED),
    "prospects/zqécanary-id-broken.md": "---\naccount: [Zqécanary-broken\n---\n",
}


def history() -> History:
    at = datetime(2026, 9, 1, 13, 37, tzinfo=UTC)
    places = [("prospects", "one"), ("offre", "two"), ("perdu", "three"), ("prospects", "gone")]
    return History(
        tuple(
            Event(
                f"zqécanary-id-{name}", "created", None, column, at, at, "Zqécanary-author", f"{order:040x}",
                f"{column}/zqécanary-id-{name}.md", f"blob-{order}", order=order,
            )
            for order, (column, name) in enumerate(places)
        ),
        head="f" * 40,
    )  # fmt: skip


def material(audience: str, fields: tuple[str, ...] = LISTED) -> Material:
    board = board_of(CARDS, CONFIG % ", ".join(fields))
    revision = Revision("e" * 40, datetime(2026, 10, 2, tzinfo=UTC))
    return Material(board, TODAY, audience, revision, "zqcanary-prefix/", history())


def forms(token: str) -> Iterator[bytes]:
    """The token as itself and in the disguises in which a page could carry it."""
    raw = token.encode()
    yield from (raw, token.lower().encode(), token.upper().encode(), slug(token)[:20].encode())
    yield from (html.escape(token).encode(), token.encode("ascii", "xmlcharrefreplace"), quote(token).encode())
    yield from (json.dumps(token)[1:-1].encode(), raw.hex().encode(), token.encode("utf-16-le"))
    for pad in range(3):
        middle = base64.b64encode(b"\0" * pad + raw)[4:-4]
        if len(middle) >= 6:
            yield middle


def leaks(built: dict[str, bytes], tokens: list[str]) -> list[str]:
    whole = {address: data.lower() for address, data in built.items()}
    return [
        f"{token} as {form!r} in {address}"
        for token in tokens
        for form in forms(token)
        for address, data in whole.items()
        if form in built[address] or form.lower() in data or form.lower() in address.encode()
    ]


TOKENS = ["Zqécanary", "zqcanary", "zqecanary", "13579", "13,579", "13 579", "97531", "13:37", "f" * 40]


def test_no_canary_is_in_a_public_site() -> None:
    built = build(material(PUBLIC))
    assert leaks(built, TOKENS) == []
    assert "35%" in built["index.html"].decode(), "what is listed is shown"


def test_what_names_a_person_is_not_published_even_when_it_is_listed() -> None:
    assert leaks(build(material(PUBLIC, tuple(sorted(NEVER)))), TOKENS) == []


def test_the_test_finds_canaries_where_they_may_stand() -> None:
    found = leaks(build(material(INTERNAL)), ["Zqécanary"])
    for place in ("index.html", "board.json", "feed.xml", "calendar.ics", "archive/2026.html"):
        assert any(one.endswith(f"in {place}") for one in found), place


@pytest.mark.sweep
@pytest.mark.parametrize("key", [field.key for field in CARD_FIELDS if field.key not in NEVER] + ["secret"])
def test_a_listed_field_opens_no_other(key: str) -> None:
    built = build(material(PUBLIC, (key,)))
    others = [canary(field.key, copy) for field in CARD_FIELDS for copy in ("text", "typed") if field.key != key]
    whole = b"".join(built.values()).lower()
    assert [token for token in others if token.lower().encode() in whole] == []


def test_names_are_the_same_for_one_account_and_amounts_are_bands() -> None:
    board = published(material(PUBLIC)).board
    assert [one.id for one in board.cards] == ["c-0001", "c-0005", "c-0002", "c-0003"]
    two = board.find("c-0002")
    assert two is not None
    assert two.account == "Account 2"
    assert two.contact == "Contact 2"
    assert two.values["amount_band"] == "€10k to €50k"
    assert two.amount is None
    assert two.next_action_date is not None


def test_names_that_slip_into_a_listed_text_are_replaced() -> None:
    text = "---\naccount: Acme Corp\ncontact: M. Dubois\nnext_action: call Dubois of ACME CORP\n---\n"
    config = CONFIG % "next_action"
    found = published(Material(board_of({"offre/acme.md": text}, config), date(2026, 10, 5), PUBLIC)).board.cards[0]
    assert found.next_action == "call … of …"


def test_public_pages_are_marked_and_may_be_indexed() -> None:
    page = build(material(PUBLIC))["index.html"].decode()
    assert '<span class="audience">public</span>' in page
    assert 'name="robots"' not in page
    assert "zqcanary-forge" not in page
