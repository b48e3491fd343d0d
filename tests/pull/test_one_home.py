"""A rule of the sheet lives once: what a board sets for it is read in one module, which everybody else asks."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

KANBAN = Path(__file__).parent.parent.parent / "kanban"
DECLARED = "model/settings/"

HOMES = {
    "sla_hours": "pull/sla.py",
    "purge_after": "pull/cadence.py",
    "stale_after": "pull/cadence.py",
    "follow_up": "pull/cadence.py",
    "escalate": "pull/cadence.py",
    "ageing": "pull/cadence.py",
    "meetings_per_day": "pull/meetings.py",
    "touches": "pull/contact.py",
    "note_bullets": "pull/contact.py",
    "retrospective_minutes": "pull/classes.py",
    "pull_stop_share": "pull/nextaction.py",
    "catches_up": "pull/catchup.py",
    "wip_per_owner": "pull/wip.py",
    "holidays": "model/cards/working_days.py",
    "working_days": "model/cards/working_days.py",
}
FIELDS = {
    "follow_up_date": "pull/milestones.py",
    "offer_date": "pull/milestones.py",
    "escalated": "pull/milestones.py",
    "received_at": "pull/sla.py",
}
"""Fields of a card whose value is read for a rule: nobody else does."""

FIGURES = {("metrics/document.py", "escalate"), ("metrics/tables.py", "escalate")} | {
    ("commands/output/number_tables.py", "escalate"),
    ("render/pages/numbers.py", "ageing"),
    ("render/public/audience.py", "ageing"),
    ("render/public/audience.py", "sla_hours"),
}
"""Attributes of other things that bear the same name: a figure told, a module of charts; and the copy of a board's
settings in which a public site has no words of its own."""


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(KANBAN.rglob("*.py")):
        name = path.relative_to(KANBAN).as_posix()
        if not name.startswith(DECLARED):
            yield name, ast.parse(path.read_text(encoding="utf-8"))


TREES = dict(trees())


def settings_read(tree: ast.Module) -> set[str]:
    """The names of attributes read in a module."""
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def fields_read(tree: ast.Module) -> set[str]:
    """The keys with which `….values` is asked in a module."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    return {
        str(call.args[0].value)
        for call in calls
        if ast.unparse(call.func).endswith("values.get") and call.args and isinstance(call.args[0], ast.Constant)
    }


@pytest.mark.parametrize(("setting", "home"), HOMES.items())
def test_a_setting_of_the_sheet_is_read_in_its_home_alone(setting: str, home: str) -> None:
    readers = {
        name for name, tree in TREES.items() if setting in settings_read(tree) and (name, setting) not in FIGURES
    }
    assert readers == {home}


@pytest.mark.parametrize(("field", "home"), FIELDS.items())
def test_a_field_of_the_sheet_is_judged_in_its_home_alone(field: str, home: str) -> None:
    assert {name for name, tree in TREES.items() if field in fields_read(tree)} == {home}


MADE_OF = ("escalated", "offer_date", "follow_up_date")
"""Fields of which the dated events of a sale are made (`kanban.pull.milestones`)."""


@pytest.mark.parametrize("field", MADE_OF)
def test_nobody_else_asks_whether_an_event_of_the_sale_happened(field: str) -> None:
    asked = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("has", "get", "items")
        and ast.unparse(node.func.value).endswith(("card", "values", "raw"))
        and node.args
        and ast.unparse(node.args[0]) == repr(field)
    }
    assert asked <= {"pull/milestones.py"}
