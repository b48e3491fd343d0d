"""Write sheet.md in both languages: the sales sheet, row by row, from the table of the tests (tests/sheet/table.py).

`python tools/sheet_page.py` writes them; `--check` exits 1 when one is stale.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kanban.i18n.catalogue import current_language, use_language  # noqa: E402 - the packages stand beside this folder
from tests.sheet.french import FRENCH  # noqa: E402
from tests.sheet.stage import BOARDS  # noqa: E402
from tests.sheet.table import BOTH, ROWS, Row  # noqa: E402
from tools.french import LANGUAGES, said, switch  # noqa: E402

MADE = "Made from the tests by `python tools/sheet_page.py`: change tests/sheet/table.py, not this page."
INTRO = """\
The sales sheet that the product carries out: what does each row, and how to see it. Every way in the table is
typed by a test on real repositories: on {boards}. “Refused” is what a wrong word gets; “by hand” is what the
linter says of a file written in an editor, and whether the commit hook refuses it; “moved” what it says of
`git mv`. D24 to D43 are held against numbers counted from a told story (tests/sheet/test_figures.py).
`x`, `y` and `z` are cards; `{{meeting}}` is the folder of a column."""
HEAD = ("row", "what", "what does it", "to see it", "refused", "by hand", "moved by plain git", "on the site")


def page() -> str:
    """The page in the language in force."""
    boards = ", ".join(
        said("{preset} in {language}").format(preset=preset, language=said(spoken)) for preset, spoken in BOARDS
    )
    lines = [f"# {said('The sheet, row by row')}", "", switch("sheet.md"), "", f"<!-- {said(MADE)} -->", ""]
    lines += [said(INTRO).format(boards=boards), "", f"| {' | '.join(map(said, HEAD))} |", "|---" * len(HEAD) + "|"]
    lines += [_line(row) for row in ROWS]
    return "\n".join(lines) + "\n"


def _in_language(text: str) -> str:
    return FRENCH.get(text, text) if current_language() == "fr" else text


def _line(row: Row) -> str:
    only = "" if row.presets == BOTH else f" ({', '.join(row.presets)})"
    seen = [row.see[0]] if row.see[0] else list(row.right[:1])
    cells = [
        row.id,
        _in_language(row.what) + only,
        _in_language(row.does),
        ", ".join(_typed(one) for one in seen),
        _typed(row.wrong[0]) if row.wrong[0] else _in_language("none: " + row.none) if row.none else "",
        (row.code + (", hook" if row.hook else "")) if row.code else "",
        row.moved[1],
        f"`{row.site[0]}`" if row.site[0] else "",
    ]
    return "| " + " | ".join(cells) + " |"


def _typed(command: str) -> str:
    return f"`kanban {re.sub(r'[|]', '/', command)}`"


def main() -> int:
    """Write the pages, or say which are stale."""
    for language in LANGUAGES:
        path = ROOT / "docs" / ("" if language == "en" else language) / "sheet.md"
        with use_language(language):
            made = page()
        if path.exists() and path.read_text(encoding="utf-8") == made:
            continue
        if "--check" in sys.argv[1:]:
            sys.stdout.write(f"stale: {path.relative_to(ROOT)}; run `python tools/sheet_page.py`\n")
            return 1
        path.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
