"""Track: the pull order as the clocks see it: which column comes after which, and where a card's clock starts.

Open columns rank 0, 1, 2 … in pull order; every exit ranks after the last open column. *Later* means a higher rank.
"""

from functools import cached_property

from kanban.model.settings.board_yml import BoardConfig
from kanban.values import dataclass


@dataclass(frozen=True)
class Track:
    """Column keys in board order with their kinds (`open`, `won`, `lost`, `parked`), the commitment column,

    and the commits (or beginnings of their ids) that brought cards from elsewhere.
    """

    kinds: dict[str, str]
    commitment: str
    imported: tuple[str, ...] = ()

    @cached_property
    def open_columns(self) -> tuple[str, ...]:
        """Keys of the columns of work in progress, in pull order."""
        return tuple(key for key, kind in self.kinds.items() if kind == "open")

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Column key → its place among the open columns; all exits share the place after the last."""
        ranks = {key: at for at, key in enumerate(self.open_columns)}
        return {key: ranks.get(key, len(ranks)) for key in self.kinds}

    @cached_property
    def counted(self) -> frozenset[str]:
        """The columns whose cards are work in progress: open, and at or after the commitment column."""
        first = self.ranks.get(self.commitment, 0)
        return frozenset(key for key in self.open_columns if self.ranks[key] >= first)

    def starts(self, column: str) -> bool:
        """Whether standing in this column means that the card's clock has started."""
        return column in self.counted or not self.is_open(column)

    def imports(self, commit: str) -> bool:
        """Whether the commit brought cards from elsewhere, so that its date is not theirs."""
        return bool(self.imported) and commit.startswith(self.imported)

    def is_open(self, column: str) -> bool:
        """Whether the column is no exit."""
        return self.kinds.get(column) == "open"


def track_of(config: BoardConfig) -> Track:
    """The track that a board's columns make."""
    return Track(
        {column.key: column.kind for column in config.columns}, config.commitment_column.key, config.history.imported
    )
