"""`portfolio.yml`: which boards are asked together, by name and folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kanban.errors import BadBoard, NotFound
from kanban.i18n import _
from kanban.model.settings.declared import Reading, read_record, setting
from kanban.model.settings.kinds import Listed, Shorthand, Text
from kanban.model.text.front.yaml_text import read_yaml

PORTFOLIO_FILE = "portfolio.yml"


@dataclass(frozen=True)
class Member:
    """One board: its folder, relative to the portfolio; what it is called; where and when else it is read."""

    path: str = setting(Text(), "the board's folder, relative to this file", required=True)
    repository: str = setting(
        Text(), "another repository it is in, a folder or an address; `path` is then inside it", default=""
    )
    revision: str = setting(Text(), "the branch, tag or commit at which it is read; default: as it stands", default="")
    name: str = setting(Text(), "what it is called; default: its folder's name", default="")

    @property
    def called(self) -> str:
        """Its name."""
        return self.name or Path(self.path).name or self.path


@dataclass(frozen=True)
class Portfolio:
    """The boards of a portfolio."""

    boards: tuple[Member, ...] = setting(
        Listed(Shorthand(Member, "board", "path")), "the boards: a folder, or {name, path}", required=True
    )
    title: str = setting(Text(), "what they are together", default="")


def read_portfolio(start: Path) -> tuple[Path, Portfolio]:
    """The nearest `portfolio.yml` at or above a folder, with the folder it is in. Raises NotFound or BadBoard."""
    here = start.absolute()
    place = next((folder for folder in (here, *here.parents) if (folder / PORTFOLIO_FILE).is_file()), None)
    if place is None:
        raise NotFound(
            _("there is no {file} here or above").format(file=PORTFOLIO_FILE),
            cure=_("write one: `boards: [north, {name: south, path: ../south}]`"),
        )
    node, found = read_yaml((place / PORTFOLIO_FILE).read_text("utf-8-sig", "replace"))
    reading = Reading(PORTFOLIO_FILE, [problem.at(PORTFOLIO_FILE) for problem in found])
    portfolio = read_record(Portfolio, node, reading, what=PORTFOLIO_FILE) if not reading.problems else None
    if portfolio is None or reading.problems:
        first = sorted(reading.problems)[0]
        raise BadBoard(first.message, cure=first.cure, where=f"{PORTFOLIO_FILE}:{first.line}")
    names = [one.called for one in portfolio.boards]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or not names:
        message = _("two boards are called {name}").format(name=", ".join(twice)) if twice else _("it names no board")
        raise BadBoard(message, cure=_("give each board a name: `{name: …, path: …}`"), where=PORTFOLIO_FILE)
    return place, portfolio
