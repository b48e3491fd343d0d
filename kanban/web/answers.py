"""What the page asks and tells: each question of the desk as one address under `hand/`, in JSON both ways."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, is_dataclass, replace
from typing import Any

from kanban.errors import KanbanError
from kanban.hands.desk import Desk
from kanban.hands.outcome import Outcome, Refusal
from kanban.web.pages import Pages
from kanban.web.texts import texts

OK, REFUSED, CHANGED, WRONG = 200, 422, 409, 400


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a document."""

    document: Any
    status: int = OK


@dataclass(frozen=True)
class Answers:
    """The questions by name: `reading` may be asked with GET, `writing` with POST alone."""

    desk: Desk
    pages: Pages
    reading: Mapping[str, Any] = field(init=False)
    writing: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reading", {"wall": self.wall, "places": self.places, "pane": self.pane,
                                             "understand": self.understand, "meeting": self.meeting})  # fmt: skip
        object.__setattr__(self, "writing", {"gesture": self.gesture, "undo": self.undo, "share": self.share})

    def wall(self, asked: Mapping[str, Any]) -> Answer:
        """What a page lacks that shows the state `showing`; while its scripts do not `know` that yet, all facts too."""
        desk, (showing, had) = self.desk, self.pages.since(str(asked.get("showing", "")))
        had = had if asked.get("know") else replace(had, facts={})
        return Answer(
            {
                "showing": showing.version,
                **showing.lacking(had),
                "columns": showing.columns(),
                "texts": texts(),
                "templates": plain(desk.templates()),
                "unshared": desk.unshared(),
                "upstream": desk.upstream,
                "readOnly": desk.only_shows,
                "person": desk.person,
            }
        )

    def places(self, asked: Mapping[str, Any]) -> Answer:
        """Where a card may be put down."""
        return Answer(plain(self.desk.places(str(asked["card"]))))

    def pane(self, asked: Mapping[str, Any]) -> Answer:
        """What can be done with a card, named by its id or by its page; what is new to who saw its version `since`."""
        pane = self.desk.pane(str(asked.get("card", "")), str(asked.get("page", "")))
        news = [{**plain(one), "line": one.line} for one in self.desk.changes(pane.id, str(asked.get("since", "")))]
        return Answer({**plain(pane), "news": news})

    def understand(self, asked: Mapping[str, Any]) -> Answer:
        """A line for a new card, before it is saved."""
        return Answer(plain(self.desk.understand(str(asked["line"]), str(asked.get("template", "")))))

    def meeting(self, asked: Mapping[str, Any]) -> Answer:
        """The agenda of a meeting."""
        return Answer(plain(self.desk.meeting(str(asked["name"]))))

    def share(self, asked: Mapping[str, Any]) -> Answer:
        """Share; questions are an answer like any other."""
        takes = asked.get("takes", [])
        if not isinstance(takes, list) or not all(isinstance(one, str) for one in takes):
            return Answer({"message": "takes are a list of texts"}, WRONG)
        shared = self.desk.share(takes)
        return Answer(plain(shared), OK if shared.refused is None else REFUSED)

    def gesture(self, asked: Mapping[str, Any]) -> Answer:
        """Make one."""
        words, versions = asked.get("words", {}), asked.get("versions", {})
        if not isinstance(words, dict) or not isinstance(versions, dict):
            return Answer({"message": "words and versions are objects"}, WRONG)
        return told(self.desk.make(str(asked.get("gesture", "")), words, versions=versions))

    def undo(self, asked: Mapping[str, Any]) -> Answer:
        """Take back the last one."""
        return told(self.desk.undo(str(asked.get("card", ""))))


def told(outcome: Outcome) -> Answer:
    """What came of a gesture; a refusal has a status of its own."""
    if outcome.refused is None:
        return Answer(plain(outcome))
    return Answer(plain(outcome), CHANGED if outcome.refused.changed else REFUSED)


def failed(error: KanbanError, refusal: Refusal) -> Answer:
    """What could not even be asked."""
    return Answer({"refused": plain(refusal)}, WRONG if error.exit_code != 1 else REFUSED)


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key: plain(one) for key, one in asdict(value).items()}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
