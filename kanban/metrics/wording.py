"""Wording: what each metric is called, what it means in one line, and what to do when its light is red.

The texts stand in the language in force when they are asked for; the names they are asked under never change.
"""

from kanban.i18n import _, ngettext
from kanban.metrics import baselines as metric
from kanban.metrics.targets import TargetRow
from kanban.model.settings.columns import Column


def name_of(name: str) -> str:
    """What people call a metric."""
    names = {
        metric.THROUGHPUT: _("Throughput"),
        metric.CYCLE_TIME: _("Cycle time"),
        metric.CONVERSION: _("Conversion"),
        metric.IDLE: _("Forgotten cards"),
        metric.PIPELINE: _("Weighted pipeline"),
        metric.NEGOTIATION: _("Days in the column"),
        metric.NEXT_ACTION: _("Without a next action"),
        "wip": _("Work in progress"),
        "age": _("Age"),
        "column_days": _("In the column"),
        "idle_days": _("Idle"),
        "time_in_column": _("Time in column"),
        "win_rate": _("Win rate"),
        "velocity": _("Sales velocity"),
        "arrivals": _("Arrivals"),
        "loss_reasons": _("Loss reasons"),
        "blocked": _("Blocked days"),
        "slips": _("Close dates put off"),
        "little": _("Little’s law"),
    }
    return names[name]


def definition_of(name: str) -> str:
    """What a metric means, in one line."""
    return (_FLOW.get(name) or _MONEY.get(name) or _CHECKS[name])()


_FLOW = {
    metric.THROUGHPUT: lambda: _("won cards per ISO week, weeks without a win included"),
    metric.CYCLE_TIME: lambda: _("days from the start to the win, both counted; half the won cards took p50 or less"),
    metric.CONVERSION: lambda: _(
        "of the cards that entered a column and left it: those that went on; beside it, the share within 90 days, "
        "open cards taken into account"
    ),
    "wip": lambda: _("open cards at the end of the day, against the limit in force that day"),
    "time_in_column": lambda: _("days spent in the column, all ended visits added up, of cards that left it"),
    "arrivals": lambda: _("cards whose clock started"),
    "age": lambda: _("days since the start, today included"),
    "column_days": lambda: _("days since the card entered the column it stands in"),
    "idle_days": lambda: _("days since anything last happened to the card"),
}
_MONEY = {
    metric.PIPELINE: lambda: _("amount × probability of the open cards, by month of their close date"),
    "win_rate": lambda: _("won / (won + lost), by close date; parked cards are in neither"),
    "velocity": lambda: _("qualified open cards × win rate × mean won amount / mean cycle time"),
    "loss_reasons": lambda: _("why deals were lost, from the board’s closed list"),
    "slips": lambda: _("open cards whose close date was pushed to a later month, from the versions of the file"),
    "blocked": lambda: _("days in open columns under a block label, by cause"),
}
_CHECKS = {
    metric.IDLE: lambda: _("open cards to which nothing has happened for longer than the board allows"),
    metric.NEGOTIATION: lambda: _("the oldest card of a column with a traffic light, by days in the column"),
    metric.NEXT_ACTION: lambda: _("share of open cards without a next action, or without a date for it"),
    "little": lambda: _("mean WIP ≈ exits per day × mean cycle time, where the flow is steady"),
}


def action_of(row: TargetRow) -> str:
    """What to do when the row is red: the board's own words, else the sheet's advice in ours."""
    actions = {
        metric.THROUGHPUT: _lowered(row.narrow),
        metric.CYCLE_TIME: _("cut deals into smaller ones, follow up with the scripts"),
        metric.CONVERSION: _("workshop on the pitch and the objections of this stage, from deals really lost"),
        metric.IDLE: _("call, write or park each of these cards this week"),
        metric.PIPELINE: _("pull ready leads into meetings, complete cards without amount or probability"),
        metric.NEGOTIATION: _("decide with the manager: close it, change the offer, or park it"),
        metric.NEXT_ACTION: _("stop pulling until every open card has a dated next action"),
    }
    return row.action or actions[row.metric]


def _lowered(column: Column | None) -> str:
    """Which limit is lowered by one."""
    if column is None:
        return _("lower the WIP limit of the bottleneck by one and finish what stands there")
    if column.wip is None or column.wip < 2:
        return _("finish what stands in {column}, the bottleneck, before anything is pulled").format(
            column=column.title
        )
    text = _("lower the WIP limit of {column}, the bottleneck, from {now} to {less} and finish what stands there")
    return text.format(column=column.title, now=column.wip, less=column.wip - 1)


def light_word(light: str) -> str:
    """A light as a word, for whoever does not see colours; "" for none."""
    return {"green": _("green"), "amber": _("amber"), "red": _("red")}.get(light, "")


def reason_name(reason: str) -> str:
    """A loss reason as people say it; a board's own reasons stand for themselves."""
    names = {"price": _("price"), "timing": _("timing"), "fit": _("fit"), "competition": _("competition")}
    return names.get(reason, reason)


def weeks_text(count: int) -> str:
    """`8 weeks`."""
    return ngettext("{count} week", "{count} weeks", count).format(count=count)
