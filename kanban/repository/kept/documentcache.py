"""Keeps what was found in card files between commands, in the index, for all boards of a repository.

It is keyed by the files' content, so that an edit, a rebase or a changed `board.yml` makes nothing in it wrong. What is
found depends on the program besides: the sources of the reading modules and the YAML parser's version are in its key.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml

try:
    from yaml._yaml import get_version as libyaml_version
except ImportError:  # PyYAML without its C part

    def libyaml_version() -> tuple[int, int, int]:
        """No version at all."""
        return (0, 0, 0)


from kanban.model.text.parsed_before import DIGEST, Documents, Outline
from kanban.repository.kept.index import Index

WORTH_WRITING = 20
"""Fewer new files are as quickly read again as they are kept."""
MOST = 60_000
"""Files remembered at most; those that came first go first."""

_KIND = "document"
_MODEL = Path(__file__).parents[2] / "model"
READERS = (
    "text/cardfile",
    "text/characters",
    "text/encoding",
    "text/front/fence",
    "text/front/front_fields",
    "text/headings",
    "text/parsed_before",
    "text/problem",
    "text/front/salvage",
    "text/front/yaml_errors",
    "text/front/yaml_nodes",
)
"""The modules of `kanban.model` that have a part in what is found in a file."""


class DocumentCache:
    """What the index of a repository knows of card files."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def load(self) -> Documents:
        """What was kept, each file's outline looked up when it is asked for."""
        outlines = _Outlines(self._index, _key())
        return Documents(outlines, outlines.several)

    def keep(self, documents: Documents) -> None:
        """Add what was read anew, if that is worth it."""
        if len(documents.made) >= WORTH_WRITING:
            program = _key()
            rows = {_row(program, content): outline for content, outline in documents.made.items()}
            self._index.keep(_KIND, rows, MOST)


class _Outlines(Mapping[bytes, Outline]):
    """Outlines by content key."""

    def __init__(self, index: Index, program: bytes) -> None:
        self._index, self._program = index, program

    def __getitem__(self, key: bytes) -> Outline:
        outline = self._index.get(_KIND, _row(self._program, key))
        if outline is None:
            raise KeyError(key)
        return outline

    def several(self, keys: Iterable[bytes]) -> dict[bytes, Outline]:
        """Those of these that are known, found at once."""
        rows = {_row(self._program, key): key for key in keys}
        return {rows[row]: outline for row, outline in self._index.some(_KIND, rows).items()}

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._index.all(_KIND))

    def __len__(self) -> int:
        return self._index.count(_KIND)


def _row(program: bytes, content: bytes) -> bytes:
    return hashlib.blake2b(program + content, digest_size=DIGEST).digest()


@cache
def _key() -> bytes:
    """What the outlines depend on besides the files: our own sources and the YAML parser."""
    sources = hashlib.blake2b(f"{yaml.__version__} {libyaml_version()}".encode(), digest_size=DIGEST)
    for name in READERS:
        sources.update((_MODEL / f"{name}.py").read_bytes())
    return sources.digest()
