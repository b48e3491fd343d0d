"""What was dear to work out, kept between commands by a digest of all it was made from: under such a key nothing ages.

A row of the index for each board. It holds what the last runs asked for; another version of the program begins anew.
"""

import json
from collections.abc import Iterator, MutableMapping
from pathlib import Path

from kanban.repository.kept.index import Index

MOST = 200
"""Answers that are kept: those asked for last."""

_KIND = "worked out"


class WorkedOut(MutableMapping[str, str]):
    """Answers by key, read when first asked for one. `made_by` names the program that the answers are from.

    Without a folder they are kept for this process alone.
    """

    def __init__(self, common_dir: Path | None, prefix: str, made_by: str) -> None:
        self._row = prefix.encode("utf-8", "surrogateescape")
        self._index = Index(common_dir) if common_dir else None
        self._made_by = made_by
        self._answers: dict[str, str] | None = None
        self._saved: list[tuple[str, str]] = []

    @property
    def _known(self) -> dict[str, str]:
        if self._answers is None:
            self._answers = self._load()
            self._saved = list(self._answers.items())
        return self._answers

    def _load(self) -> dict[str, str]:
        data = self._index.get(_KIND, self._row) if self._index else None
        if data is None:
            return {}
        document = json.loads(data)
        return document["answers"] if document["made_by"] == self._made_by else {}

    def save(self) -> None:
        """Keep the answers asked for last, if they are others than those kept."""
        if self._answers is None or self._index is None:
            return
        kept = dict(list(self._answers.items())[-MOST:])
        if list(kept.items()) != self._saved:
            body = json.dumps({"made_by": self._made_by, "answers": kept}).encode()
            self._index.keep(_KIND, {self._row: body})
            self._saved = list(kept.items())

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
