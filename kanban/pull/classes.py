"""How a class of service is treated: its place in every order of work, and what is asked after it (D17)."""

from datetime import date

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.policies import ClassOfService

ORDER = ("expedite", "fixed-date", "partner", "standard")


def class_kind(board: Board, card: Card, today: date) -> str:
    """How the card's class behaves on the day: a fixed date that has passed is standard work again."""
    kind = board.config.class_of(card.service_class).effective_kind
    if kind == "fixed-date" and card.fixed_date is not None and card.fixed_date < today:
        return "standard"
    return kind


def class_rank(board: Board, card: Card, today: date) -> int:
    """0 for an Expedite, 1 for a Fixed Date not yet past, 2 for a Partner, 3 for everything else."""
    return ORDER.index(class_kind(board, card, today))


def retrospective_minutes(service: ClassOfService) -> int | None:
    """Length of the retrospective asked for after such a card; None where none is asked for."""
    return service.retrospective_minutes


def owes_retrospective(board: Board, card: Card) -> bool:
    """Whether the card's class asks for a retrospective and none is written on it."""
    asked = retrospective_minutes(board.config.class_of(card.service_class))
    return asked is not None and not card.has("retrospective")
