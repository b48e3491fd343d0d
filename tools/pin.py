"""Names the commit that recipes, guides and READMEs install: `python tools/pin.py COMMIT`, one that has landed.

Until the name on the index is ours, whoever copies a recipe gets exactly these bytes; a tag could be moved.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINNED = [
    *sorted((ROOT / "docs/ci").glob("*.yml")),
    *sorted((ROOT / "kanban/commands/setup/recipes").glob("*.yml")),
    ROOT / "templates/board/template.yml",
    ROOT / "docs/getting-started.md",
    ROOT / "docs/fr/getting-started.md",
    *(
        ROOT / folder / f"{page}.md"
        for folder in ("docs", "docs/fr")
        for page in ("editors", "agents", "browser-board", "terminal-board")
    ),
    ROOT / "README.md",
    ROOT / "README.fr.md",
    ROOT / "docs/rules.md",
    ROOT / "docs/fr/rules.md",
]
PLACES = re.compile(
    r"(?P<before>uses: git-kanban/git-kanban@|git\+https://github\.com/git-kanban/git-kanban@|git-kanban/board@"
    r"|KANBAN_COMMIT: |rev: |KANBAN_COMMIT:-|key: git-kanban-(?:check|publish)-"
    r"|fetch --quiet --depth 1 https://github\.com/git-kanban/git-kanban |commit:\n      default: )"
    r"(?P<pin>v[\d.]*\d|[0-9a-f]{40})(?P<said>  ?# (?:frozen: )?v[\d.]*\d)?"
)


def pins(text: str) -> list[str]:
    """The commits or tags that a text installs."""
    return [found["pin"] for found in PLACES.finditer(text)]


def main(commit: str) -> None:
    """Write it everywhere."""
    told = ["git", "rev-parse", "--verify", f"{commit}^{{commit}}"]
    sha = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    for path in PINNED:
        text = path.read_text("utf-8")

        def pinned(found: re.Match[str]) -> str:
            said = f" # v{version}" if found["before"].startswith(("uses:", "KANBAN_COMMIT: ", "commit:")) else ""
            frozen = f"  # frozen: v{version}" if found["before"] == "rev: " else said
            return f"{found['before']}{sha}{frozen}"

        path.write_text(PLACES.sub(pinned, text), "utf-8")
        print(f"{path.relative_to(ROOT)}: {len(pins(text))}")


if __name__ == "__main__":
    main(sys.argv[1])
