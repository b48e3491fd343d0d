"""Boards of other tools as rows: Trello's JSON export, a folder of Backlog.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.imports.tables.sheet import Export, Row, Sheet, decoded
from kanban.imports.trouble import Trouble
from kanban.model.text.cardfile import parse_document
from kanban.schemas.reading import foreign_json

TRELLO = ("id", "name", "desc", "list", "due", "closed", "labels", "members", "created")
TRELLO_HISTORY = ("card", "list", "date", "author")
BACKLOG = ("id", "title", "status", "assignee", "created_date", "updated_date", "labels", "priority", "body")


def read_trello(path: Path, data: bytes) -> Export:
    """The JSON of a Trello board: cards, and of its actions those that put a card into a list."""
    rows: list[Row] = []
    troubles: list[Trouble] = []
    try:
        board: Any = foreign_json(decoded(data))
        lists = {one["id"]: str(one["name"]) for one in board["lists"]}
        put_away = {one["id"] for one in board["lists"] if one.get("closed")}
        members = {one["id"]: str(one.get("fullName") or one.get("username") or "") for one in board.get("members", ())}
        made = {str(action["data"]["card"]["id"]): str(action["date"]) for action in _creations(board)}
        for place, card in enumerate(board["cards"], 1):
            if card.get("idList") not in lists:
                troubles.append(Trouble(path.name, place, _("the card stands in no list")))
                continue
            cells = {key: text for key, text in _trello_card(card, lists, members, made) if text}
            archived = card.get("closed") or card["idList"] in put_away
            rows.append(Row(place, cells | ({"closed": "archived"} if archived else {})))
        told = [Row(at, cells) for at, cells in enumerate(_trello_moves(board), 1)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = _("{path} is no board that Trello exported").format(path=path)
        raise KanbanError(message, cure=_("in Trello: Menu → Print, export, and share → Export as JSON")) from error
    history = Sheet(f"{path.name} (actions)", TRELLO_HISTORY, tuple(told))
    return Export(Sheet(path.name, TRELLO, tuple(rows), tuple(troubles)), history if told else None, "trello")


def _trello_card(
    card: Any, lists: dict[str, str], members: dict[str, str], made: dict[str, str]
) -> Iterator[tuple[str, str]]:
    yield "id", str(card["id"])
    yield "name", str(card["name"]).strip()
    yield "desc", str(card.get("desc") or "").strip()
    yield "list", lists[card["idList"]]
    yield "due", str(card.get("due") or "")
    yield "labels", ", ".join(str(one.get("name") or one.get("color")) for one in card.get("labels") or ())
    yield "members", next((members[one] for one in card.get("idMembers") or () if one in members), "")
    yield "created", made.get(str(card["id"])) or _born(str(card["id"]))


def _born(card: str) -> str:
    """When a card was made: the first eight digits of its id are seconds since 1970."""
    try:
        return datetime.fromtimestamp(int(card[:8], 16), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _creations(board: Any) -> list[Any]:
    return [one for one in board.get("actions", ()) if one.get("type") in ("createCard", "copyCard")]


def _trello_moves(board: Any) -> Iterator[dict[str, str]]:
    """When each card came into which list, as far as the actions in the file reach back."""
    for action in reversed(board.get("actions", ())):
        told = action.get("data", {})
        where = told.get("listAfter") or (
            told.get("list") if action.get("type") in ("createCard", "copyCard") else None
        )
        if where is None or "card" not in told:
            continue
        author = str((action.get("memberCreator") or {}).get("fullName") or "")
        cells = {"card": str(told["card"]["id"]), "list": str(where["name"]), "date": str(action["date"])}
        yield cells | ({"author": author} if author else {})


def read_backlog(folder: Path) -> Export:
    """A folder of Backlog.md: one task a file, its state in `status`."""
    home = next((one for one in (folder, folder / "backlog") if (one / "tasks").is_dir()), None)
    if home is None:
        message = _("{path} is no folder of Backlog.md: it has no `tasks`").format(path=folder)
        raise KanbanError(message, cure=_("name the folder that holds `tasks`, or a file"))
    rows: list[Row] = []
    troubles: list[Trouble] = []
    for file in sorted([*home.glob("tasks/*.md"), *home.glob("completed/*.md")]):
        document = parse_document(file.read_bytes())
        name = file.relative_to(home).as_posix()
        if not document.readable:
            problem = document.problems[0]
            troubles.append(Trouble(name, problem.line, problem.message, problem.cure))
            continue
        cells = {}
        for one in document.fields:
            cells[one.key] = one.value if isinstance(one.value, str) else ", ".join(one.value)
        cells["body"] = document.body.strip()
        rows.append(Row(len(rows) + 1, {key: value for key, value in cells.items() if key in BACKLOG and value}))
    return Export(Sheet(home.name, BACKLOG, tuple(rows), tuple(troubles)), None, "backlog")
