"""The start-up checklist and the health of the set-up (D23): what is in order, and what to type where it is not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_list, format_time
from kanban.metrics.baselines import METRICS
from kanban.metrics.suspicion import Suspicion
from kanban.metrics.suspicion_wording import suspicion_cure, suspicion_text
from kanban.metrics.wording import name_of
from kanban.model.cards.board import Board
from kanban.model.settings.policies import WEEKDAYS
from kanban.model.typed.choices import read_choice
from kanban.paper.plain import typed

GREEN, AMBER, RED = "green", "amber", "red"
FEWEST_COLUMNS, MOST_COLUMNS = 4, 6
ESSENTIAL = ("account", "contact", "next_action", "next_action_date", "amount", "owner", "source", "close_date")
TEMPLATES = {
    "discovery": ("need", "persona", "budget"),
    "outbound": ("segment", "trigger_event", "icebreaker"),
    "offer": ("scope", "risk", "offer_date"),
    "negotiation": ("decision_makers", "signature_plan", "concessions"),
}
"""What tells that a card follows a template: at least one of its fields."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line: a stable key, its light, what was found, and what to type or change ("" when in order)."""

    key: str
    light: str
    text: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Clone:
    """What git and the disk say about this clone. `pending`: an interrupted write waits; `foreign`: a journal stands
    there that is none of ours; `hooks_lacking`: those of our hooks that a stopped installation left out; `locks` are
    lock files of git's, `drafts` half-written files of ours. `programs` are settings of the repository's own
    configuration that run a program; `merges_cards`: our merge driver is set up. `displaced` are files of cards that
    were moved or taken away by hand, by where git has them."""

    identity: str = ""
    shallow: bool = False
    in_progress: tuple[str, ...] = ()
    hooks: tuple[str, ...] = ()
    hooks_lacking: tuple[str, ...] = ()
    ci: tuple[str, ...] = ()
    remotes: tuple[str, ...] = ()
    pending: bool = False
    foreign: bool = False
    locks: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    merges_cards: bool = False
    displaced: tuple[str, ...] = ()


def check_board(board: Board) -> tuple[Check, ...]:
    """The start-up checklist, then the state of the board."""
    return (
        *_columns(board),
        _card_template(board),
        _blocks(board),
        *_rituals(board),
        _metrics(board),
        *_people(board),
        *_problems(board),
    )


def check_past(found: Sequence[Suspicion]) -> tuple[Check, ...]:
    """Whether the history tells gestures, or commits whose dates are hardly the cards' own."""
    if not found:
        return (Check("history", GREEN, _("no commit’s date is suspicious")),)
    return tuple(Check("history", AMBER, suspicion_text(one), suspicion_cure(one)) for one in found)


def check_clone(clone: Clone | None) -> tuple[Check, ...]:
    """The health of the clone; None stands for a folder without a repository."""
    if clone is None:
        return (Check("repository", RED, _("the board is not in a git repository"), "kanban init . --git"),)
    return (
        Check("repository", GREEN, _("the board is in a git repository")),
        _identity(clone),
        _depth(clone),
        *_unfinished(clone),
        *_displaced(clone),
        _hooks(clone),
        _merging(clone),
        _ci(clone),
        _remote(clone),
        _programs(clone),
    )


def _columns(board: Board) -> Iterator[Check]:
    columns = board.config.open_columns
    text = ngettext("{count} open column", "{count} open columns", len(columns)).format(count=len(columns))
    if FEWEST_COLUMNS <= len(columns) <= MOST_COLUMNS:
        yield Check("columns", GREEN, text)
    else:
        cure = _("edit `columns:` in `board.yml`: {low} to {high} work best").format(
            low=FEWEST_COLUMNS, high=MOST_COLUMNS
        )
        yield Check("columns", AMBER, text, cure)
    free = [column.title for column in columns[1:] if column.wip is None]
    if not free:
        yield Check("wip", GREEN, _("every column after the first has a WIP limit"))
    else:
        text = _("no WIP limit: {columns}").format(columns=", ".join(free))
        light = RED if len(free) == len(columns[1:]) else AMBER
        yield Check("wip", light, text, _("add `wip: 5` to the column in `board.yml`"))


def _card_template(board: Board) -> Check:
    cards = board.open_cards
    used = {name: sum(any(card.has(key) for key in keys) for card in cards) for name, keys in TEMPLATES.items()}
    counts = ", ".join(f"{name} {count}" for name, count in used.items())
    poor = [card.id for card in cards if sum(not card.has(key) for key in ESSENTIAL) > 2]
    if not cards:
        return Check("template", AMBER, _("no open card yet"), 'kanban new "ACME SAS" --template discovery')
    if len(poor) * 5 > len(cards):
        text = ngettext(
            "{count} card lacks more than two essential fields ({ids})",
            "{count} cards lack more than two essential fields ({ids})",
            len(poor),
        ).format(count=len(poor), ids=", ".join(poor[:5]) + (", …" if len(poor) > 5 else ""))
        return Check("template", AMBER, text, f"kanban edit {typed(poor[0])}")
    return Check("template", GREEN, _("cards follow the templates: {counts}").format(counts=counts))


def _blocks(board: Board) -> Check:
    cards = [card for card in board.open_cards if card.block is not None]
    bare = [card.id for card in cards if card.block and not (card.block.since and card.block.cause and card.block.next)]
    if bare:
        text = _("blocks without date, cause or next action: {ids}").format(ids=", ".join(bare))
        return Check("blocks", AMBER, text, f'kanban block {typed(bare[0])} --cause "…" --next "…" --who …')
    return Check("blocks", GREEN, _("every block has its date, cause and next action"))


def _rituals(board: Board) -> Iterator[Check]:
    rituals = board.config.rituals
    if rituals.daily is None:
        cure = _("write {setting} in `board.yml`").format(setting='`rituals: {daily: "09:15"}`')
        yield Check("daily", AMBER, _("the daily has no fixed hour"), cure)
    else:
        yield Check("daily", GREEN, _("daily at {time}").format(time=format_time(rituals.daily)))
    if not rituals.weekly:
        cure = _("write {setting} in `board.yml`").format(setting="`rituals: {weekly: mon 10:00}`")
        yield Check("weekly", AMBER, _("the weekly is not planned"), cure)
    else:
        yield Check("weekly", GREEN, _("weekly on {when}").format(when=_weekly(rituals.weekly)))
    if not rituals.review:
        cure = _("write {setting} in `board.yml`").format(setting="`rituals: {review: fri 16:00}`")
        yield Check("review", AMBER, _("nobody has planned when the metrics are brought up to date"), cure)
    else:
        text = _("flow review, metrics brought up to date: {when}").format(when=_weekly(rituals.review))
        yield Check("review", GREEN, text)
    if not rituals.workshop:
        cure = _("write {setting} in `board.yml`").format(setting="`rituals: {workshop: thu 14:00}`")
        yield Check("workshop", AMBER, _("the objection workshop is not planned"), cure)
    else:
        text = _("objection workshop, twice a month: {when}").format(when=_weekly(rituals.workshop))
        yield Check("workshop", GREEN, text)


def _weekly(text: str) -> str:
    """`mon 10:00` as people read it."""
    word, _space, clock = text.partition(" ")
    monday = date(2024, 1, 1)
    day = format_date(monday.replace(day=1 + WEEKDAYS.index(word)), "full").split()[0]
    hour, minute = clock.split(":")
    return f"{day} {format_time(time(int(hour) % 24, int(minute) % 60))}"


def _metrics(board: Board) -> Check:
    chosen = board.config.rituals.metrics
    unknown = [name for name in chosen if read_choice(name, METRICS).value is None]
    cure = _("choose two or three under `rituals: metrics:` of {names}").format(names=", ".join(METRICS))
    if unknown:
        return Check("metrics", AMBER, _("unknown metrics: {names}").format(names=", ".join(unknown)), cure)
    if not 2 <= len(chosen) <= 3:
        text = ngettext("{count} metric chosen", "{count} metrics chosen", len(chosen)).format(count=len(chosen))
        return Check("metrics", AMBER, text, cure)
    return Check(
        "metrics", GREEN, _("metrics chosen: {names}").format(names=", ".join(_metric_said(one) for one in chosen))
    )


def _metric_said(name: str) -> str:
    return name_of(read_choice(name, METRICS).value or name)


def _people(board: Board) -> Iterator[Check]:
    config = board.config
    names = {"en": _("English"), "fr": _("French")}
    yield Check("language", GREEN, _("texts in {language}, days in {zone}").format(
        language=names[config.language], zone=config.timezone
    ))  # fmt: skip
    silent = [owner.name for owner in config.owners if not owner.email]
    if not config.owners:
        cure = _("list them under `owners:` in `board.yml`, with their mail addresses")
        yield Check("owners", AMBER, _("no owner is declared"), cure)
    elif silent:
        text = _("no mail address for {names}").format(names=format_list(silent))
        yield Check("owners", AMBER, text, _("add `email:` under `owners:`, for mail drafts"))
    else:
        count = len(config.owners)
        yield Check("owners", GREEN, ngettext("{count} owner", "{count} owners", count).format(count=count))


def _problems(board: Board) -> Iterator[Check]:
    found = list(board.problems)
    if found:
        first = found[0]
        yield Check("settings", RED, f"{first.path}:{first.line}: {first.message}", first.cure or "kanban lint")
    else:
        yield Check("settings", GREEN, _("`board.yml` is in order"))
    broken = [card for card in board.cards if not card.readable]
    if broken:
        text = ngettext("{count} card cannot be read: {ids}", "{count} cards cannot be read: {ids}", len(broken))
        ids = ", ".join(card.id for card in broken)
        yield Check("cards", RED, text.format(count=len(broken), ids=ids), f"kanban edit {typed(broken[0].id)}")
    else:
        yield Check("cards", GREEN, _("every card can be read"))


def _identity(clone: Clone) -> Check:
    if clone.identity:
        return Check("identity", GREEN, _("commits are made as {who}").format(who=clone.identity))
    cure = _('kanban doctor --me "NAME <ADDRESS>"')
    return Check("identity", RED, _("git does not know who you are"), cure)


def _depth(clone: Clone) -> Check:
    if clone.shallow:
        return Check("depth", RED, _("this clone has only part of the history"), "kanban doctor --repair")
    return Check("depth", GREEN, _("the whole history is here"))


def _unfinished(clone: Clone) -> Iterator[Check]:
    if clone.in_progress:
        name = clone.in_progress[0]
        text = _("a {operation} is not finished").format(operation=name)
        yield Check("operation", RED, text, "kanban resolve --finish")
    found = list(_left_over(clone))
    yield from found
    if not found:
        yield Check("writer", GREEN, _("no write was interrupted, no lock is left over"))


def _displaced(clone: Clone) -> Iterator[Check]:
    if clone.displaced:
        text = _("moved or taken away by hand, not by kanban: {paths}").format(paths=", ".join(clone.displaced))
        yield Check("displaced", AMBER, text, _("`kanban doctor --repair` puts them back"))


def _left_over(clone: Clone) -> Iterator[Check]:
    cure = "kanban doctor --repair"
    if clone.pending:
        yield Check("writer", RED, _("an interrupted write waits to be finished or undone"), cure)
    if clone.foreign:
        yield Check("writer", RED, _("a journal stands in the git folder that no write here has left"), cure)
    if clone.locks:
        text = _("git keeps locks, or a stopped command left them: {paths}").format(paths=", ".join(clone.locks))
        yield Check("writer", AMBER, text, _("`kanban doctor --repair` removes them when no git is at work here"))
    if clone.drafts:
        text = _("half-written files of a stopped command: {paths}").format(paths=", ".join(clone.drafts))
        yield Check("writer", AMBER, text, _("`kanban doctor --repair` puts them aside"))


def _hooks(clone: Clone) -> Check:
    if clone.hooks_lacking:
        text = _("only some of our hooks are in place; these lack: {names}")
        return Check("hooks", RED, text.format(names=", ".join(clone.hooks_lacking)), "kanban hook install")
    if clone.hooks:
        return Check("hooks", GREEN, _("hooks that check the board: {names}").format(names=", ".join(clone.hooks)))
    return Check("hooks", AMBER, _("no hook checks the board before a commit"), "kanban hook install")


def _merging(clone: Clone) -> Check:
    if clone.merges_cards:
        return Check("merge-driver", GREEN, _("cards are merged field by field"))
    text = _("what two people change on one card is merged line by line")
    return Check("merge-driver", AMBER, text, "kanban init . --merge-driver")


def _ci(clone: Clone) -> Check:
    if clone.ci:
        return Check("ci", GREEN, _("checked on the server by {paths}").format(paths=", ".join(clone.ci)))
    text = _("no server job checks or publishes the board (github, gitlab or forgejo)")
    return Check("ci", AMBER, text, "kanban init . --ci github")


def _remote(clone: Clone) -> Check:
    if clone.remotes:
        return Check("remote", GREEN, _("shared through {names}").format(names=", ".join(clone.remotes)))
    return Check("remote", AMBER, _("the board is on this machine alone"), "kanban sync --remote …")


def _programs(clone: Clone) -> Check:
    if not clone.programs:
        return Check("programs", GREEN, _("this repository’s configuration runs no program"))
    text = _("this repository’s configuration runs programs: {settings}").format(settings=", ".join(clone.programs))
    return Check("programs", AMBER, text, _("keep them only if you know them; they stand in `.git/config`"))
