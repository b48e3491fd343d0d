"""The git folders around a working tree, found by looking at files: where things are kept."""

from pathlib import Path
from typing import NamedTuple

from kanban.again.rows import git_folders_above, is_ours


class Folders(NamedTuple):
    """The git folder of a working tree, and the one that linked working trees share."""

    git_dir: Path
    common_dir: Path

    @property
    def ours(self) -> bool:
        """Whether what is kept there was written by the user: git does not trust another one's repository either."""
        return is_ours(str(self.common_dir))


def folders_above(start: Path) -> Folders | None:
    """The git folders of the working tree around `start` (absolute); None when there is none, or only git can tell."""
    found = git_folders_above(str(start))
    return None if found is None else Folders(Path(found[0]), Path(found[1]))
