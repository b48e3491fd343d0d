"""`kanban touch`: one more outbound touch; after the last one the card goes back to nurturing (D10)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kanban.commands.base.calling.options import WriteFlags
from kanban.commands.base.hand import Words, argument, hand, option
from kanban.commands.output.asking import confirm
from kanban.gestures.touch import next_touch, touch
from kanban.i18n import _

if TYPE_CHECKING:
    from kanban.commands.base.session import Session


def _park_after_the_last(session: Session, flags: WriteFlags, words: Words) -> Words:
    """After the last touch, on a terminal, ask whether to park."""
    found = session.board.named(words["card"])
    made, most = next_touch(session.board, found)
    if made == most and words["park"] is None and sys.stdin.isatty():
        question = _("That was touch {made} of {most}. Back to nurturing?").format(made=made, most=most)
        words["park"] = confirm(question, default=True)
    return words | {"card": found.id}


command = hand(
    touch,
    argument("card"),
    argument("channel"),
    option("--next", "next_action"),
    option("--on"),
    option("--park/--no-park", "park"),
    examples=(
        'kanban touch beta-crm call --next "mail" --on +2d',
        "kanban touch beta-crm linkedin --park     the last touch, and back to nurturing",
    ),
    asking=_park_after_the_last,
)
