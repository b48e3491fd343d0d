"""Which rules judge a change: those that stood before it count until a change to them has landed."""

from collections.abc import Iterator
from dataclasses import replace

from kanban.i18n import _
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column
from kanban.model.settings.policies import LintSettings, Owner

_OF_A_COLUMN = ("wip", "wip_mode", "wip_per_owner", "dor", "dod", "kind", "escalate", "stale_after", "purge_after")
_OF_THE_BOARD = ("lint", "policies", "classes", "lost_reasons", "approvers", "history", "calendar", "commitment")


def rules_before(base: BoardConfig, head: BoardConfig) -> BoardConfig:
    """The board of `head` under the rules of `base`: its columns and folders, and the limits, readiness, classes,
    reasons, owners' limits and linter settings from before. A step that is new, also under the name of one that went on
    under another, holds nothing until it has landed: else a second column beside a full one would double its limit."""
    limited = any(column.wip is not None for column in base.columns)
    columns = tuple(_column(_held(base, head, column), column, limited=limited) for column in head.columns)
    owners = tuple(_owner(base.owner(owner.name), owner) for owner in head.owners)
    kept = {name: getattr(base, name) for name in _OF_THE_BOARD}
    if head.column(base.commitment) is None:
        kept["commitment"] = head.commitment
    return replace(head, columns=columns, owners=owners, **kept)


def column_before(base: BoardConfig, column: Column) -> Column | None:
    """The column as it was, called otherwise perhaps, but with its folder, or the one it had, and so with its cards."""
    found = base.column(column.key)
    folders = (column.directory, *column.formerly)
    return found or next((one for one in base.columns if one.directory in folders or one.key in column.formerly), None)


def _held(base: BoardConfig, head: BoardConfig, column: Column) -> Column | None:
    """The column as it was, unless its cards went on in another column."""
    before = column_before(base, column)
    if before is None or before.directory in (column.directory, *column.formerly):
        return before
    others = (one for one in head.columns if one is not column)
    return None if any(before.directory in (one.directory, *one.formerly) for one in others) else before


def keys_now(base: BoardConfig, head: BoardConfig) -> dict[str, str]:
    """The keys of columns that are called otherwise now, each with the present one."""
    pairs = ((column_before(base, column), column) for column in head.columns)
    renamed = ((before.key, now.key) for before, now in pairs if before is not None and before.key != now.key)
    return {old: new for old, new in renamed if head.column(old) is None}


def _owner(before: Owner | None, now: Owner) -> Owner:
    return now if before is None else replace(now, wip=before.wip, key=before.key)


def _column(before: Column | None, now: Column, *, limited: bool) -> Column:
    if before is None:
        return replace(now, wip=0, wip_mode="hard") if limited and now.is_open else now
    return replace(now, **{name: getattr(before, name) for name in _OF_A_COLUMN})


def rules_changed(base: BoardConfig, head: BoardConfig) -> tuple[str, ...]:
    """Each rule that `head` changes, in one sentence: what is switched off, raised, lowered or otherwise set anew."""
    return tuple(_said(base, head))


def _said(base: BoardConfig, head: BoardConfig) -> Iterator[str]:
    yield from _of_the_columns(base, head)
    yield from _of_the_linter(base.lint, head.lint)
    if head.policies != base.policies:
        yield _("changes `policies`")
    if head.classes != base.classes:
        yield _("changes the classes of service")
    for reason in head.lost_reasons:
        if reason not in base.lost_reasons:
            yield _("adds the lost reason {reason}").format(reason=reason)
    if head.approvers != base.approvers:
        yield _("changes who approves rules")
    for name in ("history", "calendar", "commitment"):
        if getattr(base, name) != getattr(head, name):
            yield _("changes `{setting}`").format(setting=name)
    yield from _of_the_site(base, head)


def _of_the_columns(base: BoardConfig, head: BoardConfig) -> Iterator[str]:
    known = [(column, _held(base, head, column)) for column in head.columns]
    for column, before in known:
        if before is not None:
            yield from _of_a_column(before, column)
        else:
            yield _("adds the column {column}").format(column=column.title)
    kept = {before.key for _column, before in known if before is not None}
    for gone in (column for column in base.columns if column.key not in kept):
        yield _("takes the column {column} away").format(column=gone.title)
    for owner in head.owners:
        was = base.owner(owner.name)
        if was is not None and was.wip != owner.wip:
            yield _("changes the limit of {owner}").format(owner=owner.name)
        if owner.key != (was.key if was is not None else ""):
            yield _("changes the key of {owner}").format(owner=owner.name)


def _of_the_site(base: BoardConfig, head: BoardConfig) -> Iterator[str]:
    for key in head.site.public_fields:
        if key not in base.site.public_fields:
            yield _("publishes the field {field}").format(field=key)
    for key, declared in base.fields.items():
        if declared.private and not (key in head.fields and head.fields[key].private):
            yield _("the field {field} is private no more").format(field=key)


def _of_the_linter(base: LintSettings, head: LintSettings) -> Iterator[str]:
    for word in head.ignore:
        if word not in base.ignore:
            yield _("switches off the rule {rule}").format(rule=word)
    for pattern in head.exclude:
        if pattern not in base.exclude:
            yield _("takes `{pattern}` out of what is checked").format(pattern=pattern)
    for rule, severity in head.severity.items():
        if base.severity.get(rule) != severity:
            yield _("sets the severity of {rule} to {severity}").format(rule=rule, severity=severity)
    if head.select != base.select:
        yield _("chooses other rules: `lint: select`")
    accepted = [(one.waivers, one.baseline, one.per_path_ignores) for one in (base, head)]
    if accepted[0] != accepted[1]:
        yield _("accepts findings: waivers, baseline or ignores per path")


def _of_a_column(before: Column, now: Column) -> Iterator[str]:
    names = {"column": now.title, "before": before.wip, "now": now.wip}
    if before.wip is not None and now.wip is None:
        yield _("takes the limit of {column} away (it was {before})").format(**names)
    elif now.wip is not None and before.wip is not None and now.wip > before.wip:
        yield _("raises the limit of {column}: {before} → {now}").format(**names)
    elif now.wip != before.wip:
        yield _("lowers the limit of {column}: {before} → {now}").format(**names)
    for name in _OF_A_COLUMN[1:]:
        if getattr(before, name) != getattr(now, name):
            yield _("changes `{setting}` of {column}").format(setting=name, column=now.title)
