"""Write docs/sheet.md: the sales sheet, row by row, from the table that the tests go through (tests/sheet/table.py).

`python tools/sheet_page.py` writes it; `--check` exits 1 when it is stale.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.sheet.stage import BOARDS  # noqa: E402 - the tests stand beside this folder
from tests.sheet.table import BOTH, ROWS, Row  # noqa: E402

PAGE = ROOT / "docs" / "sheet.md"
MADE = "<!-- Made from the tests by `python tools/sheet_page.py`: change tests/sheet/table.py, not this page. -->"
INTRO = """\
# The sheet, row by row

The sales sheet that the product carries out: what does each row, and how to see it. Every way in the table is typed by
a test on real repositories: on {boards}. “Refused” is what a wrong word gets; “by hand” is what the linter says of a
file written in an editor, and whether the commit hook refuses it; “moved” what it says of `git mv`. D24 to D43 are
held against numbers counted from a told story (tests/sheet/test_figures.py). `x`, `y` and `z` are cards;
`{{meeting}}` is the folder of a column.
"""


def page() -> str:
    """The page."""
    boards = ", ".join(f"{preset} in {language}" for preset, language in BOARDS)
    lines = [
        MADE,
        "",
        INTRO.format(boards=boards),
        "| row | what | what does it | to see it | refused | by hand | moved by plain git | on the site |",
    ]
    lines.append("|---|---|---|---|---|---|---|---|")
    lines += [_line(row) for row in ROWS]
    return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    only = "" if row.presets == BOTH else f" ({', '.join(row.presets)})"
    seen = [row.see[0]] if row.see[0] else list(row.right[:1])
    cells = [
        row.id,
        row.what + only,
        row.does,
        ", ".join(_typed(one) for one in seen),
        _typed(row.wrong[0]) if row.wrong[0] else "",
        (row.code + (", hook" if row.hook else "")) if row.code else "",
        row.moved[1],
        f"`{row.site[0]}`" if row.site[0] else "",
    ]
    return "| " + " | ".join(cells) + " |"


def _typed(command: str) -> str:
    return f"`kanban {re.sub(r'[|]', '/', command)}`"


def main() -> int:
    """Write the page, or say that it is stale."""
    made = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(made, encoding="utf-8")
        return 0
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != made:
        sys.stdout.write("stale: docs/sheet.md; run `python tools/sheet_page.py`\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
