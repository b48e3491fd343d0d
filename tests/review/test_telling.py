"""What a forge, a browser and a terminal are given: bounded, the same every time, and harmless whatever a card says."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest
from markdown_it import MarkdownIt

from kanban.paper.html import html
from kanban.paper.inert import inert
from kanban.paper.length import COUNTS, NO_DETAILS, TOP_ROWS, more, reduced
from kanban.paper.markdown import BUDGET, markdown, marker
from kanban.paper.page import Row, Section
from kanban.paper.text import text
from kanban.review.document import read_report
from kanban.review.report import Report
from kanban.review.sections import marker_of, page_of
from kanban.schemas.writing import to_json
from tests.boards import card_text
from tests.review.changes import ATTACKS, report_of

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def small() -> Report:
    before = {
        "prospects/acme.md": card_text(amount="28 k€", probability="40 %"),
        "qualifies/beta.md": card_text(account="Beta", amount="1000 CHF"),
        "offre/gone.md": card_text(account="Gone"),
    }
    after = {
        "qualifies/acme.md": card_text(amount="30 k€", probability="40 %", owner="Zoé"),
        "gagne/beta.md": card_text(account="Beta", amount="1000 CHF"),
        "prospects/new.md": card_text(account="New", next_action=""),
    }
    return report_of(before, after)


@pytest.fixture(scope="module")
def thousand() -> Report:
    before = {f"prospects/card-{n:04}.md": card_text(amount=f"{n * 7 % 997} €") for n in range(1000)}
    after = {
        f"{'qualifies' if n % 2 else 'offre'}/card-{n:04}.md": card_text(
            "text\n" * 5, amount=f"{n * 7 % 997 + 1} €", account=f"Établissements Numéro {n}", owner="Zoé"
        )
        for n in range(1000)
    }
    return report_of(before, after)


@pytest.mark.parametrize("name", ["report.md", "report.html", "report.txt", "report.json"])
def test_golden(small: Report, name: str, update_golden: bool) -> None:
    writers = {"md": lambda: markdown(page_of(small), BUDGET), "html": lambda: html(page_of(small))}
    writers |= {"txt": lambda: text(page_of(small)), "json": lambda: to_json(small) + "\n"}
    made = writers[name.rpartition(".")[2]]()
    file = GOLDEN / name
    if update_golden:
        file.parent.mkdir(exist_ok=True)
        file.write_text(made, "utf-8")
    assert made == file.read_text("utf-8")


def test_a_thousand_changed_cards_fit_into_a_comment(thousand: Report) -> None:
    page = page_of(thousand)
    told = markdown(page, BUDGET)
    assert len(markdown(page)) > 200_000
    assert len(told) <= BUDGET
    assert told.startswith("<!-- kanban-diff -->")
    assert "1000 cards moved" in told
    assert "each list keeps the 20 entries worth most" in told
    assert told.count("| card-") == 20
    assert "996" in told
    assert told == markdown(page_of(thousand), BUDGET)


def test_the_steps_lose_one_thing_after_the_other(thousand: Report) -> None:
    page = page_of(thousand)
    full = len(markdown(page))
    sizes = [len(markdown(reduced(page, level))) for level in (NO_DETAILS, TOP_ROWS, COUNTS)]
    assert [full, *sizes] == sorted([full, *sizes], reverse=True)
    for level, size in zip((NO_DETAILS, TOP_ROWS, COUNTS), sizes, strict=True):
        assert markdown(page, size) == markdown(reduced(page, level))
    assert "Value of the open pipeline" in markdown(page, sizes[-1])
    assert markdown(page, 400).count("\n") < 12


HARMLESS = re.compile(r"(?<!\w)[@#!~$%&]\w|://\w|www\.\w|GH-\d", re.IGNORECASE)


@pytest.mark.parametrize("attack", ATTACKS)
def test_escaped_text_reads_the_same_and_does_nothing(attack: str) -> None:
    (block,) = [token for token in MarkdownIt("gfm-like", {"linkify": False}).parse(inert(attack)) if token.children]
    assert {child.type for child in block.children or []} == {"text"} or {
        child.type for child in block.children or []
    } <= {"text", "text_special"}
    shown = "".join(child.content for child in block.children or [])
    assert not HARMLESS.search(shown)
    assert shown.replace("\u200b", "") == attack.replace("\u202e", "\\u202e")


def malicious() -> Report:
    cards = {
        f"qualifies/c{n}.md": card_text(account=f"'{attack.replace(chr(39), '’')}'", owner=f'"{n}\\n{attack}"')
        for n, attack in enumerate(a for a in ATTACKS if '"' not in a and "\\" not in a)
    }
    cards["qualifies/long.md"] = card_text(account="x" * 200_000)
    return report_of({path.replace("qualifies", "prospects"): card_text() for path in cards}, cards)


def test_a_malicious_card_changes_nothing_in_what_the_report_does() -> None:
    report = malicious()
    told = markdown(page_of(report), BUDGET)
    assert len(told) <= BUDGET
    assert told.count("<!--") == 1
    assert not re.search(r"^::", told, re.MULTILINE)
    assert not re.search(r"(?<!\w)@\w", told)
    tags = set(re.findall(r"</?([a-z]+)", told))
    assert tags == {"details", "summary", "sub"}
    assert told.count("<details>") == told.count("</details>")
    bars = [len(re.findall(r"(?<!\\)\|", line)) for line in told.splitlines() if line.startswith("|")]
    heads = [
        at for at, line in enumerate(line for line in told.splitlines() if line.startswith("|")) if "| --- |" in line
    ]
    for start, end in zip(heads, [*(at - 1 for at in heads[1:]), len(bars)], strict=True):
        assert set(bars[start - 1 : end]) == {bars[start]}, "no cell of a table breaks out of it"
    assert not re.search(r"^::", text(page_of(report)), re.MULTILINE)


def test_html_of_a_malicious_card_has_only_our_elements() -> None:
    tree = html5lib.parse(html(page_of(malicious())), namespaceHTMLElements=False)
    names = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert names <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "h2",
        "p",
        "em",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "details",
    } | {
        "summary",
        "footer",
        "code",
    }
    assert not [element for element in tree.iter() for key in element.attrib if key.startswith("on")]


def test_the_privileged_reader_tells_the_same_as_the_maker() -> None:
    report = malicious()
    again = read_report(to_json(report).encode())
    assert again == report
    assert markdown(page_of(again)) == markdown(page_of(report))


@pytest.mark.parametrize(
    ("board", "line"),
    [
        ("", "<!-- kanban-diff -->"),
        ("sales/b2b", "<!-- kanban-diff: sales/b2b -->"),
        ("a--><script>", "<!-- kanban-diff: a____script_ -->"),
    ],
)
def test_the_marker_is_one_comment(board: str, line: str) -> None:
    assert marker(marker_of(board)) == line


@pytest.mark.parametrize(
    ("rows", "left_out", "sentence"),
    [
        (2, 0, ""),
        (0, 1, "1 entry, not shown"),
        (0, 3, "3 entries, not shown"),
        (2, 1, "and 1 more"),
        (2, 3, "and 3 more"),
    ],
)
def test_what_is_left_out_is_counted(rows: int, left_out: int, sentence: str) -> None:
    assert more(Section("s", rows=(Row(("x",)),) * rows, left_out=left_out)) == sentence
