"""A public site of a board with a canary in every place where text can stand, every field listed: none of them leaves.

Nothing is said either about a field that is not listed.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kanban.model.cards.fields import CARD_FIELDS
from kanban.privacy.scrubbing import Scrubber, everyday_words
from kanban.privacy.words import Names
from kanban.render.public.audience import published
from kanban.render.site_input import PUBLIC, Material
from tests.boards import board_of
from tests.conftest import GitFolder, Kanban
from tests.render.public_site import leaks

pytestmark = pytest.mark.sweep(one_in=3)

LISTS = {"tags", "dor", "dod", "formerly", "points", "decision_makers", "objections", "concessions", "agenda"}
FIELDS = [field.key for field in CARD_FIELDS if field.key != "lint_ignore"] + ["secret", "sector", "unknown"]
BOARD = """title: Pipeline
language: en
currency: EUR
columns:
  - {{key: prospects, name: Prospects, rules: [{0}], formerly: [{1}]}}
  - {{key: offre, name: Offer, wip: 9, dor: [{{id: x, label: {2}}}], dod: [{{id: y, label: {3}}}]}}
  - {{key: gagne, name: Won, kind: won}}
  - {{key: perdu, name: Lost, kind: lost}}
owners: [{{name: {4}, role: {5}, email: {6}@example.org, phone: {7}, signature: {8}}}]
manager: {9}
company: {10}
sources: [{11}]
approvers: [{12}]
video_link: https://{13}.example.org
quotas: [{{period: 2026-Q4, wins: 3, owner: {14}}}]
fields: {{secret: {{type: text, label: {15}, private: yes}}, sector: {{type: choice, choices: [{16}]}}}}
lint: {{waivers: [{{rule: KB101, reason: {17}}}]}}
site: {{forge: "https://{18}.example.org/x", public_fields: [{listed}]}}
"""
TYPED = {
    "amount": "13579,24 €",
    "probability": "35 %",
    "next_action_date": "2026-10-07",
    "close_date": "2026-11-19",
    "class": "fixed-date",
}


class Canaries:
    """Words that stand in no other text: letters only, some with accents, so that no rule but the right one stops them."""

    def __init__(self) -> None:
        self._random = random.Random(17)
        self.made: list[str] = []

    def one(self) -> str:
        letters = "".join(self._random.choice("bcdfghjklmnpqrstvwxzéèïôü") for _ in range(9))
        self.made.append(f"Zq{letters}")
        return self.made[-1]

    def card(self, *, typed: bool) -> str:
        lines = ["---", f"# {self.one()}"]
        for key in FIELDS:
            value = TYPED.get(key) if typed else None
            value = value or self.one()
            lines.append(f"{key}: [{value}]" if key in LISTS else f"{key}: {value}")
        return "\n".join(
            [*lines, "---", f"# {self.one()}", "", f"- {self.one()} [{self.one()}](https://x.example/)", ""]
        )


BESIDE = (
    *("README.md", "offre/README.md", "experiments/x.md", "scripts/mail.en.md", "templates/t.en.md"),
    *("portfolio.yml", "accepted.json", "offre/note.txt", ".mailmap", ".gitattributes"),
)


def filled(folder: GitFolder, canaries: Canaries, listed: str) -> None:
    """Two versions of every card, names everywhere, and a branch, a tag and files beside."""
    owner = {"GIT_AUTHOR_NAME": canaries.one(), "GIT_AUTHOR_EMAIL": f"{canaries.one()}@x.example"}
    folder.write("board.yml", BOARD.format(*(canaries.one() for _ in range(19)), listed=listed))
    columns = ("prospects", "offre", "gagne", "perdu")
    names = [f"{column}/{canaries.one().casefold()}.md" for column in columns for _ in range(2)]
    for turn in range(2):
        for at, name in enumerate(names):
            folder.write(name, canaries.card(typed=bool(at % 2)))
        for beside in BESIDE:
            folder.write(beside, f"# {canaries.one()}\n\n{canaries.one()}\n")
        for kind in ("accounts", "people"):
            keys = ("name", "also", "email", "phone", "account", "role", "site", "sector")
            fields = "".join(f"{key}: {canaries.one()}\n" for key in keys)
            folder.write(f"{kind}/{canaries.one().casefold()}.md", f"---\n{fields}---\n- {canaries.one()}\n")
        for near in (names[0], names[5]):
            kept = f"files/{near.rpartition('/')[2].removesuffix('.md')}/{canaries.one()}.txt"
            folder.write(kept, canaries.one())
            text = (folder.root / near).read_text(encoding="utf-8")
            folder.write(near, f"{text}\n## Files\n\n- [{canaries.one()}](../{kept})\n")
        folder.git("add", "-A")
        folder.git("commit", "-q", "-m", f"{canaries.one()} {turn}\n\n{canaries.one()}: x", **owner)
    folder.git("mv", names[0], names[0].replace("prospects", "offre"))
    folder.git("rm", "-q", names[2])
    folder.git("commit", "-q", "-m", canaries.one(), **owner)
    folder.git("branch", canaries.one())
    folder.git("tag", canaries.one())
    folder.git("checkout", "-q", "-b", canaries.one())


LISTS_OF_FIELDS = {
    "all": ", ".join(FIELDS),
    "typed only": "amount, probability, close_date, next_action_date, class",
    "one": "probability",
}


KINDS = {"index.html", "cards", "search-index.js", "feed.xml", "print", "metrics.html", "board.json"}
TEAM_ONLY = {"people", "changes.html", "digest.html", "digest.txt", "meetings", "days"}
"""Kinds of pages of a site, and those that strangers never get. One that comes later is looked at too: all files are."""


@pytest.mark.parametrize("listed", LISTS_OF_FIELDS.values(), ids=LISTS_OF_FIELDS)
def test_no_canary_leaves_in_any_disguise(git_folder: GitFolder, kanban: Kanban, listed: str) -> None:
    canaries = Canaries()
    filled(git_folder, canaries, listed)
    assert len(canaries.made) > 500
    site = git_folder.root / "site"
    answer = kanban("-C", git_folder.root, "render", "--audience", "public", "--output", site)
    assert answer.code == 0, answer.err
    pages = {one.split("/", 1)[0] for one in files_in(site)}
    assert pages >= KINDS, KINDS - pages
    assert not pages & TEAM_ONLY, pages & TEAM_ONLY
    assert kanban("-C", git_folder.root, "render", "--audience", "public", "--days", "1", "--output", site).code == 1
    assert leaks(files_in(git_folder.root / "site"), [*canaries.made, "13579", "x.example"]) == []
    shown = (git_folder.root / "site/index.html").read_text(encoding="utf-8")
    assert "35%" in shown


def test_the_test_finds_them_on_an_internal_site(git_folder: GitFolder, kanban: Kanban) -> None:
    canaries = Canaries()
    filled(git_folder, canaries, "probability")
    assert kanban("-C", git_folder.root, "render", "--output", git_folder.root / "site").code == 0
    assert len(leaks(files_in(git_folder.root / "site"), canaries.made)) > 100


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


SENTENCES = {
    "Demo Quandrix with Helene and Ygrazil, budget 271 k": "Demo … with … and …, budget …",
    "relancer hélène d'Ygrazil": "relancer … d'…",
    "QUANDRIX: call back": "…: call back",
    "call (+33) 6 12 34 56 78 or h.ygrazil@quandrix.example": "call (… or …",
    "Send the offer, then call": "Send the offer, then call",
    "appel de découverte lundi": "appel de découverte lundi",
    "lunch with Price": "lunch with …",
    "offer for the Démonstrateur": "offer for the …",
    "H é l è n e": "…",
    "https://quandrix.example/helene?x=1": "…",
    "démo Ｑuandrix": "démo …",
    "call H\u00adelene": "call …",
}


@pytest.mark.parametrize(("text", "shown"), SENTENCES.items(), ids=SENTENCES)
def test_of_a_listed_text_everyday_words_stay(text: str, shown: str) -> None:
    names = Names(["Quandrix Démonstrateurs SA", "Hélène Ygrazil"])
    assert Scrubber((), lambda: names).scrubbed(text) == shown


def test_an_everyday_word_that_names_somebody_here_or_once_did_is_left_out() -> None:
    scrubber = Scrubber(("Pilotage",), lambda: Names(["Contrat Express", "Offrès SA"]))
    assert scrubber.scrubbed("send contrat and contrats, offre, pilotage") == "send … and …, …, pilotage"
    assert not {"helene", "dupont", "martin", "paris", "acme"} & everyday_words()


def published_board(fields: str, cards: dict[str, str]) -> Callable[[str], object]:
    config = (
        "title: T\nlanguage: en\ncolumns: [{key: offre, name: Offer}]\n"
        "fields: {sector: {type: choice, choices: [hospital, school]}, secret: {type: text, private: yes}}\n"
        f"site: {{public_fields: [{fields}]}}\n"
    )
    board = board_of(dict(cards), config)
    shown = published(Material(board, date(2026, 10, 5), PUBLIC)).board
    return lambda key: [card.values.get(key) for card in shown.cards]


def test_a_group_of_fewer_than_three_customers_is_left_out() -> None:
    sectors = ["hospital", "hospital", "school", "school", "school"]
    cards = {
        f"offre/{at}.md": f"---\naccount: A{at}\nsector: {sector}\ntags: [demo, {'visio' if at else 'audit'}]\n---\n"
        for at, sector in enumerate(sectors)
    }
    values = published_board("sector, tags", cards)
    assert values("sector") == [None, None, "school", "school", "school"]
    assert values("tags") == [("demo",), *[("demo", "visio")] * 4]
    two_cards_each = {f"offre/{at}.md": f"---\naccount: {'AB'[at % 2]}\nsector: school\n---\n" for at in range(6)}
    assert published_board("sector", two_cards_each)("sector") == [None] * 6


def test_a_field_declared_private_and_a_word_no_choice_has_are_not_published() -> None:
    cards = {"offre/a.md": "---\nsecret: call\nlost_reason: Quandrix\nclass: Ygrazil\nowner: Zoé\n---\n"}
    values = published_board("secret, lost_reason, class, owner", cards)
    assert [values(key) for key in ("secret", "lost_reason", "class", "owner")] == [[None], [None], [None], ["Owner 1"]]


def test_nothing_is_said_of_what_is_not_listed(git_folder: GitFolder, kanban: Kanban) -> None:
    """Late, blocked, without an action, idle, ready: of a field that strangers do not see neither yes nor no."""
    git_folder.write(
        "board.yml",
        "title: T\nlanguage: en\ncolumns: [{key: a, name: A}, {key: b, name: B}, {key: c, name: C}]\n"
        "policies: {stale_after: 1}\nsite: {public_fields: [probability]}\n",
    )
    late = "---\naccount: X\nnext_action: call\nnext_action_date: 2026-01-02\nblocked_since: 2026-01-02\n---\n"
    git_folder.write("a/one.md", late)
    git_folder.write("c/two.md", "---\naccount: Y\n---\n")
    git_folder.git("add", "-A")
    git_folder.git("commit", "-q", "-m", "x", date="2026-01-02T10:00:00+0000")
    out = git_folder.root / "site"
    answer = kanban("-C", git_folder.root, "render", "--audience", "public", "--output", out, "--as-of", "2026-03-01")
    assert answer.code == 0, answer.err
    index = (out / "index.html").read_text(encoding="utf-8")
    for claim in ("late", "overdue", "blocked", "dated", "no next action", "Ready", "ready", "idle", "stopped"):
        assert claim not in index.split("<main", 1)[1], claim
    assert "2</b> open cards" in index.replace("\n", "") or "open cards" in index
    cards = [card for column in json.loads((out / "board.json").read_text())["columns"] for card in column["cards"]]
    assert {(card["blocked"], card["idle_days"], card["next_action"]) for card in cards} == {(None, None, None)}
