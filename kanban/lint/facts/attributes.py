"""What `.gitattributes` files say about merging: which line decides how git merges a path."""

import re
from collections.abc import Iterable, Iterator, Mapping

from kanban.values import dataclass

FILE = ".gitattributes"
_MACRO = "[attr]"
_PIECES = re.compile(r"/\*\*/|^\*\*/|/\*\*$|\*+|\?|\[!?\]?[^]]*\]|\\.|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A line that sets, unsets or forgets `merge`. `file` and `folder` are paths in the repository; `value` is what
    stands after `merge=`, "" for every other form. `column` is where that word stands."""

    file: str
    folder: str
    line: int
    column: int
    pattern: str
    value: str
    expression: re.Pattern[str]

    def fits(self, path: str) -> bool:
        """Whether the line is about this path of the repository."""
        return path.startswith(self.folder) and bool(self.expression.fullmatch(path[len(self.folder) :]))


def merge_lines(files: Mapping[str, str]) -> tuple[MergeLine, ...]:
    """The lines about merging in these attribute files (path in the repository → text), the decisive ones last."""
    order = sorted(files, key=lambda path: (path.count("/"), path))
    macros = {"binary": ""}
    return tuple(line for path in order for line in _lines(path, files[path], macros))


def deciding(lines: Iterable[MergeLine], path: str) -> MergeLine | None:
    """The line that says how git merges a path: the last that fits."""
    found = None
    for line in lines:
        if line.fits(path):
            found = line
    return found


def _lines(file: str, text: str, macros: dict[str, str]) -> Iterator[MergeLine]:
    folder = file[: -len(FILE)]
    for number, line in enumerate(text.splitlines(), 1):
        pattern, rest = _split(line)
        values = [(word, value) for word in rest.split() if (value := _value(word, macros)) is not None]
        if not pattern or not values:
            continue
        if pattern.startswith(_MACRO):
            if not folder:  # git takes macros from the top of a repository alone
                macros[pattern.removeprefix(_MACRO)] = values[-1][1]
            continue
        word, value = values[-1]
        yield MergeLine(file, folder, number, line.rfind(word) + 1, pattern, value, _expression(pattern))


def _split(line: str) -> tuple[str, str]:
    """The pattern, unquoted, and the attributes; ("", "") for a comment, a blank line or one git would not read."""
    text = line.strip()
    if text.startswith('"'):
        end = re.match(r'"((?:[^"\\]|\\.)*)"', text)
        return (re.sub(r"\\(.)", r"\1", end[1]), text[end.end() :]) if end else ("", "")
    pattern, _space, rest = text.partition(" ") if "\t" not in text else text.replace("\t", " ", 1).partition(" ")
    return ("", "") if pattern.startswith("#") else (pattern, rest)


def _value(word: str, macros: Mapping[str, str]) -> str | None:
    """What a word says about `merge`, "" for anything but a named driver; None when it says nothing about it."""
    if word.startswith("merge="):
        return word.removeprefix("merge=")
    if word in ("merge", "-merge", "!merge"):
        return ""
    return macros.get(word)


def _expression(pattern: str) -> re.Pattern[str]:
    """A pattern as git reads it: without a slash it is about names in every folder below, else about paths."""
    anchored = "/" in pattern.rstrip("/") and not pattern.startswith("**/")
    body = "".join(_piece(part) for part in _PIECES.findall(pattern.lstrip("/")))
    return re.compile(body if anchored else rf"(?:.*/)?{body}", re.DOTALL)


def _piece(part: str) -> str:
    known = {"/**/": "/(?:.*/)?", "**/": "(?:.*/)?", "/**": "/.*", "?": "[^/]"}
    if part in known:
        return known[part]
    if part.startswith("*"):
        return "[^/]*"
    if part.startswith("[") and len(part) > 1:
        return "[" + part[1:-1].replace("\\", "\\\\").replace("!", "^", 1 if part[1] == "!" else 0) + "]"
    return re.escape(part[-1])
