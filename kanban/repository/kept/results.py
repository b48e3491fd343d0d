"""What was dear to work out, kept between commands by a digest of all it was made from: under such a key nothing ages.

One file for a board. It holds what the last runs asked for; another version of the program begins with none.
"""

import hashlib
import json
from collections.abc import Iterator, MutableMapping
from pathlib import Path

from kanban.repository.disk.lock import FOLDER
from kanban.repository.kept.keptfile import KeptFile

MOST = 200
"""Answers that are kept: those asked for last."""

_MAGIC = b"kanban worked out 1\n"


class WorkedOut(MutableMapping[str, str]):
    """Answers by key, read when first asked for one. `made_by` names the program that the answers are from.

    Without a folder they are kept for this process alone.
    """

    def __init__(self, common_dir: Path | None, prefix: str, made_by: str) -> None:
        which = hashlib.blake2b(prefix.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
        self._file = KeptFile(common_dir / FOLDER / f"worked-{which}.cache", _MAGIC) if common_dir else None
        self._made_by = made_by
        self._answers: dict[str, str] | None = None
        self._saved: list[str] = []

    @property
    def _known(self) -> dict[str, str]:
        if self._answers is None:
            self._answers = self._load()
            self._saved = list(self._answers)
        return self._answers

    def _load(self) -> dict[str, str]:
        data = self._file.load() if self._file else None
        if self._file is None or data is None:
            return {}
        document = json.loads(data[self._file.start :])
        return document["answers"] if document["made_by"] == self._made_by else {}

    def save(self) -> None:
        """Keep the answers asked for last, if they are others than those in the file."""
        if self._answers is None or self._file is None:
            return
        kept = dict(list(self._answers.items())[-MOST:])
        if list(kept) != self._saved:
            self._file.store(json.dumps({"made_by": self._made_by, "answers": kept}).encode())
            self._saved = list(kept)

    def __getitem__(self, key: str) -> str:
        known = self._known
        answer = known[key] = known.pop(key)
        return answer

    def __setitem__(self, key: str, answer: str) -> None:
        self._known.pop(key, None)
        self._known[key] = answer

    def __delitem__(self, key: str) -> None:
        del self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
