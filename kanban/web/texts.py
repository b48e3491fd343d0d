"""What the page itself says, in the board's language: scripts have no words of their own."""

from kanban.i18n import _


def texts() -> dict[str, str]:
    """Name in the scripts → text; `{…}` is filled in there."""
    return {
        "new": _("New card"),
        "newHint": _("ACME demo tomorrow 10:00 28k 40% #referral @zoé"),
        "save": _("Save"),
        "cancel": _("Cancel"),
        "close": _("Close"),
        "undo": _("Undo"),
        "open": _("Open"),
        "move": _("Move to"),
        "here": _("stands here"),
        "free": _("may go here"),
        "asks": _("asks first"),
        "shut": _("may not go here"),
        "why": _("Why"),
        "allTheSame": _("All the same, with a reason that is recorded"),
        "putDown": _("Put it here"),
        "pickedUp": _("{card} picked up. Left and right choose a column, Enter puts it down, Escape leaves it."),
        "over": _("{column}: {state}. {reasons}"),
        "leftAlone": _("{card} stays in {column}"),
        "changed": _("This card was changed meanwhile."),
        "was": _("you saw"),
        "is": _("it is now"),
        "yours": _("you typed"),
        "takeTheirs": _("Take what is there now"),
        "gone": _("This card is not there any more."),
        "offline": _("The server does not answer. What you typed is kept; it is sent when you ask again."),
        "readOnly": _("read only"),
        "share": _("Share"),
        "shared": _("Everything is shared"),
        "unshared": _("{count} not shared yet"),
        "fields": _("Fields"),
        "moreFields": _("More fields"),
        "ticks": _("Ticks"),
        "page": _("The whole card"),
        "understood": _("Understood"),
        "sources": _("All sources"),
        "finishFirst": _("Look at:"),
        "nothing": _("Nothing was changed."),
    }
