"""`kanban batch`: several gestures, one a line, all or none, in one commit."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from click.core import ParameterSource

from kanban.commands.base.calling.entry import LazyGroup, Verb
from kanban.commands.base.calling.invocation import FINDINGS
from kanban.commands.base.calling.options import WriteFlags, as_of_option, write_options
from kanban.commands.base.hand import HandVerb
from kanban.commands.base.session import open_session
from kanban.commands.base.write_verb import perform
from kanban.commands.cards.several import Line, batch
from kanban.errors import KanbanError, NotFound
from kanban.gestures.base.gesture import Gesture
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.words import parameters_of
from kanban.i18n import _

_OF_THE_WHOLE = ("as_of", "no_commit", "dry_run", "include_edits", "as_json")


@click.command(
    cls=Verb,
    examples=(
        "kanban batch today.txt            one gesture a line, as one types them, all or none",
        "printf 'note acme \"called\"\\ntick acme agenda-sent\\nmove acme meeting\\n' | kanban batch",
    ),
)
@click.argument("file", required=False, metavar="[FILE]")
@write_options
@as_of_option
@click.pass_context
def command(context: click.Context, /, flags: WriteFlags, file: str | None, as_of: str | None) -> int:
    """Make several gestures in one commit: one a line, as on the command line, from FILE or standard input.

    When one is refused, none is made. Later lines see what earlier ones did. Empty lines and those that begin with #
    are left out.
    """

    session = open_session(context, as_of)
    lines = list(_lines(context, _text(file)))
    if not lines:
        cure = _('`kanban batch FILE`, with lines such as `note acme "…"`')
        raise KanbanError(_("there is no gesture to make"), cure=cure)
    return FINDINGS if perform(session, flags, batch, lines=lines).refused else 0


def _text(file: str | None) -> str:
    if file is None or file == "-":
        return sys.stdin.read()
    try:
        return Path(file).read_text("utf-8")
    except (OSError, UnicodeError) as error:
        raise NotFound(_("{path} cannot be read").format(path=file), cure=_("check the path")) from error


def _lines(context: click.Context, text: str) -> Iterator[Line]:
    for number, line in enumerate(text.splitlines(), 1):
        try:
            words = shlex.split(line, comments=False)
        except ValueError as error:
            raise KanbanError(_("line {number}: a quote is not closed").format(number=number)) from error
        if words and not words[0].startswith("#"):
            yield _line(context, number, words[1:] if words[0] == "kanban" else words)


def _line(context: click.Context, number: int, words: list[str]) -> Line:
    root = context.find_root()
    group = root.command
    verb = group.get_command(root, words[0]) if words and isinstance(group, LazyGroup) else None
    if not isinstance(verb, HandVerb):
        raise KanbanError(
            _("line {number}: “{verb}” is no gesture that a batch takes").format(
                number=number, verb=" ".join(words[:1])
            ),
            cure=_("as in `note`, `set`, `tick`, `move`, `new`, `win`, `lose`, `park`"),
        )
    try:
        with verb.make_context(words[0], words[1:], parent=context) as inner:
            given = dict(inner.params)
            typed_here = {name for name in given if inner.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    except click.UsageError as error:
        raise KanbanError(f"{_('line {number}').format(number=number)}: {error.format_message()}") from error
    if typed_here.intersection(_OF_THE_WHOLE):
        raise KanbanError(
            _("line {number}: options of writing stand on `kanban batch` itself").format(number=number),
            cure="kanban batch --dry-run FILE",
        )
    known = parameters_of(verb.gesture)
    if typed_here - {*known, *_OF_THE_WHOLE}:
        raise KanbanError(
            _("line {number}: this is not for a batch").format(number=number), cure=_("name the card on the line")
        )
    typed = {name: value for name, value in given.items() if name in known}

    def made(at: Situation) -> Gesture:
        try:
            return verb.gesture(at, **typed)
        except KanbanError as error:
            error.message = f"{_('line {number}').format(number=number)}: {error.message}"
            raise

    return made
