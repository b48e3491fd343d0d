"""`kanban agents check`: what software agents did, and which rules their commits met."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import click

from kanban.agents.record import Deed, document, judged_deed
from kanban.commands.base.calling.entry import VerbGroup
from kanban.commands.base.calling.invocation import FINDINGS
from kanban.commands.base.calling.options import json_option
from kanban.commands.base.session import emit_json, open_session
from kanban.commands.check.inputs.reading import end_of
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date
from kanban.model.settings.policies import Agents
from kanban.paper.plain import safe
from kanban.repository.read.agents import agent_commits


@click.group(cls=VerbGroup)
def command() -> None:
    """Look back at what software agents did on this board."""


@command.command(
    "check",
    examples=(
        "kanban agents check              everything that leads to here",
        "kanban agents check main..HEAD   what a proposed branch holds",
        "kanban agents check --since -7d  the last week",
    ),
)
@click.argument("revisions", metavar="[RANGE]", default="HEAD")
@click.option("--since", default=None, metavar="DAY", help="Only commits of this day and later.")
@json_option
@click.pass_context
def check(context: click.Context, /, revisions: str, since: str | None, as_json: bool) -> int:
    """Tell each commit of an agent, for whom it was made, and every rule it does not keep.

    Judged as a push would be: the steps of cards, what the board breaks after the commit that it did not before, what
    `agents:` in board.yml allowed before it; a force, and a commit that does not say for whom, are breaches too.
    Exit 0: all rules were met. 1: some were not.
    """
    session = open_session(context)
    first = session.day(since, "--since") if since else None
    session.surrounding.resolve(end_of(revisions) if ".." in revisions else revisions)
    made = [
        one
        for one in agent_commits(session.surrounding, revisions, session.config.zone)
        if first is None or one.day >= first
    ]
    deeds = tuple(judged_deed(session, one) for one in made)
    if as_json:
        emit_json(document(deeds))
    else:
        _tell(deeds, session.config.agents)
    return FINDINGS if any(deed.breaches for deed in deeds) else 0


def _tell(deeds: tuple[Deed, ...], allowed: Agents) -> None:
    if not deeds:
        click.echo(_("no commit of an agent here"))
        return
    for (agent, person), group in groupby(sorted(deeds, key=_whose), key=_whose):
        _tell_one(agent, person, tuple(group))
    names = [("columns", allowed.columns), ("fields", allowed.fields)]
    told = "; ".join(f"{key}: {', '.join(values)}" for key, values in names if values)
    click.echo("\n" + _("allowed now in board.yml: {what}").format(what=safe(told or _("every column and field"))))


def _whose(deed: Deed) -> tuple[str, str]:
    return deed.made.agent, deed.made.person


def _tell_one(agent: str, person: str, deeds: tuple[Deed, ...]) -> None:
    count = len(deeds)
    head = ngettext("{agent} for {person}: {count} gesture", "{agent} for {person}: {count} gestures", count)
    click.echo(click.style(safe(head.format(agent=agent, person=person or "?", count=count)), bold=True))
    verbs = Counter(deed.made.verb or "?" for deed in deeds)
    click.echo("  " + safe(", ".join(f"{verb} × {times}" for verb, times in verbs.most_common())))
    for deed in deeds:
        made = deed.made
        click.echo(safe(f"  {made.commit[:8]}  {format_date(made.day, 'medium')}  {made.subject}"))
        for breach in deed.breaches:
            click.echo(click.style(safe(f"    ✗ {breach.rule}: {breach.message}"), fg="red"))
    broken = sum(bool(deed.breaches) for deed in deeds)
    if not broken:
        click.echo("  " + _("every rule was met"))
    else:
        said = ngettext("{count} commit does not keep the rules", "{count} commits do not keep the rules", broken)
        click.echo("  " + said.format(count=broken))
