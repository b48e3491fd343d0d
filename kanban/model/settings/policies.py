"""What a board declares besides its columns: classes of service, limits, targets, people, calendar."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from kanban.i18n import N_, _
from kanban.model.settings.columns import KEY, KEY_HINT
from kanban.model.settings.declared import Kind, Reading, setting
from kanban.model.settings.kinds import (
    Choice,
    Clock,
    Day,
    Factor,
    Flag,
    Listed,
    Named,
    Number,
    Record,
    Share,
    Shorthand,
    Sum,
    Text,
    clock_of,
)
from kanban.model.text.front.yaml_nodes import Node, Scalar
from kanban.model.typed.day_words import WEEKDAYS as WEEKDAY_WORDS
from kanban.model.typed.result import unaccented
from kanban.values import dataclass

COMMIT = "[0-9a-f]{7,64}"
CLASS_KINDS = ("standard", "fixed-date", "expedite", "partner")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIELD_TYPES = ("text", "money", "share", "when", "day", "choice", "list", "yes-no", "number")


@dataclass(frozen=True, slots=True)
class PastRead:
    """How the past is read."""

    commits: str = setting(
        Choice("all", "first-parent"),
        "`all` commits, or the main line only when a merge is the moment of truth",
        default="all",
    )
    imported: tuple[str, ...] = setting(
        Listed(Text(COMMIT, N_("use the commit's id, at least its first seven digits"))),
        "commits that brought cards from elsewhere: their dates are not the cards' own",
        default=(),
    )

    @property
    def first_parent(self) -> bool:
        """Whether the main line alone counts."""
        return self.commits == "first-parent"


@dataclass(frozen=True, slots=True)
class ClassOfService:
    """How a kind of card is treated: its priority, its own limit, its promise."""

    key: str = setting(Text(KEY, KEY_HINT), "the name written on cards", required=True)
    name: str = setting(Text(), "the name people read", default="")
    kind: str = setting(
        Choice(*CLASS_KINDS), "the behaviour; default: the one named like the key, else standard", default=""
    )
    wip: int | None = setting(Number(0, 10_000), "the most active cards of this class on the board", default=None)
    wip_mode: str = setting(Choice("hard", "warn"), "`hard` refuses, `warn` only says so", default="hard")
    sla_hours: int | None = setting(Number(1, 10_000), "hours from reception to the first answer", default=None)
    retrospective_minutes: int | None = setting(
        Number(1, 600), "length of the retrospective asked for when such a card is closed", default=None
    )

    @property
    def effective_kind(self) -> str:
        """The behaviour that applies."""
        return self.kind or (self.key if self.key in CLASS_KINDS else "standard")


@dataclass(frozen=True, slots=True)
class Policies:
    """Rules that hold on the whole board."""

    pull_stop: str = setting(
        Choice("block", "warn", "off"),
        "while an open card lacks a dated next action, pulling is blocked, warned or free",
        default="block",
    )
    pull_stop_share: Decimal = setting(Share(), "the share of such cards above which it acts", default=Decimal(0))
    ready: str = setting(
        Choice("block", "warn", "off"), "what a missing Definition of Ready or Done does to a move", default="block"
    )
    catch_up: str = setting(
        Choice("block", "warn", "off"), "what due follow-ups downstream do to `new`", default="warn"
    )
    stale_after: int = setting(
        Number(1, 3650), "days without an action after which a card is at risk of being forgotten", default=7
    )
    purge_after: int = setting(Number(1, 3650), "the same for the first column: proposed for parking", default=30)
    note_bullets: int = setting(Number(1, 20), "bullets a call note may have", default=3)
    touches: int = setting(Number(1, 50), "outbound touches before a card goes back to nurturing", default=3)
    meetings_per_day: int = setting(Number(1, 200), "meetings that may be planned on one day", default=10)
    idle_counts: str = setting(
        Choice("any", "actions"),
        "what ends idleness: any change of the card, or only a changed next action, note or move",
        default="any",
    )
    signed: tuple[str, ...] = setting(
        Listed(Text()),
        "columns or kinds into which a step, and `board.yml` a change, must be signed by an owner",
        default=(),
    )
    retention_months: int = setting(
        Number(1, 1200), "months after the last contact for which a closed card may name its people", default=36
    )
    close_date_pushes: int = setting(Number(1, 50), "pushed close dates after which a card is flagged", default=3)


@dataclass(frozen=True, slots=True)
class Owner:
    """A person who owns cards."""

    name: str = setting(Text(), "the name written on cards", required=True)
    role: str = setting(Text(), "SDR, AE, …", default="")
    email: str = setting(Text(), "for mail drafts and calendars", default="")
    phone: str = setting(Text(), "for signatures", default="")
    signature: str = setting(Text(), "the last lines of a mail; default: the name", default="")
    wip: int | None = setting(Number(0, 10_000), "the most open cards this person may hold", default=None)
    key: str = setting(Text(), "the public SSH key (`ssh-ed25519 AAAA…`) or GPG fingerprint they sign with", default="")


@dataclass(frozen=True, slots=True)
class DeclaredField:
    """A field of the board's own choosing."""

    type: str = setting(Choice(*FIELD_TYPES), "how its text is read", default="text")
    label: str = setting(Text(), "the name people read", default="")
    choices: tuple[str, ...] = setting(Listed(Text()), "for `choice`: the allowed words", default=())
    private: bool = setting(Flag(), "yes for personal data: never on a public site", default=False)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a metric started, where it should go, and what to do when it is red."""

    baseline: Decimal | None = setting(Factor(), "the value at the start", default=None)
    target: Decimal | None = setting(Factor(), "the value to reach; default: from the sheet's rule", default=None)
    weeks: int = setting(Number(1, 520), "within so many weeks", default=8)
    since: date | None = setting(Day(), "the day from which the weeks are counted", default=None)
    action: str = setting(Text(), "what to do when red; default: the sheet's", default="")


@dataclass(frozen=True, slots=True)
class Quota:
    """What is to be won in a period, by count or by amount."""

    period: str = setting(
        Text(r"\d{4}(-[QT][1-4]|-\d{2})?", N_("write 2026, 2026-Q4 or 2026-10")),
        "year, quarter or month",
        required=True,
    )
    wins: int | None = setting(Number(0), "deals to win", default=None)
    amount: Decimal | None = setting(Sum(), "amount to win, in the board's currency", default=None)
    owner: str = setting(Text(), "for one person; default: the team", default="")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days and fiscal year."""

    working_days: tuple[str, ...] = setting(
        Listed(Choice(*WEEKDAYS)), "days on which the team works", default=WEEKDAYS[:5]
    )
    holidays: tuple[date, ...] = setting(Listed(Day()), "days off", default=())
    fiscal_year_start: int = setting(Number(1, 12), "the month in which the fiscal year starts", default=1)


class DayAndHour(Kind):
    """A day of the week and an hour, `mon 10:00`; `lundi 10h` is read as that."""

    def read(self, node: Node, key: str, reading: Reading) -> str | None:
        """The day by its English abbreviation and the hour, two digits each: `mon 09:05`."""
        text = reading.text(node, key).strip() if isinstance(node, Scalar) else ""
        word, _space, hour = text.partition(" ")
        day, at = WEEKDAY_WORDS.get(unaccented(word).rstrip(".")), clock_of(hour.strip())
        if day is not None and at is not None:
            return f"{WEEKDAYS[day]} {at:%H:%M}"
        message = _("`{text}` cannot be used as `{key}`").format(text=text, key=key)
        reading.problem(node, message, _("write `mon 10:00`"), key=key)
        return None

    def schema(self) -> dict[str, Any]:
        """A word and an hour."""
        return {"type": "string", "pattern": r"^\w+\.? +\d{1,2}[:hH](\d{2})?$"}


@dataclass(frozen=True, slots=True)
class Rituals:
    """When the team meets at the board."""

    daily: time | None = setting(Clock(), "hour of the daily, such as 09:15", default=None)
    weekly: str = setting(DayAndHour(), "weekly review", default="")
    review: str = setting(DayAndHour(), "flow review, at which the chosen metrics are brought up to date", default="")
    workshop: str = setting(
        DayAndHour(), "objection workshop, on the first and the third such day of a month", default=""
    )
    metrics: tuple[str, ...] = setting(Listed(Text()), "the two or three metrics the team has chosen", default=())


@dataclass(frozen=True, slots=True)
class Agents:
    """What software agents may do with `kanban mcp --write`; the board's own rules come on top."""

    columns: tuple[str, ...] = setting(
        Listed(Text()), "columns into which they may bring cards; default: all", default=()
    )
    fields: tuple[str, ...] = setting(Listed(Text()), "fields that they may set; default: all", default=())
    most: int = setting(Number(0, 1000), "gestures in one session", default=10)


@dataclass(frozen=True, slots=True)
class LintIgnore:
    """A waiver that only the board's owners can give, in `board.yml`."""

    rule: str = setting(Text(), "code or name of the rule", required=True)
    reason: str = setting(Text(), "why", required=True)
    card: str = setting(Text(), "one card; default: all", default="")
    path: str = setting(Text(), "paths, with `*`", default="")
    until: date | None = setting(Day(), "last day on which it holds", default=None)


@dataclass(frozen=True, slots=True)
class LintSettings:
    """Which lint rules apply, and how hard."""

    select: tuple[str, ...] = setting(Listed(Text()), "codes, names or prefixes to check; default: all", default=())
    ignore: tuple[str, ...] = setting(Listed(Text()), "codes, names or prefixes to leave out", default=())
    severity: dict[str, str] = setting(
        Named(Choice("error", "warning", "info")), "severity per code or name", default={}
    )
    per_path_ignores: dict[str, tuple[str, ...]] = setting(
        Named(Listed(Text())), "rules to leave out per path pattern", default={}
    )
    exclude: tuple[str, ...] = setting(Listed(Text()), "paths that are not checked", default=())
    waivers: tuple[LintIgnore, ...] = setting(
        Listed(Record(LintIgnore, "waiver")), "findings accepted for a reason", default=()
    )
    baseline: str = setting(Text(), "file with accepted findings", default="")


@dataclass(frozen=True, slots=True)
class Site:
    """The published board."""

    public_fields: tuple[str, ...] = setting(
        Listed(Text()), "fields that a public site may show; none: refused", default=()
    )
    public_words: tuple[str, ...] = setting(
        Listed(Text()), "words that a listed text may show beside the everyday words of the trade", default=()
    )
    forge: str = setting(
        Text(r"https?://\S+", "write the web address"), "the repository's web address, for links", default=""
    )
    branch: str = setting(Text(), "the branch that links show", default="main")
    address: str = setting(
        Text(r"https?://\S+", "write the web address"),
        "where the site is published, for links in feeds and calendars",
        default="",
    )
    people: bool = setting(Flag(), "a page for each owner of open cards, on internal sites", default=True)
    closed_days: int = setting(Number(1, 3650), "days for which won and lost cards stay on the board page", default=30)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Thresholds at which symptoms D36–D43 are reported; the guide gives each one's meaning."""

    thresholds: dict[str, Decimal] = setting(Named(Factor()), "value per threshold name", default={})
    off: tuple[str, ...] = setting(Listed(Text()), "symptoms not looked for, such as D42", default=())


OWNERS = Listed(Shorthand(Owner, "owner", "name"))
