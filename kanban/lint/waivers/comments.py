"""Waivers: findings accepted for a reason until a day, written as data on the card or in `board.yml`."""

from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.finding import Fix, Hit
from kanban.lint.rule import LintContext
from kanban.lint.waivers.audit import Waiver
from kanban.model.text.cardfile import parse_document

KEY = "lint_ignore"


def waivers_with(context: LintContext, fault: str) -> Iterator[Waiver]:
    """The waivers of a context that hold nothing for this fault."""
    if context.audit is not None:
        yield from (waiver for waiver in context.audit.waivers if waiver.fault == fault)


def waiver_hit(waiver: Waiver, message: str, cure: str, fix: Fix | None = None) -> Hit:
    """A hit on a waiver, where it stands."""
    card = waiver.card if waiver.on_card else ""
    return Hit(waiver.path, waiver.line, waiver.column, message, cure, card, KEY, detail=waiver.text, fix=fix)


def dropped(waiver: Waiver) -> Fix | None:
    """The fix that removes a card's waiver; one of the board is removed by the board's owners."""
    if not waiver.on_card:
        return None

    def change(data: bytes | None) -> bytes | None:
        from kanban.model.text.edit.splice import remove_field, remove_from_list

        if data is None:
            return None
        field = parse_document(data).get(KEY)
        last = field is not None and field.texts == (waiver.text,)
        return remove_field(data, KEY) if last else remove_from_list(data, KEY, waiver.text)

    return Fix(waiver.path, _("drop the waiver of {rule}").format(rule=waiver.rule), change)
