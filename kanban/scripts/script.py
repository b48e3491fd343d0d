"""A script: the text of a mail, or of what to say, with the fields of a card to be filled in.

```
---
kind: mail                                       mail, or talk: something to say
title: First follow-up after an offer
subject: "Our offer of {{ offer_day }}"          of a mail
---
{{ greeting }},
…
```
"""

from collections.abc import Mapping
from pathlib import Path

from kanban.errors import KanbanError, NotFound
from kanban.i18n import N_, _
from kanban.i18n.catalogue import LANGUAGES
from kanban.model.cards.boardfile import BoardFile
from kanban.model.text.front.front_matter import read_front_matter
from kanban.model.typed.choices import choice_said, read_choice
from kanban.values import dataclass

FOLDER = "scripts"
_TEXTS = Path(__file__).parent / "texts"
KINDS = ("mail", "talk")
MAIL, TALK = KINDS


@dataclass(frozen=True, slots=True)
class Script:
    """One script as read. `path` is where its text stands; the lines are those of subject and body in that file."""

    name: str
    kind: str
    title: str
    subject: str
    subject_line: int
    body: str
    body_line: int
    path: str
    own: bool

    @property
    def own_path(self) -> str:
        """Where the board has its own; "" for the built-in one."""
        return self.path if self.own else ""


def read_script(name: str, data: bytes, path: str, *, own: bool) -> Script:
    """Read a script file. Raises KanbanError, with the place, for one that cannot be used."""
    read = read_front_matter(data)
    if read.problem is not None:
        raise KanbanError(read.problem.message, cure=read.problem.cure, where=f"{path}:{read.problem.line}")
    kind = read.text("kind")
    if kind not in KINDS:
        message = _("a script is of kind `mail` or `talk`")
        raise KanbanError(
            message, cure=_("write `kind: mail` in its front matter"), where=f"{path}:{read.line('kind')}"
        )
    subject = read.text("subject")
    if kind == MAIL and not subject:
        raise KanbanError(
            _("this mail has no subject"), cure=_("write `subject: …` in its front matter"), where=f"{path}:1"
        )
    title = read.text("title") or name
    return Script(name, kind, title, subject, read.line("subject"), read.body, read.body_line, path, own)


def built_in_bytes(name: str, language: str) -> bytes:
    """The file of a built-in script."""
    return (_TEXTS / f"{name}.{language}.md").read_bytes()


BUILT_IN = (
    *(N_("follow-up"), N_("follow-up-again"), N_("meeting-close"), N_("meeting-confirmation")),
    *(N_("meeting-reminder"), N_("price-objection")),
)
"""The scripts that come with the product, in alphabetical order."""


def own_names(files: Mapping[str, BoardFile]) -> tuple[str, ...]:
    """The scripts that stand in the board's own `scripts/`."""
    found = set()
    for path in files:
        folder, _slash, name = path.rpartition("/")
        if folder == FOLDER and name.endswith(".md") and name != "README.md":
            stem = name.removesuffix(".md")
            found.add(stem.rpartition(".")[0] if stem.rpartition(".")[2] in LANGUAGES and "." in stem else stem)
    return tuple(sorted(found))


def script_names(files: Mapping[str, BoardFile]) -> tuple[str, ...]:
    """Every script a board has: its own and the built-in ones."""
    return tuple(sorted({*own_names(files), *BUILT_IN}))


def find_script(files: Mapping[str, BoardFile], name: str, language: str) -> Script:
    """The script `name`: the board's own `scripts/NAME.LANGUAGE.md` or `scripts/NAME.md`, else the built-in one.

    `files` are the board's files by path. Raises NotFound, or KanbanError for a file that cannot be used.
    """
    typed = name.removesuffix(".md")
    stem = read_choice(typed, script_names(files)).value or typed
    for path in (f"{FOLDER}/{stem}.{language}.md", f"{FOLDER}/{stem}.md"):
        file = files.get(path)
        if file is not None:
            if file.data is None:
                raise KanbanError(_("this script cannot be read"), cure=_("make it a plain text file"), where=path)
            return read_script(stem, file.data, path, own=True)
    if stem not in BUILT_IN:
        message = _("there is no script “{name}”").format(name=name)
        known = ", ".join(map(choice_said, script_names(files)))
        raise NotFound(message, cure=_("scripts are {names}").format(names=known))
    path = f"kanban/scripts/texts/{stem}.{language}.md"
    return read_script(stem, built_in_bytes(stem, language), path, own=False)
