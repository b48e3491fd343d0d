"""What every page of a site must hold, whatever stands on the cards."""

from __future__ import annotations

import hashlib
import html
import re
from base64 import b64encode
from pathlib import Path

import html5lib
import pytest

from kanban.i18n import use_language
from kanban.model.cards.fields import CARD_FIELDS
from kanban.render.addresses import slug
from kanban.render.site import build
from kanban.render.site_input import Material
from kanban.render.views.page import SECURITY
from tests.boards import TODAY, board_of, card_text
from tests.render.test_markdown import PAYLOADS

TEMPLATES = Path(__file__).parents[2] / "kanban" / "render" / "templates"
NASTY = '"><script>alert(1)</script>'


def site(cards: dict[str, str | bytes]) -> dict[str, str]:
    built = build(Material(board_of(cards), TODAY))
    return {address: data.decode() for address, data in built.items() if not address.endswith(".png")}


def pages(built: dict[str, str]) -> dict[str, str]:
    return {address: text for address, text in built.items() if address.endswith(".html")}


CARDS: dict[str, str | bytes] = {
    "prospects/acme.md": card_text("## Notes\n\n- called\n"),
    "qualifies/late.md": card_text(next_action_date="2026-10-01"),
    "qualifies/none.md": card_text(next_action=""),
    "qualifies/broken.md": "---\naccount: [\n---\n",
    "offre/blocked.md": card_text(blocked_since="2026-10-01", blocked_cause="legal", blocked_owner="Zoé"),
    "gagne/2026/won.md": card_text(amount="12 k€"),
    "perdu/lost.md": card_text(lost_reason="price"),
}


def test_two_builds_are_the_same_bytes() -> None:
    assert build(Material(board_of(CARDS), TODAY)) == build(Material(board_of(CARDS), TODAY))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_are_valid_html_in_the_language_in_force(language: str) -> None:
    with use_language(language):
        for text in pages(site(CARDS)).values():
            assert f'<html lang="{language}">' in text
            parser = html5lib.HTMLParser(strict=True)
            parser.parse(text)


def test_the_security_policy_is_the_first_element_of_every_head() -> None:
    for address, text in pages(site(CARDS)).items():
        found = re.search(r"<head>\s*<([^>]*)>", text)
        assert found, address
        assert "Content-Security-Policy" in found[1], address
        assert "style=" not in text, f"{address}: an inline style would be refused"
        assert not re.search(r"<script(?! src)", text), address
    assert "default-src 'none'" in SECURITY


def test_internal_pages_say_so_and_ask_not_to_be_indexed() -> None:
    for text in pages(site(CARDS)).values():
        assert '<meta name="robots" content="noindex, nofollow">' in text
        assert '<span class="audience">internal</span>' in text


def test_the_page_for_nothing_needs_no_other_file_of_the_site() -> None:
    """It is shown at addresses of any depth; its style is in it, and allowed by its digest alone."""
    page = site(CARDS)["404.html"]
    assert re.findall(r'(?:href|src)="([^"#][^"]*)"', page) == ["../index.html", "index.html"]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    digest = b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}';" in html.unescape(page)
    assert page.count("--paper:") == 2, "light and dark"


def test_internal_links_resolve() -> None:
    built = site(CARDS)
    for address, text in pages(built).items():
        ids = {address: set(re.findall(r'\bid="([^"]+)"', page)) for address, page in pages(built).items()}
        for href in re.findall(r'(?:href|src)="([^"]+)"', text):
            if re.match(r"[a-z]+:", href) or address == "404.html":
                continue
            place, _hash, anchor = href.partition("#")
            target = str((Path("/") / address).parent / place) if place else "/" + address
            target = re.sub(r"[^/]+/\.\./", "", target).lstrip("/")
            assert target in built, f"{address} → {href}"
            if anchor and "=" not in anchor:  # a filter's state is no place
                assert anchor in ids[target], f"{address} → {href}"


@pytest.mark.parametrize(
    "field", ["title", "account", "contact", "next_action", "owner", "blocked_cause", "lost_reason", "source", "extra"]
)
def test_card_text_never_becomes_markup(field: str) -> None:
    card = card_text(f"# {NASTY}\n\n[x](javascript:alert(1)) ![y](data:image/svg+xml,z)\n", **{field: f"'{NASTY}'"})
    for address, text in pages(site({"prospects/a.md": card, "perdu/b.md": card})).items():
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        scripts = [one for one in tree.iter("script") if "src" not in one.attrib]
        assert scripts == [], address
        for element in tree.iter():
            assert not any(name.startswith("on") for name in element.attrib), address
            assert not element.get("href", "").startswith(("javascript:", "data:")), address


def test_no_payload_acts_in_any_place_of_any_page() -> None:
    """Sixty payloads, each in every field, in the notes, in the file's name and as an unknown key, judged by a parser."""
    cards: dict[str, str | bytes] = {}
    for number, payload in enumerate(PAYLOADS):
        flat = payload.replace("\n", " ").replace("\t", " ").replace("\x01", "").replace("'", "''")
        fields = "".join(f"{field.key}: '{flat}'\n" for field in CARD_FIELDS if field.type == "text")
        text = f"---\n{fields}unknown: '{flat}'\nblocked_since: 2026-10-01\ntags: ['{flat}']\n---\n{payload}\n"
        cards[f"{('prospects', 'offre', 'perdu')[number % 3]}/x{number}-{slug(payload)[:12]}.md"] = text
    for address, text in pages(site(cards)).items():
        for element in html5lib.parse(text, namespaceHTMLElements=False).iter():
            assert element.tag not in ("iframe", "object", "embed", "base", "math", "img"), address
            assert element.tag != "style" or address == "404.html", address
            assert element.tag != "script" or element.get("src", "").endswith(".js"), address
            assert not any(str(name).startswith("on") for name in element.attrib), address
            target = element.get("href", "").lower()
            assert not target.startswith(("javascript:", "data:", "vbscript:", "file:", "blob:", "//")), address


def test_a_broken_card_stands_in_its_column_with_line_and_cure() -> None:
    index = site(CARDS)["index.html"]
    column = index.split('id="column-qualifies"')[1].split("</section>")[0]
    card = column.split('id="card-broken"')[1].split("</li>")[0]
    problem = next(one for one in board_of(CARDS).cards if one.id == "broken").problems[0]
    assert f"line {problem.line}" in card
    assert problem.message.split("`")[0].strip() in card
    assert problem.cure.split("`")[0].strip() in card


def test_of_a_card_that_cannot_be_read_nothing_else_is_claimed() -> None:
    page = site(CARDS)["cards/broken.html"]
    assert "no next action" not in page
    assert 'class="readiness' not in page
    assert "no next action" in site(CARDS)["cards/none.html"]


@pytest.mark.parametrize(
    ("card", "css", "words"),
    [
        ("late", "late", "late · 1 Oct"),
        ("none", "none", "no next action"),
        ("blocked", "blocked", "blocked since 1 Oct"),
        ("acme", "planned", "6 Oct"),
    ],
)
def test_state_is_said_in_a_class_and_in_words(card: str, css: str, words: str) -> None:
    index = site(CARDS)["index.html"]
    found = re.search(rf'<li class="card ([^"]*)" id="card-{card}".*?</li>', index, re.DOTALL)
    assert found
    assert css in found[1].split()
    assert words in re.sub(r"<[^>]+>", "", found[0])


def test_limits_exceeded_and_reached_are_told_apart() -> None:
    cards = {
        f"{column}/{number}.md": card_text()
        for column, count in (("qualifies", 3), ("offre", 3))
        for number in range(count)
    }
    found = re.findall(
        r'<li class="(\w+)"><a href="#column-(\w+)" ><b>1</b> ([^<]*)</a>', site(dict(cards))["index.html"]
    )
    assert found == [("red", "offre", "limit exceeded"), ("amber", "qualifies", "limit reached")]


def test_a_choice_is_shown_in_the_reader_s_language() -> None:
    with use_language("fr"):
        page = site({"offre/a.md": card_text(risk="medium")})["cards/a.html"]
    assert "<dt>Risque</dt><dd><span>moyen</span></dd>" in page


def test_parked_cards_say_until_when_under_one_heading() -> None:
    index = site({"nurturing/a.md": card_text(parked_until="2027-01-12")})["index.html"]
    assert '<span class="sum">until</span>' in index
    assert "<span>12 Jan</span>" in index


def test_templates_never_switch_escaping_off() -> None:
    for path in TEMPLATES.glob("*.jinja"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*(safe|striptags|tojson)|autoescape", text), path.name
        assert not re.search(r"=\{\{", text), f"{path.name}: an unquoted attribute"
