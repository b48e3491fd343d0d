"""Where the example board lies: inside the installed package, or beside it in a source tree."""

from importlib import resources
from pathlib import Path

from kanban.again.files import FILES
from kanban.errors import NotFound
from kanban.folder.reading import read_beside, read_folder
from kanban.i18n import _

_NAME = "example-board"


def example_board() -> dict[str, bytes]:
    """The files of the example board, those kept for cards too: path → bytes.

    Raises NotFound when the installation lacks them.
    """
    package = Path(str(resources.files("kanban")))
    for folder in (package / "demo" / _NAME, package.parent / _NAME):
        if (folder / "board.yml").is_file():
            kept = (file for file in read_beside(folder) if file.path.startswith(f"{FILES}/"))
            return {file.path: file.data for file in (*read_folder(folder), *kept) if file.data is not None}
    raise NotFound(
        _("the example board is missing from this installation"), cure=_("reinstall git-kanban, then try again")
    )
