"""Where a setting stands in `board.yml`: findings about the board point to its line."""

from kanban.model.cards.board import Board
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.model.settings.places import tree_of
from kanban.model.text.front.yaml_nodes import Mapping, Node, Scalar, Sequence


def line_in_board(board: Board, *keys: str | int) -> tuple[int, int]:
    """Line and column of a setting; the nearest one above when the last keys are not there, (1, 1) without a file.

    A text inside a list finds the record that it names by `key`, `name` or `id`, or the item that is that text.
    """
    node = _tree(board)
    place = (1, 1)
    for key in keys:
        node = _step(node, key)
        if node is None:
            break
        place = (node.line, node.column)
    return place


def _tree(board: Board) -> Node | None:
    file = board.files.get(BOARD_FILE)
    if file is None or file.data is None:
        return None
    return tree_of(file.data)


def _step(node: Node | None, key: str | int) -> Node | None:
    if isinstance(node, Mapping):
        return node.get(str(key))
    if isinstance(node, Sequence):
        if isinstance(key, int):
            return node.items[key] if key < len(node.items) else None
        return next((item for item in node.items if _is_named(item, key)), None)
    return None


def _is_named(item: Node, name: str) -> bool:
    if isinstance(item, Mapping):
        names = (item.get(word) for word in ("key", "name", "id"))
        return any(isinstance(one, Scalar) and one.text.strip() == name for one in names)
    return isinstance(item, Scalar) and item.text.strip() == name
