"""What a person types for each parameter of a gesture: what it is, what may stand there, and what to call it.

Annotations in these words let every hand make its own form of a gesture: options of a command line, a form on a page,
the schema of a tool. The texts are English here; hands show them in the reader's language.
"""

import inspect
from collections.abc import Callable
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from kanban.values import dataclass

TEXT = "text"


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that is typed. `kind` says what names complete it or which field of a form fits:

    `text`, `card`, `column`, `owner`, `class`, `source`, `template`, `tick`, `reason` (of a loss), `channel`,
    `decision`, `assignment` (key=value), `when`, `day`, `money`, `share`. `choices` are the only words that may stand
    there, in either language, if only some may.
    """

    meaning: str = ""
    kind: str = TEXT
    choices: tuple[str, ...] = ()


Card = Annotated[str, Word("The card, by id, path, account or title.", kind="card")]
Cards = Annotated[tuple[str, ...], Word("The cards, each by id, path, account or title.", kind="card")]
Column = Annotated[str, Word("The column, by key, name or folder.", kind="column")]
NextAction = Annotated[str | None, Word("The next action.")]
When = Annotated[str | None, Word("When it is.", kind="when")]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a gesture. `several` takes any number of words, `flag` none; `default` is for one that is left
    out, `needed` says that it must not be."""

    name: str
    word: Word
    needed: bool
    default: Any = None
    several: bool = False
    flag: bool = False
    number: bool = False


def parameters_of(gesture: Callable[..., Any]) -> dict[str, Parameter]:
    """The parameters of a gesture by name, in their order; the situation is none."""
    hints = get_type_hints(gesture, include_extras=True)
    found = {}
    for name, one in inspect.signature(gesture).parameters.items():
        if one.kind is not inspect.Parameter.KEYWORD_ONLY:
            continue
        hint = hints[name]
        word = next((extra for extra in getattr(hint, "__metadata__", ()) if isinstance(extra, Word)), Word())
        bare = get_args(hint)[0] if word in getattr(hint, "__metadata__", ()) else hint
        needed = one.default is inspect.Parameter.empty
        default = None if needed else one.default
        kinds = {"several": get_origin(bare) is tuple, "flag": bool in (bare, *get_args(bare)), "number": bare is int}
        found[name] = Parameter(name, word, needed, default, **kinds)
    return found
