"""Keeps what was found in card files between commands: one file under the git folder for all boards of a repository.

It is keyed by the files' content, so that an edit, a rebase or a changed `board.yml` makes nothing in it wrong. What is
found depends on the program besides: the sources of the reading modules and the YAML parser's version are in its key.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path

import yaml

try:
    from yaml._yaml import get_version as libyaml_version
except ImportError:  # PyYAML without its C part

    def libyaml_version() -> tuple[int, int, int]:
        """No version at all."""
        return (0, 0, 0)


from kanban.model.text.parsed_before import DIGEST, Documents, Outline
from kanban.repository.disk.lock import FOLDER
from kanban.repository.kept.keptfile import KeptFile
from kanban.repository.kept.packing import Packer, Unpacker

WORTH_WRITING = 200
"""Fewer new files are quickly read again."""
MOST = 60_000
"""Files remembered at most; those that came first go first."""

_MAGIC = b"kanban documents\n"
_MODEL = Path(__file__).parents[2] / "model"
READERS = (
    "text/cardfile",
    "text/characters",
    "text/encoding",
    "text/fence",
    "text/front_fields",
    "text/headings",
    "text/parsed_before",
    "text/problem",
    "text/salvage",
    "text/yaml_errors",
    "text/yaml_nodes",
)
"""The modules of `kanban.model` that have a part in what is found in a file."""


class DocumentCache:
    """The cache of the repository whose git folder, shared by linked working trees, is `common_dir`."""

    def __init__(self, common_dir: Path) -> None:
        self._file = KeptFile(common_dir / FOLDER / "documents.cache", _MAGIC)

    def load(self) -> Documents:
        """What was kept; nothing when it does not fit exactly."""
        data = self._file.load()
        if data is None:
            return Documents()
        try:
            unpacker = Unpacker(data, self._file.start)
            if unpacker.json() != _key():
                return Documents()
            return Documents(_Outlines(unpacker.section(), unpacker.numbers("I"), unpacker.section()))
        except (ValueError, KeyError, IndexError, TypeError, RecursionError):
            return Documents()

    def keep(self, documents: Documents) -> None:
        """Add what was read anew, if that is worth it."""
        if len(documents.made) < WORTH_WRITING:
            return
        kept = list({**dict(documents.known), **documents.made}.items())[-MOST:]
        packer = Packer()
        packer.json(_key())
        packer.section(b"".join(key for key, _outline in kept))
        packer.numbers("I", (len(outline) for _key, outline in kept))
        packer.section(b"".join(outline for _key, outline in kept))
        self._file.store(packer.data())


class _Outlines(Mapping[bytes, Outline]):
    """Outlines by content key, each cut out of the file's bytes when it is asked for."""

    def __init__(self, keys: memoryview, sizes: list[int], outlines: memoryview) -> None:
        if len(keys) != DIGEST * len(sizes) or sum(sizes) != len(outlines):
            raise ValueError
        self._keys, self._sizes, self._outlines = bytes(keys), sizes, outlines

    @cached_property
    def _spans(self) -> dict[bytes, tuple[int, int]]:
        keys = (self._keys[at : at + DIGEST] for at in range(0, len(self._keys), DIGEST))
        return dict(zip(keys, pairwise(accumulate(self._sizes, initial=0)), strict=True))

    def __getitem__(self, key: bytes) -> Outline:
        start, end = self._spans[key]
        return bytes(self._outlines[start:end])

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._sizes)


def _key() -> list[str]:
    """What the outlines depend on besides the files: our own sources and the YAML parser."""
    sources = hashlib.blake2b(digest_size=DIGEST)
    for name in READERS:
        sources.update((_MODEL / f"{name}.py").read_bytes())
    return [sources.hexdigest(), yaml.__version__, json.dumps(libyaml_version())]
