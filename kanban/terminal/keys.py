"""The keys of the board, each with its action and its words; bindings, help and command palette are made of them."""

from __future__ import annotations

from dataclasses import dataclass

from kanban.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Key:
    """One action. `keys` as Textual names them, by comma; `shown` in the line at the foot."""

    keys: str
    action: str
    name: str
    said: str
    shown: bool = False

    @property
    def title(self) -> str:
        """What it is called, in the reader's language."""
        return _(self.name)

    @property
    def help(self) -> str:
        """What it does, in the reader's language."""
        return _(self.said)

    @property
    def changes(self) -> bool:
        """Whether it changes the board: no key for who only looks."""
        return self.action.partition("(")[0] in _CHANGING

    @property
    def typed(self) -> str:
        """The keys as a person reads them."""
        names = {
            "left": "←",
            "right": "→",
            "space": _("space"),
            "enter": "⏎",
            "greater_than_sign": ">",
            "less_than_sign": "<",
        }
        names |= {"slash": "/", "question_mark": "?"}
        return " ".join(names.get(key, key) for key in self.keys.split(","))


_CHANGING = {"hold", "pull", "form", "ticks", "fields", "new", "undo", "share", "meet"}
KEYS = (
    Key("left,h", "column(-1)", N_("To the left"), N_("To the column on the left.")),
    Key("right,l", "column(1)", N_("To the right"), N_("To the column on the right.")),
    Key("space,m", "hold", N_("Hold"), N_("Take the card; again: put it down in the column under the cursor."), True),
    Key("greater_than_sign", "pull(1)", N_("Pull on"), N_("Pull the card into the next column.")),
    Key("less_than_sign", "pull(-1)", N_("Put back"), N_("Put the card back by one column.")),
    Key("n", "form('note')", N_("Note"), N_("Note what was said, what comes next, and where the card goes."), True),
    Key("a", "new", N_("Add"), N_("Add a card by one line."), True),
    Key("t", "ticks", N_("Tick"), N_("Tick lines of the Definitions of Ready and Done."), True),
    Key("e", "fields", N_("Edit"), N_("Change any field."), True),
    Key("b", "form('block')", N_("Block"), N_("Put the red label on the card.")),
    Key("B", "form('unblock')", N_("Unblock"), N_("Take the red label off.")),
    Key("o", "form('touch')", N_("Touch"), N_("Count one more outbound touch.")),
    Key("w", "form('win')", N_("Win"), N_("Record the deal as won."), True),
    Key("x", "form('lose')", N_("Lose"), N_("Record the deal as lost, with its reason."), True),
    Key("p", "form('park')", N_("Park"), N_("Send the card back to nurturing.")),
    Key("r", "form('reopen')", N_("Reopen"), N_("Bring a closed card back.")),
    Key("u", "undo", N_("Undo"), N_("Take back your last gesture."), True),
    Key("s", "share", N_("Share"), N_("Take in the others' work and share yours."), True),
    Key("slash", "search", N_("Search"), N_("Look for words everywhere, notes and closed cards too."), True),
    Key("f", "filter", N_("Filter"), N_("Show only some cards; counts and sums follow."), True),
    Key("g", "lanes", N_("Lanes"), N_("Cut the columns into lanes by owner, class or source, or leave them whole.")),
    Key("D", "meet('daily')", N_("Daily"), N_("Hold the daily: one item after the other, with a clock.")),
    Key("W", "meet('weekly')", N_("Weekly"), N_("Hold the weekly: one item after the other, with a clock.")),
    Key("enter", "open", N_("Open"), N_("Open the card beside the columns, or close it.")),
    Key("d", "dark", N_("Dark or light"), N_("Light on dark, or dark on light.")),
    Key("question_mark", "keys", N_("Keys"), N_("All keys, and what the signs mean."), True),
    Key("q", "quit", N_("Leave"), N_("Close the board; everything that was done is committed."), True),
)

OF_A_CARD = {"hold", "pull", "form", "ticks", "fields", "open"}
"""Actions that need a card under the cursor."""
