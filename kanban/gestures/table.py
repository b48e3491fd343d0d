"""All gestures by name: what a hand can offer."""

from collections.abc import Callable

from kanban.gestures.base.filing import archive, rename
from kanban.gestures.base.gesture import Gesture
from kanban.gestures.block import block, unblock
from kanban.gestures.closing import lose, park, win
from kanban.gestures.experiment import decide, try_rule
from kanban.gestures.fields import set_fields, take_edited
from kanban.gestures.move import move
from kanban.gestures.new import new
from kanban.gestures.note import note
from kanban.gestures.pull import pull
from kanban.gestures.reopen import reopen
from kanban.gestures.tick import tick
from kanban.gestures.touch import touch

GESTURES: dict[str, Callable[..., Gesture]] = {
    "new": new,
    "note": note,
    "set": set_fields,
    "edit": take_edited,
    "touch": touch,
    "tick": tick,
    "block": block,
    "unblock": unblock,
    "move": move,
    "pull": pull,
    "win": win,
    "lose": lose,
    "park": park,
    "reopen": reopen,
    "rename": rename,
    "archive": archive,
    "experiment-new": try_rule,
    "experiment-decide": decide,
}
"""Each takes the situation and, by keyword, the words that its annotations describe (`words.parameters_of`).

`attach.attach` is none of them: it takes the bytes of files, which only a hand on the same computer has.
"""
