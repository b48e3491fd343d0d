"""`board.yml` read into one frozen value: columns in pull order, classes, policies and all else a board declares."""

import zoneinfo
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from kanban.i18n import N_, _
from kanban.model.settings.columns import KEY, KEY_HINT, Column
from kanban.model.settings.declared import Reading, read_record, setting
from kanban.model.settings.kinds import Choice, Currency, Listed, Named, Record, Shorthand, Text
from kanban.model.settings.policies import (
    OWNERS,
    Agents,
    Calendar,
    ClassOfService,
    DeclaredField,
    Diagnosis,
    LintSettings,
    Owner,
    PastRead,
    Policies,
    Quota,
    Rituals,
    Site,
    Target,
)
from kanban.model.text.front.yaml_nodes import Mapping, Node, Scalar
from kanban.model.text.front.yaml_text import read_yaml
from kanban.model.text.problem import Problem
from kanban.values import dataclass

BOARD_FILE = "board.yml"
LOST_REASONS = (N_("price"), N_("timing"), N_("fit"), N_("competition"))
SOURCES = ("inbound", "outbound", "trade-show", "referral", "partner")

DEFAULT_CLASSES = (
    ClassOfService(key="standard", name="Standard"),
    ClassOfService(key="fixed-date", name="Fixed Date"),
    ClassOfService(key="expedite", name="Expedite", wip=1, retrospective_minutes=10),
    ClassOfService(key="partner", name="Partner", sla_hours=24),
)


@dataclass(frozen=True)
class BoardConfig:
    """Everything `board.yml` says, with defaults filled in."""

    columns: tuple[Column, ...] = setting(Listed(Record(Column, "column")), "the columns, in pull order", required=True)
    title: str = setting(Text(), "the board's name", default="")
    language: str = setting(Choice("en", "fr"), "language of the board's texts and site", default="en")
    currency: str = setting(Currency(), "currency of amounts without one", default="EUR")
    timezone: str = setting(Text(), "timezone in which days begin and end, such as Europe/Paris", default="UTC")
    commitment: str = setting(
        Text(KEY, KEY_HINT), "column at which a card's clock starts; default: the first", default=""
    )
    history: PastRead = setting(
        Shorthand(PastRead, "history", "commits"),
        "how the past is read: `first-parent`, or which commits were imports",
        default=PastRead(),
    )
    classes: tuple[ClassOfService, ...] = setting(
        Listed(Shorthand(ClassOfService, "class", "key")), "classes of service", default=DEFAULT_CLASSES
    )
    policies: Policies = setting(Record(Policies, "policies"), "rules of the whole board", default=Policies())
    lost_reasons: tuple[str, ...] = setting(Listed(Text()), "the only reasons a loss may have", default=LOST_REASONS)
    sources: tuple[str, ...] = setting(Listed(Text()), "where opportunities come from", default=())
    owners: tuple[Owner, ...] = setting(OWNERS, "the people who own cards", default=())
    approvers: tuple[str, ...] = setting(
        Listed(Text()), "who may change rules together with cards: names in an `Approved-by:` trailer", default=()
    )
    manager: str = setting(Text(), "who is told when a card is escalated", default="")
    fields: dict[str, DeclaredField] = setting(
        Named(Shorthand(DeclaredField, "field", "type")), "further fields of cards, typed", default={}
    )
    views: dict[str, tuple[str, ...]] = setting(
        Named(Listed(Text())), "conditions under a name: a tab of the site, and `kanban list --view`", default={}
    )
    targets: dict[str, Target] = setting(Named(Record(Target, "target")), "targets per metric", default={})
    quotas: tuple[Quota, ...] = setting(Listed(Record(Quota, "quota")), "what is to be won, per period", default=())
    calendar: Calendar = setting(
        Record(Calendar, "calendar"), "working days, holidays, fiscal year", default=Calendar()
    )
    agents: Agents = setting(Record(Agents, "agents"), "what software agents may do", default=Agents())
    rituals: Rituals = setting(Record(Rituals, "rituals"), "when the team meets", default=Rituals())
    lint: LintSettings = setting(Record(LintSettings, "lint"), "settings of the linter", default=LintSettings())
    site: Site = setting(Record(Site, "site"), "settings of the published site", default=Site())
    diagnosis: Diagnosis = setting(Record(Diagnosis, "diagnosis"), "settings of the diagnosis", default=Diagnosis())
    company: str = setting(Text(), "your company's name, for mails", default="")
    video_link: str = setting(Text(), "the usual video-meeting address, for reminders", default="")

    @cached_property
    def _by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    def column(self, key: str) -> Column | None:
        """The column with this key."""
        return self._by_key.get(key)

    def position(self, key: str) -> int:
        """The column's place in pull order, from 0; -1 for an unknown key."""
        return next((at for at, column in enumerate(self.columns) if column.key == key), -1)

    @cached_property
    def open_columns(self) -> tuple[Column, ...]:
        """The columns of work in progress, in pull order."""
        return tuple(column for column in self.columns if column.is_open)

    def exits(self, kind: str = "") -> tuple[Column, ...]:
        """The exits, or those of one kind."""
        return tuple(column for column in self.columns if not column.is_open and kind in ("", column.kind))

    def stage(self, stage: str) -> Column | None:
        """The first open column that is this step of the sale."""
        return next((column for column in self.open_columns if column.effective_stage == stage), None)

    @cached_property
    def commitment_column(self) -> Column:
        """The column at which clocks start."""
        return self._by_key.get(self.commitment) or self.columns[0]

    def class_of(self, key: str) -> ClassOfService:
        """The class of service `key`; an unknown or empty one behaves as the first declared standard class."""
        found = next((one for one in self.classes if one.key == key), None)
        return found or next((one for one in self.classes if one.effective_kind == "standard"), DEFAULT_CLASSES[0])

    def owner(self, name: str) -> Owner | None:
        """The declared owner with this name."""
        return next((owner for owner in self.owners if owner.name.casefold() == name.casefold()), None)

    @cached_property
    def values_read(self) -> dict[tuple[str, str, str, date | None], Any]:
        """(field, text, currency, anchor) → the value that the text means: the same few stand on thousands of cards."""
        return {}

    @cached_property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The board's timezone."""
        return zoneinfo.ZoneInfo(self.timezone)


_MOST_READ, _MOST_VALUES = 8, 50_000
_read_before: dict[tuple[bytes, str], BoardConfig] = {}
"""The last configurations without a problem, whose reading says nothing in any language: a verb reads one twice."""


places_known: dict[bytes, Callable[[], Any]] = {}
"""Text → who is asked where its settings stand (`places`), when somebody wants to know; None: nobody knows."""


def read_config(data: bytes, *, path: str = BOARD_FILE) -> tuple[BoardConfig | None, tuple[Problem, ...]]:
    """Read `board.yml`. Returns None for the config when there is nothing to work with; never raises for bad text."""
    known = _read_before.get((data, path))
    if known is not None:
        if len(known.values_read) > _MOST_VALUES:
            known.values_read.clear()  # in a program that runs for weeks
        return known, ()
    config, problems = _read_config(data, path)
    if config is not None and not problems:
        remember(data, config, path=path)
    return config, problems


def remember(data: bytes, config: BoardConfig, *, path: str = BOARD_FILE) -> None:
    """What a text without a problem means: `read_config` does not read it again."""
    if len(_read_before) >= _MOST_READ:
        _read_before.clear()
    _read_before[data, path] = config


def _read_config(data: bytes, path: str) -> tuple[BoardConfig | None, tuple[Problem, ...]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, (Problem(path, line, 1, "not-utf8", _("this file is not UTF-8 text"), _("save it as UTF-8")),)
    node, found = read_yaml(text)
    reading = Reading(path, [problem.at(path) for problem in found])
    if node is None and reading.problems:
        return None, tuple(reading.problems)
    reading.currency = _plain_text(node, "currency") or "EUR"
    reading.language = _plain_text(node, "language") or "en"
    config = read_record(BoardConfig, node, reading, what=path)
    if config is not None:
        config = _checked(config, node, reading)
    return config, tuple(sorted(reading.problems))


def _plain_text(root: Node | None, key: str) -> str:
    """The text of a top-level setting, looked at before all is read: what amounts in other settings are said in."""
    found = root.get(key) if isinstance(root, Mapping) else None
    return found.text.strip() if isinstance(found, Scalar) else ""


def _checked(config: BoardConfig, node: Node | None, reading: Reading) -> BoardConfig | None:
    """What no single setting can see: unique keys and folders, known references, an existing timezone."""
    root = node if node is not None else Mapping((), 1, 1)
    if not config.columns:
        reading.problem(
            root, _("the board has no columns"), _("list at least one under `columns:`"), code="config-missing"
        )
        return None
    for attribute in ("key", "directory"):
        seen: set[str] = set()
        for column in config.columns:
            value = str(getattr(column, attribute)).casefold()
            if value in seen:
                message = _("two columns share the key or folder `{name}`").format(name=value)
                reading.problem(_at(root, "columns"), message, _("give each column its own"), code="config-columns")
                return None
            seen.add(value)
    changes: dict[str, Any] = {}
    try:
        zoneinfo.ZoneInfo(config.timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        message = _("the timezone `{name}` is not known").format(name=config.timezone)
        reading.problem(_at(root, "timezone"), message, _("use a name such as Europe/Paris"), key="timezone")
        changes["timezone"] = "UTC"
    if config.commitment and config.column(config.commitment) is None:
        message = _("`commitment` names the column `{key}`, which does not exist").format(key=config.commitment)
        reading.problem(_at(root, "commitment"), message, _("use the key of one of the columns"), key="commitment")
        changes["commitment"] = ""
    for column in config.columns:
        if column.ageing is not None and column.ageing.amber > column.ageing.red:
            message = _("{column}: no day is amber, `amber` is above `red`").format(column=column.title)
            cure = _("`amber` is the last green day, `red` the last amber one")
            reading.problem(_at(root, "columns"), message, cure, key="ageing")
    if not config.open_columns:
        reading.problem(
            _at(root, "columns"),
            _("every column is an exit"),
            _("leave `kind:` out for open columns"),
            code="config-columns",
        )
    return replace(config, **changes) if changes else config


def _at(root: Node, key: str) -> Node:
    """The node of a top-level setting, else the root: where to point."""
    found = root.get(key) if isinstance(root, Mapping) else None
    return found if found is not None else root
