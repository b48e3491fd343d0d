"""`kanban rules`: the rules of the linter and the manual page of each."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import settings_of, speak
from kanban.commands.base.calling.options import json_option
from kanban.commands.base.session import emit_json
from kanban.i18n import N_, _
from kanban.lint.finding import severity_name
from kanban.lint.rule import BOARD, CARD, RANGE, Rule
from kanban.lint.rules import RULES
from kanban.lint.selection import rules_named
from kanban.schemas.fields import Filled, RuleCode, RuleName, Severity, one_of
from kanban.schemas.filling import filled

EXAMPLES = (
    "kanban rules                     all rules, one a line",
    "kanban rules KB501               the manual page of one",
    "kanban rules missing-next-action   the same, by name",
    "kanban rules KB5                 a family",
)


SCOPES = {
    CARD: N_("each card"),
    BOARD: N_("the whole board"),
    RANGE: N_("a change: what is staged, pushed or proposed"),
}
FIXES = {
    "none": N_("by hand"),
    "safe": N_("safe: `--fix` makes it"),
    "unsafe": N_("unsafe: `--fix --unsafe-fixes` makes it"),
}


class RuleRecord(TypedDict):
    """One rule of the linter with its manual page."""

    code: RuleCode
    name: RuleName
    summary: Filled
    scope: Annotated[str, one_of("card", "board", "range")]
    severity: Severity
    fix: Annotated[str, one_of("none", "safe", "unsafe")]
    timed: Annotated[bool, "Whether the calendar alone can change the verdict."]
    needs: tuple[str, ...]
    waivable: Annotated[str, one_of("card", "board")]
    since: str
    why: Filled
    flags: Filled
    cure: Filled
    bad: Filled
    good: Filled


class RulesDocument(TypedDict):
    """The rules that were asked for."""

    schema: Literal["kanban-rules/1"]
    rules: list[RuleRecord]


@click.command(cls=Verb, examples=EXAMPLES)
@click.argument("names", nargs=-1, metavar="[CODE|NAME|PREFIX]...")
@json_option
@click.pass_context
def command(context: click.Context, /, names: tuple[str, ...], as_json: bool) -> None:
    """Explain the lint rules: why each exists, what it flags, how to get rid of the finding, with examples."""
    speak(settings_of(context))
    chosen = tuple(dict.fromkeys(rule for name in names for rule in rules_named(name))) or RULES
    if as_json:
        document: RulesDocument = {"schema": "kanban-rules/1", "rules": [rule_json(rule) for rule in chosen]}
        emit_json(document)
    elif len(chosen) == 1:
        click.echo(page(chosen[0]))
    else:
        width = max(len(rule.name) for rule in chosen)
        for rule in chosen:
            click.echo(f"{rule.code}  {rule.name:<{width}}  {severity_name(rule.severity):<13}  {rule.summary}")


def rule_json(rule: Rule) -> RuleRecord:
    """One rule as data."""
    manual = rule.manual
    why, flags, cure = manual.prose
    return filled(RuleRecord, rule, why=why, flags=flags, cure=cure, bad=manual.bad, good=manual.good)


def page(rule: Rule) -> str:
    """The manual page for a terminal."""
    manual = rule.manual
    why, flags, cure = manual.prose
    facts = [
        severity_name(rule.severity),
        _("looks at {what}").format(what=_(SCOPES[rule.scope])),
        _("fix: {fix}").format(fix=_(FIXES[rule.fix])),
    ]
    parts = [
        _("{label}: {text}").format(label=f"{rule.code} {rule.name}", text=rule.summary),
        ", ".join(facts),
        _("Why: {text}").format(text=why),
        _("Flags: {text}").format(text=flags),
        _("Cure: {text}").format(text=cure),
        _("Bad:") + "\n\n" + _indented(manual.bad),
        _("Good:") + "\n\n" + _indented(manual.good),
    ]
    return "\n\n".join(
        click.wrap_text(part, 96, preserve_paragraphs=True) if "\n" not in part else part for part in parts
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.rstrip("\n").split("\n"))
