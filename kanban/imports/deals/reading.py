"""Rows become deals under a mapping, or are refused one by one: nothing is guessed that a row does not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kanban.i18n import _
from kanban.imports.deals.cells import Cells, Refusal, unmapped
from kanban.imports.deals.deal import Deal, Passage, Value, same_deal, same_origin
from kanban.imports.deals.foot import rows_of_deals
from kanban.imports.deals.passages import Contradiction, Stations, passages_of
from kanban.imports.deals.told import Deals, Way, read_history
from kanban.imports.html_text import said_in
from kanban.imports.mapping.mapping import LEFT_OUT, SPECIAL, ImportMapping
from kanban.imports.tables.sheet import Export, Row
from kanban.imports.trouble import Trouble
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column
from kanban.model.typed.choices import fold
from kanban.model.typed.result import tidy

ORIGIN = "imported_from"
"""The field of a card that names the row it came from."""
OUTCOMES = ("open", "won", "lost", "parked")
_NO_TEXT = tuple(key for key in SPECIAL if key not in ("next_action_date", "close_date"))
_EXIT_DAYS = {"won": "won_on", "lost": "lost_on"}


@dataclass(frozen=True)
class Taken:
    """What an export gives: deals, the rows that are refused, and how many the mapping passes over.

    `system` begins the origins of all its deals; `rows` are those of every row, refused ones too, None where some row
    does not tell.
    """

    deals: tuple[Deal, ...]
    troubles: tuple[Trouble, ...]
    passed: int
    system: str = ""
    rows: frozenset[str] | None = None

    def lacks(self, origin: str) -> bool:
        """Whether an earlier export of the system had the deal and this one has no row of it."""
        return self.rows is not None and origin.startswith(f"{self.system}:") and origin not in self.rows


def read_deals(export: Export, mapping: ImportMapping, config: BoardConfig, today: date) -> Taken:
    """Every row of the export as a deal of this board, as far as it can be one."""
    cells = Cells.of(mapping, config, export.deals)
    ways: dict[str, Way] = {}
    troubles: list[Trouble] = []
    if export.history is not None and mapping.history is not None:
        heading = mapping.columns.get("id", "")
        names = {same_deal(one, mapping.system) for one in export.deals.values(heading)}
        about = Deals(names, export.deals.file, whole=bool(export.system))
        ways, troubles = read_history(export.history, mapping.history, cells, about)
    rows = _Rows(mapping, config, today, cells, ways)
    deals, passed = [], 0
    troubles += export.deals.troubles
    sheet_rows = rows_of_deals(export.deals.rows, mapping, cells)
    passed += len(export.deals.rows) - len(sheet_rows)
    for row in sheet_rows:
        try:
            deal = rows.deal(row)
        except (Refusal, Contradiction) as refusal:
            troubles.append(Trouble(export.deals.file, row.line, refusal.reason, refusal.cure))
            continue
        passed += deal is None
        if deal is not None:
            deals.append(deal)
    ordered = sorted(troubles, key=lambda one: (one.file != export.deals.file, one.file, one.line))
    return Taken(tuple(deals), tuple(ordered), passed, mapping.system, _every_origin(export, mapping, deals, troubles))


def _every_origin(
    export: Export, mapping: ImportMapping, deals: Sequence[Deal], troubles: Sequence[Trouble]
) -> frozenset[str] | None:
    """The origins of all rows; without ids, those of rows that were refused or passed over cannot be told."""
    origins = {deal.origin for deal in deals}
    told = {tidy(row.cells.get(mapping.columns.get("id", ""), "")) for row in export.deals.rows}
    if export.deals.troubles or ("" in told and (troubles or len(origins) < len(export.deals.rows))):
        return None
    return frozenset(origins | {same_origin(f"{mapping.system}:{one}") for one in told})


@dataclass
class _Rows:
    mapping: ImportMapping
    config: BoardConfig
    today: date
    cells: Cells
    ways: dict[str, Way]
    seen: dict[str, int] = field(default_factory=dict)

    def deal(self, row: Row) -> Deal | None:
        """The deal of a row; None when the mapping passes over it. Raises Refusal or Contradiction."""
        cells, columns = row.cells, self.mapping.columns
        if any(cells.get(heading, "") != value for heading, value in self.mapping.only.items()):
            return None
        column = self._column(cells)
        if column is None:
            return None
        fields = self.cells.fields(cells, column, _NO_TEXT)
        identity = tidy(cells.get(columns.get("id", ""), ""))
        name = _name(fields)
        if not name and identity:
            name = identity
            fields["title"] = identity
        if not name:
            raise Refusal(_("it has neither a title nor an account"), _("fill one of them in, or delete the row"))
        origin = same_origin(f"{self.mapping.system}:{identity or fold(name)}")
        if origin in self.seen:
            cure = (
                _("delete one of the two")
                if identity
                else _("give them different titles, or an id in a column of its own: `columns: {id: …}`")
            )
            raise Refusal(_("the same deal stands on line {line}").format(line=self.seen[origin]), cure)
        stations = self._stations(cells, column, identity, str(fields.get("owner", "")))
        passages = passages_of(stations, self.config, self.today, undated=self.mapping.undated == "today")
        self.seen[origin] = row.line
        fields[ORIGIN] = origin
        note = said_in(cells.get(columns.get("notes", ""), ""))
        return Deal(row.line, origin, name, fields, passages, note, stations.created is None)

    def _column(self, cells: Mapping[str, str]) -> Column | None:
        """Where the deal stands: its outcome first, for lost deals keep their stage. None: passed over."""
        heading = self.mapping.columns.get("stage", "")
        stage, outcome = cells.get(heading, ""), self._outcome(cells)
        if outcome == LEFT_OUT and self.mapping.system != "trello":
            return None
        key = self.cells.stage(stage) if stage else ""
        found = self.config.column(key or "")
        if outcome == LEFT_OUT:  # what is archived on Trello is put away: won where it stands among those
            return None if found is None or found.is_open else found
        if outcome in ("won", "lost", "parked"):
            exits = self.config.exits(outcome)
            if found is not None and found.kind == outcome:
                return found
            if not exits:
                raise Refusal(_("this board has no column for {outcome} deals").format(outcome=outcome))
            return exits[0]
        if key is None:
            return None
        if not key:
            if heading and outcome != "open":
                raise Refusal(_("`{heading}` is empty").format(heading=heading), _("fill it in"))
            return self.config.open_columns[0]
        return found

    def _outcome(self, cells: Mapping[str, str]) -> str:
        """open, won, lost, parked, `-` where the mapping passes over it, "" when nothing but the stage tells."""
        columns = self.mapping.columns
        if fold(cells.get(columns.get("active", ""), "")) in ("false", "faux", "falsch", "0", "no", "non", "nein"):
            return "lost"
        if "status" in columns:
            status = cells.get(columns["status"], "")
            meant = self.mapping.statuses.get(status, fold(status)) if status else "open"
            if meant not in (*OUTCOMES, LEFT_OUT):
                raise unmapped(status, "statuses", OUTCOMES)
            return meant
        return next((kind for kind, key in _EXIT_DAYS.items() if cells.get(columns.get(key, ""))), "")

    def _stations(self, cells: Mapping[str, str], column: Column, identity: str, owner: str) -> Stations:
        way = self.ways.get(same_deal(identity, self.mapping.system)) if identity else None
        told = way.passages if way is not None else self._entered(cells, owner)
        created, changed = self.cells.day(cells, "created"), self.cells.day(cells, "stage_changed")
        closed = self.cells.day(cells, _EXIT_DAYS.get(column.kind, "")) or self.cells.day(cells, "closed")
        if not column.is_open and closed is None and not (told and told[-1].column == column.key):
            closed = changed or self._decided(cells)
        return Stations(column.key, created, changed, closed, told, way.left if way is not None else "", owner)

    def _decided(self, cells: Mapping[str, str]) -> date | None:
        """The close date of a closed deal, where a system has no other: it puts the day of the end there."""
        if {"closed", "won_on", "lost_on"}.intersection(self.mapping.columns):
            return None
        found = self.cells.day(cells, "close_date")
        return found if found is not None and found <= self.today else None

    def _entered(self, cells: Mapping[str, str], owner: str) -> tuple[Passage, ...]:
        """The steps that a row itself tells, in one column for each stage."""
        found = []
        for heading, key in self.mapping.entered.items():
            when = self.cells.when(heading, cells.get(heading, "")) if key != LEFT_OUT else None
            if when is None:
                continue
            if self.config.column(key) is None:
                raise unmapped(heading, "entered", [column.key for column in self.config.columns])
            found.append((when.sort_key(), self.config.position(key), Passage(when.day, key, owner)))
        return tuple(one[2] for one in sorted(found, key=lambda one: one[:2]))


def _name(fields: Mapping[str, Value]) -> str:
    """What the deal is called: its account and its title, each once."""
    account, title = str(fields.get("account", "")), str(fields.get("title", ""))
    if not title or fold(title) in fold(account):
        return account
    return title if not account or fold(account) in fold(title) else f"{account} {title}"
