"""A card file as text: its front matter's fields, its body, and everything that is wrong with it, each in its place.

`parse_document` never raises: what cannot be read is a `Problem` with line, column, message and cure. Its codes:

| code                       | what is wrong                                                    |
|----------------------------|------------------------------------------------------------------|
| `too-large`                | over 256 KiB in all, or 64 KiB of front matter                   |
| `not-utf8`                 | bytes that are not UTF-8                                         |
| `other-encoding`           | the same, where what they say is plain (it is read so)           |
| `binary`                   | a NUL byte                                                       |
| `bom`                      | a byte order mark begins the file (it is read past)              |
| `carriage-return`          | a lone CR ends a line                                            |
| `mixed-newlines`           | LF and CRLF are mixed                                            |
| `control-character`        | a control, bidirectional or invisible character, raw or escaped  |
| `conflict-marker`          | a line git left behind in a merge                                |
| `no-front-matter`          | no `---` line begins the file                                    |
| `front-matter-not-first`   | blank lines stand above the opening `---`                        |
| `unclosed-front-matter`    | no second `---` line                                             |
| `front-matter-cut`         | a `---` line inside a block of text ended the front matter early |
| `foreign-front-matter`     | JSON or TOML                                                     |
| `front-matter-not-mapping` | a list or a single text where `key: value` lines are due         |
| `nested-value`             | a field that holds fields or lists of lists                      |
| `bad-key`                  | a key that is not a plain word                                   |
| `yaml-syntax`              | a line YAML cannot read                                          |
| `yaml-duplicate-key`       | a key written twice; the first one counts                        |
| `yaml-alias`               | an anchor or an alias                                            |
| `yaml-tag`                 | a `!tag`                                                         |
| `yaml-key`                 | a list or mapping used as a key                                  |
| `yaml-too-deep`            | nested too deeply, or too much of it                             |
| `yaml-several-documents`   | a second YAML document in the front matter                       |
"""

import re
from typing import TYPE_CHECKING, cast

from kanban.i18n import _
from kanban.model.text.characters import character_problems, conflict_problems, main_newline, newline_problems
from kanban.model.text.encoding import decode_card
from kanban.model.text.front.fence import Fence, find_fence
from kanban.model.text.front.front_fields import RawField, read_fields
from kanban.model.text.front.plain_lines import plain_fields
from kanban.model.text.front.salvage import salvage_fields
from kanban.model.text.front.yaml_nodes import UNREADABLE, Mapping, Node
from kanban.model.text.front.yaml_text import read_yaml
from kanban.model.text.headings import first_heading
from kanban.model.text.problem import Problem, line_and_column
from kanban.values import dataclass

if TYPE_CHECKING:
    from frontmatter.default_handlers import BaseHandler

__all__ = ["Document", "RawField", "document_title", "parse_document"]

MAX_FRONT_MATTER = 64 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """A card file read. `text` is the whole file without its byte order mark; all offsets and lines refer to it.

    `front` is the span of the front matter block, both `---` lines included, (0, 0) when there is none; `inside` is
    the span of the YAML between them. `body` is what follows the block, from line `body_line` on. `readable` is
    False when some of the front matter could not be read, so that fields may be missing and nothing may be written;
    a file without front matter is readable. `newline` is the line end most lines have.
    """

    text: str
    bom: bool
    newline: str
    fields: tuple[RawField, ...]
    body: str
    body_line: int
    front: tuple[int, int]
    inside: tuple[int, int]
    problems: tuple[Problem, ...]
    readable: bool

    def get(self, key: str) -> RawField | None:
        """The field named `key`, None when the front matter has none."""
        return next((one for one in self.fields if one.key == key), None)


def parse_document(data: bytes) -> Document:
    """Read a card file. Never raises; see the module's table for what may be wrong with it."""
    text, bom, problems, faithful = decode_card(data)
    handler = _CardHandler(text)
    fields = handler.plainly()
    if fields is None:
        import frontmatter

        told = frontmatter.parse(text, handler=cast("BaseHandler", handler))
        fields = cast("dict[str, RawField]", told[0])
    fence = handler.fence
    newline = main_newline(text)
    problems += newline_problems(text, newline)
    problems += character_problems(text)
    conflicts = conflict_problems(text, fence.block[1])
    spoilt = any(line_and_column(text, fence.block[1])[0] > problem.line for problem in conflicts)
    problems += conflicts
    problems += fence.problems
    if spoilt:
        problems += [problem for problem in handler.problems if not problem.code.startswith("yaml-")]
    else:
        problems += handler.problems
    return Document(
        text,
        bom,
        newline,
        tuple(fields.values()),
        text[fence.block[1] :],
        line_and_column(text, fence.block[1])[0],
        fence.block,
        fence.inside,
        tuple(sorted(problems)),
        faithful and fence.whole and handler.whole and not spoilt,
    )


def document_title(document: Document) -> str:
    """The `title` field, else the first `# heading` of the body outside code, else ""."""
    titled = document.get("title")
    if titled is not None and titled.text:
        return titled.text
    return first_heading(document.body)


class _CardHandler:
    """Splits and reads one card for python-frontmatter: what it gives back are the fields, as text with their places.

    It hands over a stripped copy of the text, in which places would be lost: the text as it stands is kept here. Plain
    lines are read without it, as it loads YAML (16 ms) before anybody knows whether there is a file that needs it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.fence: Fence = find_fence(text)
        self.fields: tuple[RawField, ...] = ()
        self.problems: list[Problem] = []
        self.whole = True

    def plainly(self) -> dict[str, RawField] | None:
        """The fields of a whole front matter of plain lines; None for any other."""
        start, end = self.fence.inside
        if self.fence.block == (0, 0) or not self.fence.whole or end - start > MAX_FRONT_MATTER // 4:
            return None
        fields = plain_fields(self.text[start:end], start, line_and_column(self.text, start)[0])
        if fields is None:
            return None
        self.fields = fields
        return {field.key: field for field in fields}

    def split(self, text: str) -> tuple[str, str]:
        start, end = self.fence.inside
        if self.fence.block == (0, 0):
            raise ValueError("no front matter")
        return self.text[start:end], self.text[self.fence.block[1] :]

    def load(self, fm: str) -> dict[str, RawField]:
        shift = self.fence.inside[0]
        line = line_and_column(self.text, shift)[0]
        if len(fm) > MAX_FRONT_MATTER // 4 and len(fm.encode("utf-8", "replace")) > MAX_FRONT_MATTER:
            self._too_large(line)
            fm = fm[:MAX_FRONT_MATTER]
        else:
            self._read(fm, shift, line)
        if not self.whole or not self.fence.whole:
            self.whole = False
            if not self.fields:
                self.fields = salvage_fields(fm, shift, line)
        return {field.key: field for field in self.fields}

    def _read(self, fm: str, shift: int, line: int) -> None:
        plain = plain_fields(fm, shift, line)  # cut off in the middle, or long
        if plain is not None:
            self.fields = plain
            return
        if UNREADABLE.search(fm):  # replaced, so that the card's other fields can still be shown
            self.whole = False
            fm = UNREADABLE.sub("\ufffd", fm)
        root, problems = read_yaml(fm, first_line=line)
        self.problems += problems
        if problems:
            self.whole = False
        if isinstance(root, Mapping):
            self.fields, refused = read_fields(root, shift)
            self.problems += refused
            self._check_shape(root)
        elif root is not None:
            self.whole = False
            self.problems.append(_not_mapping(root))

    def _check_shape(self, root: Mapping) -> None:
        if root.flow:
            self.whole = False
            message = _("the front matter is written in braces, as JSON is")
            cure = _("write it as `key: value` lines")
            self.problems.append(Problem("", root.line, root.column, "foreign-front-matter", message, cure))
        last = self.fields[-1] if self.fields else None
        if last is not None and last.style in ("|", ">"):
            self.problems += _cut_short(self.text, self.fence, last)

    def _too_large(self, line: int) -> None:
        self.whole = False
        message = _("the front matter is larger than {limit} KiB").format(limit=MAX_FRONT_MATTER // 1024)
        cure = _("move long text below the second `---` line")
        self.problems.append(Problem("", line, 1, "too-large", message, cure))


def _not_mapping(root: Node) -> Problem:
    message = _("the front matter holds no `key: value` lines")
    cure = _("write each field as `key: value` on a line of its own")
    return Problem("", root.line, root.column, "front-matter-not-mapping", message, cure)


def _cut_short(text: str, fence: Fence, last: RawField) -> list[Problem]:
    """A `---` inside a block of text ends the front matter: the rest of it shows as an indented or empty beginning."""
    after = text[fence.block[1] :]
    if not re.search(r"(?:(?<=[\r\n])|\A)---[ \t]*(?=[\r\n]|\Z)", after):
        return []
    if last.value and not re.match(r"[ \t]+\S", after):
        return []
    line, column = line_and_column(text, fence.inside[1])
    message = _("this `---` ends the front matter in the middle of `{key}`").format(key=last.key)
    cure = _("indent it like the text around it, or move the text below the front matter")
    return [Problem("", line, column, "front-matter-cut", message, cure, last.key)]
