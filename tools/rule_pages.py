"""Write the manual of the linter from the rules themselves, in both languages: rules/KB….md, the table in rules.md.

`python tools/rule_pages.py` writes them; `--check` exits 1 when one is stale, missing or left over.
"""

from __future__ import annotations

import re
import sys
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kanban.commands.check.rules import FIXES, SCOPES
from kanban.i18n.catalogue import use_language
from kanban.lint.finding import severity_name
from kanban.lint.rule import (
    AUDIT,
    BASE,
    CARD,
    CLOCKS,
    HISTORY,
    STEPS,
    VERSIONS,
    Rule,
)
from kanban.lint.rules import RULES
from tools.french import LANGUAGES, said, switch, translated

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = "Made from the code by `python tools/rule_pages.py`: change the rule, not this page."
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
NEEDS = {
    CLOCKS: "the git history",
    HISTORY: "the git history",
    VERSIONS: "the git history",
    BASE: "a change to look at",
    STEPS: "a change to look at",
    AUDIT: "what the other rules found",
}


def page(rule: Rule) -> str:
    """The manual page of one rule, in the language in force."""
    manual = rule.manual
    needs = ", ".join(dict.fromkeys(said(NEEDS[need]) for need in rule.needs)) or said("nothing but the board")
    waived = "nothing" if rule.binding else "a card or `board.yml`" if rule.waivable == CARD else "`board.yml` only"
    rows = [
        ("severity", severity_name(rule.severity) + (said(", so that a clock blocks nobody") if rule.timed else "")),
        ("looks at", translated(SCOPES[rule.scope])),
        ("needs", needs),
        ("fix", translated(FIXES[rule.fix])),
        ("waived by", said(waived)),
        ("since", rule.since),
    ]
    why, flags, cure = manual.prose
    lines = [f"<!-- {said(MADE)} -->", "", f"# {rule.code} {rule.name}", "", switch(file_name(rule), "rules/"), ""]
    lines += [translated(manual.summary), "", "| | |", "|---|---|"]
    lines += [f"| {said(name)} | {value} |" for name, value in rows]
    for head, text in (("Why.", why), ("Flags.", flags), ("Cure.", cure)):
        lines += ["", f"**{said(head)}** {_sentence(text)}"]
    lines += ["", f"## {said('Flagged')}", "", "```text", manual.bad.rstrip(), "```"]
    lines += ["", f"## {said('Not flagged')}", "", "```text", manual.good.rstrip(), "```", ""]
    return "\n".join(lines)


def table() -> str:
    """All rules by family, each with a link to its page."""
    lines: list[str] = []
    head = " | ".join(map(said, ("code", "name", "severity", "fix", "what it holds")))
    for digit, rules in groupby(RULES, key=lambda rule: rule.code[2]):
        lines += [f"### {digit}xx {said(FAMILIES[digit])}", "", f"| {head} |"]
        lines += ["|---|---|---|---|---|"]
        for rule in rules:
            link = f"[{rule.code}](rules/{file_name(rule)})"
            fix = "" if rule.fix == "none" else said(rule.fix)
            summary = translated(rule.manual.summary)
            lines.append(f"| {link} | {rule.name} | {severity_name(rule.severity)} | {fix} | {summary} |")
        lines.append("")
    return "\n".join(lines)


def file_name(rule: Rule) -> str:
    """The page's file."""
    return f"{rule.code}-{rule.name}.md"


def built(docs: Path = DOCS) -> dict[Path, str]:
    """Every page as it ought to be, by path."""
    files = {}
    for language in LANGUAGES:
        folder = docs if language == "en" else docs / language
        with use_language(language):
            files |= {folder / "rules" / file_name(rule): page(rule) for rule in RULES}
            inside = f"{START}\n\n{table()}\n{END}"
        index = folder / "rules.md"
        text = index.read_text("utf-8") if index.exists() else f"{START}\n{END}\n"
        files[index] = re.sub(re.escape(START) + ".*?" + re.escape(END), lambda _at, new=inside: new, text, flags=re.S)
    return files


def stale(docs: Path = DOCS) -> list[Path]:
    """Pages that differ from the code, and pages of rules that are gone."""
    files = built(docs)
    wrong = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    return wrong + [path for path in [*docs.glob("rules/*.md"), *docs.glob("fr/rules/*.md")] if path not in files]


def main() -> int:
    """Write the pages, or say which are stale."""
    if "--check" in sys.argv[1:]:
        for path in stale():
            print(f"stale: {path.relative_to(DOCS.parent)}")
        return 1 if stale() else 0
    files = built()
    for path in stale():
        if path in files:
            path.parent.mkdir(exist_ok=True)
            path.write_text(files[path], "utf-8")
        else:
            path.unlink()
        print(f"wrote {path.relative_to(DOCS.parent)}")
    return 0


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


if __name__ == "__main__":
    sys.exit(main())
