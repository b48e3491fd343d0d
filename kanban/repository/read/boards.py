"""Finds the board in a revision or in the index, where there may be no folder on disk to look into."""

from kanban.errors import Ambiguous, NotFound
from kanban.i18n import _
from kanban.model.cards.boardfile import BoardFile
from kanban.paper.plain import typed
from kanban.repository.git.repository import Repository

BOARD_FILE = "board.yml"
ATTRIBUTES = ".gitattributes"
INDEX = ":"
"""In place of a revision: the index."""


def find_board_in_tree(repository: Repository, revision: str, start: str = "") -> str:
    """The prefix (as `Repository.prefix_of` gives it) of the board meant in `start`, in a revision or `INDEX`.

    The nearest `board.yml` in `start` or above; else the only one below. Raises `NotFound` or `Ambiguous`.
    """
    boards = boards_in_tree(repository, revision)
    folder = start.strip("/")
    while True:
        if folder in boards:
            return folder + "/" if folder else ""
        if not folder:
            break
        folder = folder.rpartition("/")[0]
    start = start.strip("/")
    below: list[str] = []
    for board in boards:
        inside = board.removeprefix(start).strip("/") if not start or board.startswith(start + "/") else ""
        if inside and not _is_hidden(inside) and not any(board.startswith(other + "/") for other in below):
            below.append(board)
    if len(below) == 1:
        return below[0] + "/"
    if below:
        said = _("there are {count} boards here: {boards}").format(count=len(below), boards=", ".join(below))
        inside = below[0].removeprefix(start).strip("/")
        raise Ambiguous(said, below, cure=_("say which one: `kanban -C {board} …`").format(board=typed(inside)))
    where = _("the index") if revision == INDEX else revision
    cure = _("{command} shows which commits have one").format(command=f"`git log --oneline --all -- '*{BOARD_FILE}'`")
    raise NotFound(_("there is no {file} in {where}").format(file=BOARD_FILE, where=where), cure=cure)


def has_board(repository: Repository, revision: str, start: str = "") -> bool:
    """Whether `find_board_in_tree` would find a board, or several."""
    try:
        find_board_in_tree(repository, revision, start)
    except Ambiguous:
        return True
    except NotFound:
        return False
    return True


def _is_hidden(folder: str) -> bool:
    """Whether a folder is nobody's board unless one stands in it: `.github/workflows/board.yml` is a workflow."""
    return any(part.startswith(".") for part in folder.split("/"))


def boards_in_tree(repository: Repository, revision: str) -> list[str]:
    """The folders (posix, `""` for the top) of all boards in a revision or `INDEX`, sorted."""
    entries = (
        repository.index_entries_called(BOARD_FILE)
        if revision == INDEX
        else repository.ls_tree(repository.listable(revision))
    )
    named = [(mode, path) for mode, _blob, path, _stage in entries if path[-len(BOARD_FILE) :] == BOARD_FILE]
    folders = (path.rpartition("/") for mode, path in named if mode.startswith("100"))
    return sorted({folder for folder, _slash, name in folders if name == BOARD_FILE})


def attributes_above(repository: Repository, revision: str, prefix: str) -> tuple[BoardFile, ...]:
    """The attribute files of the folders above a board, which say how its cards merge, in a revision or `INDEX`.

    Their paths are relative to the board: `../.gitattributes`.
    """
    found = []
    folder, up = prefix.strip("/"), ""
    while folder:
        folder, up = folder.rpartition("/")[0], f"../{up}"
        data = content_at(repository, revision, f"{folder}/{ATTRIBUTES}".lstrip("/"))
        if data is not None:
            found.append(BoardFile(up + ATTRIBUTES, data))
    return tuple(found)


def content_at(repository: Repository, revision: str, path: str) -> bytes | None:
    """The bytes of one file, by its path from the top, in a revision or `INDEX`; None when it is not there."""
    name = f":{path}" if revision == INDEX else f"{revision}:{path}"
    done = repository.git.read("cat-file", "blob", name, codes=(0, 128))
    return done.out if done.code == 0 else None
