"""Eight realistic pull requests as the page that a sales manager reads, in both languages; each fits a screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from tests.conftest import GitFolder, Kanban
from tests.review.changes import ATTACKS

GOLDEN = Path(__file__).parent / "golden"
DAY = "2026-11-16"
ACTED_UPON = re.compile(r"(?<![\w/])[@#!~]\w|(?i:www\.\w|\bGH-\d)|:\w+:")
SEEN = 60
"""Lines that are seen before anything is opened."""
RULES = """title: Pipeline
language: fr
timezone: Europe/Paris
quotas: [{period: 2026-Q4, amount: 200000}]
columns:
  - {key: prospects, name: Prospects}
  - {key: qualifies, name: Qualifiés, wip: 30}
  - {key: offre, name: Offre, wip: 4}
  - {key: negociation, name: Négociation, wip: 3}
  - {key: gagne, name: Gagné, kind: won}
  - {key: perdu, name: Perdu, kind: lost}
"""


def card(account: str, **fields: str) -> str:
    """A card without a fault."""
    values = {
        "account": account,
        "next_action": "call",
        "next_action_date": "2026-11-23",
        "owner": "Zoé",
        "amount": "28 k€",
        "probability": "50 %",
        "close_date": "2026-12-10",
    } | fields
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items() if value) + "---\n\nNotes.\n"


@dataclass
class Team:
    """A board on `main` and a branch `change` on which the story of a pull request is told."""

    folder: GitFolder

    def write(self, path: str, account: str, **fields: str) -> None:
        self.folder.write(path, card(account, **fields))

    def commit(self, message: str, day: int) -> None:
        self.folder.commit(message, date=f"2026-11-{day:02}T10:00:00+01:00")

    def move(self, name: str, source: str, target: str, message: str, day: int = 12) -> None:
        self.folder.git("mv", f"{source}/{name}.md", f"{target}/{name}.md")
        self.commit(message, day)


def team(root: Path) -> Team:
    made = Team(GitFolder(root))
    made.folder.write("board.yml", RULES)
    for column in ("prospects", "qualifies", "offre", "negociation", "gagne", "perdu"):
        made.folder.write(f"{column}/README.md", f"# {column}\n")
    for name, column, amount, owner in (
        ("acme", "offre", "28 k€", "Zoé"),
        ("norvane", "qualifies", "46 k€", "Karim"),
        ("lumio", "qualifies", "12 k€", "Inès"),
        ("orcival", "prospects", "9 k€", "Inès"),
        ("belmaure", "negociation", "64 k€", "Zoé"),
        ("corvane", "negociation", "22 k€", "Karim"),
    ):
        made.write(f"{column}/{name}.md", name.title(), amount=amount, owner=owner)
    made.write("gagne/cargoval.md", "Cargoval", amount="12 k€", close_date="2026-10-20", next_action="")
    made.write("perdu/vernay.md", "Vernay", amount="40 k€", lost_reason="price", next_action="")
    made.commit("start", 2)
    made.folder.git("switch", "-q", "-c", "change")
    return made


def week(at: Team) -> None:
    at.move("belmaure", "negociation", "gagne", "belmaure won", 10)
    at.move("acme", "offre", "negociation", "acme on", 11)
    at.move("norvane", "qualifies", "offre", "norvane on", 12)
    at.folder.git("rm", "-q", "negociation/corvane.md")
    at.write("perdu/corvane.md", "Corvane", amount="22 k€", owner="Karim", lost_reason="price", next_action="")
    at.commit("corvane lost\n\nReason: they renewed with their supplier", 12)
    at.write("qualifies/lumio.md", "Lumio", amount="12 k€", owner="Inès", close_date="2027-02-15")
    at.commit("lumio later", 13)
    at.move("orcival", "prospects", "negociation", "orcival, straight on", 13)


def imported(at: Team) -> None:
    for number in range(200):
        owner, amount = ("Inès", "Karim", "Paul")[number % 3], f"{4 + number % 9} k€"
        action = "" if number % 4 == 0 else "call"
        at.write(f"prospects/fair-{number:03}.md", f"Fair {number:03}", owner=owner, amount=amount, next_action=action)
    at.commit("import of the fair", 12)


def renamed(at: Team) -> None:
    at.folder.git("mv", "offre/acme.md", "offre/acme-sso.md")
    at.commit("a better name", 12)
    at.folder.git("rm", "-q", "qualifies/norvane.md")
    at.write("qualifies/norvane-crm.md", "Norvane", amount="46 k€", owner="Karim", formerly="[norvane]")
    at.commit("another", 12)


def policy(at: Team) -> None:
    file = at.folder.root / "board.yml"
    text = file.read_text("utf-8").replace("wip: 4", "wip: 9").replace("amount: 200000", "amount: 150000")
    at.folder.write("board.yml", text + "lint: {ignore: [skipped-column]}\n")
    at.commit("more room", 12)
    at.move("lumio", "qualifies", "negociation", "lumio, past the offer")


def reverted(at: Team) -> None:
    at.move("acme", "offre", "negociation", "acme on", 10)
    at.folder.git("switch", "-q", "main")
    at.folder.git("merge", "-q", "--ff-only", "change")
    at.folder.git("switch", "-q", "change")
    at.move("acme", "negociation", "offre", 'Revert "acme on" (#13)\n\nReverts team/board#12')


def conflicting(at: Team) -> None:
    at.write("offre/acme.md", "Acme", amount="31 k€")
    at.commit("acme is larger", 11)
    at.folder.git("switch", "-q", "main")
    at.write("offre/acme.md", "Acme", amount="25 k€")
    at.commit("acme is smaller", 12)
    at.folder.git("switch", "-q", "change")


def hostile(at: Team) -> None:
    for number, attack in enumerate(one for one in ATTACKS if '"' not in one and "\\" not in one):
        name = "'" + attack.replace("'", "’") + "'"
        at.write(f"prospects/bad-{number:02}.md", name, owner="Zoé", amount="1 k€")
    at.write("gagne/cargoval.md", "Cargoval", amount="300 k€", close_date="2026-10-20", next_action="")
    at.commit("some leads\n\n@everyone Reason: none", 12)


def wrong(at: Team) -> None:
    at.write("negociation/belmaure.md", "Belmaure", amount="640 k€")
    at.write("offre/acme.md", "Acme", amount="28 k")
    at.write("negociation/corvane.md", "Corvane", amount="a lot", owner="Karim")
    at.write("gagne/cargoval.md", "Cargoval", amount="300 k€", close_date="2026-10-20", next_action="")
    at.folder.git("rm", "-q", "qualifies/lumio.md")
    at.commit("amounts", 12)


STORIES = {
    "week": week,
    "import": imported,
    "rename": renamed,
    "policy": policy,
    "revert": reverted,
    "conflict": conflicting,
    "hostile": hostile,
    "wrong-amounts": wrong,
}
LINKS = ("--links", "https://forge.example/team/board/blob/0123abc", "--site", "https://team.example/board/")


def told(root: Path, language: str, name: str, kanban: Kanban) -> str:
    between = ("main", "change") if name == "conflict" else ("main...change",)
    arguments = (*between, "--as-of", DAY, "--lang", language, "--format", "markdown", *LINKS)
    return kanban("-C", str(root), "diff", *arguments).out


def golden(name: str, language: str) -> Path:
    return GOLDEN / f"pull-request-{name}.{language}.md"


def seen(page: str) -> list[str]:
    """The lines that are seen with everything folded, as long as they are in the source."""
    shut = re.sub(r"(<summary>.*?</summary>).*?</details>", r"\1", page, flags=re.DOTALL)
    return [line for line in shut.splitlines() if line and not line.startswith("<!--")]


def inert_as_shown(page: str) -> list[str]:
    """What a forge would act upon in the page as it renders it: addresses that are not ours, people called, references."""
    tokens = MarkdownIt("gfm-like", {"html": True}).parse(page)
    parts = [part for token in tokens for part in token.children or ()]
    led = [str(part.attrs["href"]) for part in parts if part.type == "link_open"]
    ours = ("https://forge.example/team/board/blob/0123abc/", "https://team.example/board/")
    shown = [found[0] for part in parts if part.type == "text" for found in ACTED_UPON.finditer(part.content)]
    return [one for one in led if not one.startswith(ours)] + shown


def broken_links(page: str, root: Path) -> list[str]:
    """The files that the page leads to and the branch does not have, or has with fewer lines."""
    found = re.findall(r"\]\(https://forge\.example/team/board/blob/0123abc/([^)#]+)(?:#L(\d+))?\)", page)
    files = {path: root / unquote(path) for path, _line in found}
    lines = {path: len(file.read_text("utf-8").splitlines()) if file.exists() else -1 for path, file in files.items()}
    return [path for path, line in found if lines[path] < int(line or 0)]


@pytest.mark.parametrize("name", STORIES)
def test_page(name: str, tmp_path: Path, kanban: Kanban, update_golden: bool) -> None:
    STORIES[name](team(tmp_path / "board"))
    for language in ("en", "fr"):
        page = re.sub(r"\b[0-9a-f]{10}\b", "0123456789", told(tmp_path / "board", language, name, kanban))
        file = golden(name, language)
        if update_golden:
            file.write_text(page, "utf-8")
        assert page == file.read_text("utf-8")
        assert len(seen(page)) <= SEEN, len(seen(page))
        assert page.count("<details>") == page.count("</details>")
        assert inert_as_shown(page) == []
        assert broken_links(page, tmp_path / "board") == []
        assert all("\u200b" not in command for command in re.findall(r"`[^`]+`", page)), "commands can be copied"


def test_what_the_pages_must_say() -> None:
    """Of the pages as they stand, which are those that are told."""
    pages = {name: golden(name, "en").read_text("utf-8").replace("\u2060", "") for name in STORIES}
    first = {name: seen(page)[0].strip("*")[:120] for name, page in pages.items()}
    assert first["week"].startswith("1 error to settle. Q4 2026 falls short: ")
    assert "KB401" in pages["week"]
    assert "they renewed with their supplier" in pages["week"]
    assert "pushed out" in pages["week"]
    assert "Q4 2026 (2026-12-10) → Q1 2027 (2027-02-15)" in pages["week"]
    assert "[lumio](https://forge.example/team/board/blob/0123abc/qualifies/lumio.md)" in pages["week"]
    assert "[See the board](https://team.example/board/)" in pages["week"]
    assert "- Prospects: 200 cards and €" in pages["import"]
    assert "/prospects/fair-000.md) and 49 more · KB501" in pages["import"]
    assert "1 new card" not in pages["rename"]
    assert "| [acme-sso](https://forge.example/team/board/blob/0123abc/offre/acme-sso.md) | acme |" in pages["rename"]
    assert "raises the limit of Offre: 4 → 9" in pages["policy"]
    assert "KB401" in pages["policy"], "the rules from before the change count"
    assert "KB402" not in pages["revert"]
    assert first["revert"].startswith("Q4 2026 stays at €102,500 of €200,000.")
    assert first["wrong-amounts"].startswith("2 errors to settle. 2 things to look at twice. Q4 2026 holds: ")
    assert first["conflict"].startswith("1 conflict to settle.")
    assert "`git merge main`, then `kanban resolve acme`" in pages["conflict"]
    assert "Amount of a closed deal is rewritten: 12 k€ → 300 k€" in pages["hostile"]
    assert "Amount is ten times what it was, or more: 64 k€ → 640 k€" in pages["wrong-amounts"]
    assert "+€288,000" in pages["wrong-amounts"], "what was won has a bridge of its own"
    assert "without amount now" in pages["wrong-amounts"]
    assert "· KB404" in pages["wrong-amounts"]
    assert "```diff\n- quotas: [{period: 2026-Q4, amount: 200000}]\n+ quotas:" in pages["policy"]
    assert "Value of" not in pages["rename"], "no bridge where nothing changed"


def test_a_change_that_could_not_be_checked_says_so_under_the_same_marker(kanban: Kanban) -> None:
    page = kanban("diff", "--not-checked", "sales", "--format", "markdown").out
    assert page.splitlines()[0] == "<!-- kanban-diff: sales -->"
    assert "could not be checked" in page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://x.example/a b", "https://x.example/)[y](z", "x"])
def test_an_address_that_is_none_is_refused(address: str, kanban: Kanban) -> None:
    assert kanban("diff", "--not-checked", ".", "--links", address).code == 2
