"""Which answers the items of daily and weekly have."""

from __future__ import annotations

from collections.abc import Sequence

from kanban.commands.rituals.interactive import Ask, Choice, Step, ask_text, noting, planned, running, setting
from kanban.experiments.indicators import indicator_said
from kanban.experiments.ticket import DECISIONS
from kanban.experiments.wording import decision_name
from kanban.i18n import _
from kanban.paper.page import Page
from kanban.rituals.daily import Daily
from kanban.rituals.decisions import Decision, Item, daily_items, weekly_items
from kanban.rituals.microrule import MicroRule
from kanban.rituals.review import Review
from kanban.rituals.weekly import Weekly


def daily_steps(daily: Daily, sheet: Page) -> list[Step]:
    """Blocks, then what is to be finished, then what may be pulled, card by card."""
    return [_step(item) for item in daily_items(daily, sheet)]


def weekly_steps(weekly: Weekly, sheet: Page) -> list[Step]:
    """Who goes to nurturing, who is pulled, which dates and owners are put right."""
    return [_step(item) for item in weekly_items(weekly, sheet)]


def _step(item: Item) -> Step:
    return Step(item.entry, tuple(Choice(one.letter, one.label, _asking(one)) for one in item.decisions))


def _asking(decision: Decision) -> Ask:
    """Asks on the terminal what the decision asks, and gives the verb to run."""
    cards = decision.words.get("cards") or (decision.words["card"],)
    if decision.gesture == "note":
        return noting(cards[0])
    if decision.gesture == "unblock":
        return lambda: ["unblock", *cards, *planned()]
    if decision.gesture == "set":
        key = decision.asks[0]
        return setting(cards[0], key, _("who") if key == "owner" else _("when"))
    column = decision.words.get("column")
    return running(decision.gesture, *cards, *([column] if column else []))


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
        target = rule.target or ask_text(
            _("where should {indicator} go?").format(indicator=indicator_said(rule.indicator))
        )
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
