"""Which answers the items of daily and weekly have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kanban.commands.rituals.interactive import Ask, Choice, Step, ask_text, noting, planned, running, setting
from kanban.experiments.ticket import DECISIONS
from kanban.experiments.wording import decision_name
from kanban.i18n import _
from kanban.model.cards.card import Card
from kanban.paper.page import Entry, Page
from kanban.rituals.daily import Daily
from kanban.rituals.microrule import MicroRule
from kanban.rituals.review import Review
from kanban.rituals.weekly import Weekly


def daily_steps(daily: Daily, sheet: Page) -> list[Step]:
    """Blocks, then what is to be finished, then what may be pulled, card by card."""
    entries = {section.key: section.entries for section in sheet.sections}
    steps = [Step(entry, _block_choices(entry.card)) for entry in entries["blocks"]]
    steps += [Step(entry, _card_choices(entry.card)) for entry in entries["finish"]]
    if not daily.pulling_stopped:
        for room in daily.rooms:
            for card in room.ready[: room.places]:
                steps.append(_pull_step(card, room.source.title, room.column.key, room.column.title))
    return steps


def weekly_steps(weekly: Weekly, sheet: Page) -> list[Step]:
    """Who goes to nurturing, who is pulled, which dates and owners are put right."""
    entries = {section.key: section.entries for section in sheet.sections}
    steps = [Step(entry, _sleeper_choices(entry.card)) for entry in entries["purge"]]
    if weekly.target is not None:
        source = weekly.board.config.open_columns[weekly.board.config.open_columns.index(weekly.target) - 1]
        for lead in weekly.ready[: weekly.places]:
            steps.append(_pull_step(lead.card, source.title, weekly.target.key, weekly.target.title))
    steps += [Step(entry, tuple(_doubt_choices(entry.card))) for entry in entries["check"]]
    return steps


def _pull_step(card: Card, source: str, target: str, title: str) -> Step:
    entry = Entry(f"{card.label} · {source} → {title}", card.id, (), "", "green")
    return Step(entry, (Choice("p", _("pull it"), running("move", card.id, target)),))


def _block_choices(card: str) -> tuple[Choice, ...]:
    return Choice("u", _("unblocked"), _unblocking(card)), Choice("n", _("note"), noting(card))


def _unblocking(card: str) -> Ask:
    def ask() -> Sequence[str]:
        return ["unblock", card, *planned()]

    return ask


def _card_choices(card: str) -> tuple[Choice, ...]:
    return (
        Choice("n", _("note and plan"), noting(card)),
        Choice("d", _("another date"), setting(card, "next_action_date", _("when"))),
        Choice("p", _("park it"), running("park", card)),
    )


def _sleeper_choices(card: str) -> tuple[Choice, ...]:
    return Choice("p", _("park it"), running("park", card)), Choice("n", _("note and plan"), noting(card))


def _doubt_choices(card: str) -> Iterator[Choice]:
    yield Choice("d", _("follow-up date"), setting(card, "next_action_date", _("when")))
    yield Choice("c", _("close date"), setting(card, "close_date", _("when")))
    yield Choice("o", _("owner"), setting(card, "owner", _("who")))
    yield Choice("n", _("note and plan"), noting(card))


def ticket_steps(sheet: Page) -> list[Step]:
    """Keep, adjust or drop each micro-rule whose weeks are over."""
    entries = next((section.entries for section in sheet.sections if section.key == "experiments"), ())

    def choice(ticket: str, decision: str) -> Choice:
        return Choice(decision[0], decision_name(decision), running("experiment decide", ticket, decision))

    return [Step(entry, tuple(choice(entry.card, one) for one in DECISIONS)) for entry in entries]


def review_steps(review: Review, sheet: Page) -> list[Step]:
    """The decisions that are due, and the micro-rule to try."""
    steps = ticket_steps(sheet)
    rule = review.proposal
    if rule is not None:
        entry = next(section.entries[0] for section in sheet.sections if section.key == "micro-rule")
        steps.append(Step(entry, (Choice("t", _("try it for two weeks"), _trying(rule)),)))
    return steps


def _trying(rule: MicroRule) -> Ask:
    """The rule's ticket; where it should go is asked when nothing is known of it."""

    def ask() -> Sequence[str] | None:
        target = rule.target or ask_text(_("where should {indicator} go?").format(indicator=rule.indicator))
        said = {"--problem": rule.problem, "--indicator": rule.indicator, "--target": target}
        return ["experiment new", *(f"{name}={text}" for name, text in said.items()), "--", rule.rule]

    return ask


def workshop_steps(sheet: Page) -> list[Step]:
    """A note per deal, and the scripts to make the team's own."""
    steps = []
    for section in sheet.sections:
        if section.key == "replays":
            steps += [Step(entry, (Choice("n", _("note"), noting(entry.card)),)) for entry in section.entries]
        elif section.key.startswith("script-"):
            copy = running("script", "--copy", section.key.removeprefix("script-"))
            steps += [Step(entry, (Choice("c", _("copy it into the board"), copy),)) for entry in section.entries]
    return steps
