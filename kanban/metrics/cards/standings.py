"""How a card stood, day by day, for the milestones that are derived from it (`kanban.pull.milestones`)."""

from collections.abc import Iterator, Sequence

from kanban.metrics.base.clocks import Versions, actions
from kanban.metrics.base.ledger import Ledger
from kanban.model.history.events import Event
from kanban.model.settings.board_yml import BoardConfig
from kanban.pull.milestones import Milestone, Standing, milestones


def standings(config: BoardConfig, events: Sequence[Event], versions: Versions) -> tuple[Standing, ...]:
    """What the card said and where it stood after each of its events; one whose text is not at hand is left out."""
    acted = set(actions(tuple(events), versions)) if events else set()
    found = []
    for event in events:
        column, card = config.column(event.to_column or ""), versions.get(event.blob)
        if column is not None and card is not None:
            found.append(Standing(event.at.date(), column, card, event in acted))
    return tuple(found)


def milestones_of(ledger: Ledger) -> Iterator[Milestone]:
    """What happened to any card up to the ledger's day."""
    for card in ledger.journeys:
        past = standings(ledger.config, ledger.history.of(card), ledger.versions)
        yield from milestones(ledger.config, past, ledger.as_of)
