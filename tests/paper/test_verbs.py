"""A board in which every text is hostile: each verb's report, in each medium, stays a report."""

from __future__ import annotations

import json
import re

import pytest

from tests.conftest import GitFolder, Kanban
from tests.paper.hostile import HOSTILE
from tests.paper.readers import check_characters, check_markdown, code_in, tags_of

TODAY = "2026-10-05"
NAMES = ("@zoe", "#12", "`x`", "**b**", "$x$", ":tada:", "a|b", "www.evil.example", "<b>", "~~a~~", "[x](y)", "GH-9")
MARKDOWN = (
    "daily --markdown|weekly --markdown|review --markdown|workshop --markdown|diagnose --markdown"
    "|diff HEAD~1 --format markdown|lint --output-format markdown"
)
TEXT = (
    "daily|weekly|review|workshop|diagnose|diff HEAD~1|diff HEAD~1 --full|lint|lint --output-format concise"
    "|lint --output-format grouped|lint --statistics|experiment show e0|experiment show e46"
)


@pytest.fixture
def hostile_board(git_folder: GitFolder) -> GitFolder:
    """A card for each hostile text and name, changed since the last commit but one; lost deals, blocks, micro-rules."""
    evil = json.dumps(" ".join(HOSTILE[:20]))
    git_folder.write(
        "board.yml",
        f"title: {evil}\ntimezone: Europe/Paris\nowners: [{evil}]\ncolumns:\n"
        f"  - {{key: prospects, name: {evil}, purge_after: 5}}\n"
        f"  - {{key: rdv, name: RDV, wip: 2, dor: [{{id: slot, label: {json.dumps(HOSTILE[9])}}}]}}\n"
        f"  - {{key: offre, name: {json.dumps('a | b <b> @zoe')}, wip: 4, stage: offer}}\n"
        "  - {key: gagne, kind: won}\n  - {key: perdu, kind: lost}\n",
    )
    for number, said in enumerate(HOSTILE):
        quoted = json.dumps(said, ensure_ascii=False)
        fields = (
            f"account: {quoted}\nowner: {quoted}\nnext_action: {quoted}\nnext_action_date: 2026-10-0{number % 9 + 1}\n"
        )
        blocked = f"blocked_since: 2026-09-01\nblocked_cause: {quoted}\nblocked_next: {quoted}\n" if number % 3 else ""
        column = ("prospects", "rdv", "offre")[number % 3]
        git_folder.write(f"{column}/c{number}.md", f"---\n{fields}{blocked}---\n")
        lost = f"lost_reason: {quoted}\namount: {number + 1} k€\nobjections: [{quoted}]\n"
        notes = f"## Notes\n\n### 2026-09-20 — call\n\n- {said.replace(chr(10), ' ')}\n"
        git_folder.write(f"perdu/l{number}.md", f"---\naccount: {quoted}\n{lost}---\n{notes}")
        ticket = f"---\nproblem: {quoted}\nrule: {quoted}\nindicator: {quoted}\nstart: 2026-09-01\n---\n"
        git_folder.write(f"experiments/e{number}.md", ticket)
    for name in NAMES:
        git_folder.write(f"prospects/{name}.md", "---\naccount: A\n---\n")
    git_folder.write("scripts/price-objection.md", "\n".join(HOSTILE))
    git_folder.commit("board", date="2026-08-31T09:00:00+0200", GIT_AUTHOR_NAME="@zoe www.evil.example #12")
    for number, said in enumerate(HOSTILE):
        column = ("prospects", "rdv", "offre")[number % 3]
        path = git_folder.root / column / f"c{number}.md"
        path.write_text(path.read_text("utf-8") + f"{said}\n\nsaid\n", "utf-8")
        quoted = json.dumps(f"{said} again", ensure_ascii=False)
        git_folder.write(
            f"{column}/c{number}.md", path.read_bytes().replace(b"account:", f"contact: {quoted}\naccount:".encode())
        )
    for name in NAMES:
        git_folder.git("mv", f"prospects/{name}.md", f"offre/{name}.md")
    git_folder.commit("changed", date="2026-10-02T09:00:00+0200", GIT_AUTHOR_NAME="@zoe www.evil.example #12")
    return git_folder


def said_by(kanban: Kanban, board: GitFolder, line: str) -> str:
    day = [] if line.startswith("diff") else ["--as-of", TODAY]
    answer = kanban("-C", board.root, *line.split(), *day, "--lang", "en")
    assert answer.code in (0, 1), answer.err
    return answer.out


def test_markdown(hostile_board: GitFolder, kanban: Kanban) -> None:
    for line in MARKDOWN.split("|"):
        told = said_by(kanban, hostile_board, line)
        assert len(told) > 200, line
        check_markdown(told)
        typed = [one for one in code_in(told) if one.startswith("kanban ")]
        assert typed or "review" in line, line


def test_html(hostile_board: GitFolder, kanban: Kanban) -> None:
    told = said_by(kanban, hostile_board, "diff HEAD~1 --format html")
    ours = "html head meta title style body h1 h2 p em ul li table thead tbody tr th td details summary footer code"
    assert {tag for tag, *_attributes in tags_of(told)} <= set(ours.split())
    attributes = {str(one) for _tag, *found in tags_of(told) for one in found}
    assert len(attributes) < 8
    assert not [one for one in attributes if re.search("'(?:href|src|on)", one)]
    check_characters(told)


@pytest.mark.sweep
@pytest.mark.parametrize("color", ["never", "always"])
def test_terminal(hostile_board: GitFolder, kanban: Kanban, color: str) -> None:
    for line in TEXT.split("|"):
        told = said_by(kanban, hostile_board, f"{line} --color {color}")
        assert told, line
        assert ("\x1b[" in told) == (color == "always" and "statistics" not in line), line
        check_characters(re.sub(r"\x1b\[[\d;]*m", "", told))
        assert not re.search("^::", told, re.MULTILINE)
