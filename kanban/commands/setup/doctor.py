"""`kanban doctor`: the start-up checklist and the health of the set-up."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypedDict

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import FINDINGS, settings_of
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.clone_facts import displaced, look_at_clone
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.commands.setup.identity import identity_typed, introduce
from kanban.i18n import _, ngettext
from kanban.metrics.base.track import track_of
from kanban.metrics.suspicion import suspicions_known
from kanban.paper.plain import safe
from kanban.repository.git.creating import trust_folder
from kanban.repository.git.remote import fetch_the_rest
from kanban.repository.write.durable.leftovers import put_back, repair
from kanban.rituals.checkup import AMBER, RED, Check, check_board, check_clone, check_past
from kanban.schemas.fields import one_of

_SIGNS: dict[str, tuple[str, int | str]] = {"green": ("ok", "green"), "amber": ("?", 130), "red": ("!", "red")}


class CheckRecord(TypedDict):
    """One thing looked at, its light, and what to type where it is not in order."""

    group: Annotated[str, one_of("checklist", "clone")]
    key: str
    light: Annotated[str, one_of("green", "amber", "red")]
    text: str
    cure: str | None


class DoctorDocument(TypedDict):
    """The start-up checklist and the health of the set-up."""

    schema: Literal["kanban-doctor/1"]
    as_of: date
    checks: list[CheckRecord]


@click.command(
    cls=Verb,
    examples=(
        "kanban doctor            what is in order, and what to type where it is not",
        "kanban doctor --repair   finish or undo a write that was interrupted, put back what was moved by hand",
        'kanban doctor --me "Zoé Martin <zoe@example.org>"   who commits in this clone',
        "kanban doctor --trust /srv/board   read a board whose folder another user owns",
    ),
)
@click.option(
    "--repair",
    is_flag=True,
    default=False,
    help="Finish or undo what an interrupted write left behind, put back cards moved or taken away by hand, "
    "fetch what lacks of the past.",
)
@click.option("--me", metavar="NAME <ADDRESS>", default=None, help="Who commits in this clone: git is told so.")
@click.option("--trust", metavar="DIR", default=None, help="You trust this folder of another user: git is told so.")
@as_of_option
@json_option
@click.pass_context
def command(
    context: click.Context, /, repair: bool, me: str | None, trust: str | None, as_of: str | None, as_json: bool
) -> None:
    """Check the start-up list and the set-up of board and clone. Exit 1 when something is red."""
    if trust is not None:
        trust_folder(Path(settings_of(context).directory, trust))
    session = open_session(context, as_of)
    if me is not None:
        introduce(session.repository, identity_typed(me, "kanban doctor"))
    if repair:
        _repair(session)
    clone = look_at_clone(session)
    past = _past(session) if clone is not None else ()
    groups = {"checklist": check_board(session.board), "clone": (*check_clone(clone), *past)}
    if as_json:
        emit_json(_document(session, groups))
    else:
        _tell(groups)
    if any(check.light == RED for checks in groups.values() for check in checks):
        context.exit(FINDINGS)


def _past(session: Session) -> tuple[Check, ...]:
    """What is suspicious in the history that git has here."""
    history = session.history(needed=False)
    return check_past(suspicions_known(history, track_of(session.config), session.today)) if history.events else ()


def _repair(session: Session) -> None:
    said = repair(session.repository)
    said += put_back(session.repository, displaced(session))
    if fetch_the_rest(session.repository):
        said.append(_("the rest of the history was fetched"))
    for line in said or [_("nothing to repair")]:
        click.echo(safe(line), err=True)


def _document(session: Session, groups: dict[str, tuple[Check, ...]]) -> DoctorDocument:
    checks: list[CheckRecord] = [
        {"group": group, "key": one.key, "light": one.light, "text": one.text, "cure": one.cure or None}
        for group, found in groups.items()
        for one in found
    ]
    return {"schema": "kanban-doctor/1", "as_of": session.today, "checks": checks}


def _tell(groups: dict[str, tuple[Check, ...]]) -> None:
    titles = {"checklist": _("Start-up checklist and board"), "clone": _("This clone")}
    for group, checks in groups.items():
        click.echo(click.style(titles[group], bold=True, underline=True))
        for check in checks:
            sign, colour = _SIGNS[check.light]
            click.echo(f"  {click.style(sign.rjust(2), fg=colour, bold=True)}  {safe(check.text)}")
            if check.cure:
                click.echo(click.style(safe(f"      → {check.cure}"), dim=True))
        click.echo()
    every = [check for checks in groups.values() for check in checks]
    red, amber = (sum(check.light == light for check in every) for light in (RED, AMBER))
    if not red and not amber:
        click.echo(click.style(_("all in order"), fg="green"))
        return
    parts = [
        ngettext("{count} thing to repair", "{count} things to repair", red).format(count=red) if red else "",
        ngettext("{count} thing to improve", "{count} things to improve", amber).format(count=amber) if amber else "",
    ]
    click.echo(", ".join(part for part in parts if part))
