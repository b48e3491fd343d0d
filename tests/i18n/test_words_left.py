"""No English is left in what is said in French, and no French in English: in every verb, its help, refusals and pages.

The same lines are typed on the demo board of each language, whose cards are in that language too; what is searched are
words that the other language cannot do without. French typography is looked at on the way.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kanban.cli import VERBS
from tests.conftest import Kanban

pytestmark = pytest.mark.xdist_group("words left")  # one demo board of each language is made

ENGLISH = re.compile(
    r"\b(?:the|and|is|are|not|with|it|this|there|has|have|was|were|by|from|which|what|that|of|be|can|cannot|must|"
    r"warning|found|nothing|since|until|today|week|weeks|days|settle|your|you|when|where|without|above|below)\b",
    re.IGNORECASE,
)
FRENCH = re.compile(
    r"\b(?:le|la|les|des|une|est|dans|pour|avec|pas|sur|du|aux|et|ou|que|qui|prochaine|sans|par|au|aucune?|jours?|"
    r"semaines?|carte|cartes|colonne|montant|erreur|avertissement)\b|[àâçêîïôûœ«»]|(?<=\w) [;:!?](?=\s|$)",
    re.IGNORECASE,
)
TIGHT = re.compile(r"(?<=[a-zàâéèêîïôûç`»)])[:;!?](?=\s|$)|\bet \d+ autre\b(?! )(?<!et 1 autre)|\b\d{2,} autre\b")
"""French that a printer would refuse: no space before a high sign, a plural that is none."""

CODE = re.compile(
    r"^\s*KB\d+ .*?  |`[^`]*`|\S+…|“[^”]*”|«[^»]*»|https?:\S+|\S+@\S+|(?<!\w)--?[a-z][a-z-]*|^\s*(?:kanban|printf) .*"
    r"|\[[a-z|-]+\]|Definitions? of (?:Ready|Done)"
    r"|\S+/\S+|\S+\.(?:md|yml)\S*|Salon IT|IT show|Zoé|Inès|Léa|Guérin|Trois|\{[{%].*?[%}]\}|^\s*\d* \|.*|^(?:annulé|undone).*"
)
"""What is the same in every language: what is typed, what is quoted, paths, names, the subject of a commit."""
KEYED = re.compile(r"^\s*(?:[a-z_]+|[A-Z][a-z-]+): .*$|^\s*\d{4}-\d\d-\d\d .*$")
"""Lines of a card, trailers, and subjects of commits with their day."""

FOLDERS = {"fr": ("offre", "negociation", "rdv"), "en": ("offer", "negotiation", "meeting")}
CARDS = {
    "fr": ("semences-pradelou", "sogelium-industrie", "menuiserie-vauclair", "groupe-hestival", "hotels-corvane"),
    "en": ("pradelou-seeds", "sogelium-industries", "vauclair-joinery", "hestival-group", "corvane-hotels"),
}
SAID = {"fr": ("appeler", "besoin confirmé"), "en": ("call", "need confirmed")}
READ = """board|board --owner Zoé|board --owner nobody|list|list --all|list --blocked|list --column OFFER|list zzz|show acme-sso
show BLOCKED|show nobody|show cargoval|next|next --owner Zoé|daily|weekly|review|workshop|mail|mail acme-sso nosuch|script
script acme-sso nosuch|ready acme-sso|ready nobody|ready acme-sso --for NEGOTIATION|move acme-sso NEGOTIATION
move acme-sso nowhere|move acme-sso|move nobody OFFER|pull OFFER --dry-run|pull NEGOTIATION --dry-run|tick acme-sso nothing
tick acme-sso|set acme-sso|set acme-sso amount=xx|set acme-sso next_action_date=xx|set acme-sso close_date=30/11
touch JOINERY fax|block SEEDS --cause x|unblock acme-sso|win acme-sso|lose acme-sso|lose LOST --reason bad|park PARKED
reopen PARKED|reopen acme-sso|rename acme-sso ../x|archive --dry-run|undo --list|log acme|lint|lint --select KB9|rules
rules KB999|diff HEAD~30|diff nosuch|hook install --dry-run|resolve acme|metrics|metrics --vs 30d|metrics --period 2026-Q3
forecast|forecast --wip NEGOTIATION=4|forecast --wip x|diagnose|experiment list|experiment new|remind|remind --days 7|doctor
export --format xx|find zzz|list --where x|init .|demo .|list --as-of someday|list --lang zz|new X --on yesterdayy
note acme-sso|rm acme|nosuch|mvoe|list --column x|move acme-sso OFFER --force"""
WRITTEN = """note acme-sso|note acme-sso NEED --next CALL --on +2d|note acme-sso NEED --next CALL --on 32/13
new Beta --next CALL --on +1d|new Gamma --source foo|touch JOINERY mail --next CALL --on +2d|block SEEDS --cause CALL --next CALL
unblock BLOCKED --next CALL --on +1d|lose LOST --reason price --note CALL|park PARKED --until 2027-01-11|tick acme-sso agenda-sent
set acme-sso owner=Zoé|undo|lint"""
BROKEN = (
    "---\naccount: X\namuont: 5 k€\namount: zz\nprobability: 200\nnext_action_date: 31/02\nclass: foo\nsource: bar\n"
    "lost_reason: cher\nstatus: x\nblocked_since: 2026-01-01\n---\n\n## Notes\n\n- x\n- x\n- x\n- x\n"
)


def lines(language: str, table: str) -> list[list[str]]:
    """The table's lines with the names that this language's board has."""
    offer, negotiation, meeting = FOLDERS[language]
    seeds, lost, joinery, parked, blocked = CARDS[language]
    call, need = SAID[language]
    names = {"OFFER": offer, "NEGOTIATION": negotiation, "MEETING": meeting, "SEEDS": seeds, "LOST": lost}
    names |= {"JOINERY": joinery, "PARKED": parked, "BLOCKED": blocked, "CALL": call, "NEED": need}
    word = re.compile("|".join(names))
    return [
        [word.sub(lambda found: names[found[0]], typed) for typed in line.split()] for line in re.split(r"[|\n]", table)
    ]


def left(text: str, language: str) -> Iterator[str]:
    """The lines of a text in which a word of the other language, or a slip of the printer's, is left."""
    for line in text.splitlines():
        if KEYED.match(line):
            continue
        prose = CODE.sub(" ", line)
        foreign = (ENGLISH if language == "fr" else FRENCH).search(prose)
        tight = language == "fr" and TIGHT.search(CODE.sub("_ ", line)) and not re.match(r"\s*\S+:(?: |$)", line)
        if foreign or tight:
            yield line.strip()


def words_of(page: str) -> str:
    """What a reader sees or hears of a page."""
    shown = re.sub(r"<(script|style|code|pre|kbd)\b.*?</\1>", " ", page, flags=re.DOTALL)
    heard = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', shown)
    return html.unescape("\n".join([re.sub(r"<[^>]+>", "\n", shown), *heard]))


@pytest.fixture(scope="module", params=["fr", "en"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    from click.testing import CliRunner

    from kanban.cli import cli

    root = tmp_path_factory.mktemp("words") / request.param
    CliRunner().invoke(cli, ["--lang", request.param, "demo", str(root), "--as-of", "2026-10-05"])
    return request.param, root


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch, demo: tuple[str, Path]) -> None:
    monkeypatch.setenv("KANBAN_AS_OF", "2026-10-05")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("LANG", {"fr": "fr_FR.UTF-8", "en": "C.UTF-8"}[demo[0]])
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.chdir(demo[1])


@pytest.mark.sweep
@pytest.mark.slow
@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help(kanban: Kanban, demo: tuple[str, Path], verb: str) -> None:
    answer = kanban(*verb.split(), "--help")
    assert list(left(answer.out, demo[0])) == []


@pytest.mark.slow
@pytest.mark.parametrize("table", [READ, WRITTEN], ids=["read and refused", "written"])
def test_answers_and_refusals(kanban: Kanban, demo: tuple[str, Path], table: str) -> None:
    found = {}
    for typed in lines(demo[0], table):
        answer = kanban(*typed)
        found |= {one: " ".join(typed) for one in left(answer.out + answer.err, demo[0])}
    assert found == {}


@pytest.mark.slow
def test_pages_and_broken_cards(kanban: Kanban, demo: tuple[str, Path]) -> None:
    language, root = demo
    (root / "prospects/x.md").write_text(BROKEN)
    try:
        kanban("render", "--output", "site")
        found = {
            one: page.name
            for page in sorted((root / "site").rglob("*.html"))
            for one in left(words_of(page.read_text("utf-8")), language)
        }
        for verb in ("lint", "board", "list", "next", "daily", "doctor", "show x"):
            answer = kanban(*verb.split())
            found |= dict.fromkeys(left(answer.out + answer.err, language), verb)
    finally:
        (root / "prospects/x.md").unlink()
    assert found == {}
