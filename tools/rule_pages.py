"""Write the manual of the linter from the rules themselves: docs/rules/KBnnn-name.md, and the table in docs/rules.md.

`python tools/rule_pages.py` writes them; `--check` exits 1 when one is stale, missing or left over.
"""

from __future__ import annotations

import re
import sys
from itertools import groupby
from pathlib import Path

from kanban.lint.rule import (
    AUDIT,
    BASE,
    BOARD,
    CARD,
    CLOCKS,
    HISTORY,
    RANGE,
    STEPS,
    VERSIONS,
    Rule,
)
from kanban.lint.rules import RULES

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = "<!-- Made from the code by `python tools/rule_pages.py`: change the rule, not this page. -->"
START, END = "<!-- rules -->", "<!-- /rules -->"
FAMILIES = {
    "0": "Waivers, baseline and settings",
    "1": "The file and its YAML",
    "2": "Fields and their types",
    "3": "The board",
    "4": "Steps over a range of commits",
    "5": "Sales hygiene",
    "6": "Privacy",
    "7": "References",
}
SCOPES = {CARD: "each card", BOARD: "the whole board", RANGE: "a change: what is staged, pushed or proposed"}
NEEDS = {
    CLOCKS: "the git history",
    HISTORY: "the git history",
    VERSIONS: "the git history",
    BASE: "a change to look at",
    STEPS: "a change to look at",
    AUDIT: "what the other rules found",
}


def page(rule: Rule) -> str:
    """The manual page of one rule."""
    manual = rule.manual
    fix = {"none": "none", "safe": "safe: `--fix` makes it", "unsafe": "unsafe: `--fix --unsafe-fixes` makes it"}
    needs = ", ".join(dict.fromkeys(NEEDS[need] for need in rule.needs)) or "nothing but the board"
    waived = "nothing" if rule.binding else "a card or `board.yml`" if rule.waivable == CARD else "`board.yml` only"
    rows = [
        ("severity", rule.severity + (", so that a clock blocks nobody" if rule.timed else "")),
        ("looks at", SCOPES[rule.scope]),
        ("needs", needs),
        ("fix", fix[rule.fix]),
        ("waived by", waived),
        ("since", rule.since),
    ]
    lines = [MADE, "", f"# {rule.code} {rule.name}", "", manual.summary, "", "| | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in rows]
    lines += ["", f"**Why.** {_sentence(manual.why)}", "", f"**Flags.** {_sentence(manual.flags)}"]
    lines += ["", f"**Cure.** {_sentence(manual.cure)}", "", "## Flagged", "", "```text", manual.bad.rstrip(), "```"]
    lines += ["", "## Not flagged", "", "```text", manual.good.rstrip(), "```", ""]
    return "\n".join(lines)


def table() -> str:
    """All rules by family, each with a link to its page."""
    lines: list[str] = []
    for digit, rules in groupby(RULES, key=lambda rule: rule.code[2]):
        lines += [f"### {digit}xx {FAMILIES[digit]}", "", "| code | name | severity | fix | what it holds |"]
        lines += ["|---|---|---|---|---|"]
        for rule in rules:
            link = f"[{rule.code}](rules/{file_name(rule)})"
            fix = "" if rule.fix == "none" else rule.fix
            lines.append(f"| {link} | {rule.name} | {rule.severity} | {fix} | {rule.manual.summary} |")
        lines.append("")
    return "\n".join(lines)


def file_name(rule: Rule) -> str:
    """The page's file."""
    return f"{rule.code}-{rule.name}.md"


def built(docs: Path = DOCS) -> dict[Path, str]:
    """Every page as it ought to be, by path."""
    files = {docs / "rules" / file_name(rule): page(rule) for rule in RULES}
    index = docs / "rules.md"
    text = index.read_text("utf-8") if index.exists() else f"{START}\n{END}\n"
    inside = f"{START}\n\n{table()}\n{END}"
    files[index] = re.sub(re.escape(START) + ".*?" + re.escape(END), lambda _found: inside, text, flags=re.DOTALL)
    return files


def stale(docs: Path = DOCS) -> list[Path]:
    """Pages that differ from the code, and pages of rules that are gone."""
    files = built(docs)
    wrong = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    return wrong + [path for path in (docs / "rules").glob("*.md") if path not in files]


def main() -> int:
    """Write the pages, or say which are stale."""
    if "--check" in sys.argv[1:]:
        for path in stale():
            print(f"stale: {path.relative_to(DOCS.parent)}")
        return 1 if stale() else 0
    (DOCS / "rules").mkdir(exist_ok=True)
    files = built()
    for path in stale():
        if path in files:
            path.write_text(files[path], "utf-8")
        else:
            path.unlink()
        print(f"wrote {path.relative_to(DOCS.parent)}")
    return 0


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


if __name__ == "__main__":
    sys.exit(main())
