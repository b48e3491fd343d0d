"""Every kind of page, of every kind of board, in both languages, light and dark, at five widths: valid, quiet, never wider
than the screen, asking nobody, and usable by everybody.

One board is rendered once and its pages are visited with one page object. The suite takes a few boards and pages of them,
`--sweep` all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from kanban.i18n.catalogue import use_language
from kanban.render.site import build
from kanban.render.site_input import Material
from tests.boards import board_of, card_text
from tests.browser.accessibility import violations
from tests.browser.markup import faults
from tests.browser.validators import complaints
from tests.metrics.telling import told

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AS_OF = date(2026, 10, 5)
WIDTHS = (390, 768, 1024, 1440, 1920)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOOKS = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
BOARD = """\
title: Pipeline
currency: EUR
timezone: Europe/Paris
columns:
  - {key: p, name: Prospects}
  - {key: r, name: Rendez-vous, wip: 3, stage: meeting, ageing: {amber: 10, red: 20}}
  - {key: o, name: Offre envoyée et relancée, wip: 2}
  - {key: g, name: Gagné, kind: won}
  - {key: l, name: Perdu, kind: lost}
  - {key: n, name: Nurturing, kind: parked}
owners: [{name: Zoé, role: AE}, {name: Karim, role: AE}]
quotas: [{period: 2026-Q4, wins: 20}]
views:
  Gros montants: [amount > 20k]
"""
_MONEY = ("€", "£", "$", "CHF", "JPY")
_SIGNS = ("£", r"\$", "CHF", "JPY|¥")
"""Of the currencies of open cards: those in euros are closed. In English yen have a sign, in French a code."""
_ONE_IN = 6
"""Of the pages of a board one in so many is looked at in the suite, without axe; a sweep looks at all."""

_OPEN = ("p", "r", "o")


@dataclass(frozen=True)
class Kind:
    """A kind of board: its cards, with what happened to them."""

    cards: dict[str, str | bytes]
    story: dict[str, str]


def _empty() -> Kind:
    return Kind({}, {})


def _one_card() -> Kind:
    card = card_text(account="ACME SAS", amount="28 k€", probability="40 %", owner="Zoé", close_date="2026-10-30")
    return Kind({"p/acme.md": card}, {"acme": "p2026-09-01"})


def _lived_in(count: int = 24, *, signs: tuple[str, ...] = ("€",)) -> Kind:
    """Open and closed cards of all sorts: late, blocked, without a date, long names, notes."""
    cards: dict[str, str | bytes] = {}
    story: dict[str, str] = {}
    for at in range(count):
        name, begun = f"carte-{at:04}", AS_OF - timedelta(days=40 + at % 120)
        column = _OPEN[at % 3] if at % 5 else ("g", "l", "n")[at // 5 % 3]
        steps = [f"p{begun}", f"r{begun + timedelta(days=9)}", f"o{begun + timedelta(days=20)}"]
        way = steps[: _OPEN.index(column) + 1] if column in _OPEN else [*steps, f"{column}{AS_OF}"]
        fields = {
            "account": f"Communauté d’agglomération du Val-de-l’Orne numéro {at}" if at % 7 == 0 else f"Société {at}",
            "owner": ("Zoé", "Karim", "")[at % 3],
            "source": ("salon", "inbound")[at % 2],
            "amount": f"{at % 60 + 3} k{signs[at % len(signs)]}",
            "probability": f"{at % 9 * 10 + 10} %",
            "close_date": (AS_OF + timedelta(days=at % 80)).isoformat(),
            "next_action_date": (AS_OF + timedelta(days=at % 12 - 2)).isoformat() + ("T10:00" if at % 4 == 0 else ""),
            "class": ("standard", "fixed-date", "expedite", "partner")[at % 4],
            "lost_reason": "price" if column == "l" else "",
            "blocked_since": "2026-09-28" if at % 11 == 3 and column in _OPEN else "",
            "blocked_cause": "Questionnaire de sécurité" if at % 11 == 3 and column in _OPEN else "",
        }
        cards[f"{column}/{name}.md"] = card_text("## Notes\n\n- Budget confirmé\n", **fields)
        story[name] = " ".join(way)
    return Kind(cards, story)


def _broken() -> Kind:
    kind = _lived_in(8)
    hostile = "---\naccount: '<script>document.title=1</script>'\nnext_action: '</title><b>x'\n---\n<img src=x>\n"
    cards = {
        **kind.cards,
        "p/bracket.md": "---\naccount: [Cassé\n---\n",
        "r/hostile.md": hostile,
        "o/field.md": "---\naccount: Field\namount: beaucoup\nprobability: 400 %\n---\n",
        "o/no-front.md": "nothing but text\n",
        "p/unbroken.md": card_text(
            account="A" * 90,
            next_action="B" * 120,
            next_action_date="2026-01-01",
            amount="1234567890.55",
            owner="C" * 60,
        ),
        "r/stuck.md": card_text(account="Zéro", blocked_since="2026-09-01", blocked_cause="x" * 90, amount="0"),
        "o/right-to-left.md": card_text(account="شركة الاختبار المحدودة", contact="محمد", owner="دانا"),
        "p/signs.md": card_text(account="🚀 Fusée & Cie 👩\u200d👩\u200d👧", owner="Zoé 🦊"),
    }
    late = {"unbroken": "p2026-08-01", "stuck": "p2026-08-01 r2026-08-20", "right-to-left": "p2026-08-01 o2026-09-01"}
    return Kind(cards, kind.story | late)


KINDS: dict[str, Callable[[], Kind]] = {
    "empty": _empty,
    "one-card": _one_card,
    "lived-in": _lived_in,
    "five-currencies": lambda: _lived_in(30, signs=_MONEY),
    "broken": _broken,
    "2000-open-cards": lambda: _lived_in(2500),
}
_DEMONSTRATION = "demonstration"
"""The kind that is a folder with half a year of history, as `kanban demo` makes it: charts, forecasts, views."""


def rendered(kind: str, language: str, folder: Path) -> list[Path]:
    """The site of such a board on the disk: all its files."""
    if kind == _DEMONSTRATION:
        return _demonstrated(language, folder)
    made = KINDS[kind]()
    with use_language(language):
        past = told(made.story)
        board = board_of(made.cards, BOARD + f"language: {language}\n", today=AS_OF)
        site = build(Material(board, AS_OF, history=past if made.story else None))
    for address, data in site.items():
        file = folder / address
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return sorted(folder.rglob("*.html"))


def _demonstrated(language: str, folder: Path) -> list[Path]:
    from kanban.cli import cli
    from kanban.commands.base.calling.entry import run
    from kanban.demo.english import in_english
    from kanban.demo.story import plan_demo
    from kanban.folder.example import example_board
    from kanban.repository.planned.commits import write_history

    board = folder.with_name(f"{folder.name}-board")
    board.mkdir()
    commits = plan_demo(example_board(), AS_OF)
    write_history(board, in_english(commits) if language == "en" else commits)
    assert run(cli, ["-C", str(board), "render", "--as-of", AS_OF.isoformat(), "--output", str(folder)]) == 0
    return sorted(folder.rglob("*.html"))


def one_of_each(files: list[Path], folder: Path) -> Iterator[str]:
    """The pages by kind: of cards, people and archived periods the first few, of the others all."""
    seen: dict[str, int] = {}
    for file in files:
        name = file.relative_to(folder).as_posix()
        group = name.partition("/")[0] if name.startswith(("cards/", "people/", "archive/", "days/")) else name
        seen[group] = seen.get(group, 0) + 1
        if seen[group] <= 3:
            yield name


CELLS = [(kind, language) for kind in (*KINDS, _DEMONSTRATION) for language in ("fr", "en")]


@pytest.mark.sweep
@pytest.mark.parametrize(("kind", "language"), CELLS, ids=[f"{kind}-{language}" for kind, language in CELLS])
def test_no_page_of_any_board_is_unsound(
    kind: str, language: str, page: Page, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    files = rendered(kind, language, tmp_path)
    pages = list(one_of_each(files, tmp_path))
    whole = bool(request.config.getoption("--sweep"))
    if not whole:
        pages = pages[len(kind) % _ONE_IN :: _ONE_IN]
    wrong = [f"{name}: {fault}" for name in pages for fault in faults((tmp_path / name).read_text(encoding="utf-8"))]
    page.on("console", lambda message: wrong.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("request", lambda request: None if request.url.startswith("file:") else wrong.append(request.url))
    for name in pages:
        page.goto((tmp_path / name).as_uri())
        wrong += [f"{name}: {fault}" for fault in (*_looks(page), *(violations(page, LOOKS) if whole else ()))]
        assert page.locator("html").get_attribute("lang") == language
        assert re.search(r"\w", page.title())
    wrong += complaints([tmp_path / name for name in pages], tmp_path) if whole else ()
    page.set_viewport_size({"width": 1440, "height": 900})
    wrong += _answers(kind, page, tmp_path)
    assert wrong == []


def _answers(kind: str, page: Page, folder: Path) -> Iterator[str]:
    """What such a board asks of its pages: every currency is named, long agendas are folded, nothing stuck is ready."""
    if kind == "five-currencies":
        for name, place in (("monday.html", ".tiles .money"), ("metrics.html", ".headlines li:nth-child(3)")):
            page.goto((folder / name).as_uri())
            said = page.locator(place).inner_text()
            yield from (f"{name}: no {sign} in {said}" for sign in _SIGNS if not re.search(sign, said))
        page.goto((folder / "index.html").as_uri())
        cut = "Array.from(document.querySelectorAll('.sums')).filter(one => one.scrollWidth > one.clientWidth).length"
        yield from ("sums are cut",) * page.evaluate(cut)
    if kind == "2000-open-cards":
        page.goto((folder / "meetings" / "daily.html").as_uri())
        if (high := page.evaluate("document.documentElement.scrollHeight")) > 3000:
            yield f"the daily is {high} pixels high"
    if kind == "broken":
        page.goto((folder / "cards" / "stuck.html").as_uri())
        yield from ("a blocked card is ready",) * page.locator(".readiness.ready").count()


def _looks(page: Page) -> Iterator[str]:
    """Wider than the screen at a width; the schemes differ in colours alone."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844 if width == 390 else 1080})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            yield f"{over} wider than {width}"
