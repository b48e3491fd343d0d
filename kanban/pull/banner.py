"""The banner of a column: the `README.md` that stands in its folder (D48).

The forge shows it when the folder is opened; git keeps the empty column because of it, and never guesses that the
folder was renamed. `kanban init` writes it and `kanban lint --fix` rebuilds it.
"""

from kanban.i18n import _, use_language
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column
from kanban.pull.cadence import escalation_limit, follow_up_days, purge_limit
from kanban.pull.meetings import most_meetings

BANNER_FILE = "README.md"


def banner(column: Column, config: BoardConfig) -> bytes:
    """The banner's bytes, in the board's language whatever language is in force."""
    with use_language(config.language):
        return ("\n".join(_lines(column, config)) + "\n").encode()


def _lines(column: Column, config: BoardConfig) -> list[str]:
    lines = [f"# {column.title}", "", f"**{_wip(column)}**", ""]
    lines += _section(_("Rules"), rules_of(column, config))
    lines += _section(_("Definition of Ready: to enter"), [requirement.text for requirement in column.dor])
    lines += _section(_("Definition of Done: to leave"), done_of(column))
    return lines[:-1]


def _section(title: str, items: list[str]) -> list[str]:
    return [f"## {title}", "", *(f"- {item}" for item in items), ""] if items else []


def _wip(column: Column) -> str:
    if not column.is_open:
        return _("WIP: closed cards, no limit")
    return _("WIP: no limit") if column.wip is None else _("WIP: {limit} cards at most").format(limit=column.wip)


def rules_of(column: Column, config: BoardConfig) -> list[str]:
    """The column's rules as sentences, the same on the banner, the board page and the poster."""
    if column.kind == "won":
        return [_("the deal is signed"), *column.rules]
    if column.kind == "lost":
        reasons = ", ".join(_(reason) for reason in config.lost_reasons)
        return [_("one normalised reason: {reasons}").format(reasons=reasons), *column.rules]
    if column.kind == "parked":
        return [_("asleep for now; comes back through the board with a reason"), *column.rules]
    rules = [_("every card has a dated next action")]
    position = config.open_columns.index(column)
    if position:
        before = config.open_columns[position - 1].title
        rules.append(_("pull from {column} only while there is room").format(column=before))
    silence, days_here = purge_limit(config, column), escalation_limit(column)
    if silence is not None:
        rules.append(_("no action for more than {days} days: to nurturing").format(days=silence))
    if column.effective_stage == "meeting":
        rules.append(_("at most {count} meetings a day").format(count=most_meetings(config)))
    if follow_up_days(column):
        days = ", ".join(_("D+{days}").format(days=day) for day in follow_up_days(column))
        rules.append(_("follow up at {days}").format(days=days))
    if days_here is not None:
        rules.append(_("after {days} days here, tell the manager").format(days=days_here))
    return [*rules, *column.rules]


def done_of(column: Column) -> list[str]:
    """What it takes to leave the column, as sentences; the last step of the sale is done when it is won or lost."""
    if not column.is_open:
        return []
    found = [requirement.text for requirement in column.dod]
    if not found and column.effective_stage == "negotiation":
        found = [_("won or lost is recorded")]
    return found
