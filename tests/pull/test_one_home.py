"""A rule of the sheet lives once: what a board sets for it is read in one module, which everybody else asks."""

import ast
from collections import defaultdict
from pathlib import Path

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

FIGURES = {("metrics/cards/ageing.py", "escalate"), ("metrics/tables.py", "escalate")} | {
    ("commands/output/number_tables.py", "escalate"),
    ("render/pages/numbers.py", "ageing"),
    ("render/public/audience.py", "ageing"),
    ("render/public/audience.py", "sla_hours"),
}
"""Attributes of other things that bear the same name: a figure told, a module of charts; and the copy of a board's
settings in which a public site has no words of its own."""


MADE_OF = {"escalated", "offer_date", "follow_up_date"}
"""Fields of which the dated events of a sale are made (`kanban.pull.milestones`)."""

ASKING = tuple(f"{owner}.{verb}" for owner in ("card", "values", "raw") for verb in ("has", "get", "items"))


def test_what_the_sheet_sets_and_asks_is_read_in_its_home_alone() -> None:
    settings, fields, asked = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set), set[str]()
    for path in sorted(KANBAN.rglob("*.py")):
        name = path.relative_to(KANBAN).as_posix()
        if name.startswith(DECLARED):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and (name, node.attr) not in FIGURES:
                settings[node.attr].add(name)
            elif isinstance(node, ast.Call) and (read := key_read(node)):
                function, key = read
                if function.endswith("values.get"):
                    fields[key].add(name)
                if key in MADE_OF and function.endswith(ASKING):
                    asked.add(name)
    assert {setting: settings[setting] for setting in HOMES} == {setting: {home} for setting, home in HOMES.items()}
    assert {field: fields[field] for field in FIELDS} == {field: {home} for field, home in FIELDS.items()}
    assert asked <= {"pull/milestones.py"}


def key_read(call: ast.Call) -> tuple[str, str] | None:
    """`("card.values.get", "owner")` of a call `card.values.get("owner", …)`."""
    if isinstance(call.func, ast.Attribute) and call.args and isinstance(call.args[0], ast.Constant):
        return ast.unparse(call.func), str(call.args[0].value)
    return None
