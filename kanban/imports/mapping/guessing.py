"""A mapping proposed for an export: from its headings, its values, and the board it is to come to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields

from kanban.i18n import _
from kanban.i18n.catalogue import in_every_language
from kanban.imports.mapping.abroad import ABROAD
from kanban.imports.mapping.forms import decimal_mark, orders_of_dates, unit_of
from kanban.imports.mapping.layouts import LAYOUTS, Layout
from kanban.imports.mapping.mapping import LEFT_OUT, OWN_TABLE, ImportMapping, Told
from kanban.imports.mapping.spoken import ANY, GONE, HISTORY, STEPS, STILL_OPEN
from kanban.imports.tables.sheet import Export, Sheet
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import KIND_OF_KEY, STAGE_OF_KEY, Column
from kanban.model.typed.choices import fold

DATES = ("created", "closed", "won_on", "lost_on", "stage_changed", "close_date", "next_action_date")
_ENTERED = re.compile(r"(?:hs v2 )?date entered [\"“']?(?P<stage>.+?)(?: \((?P<pipeline>[^()]*)\))?[\"”']?")
_OF_DEAL = ("Deal - ", "Deal – ", "Affaire - ", "Affaire – ")
"""What Pipedrive puts before each heading."""
_PIPELINE = re.compile(r" \([^()]*\)$")
_WORTH = r"(?:(?:en|in) )?[km]? ?(?:[€$£]|eur|euros?|usd|chf|gbp|ht|ttc)"
_UNIT = re.compile(rf"\s*(?:[(\[][^()\[\]]*[)\]]|\s{_WORTH}|:)\s*$")
"""What may stand behind a heading of one's own: `Montant (k€)`, `CA HT`, `Amount in EUR`."""
_MOST_STAGES, _MOST_WORDS = 40, 30
_PLAIN = ("account", "contact", "contact_email", "contact_phone", "owner", "notes")
"""What a person may have added to a known layout under a name of their own."""


def guess_mapping(export: Export, config: BoardConfig) -> ImportMapping:
    """The mapping that the export's headings and values suggest; stages nobody can tell map to nothing."""
    sheet = export.deals
    layout = _layout(sheet, export.system)
    columns = _columns(sheet, layout)
    if "stage" not in columns and _are_stages(sheet.values(columns.get("status", "")), config):
        columns["stage"] = columns.pop("status")
    history = export.history
    told = _told(history) if history is not None else None
    stages = set(sheet.values(columns.get("stage", "")))
    if history is not None and told is not None:
        stages |= {row.cells.get(told.stage, "") for row in history.rows if _of_stage(row.cells, told)} - {""}
        stages |= {row.cells.get(told.before, "") for row in history.rows if _of_stage(row.cells, told)} - {""}
    spoken = "fr" if _is_abroad(sheet, layout) else config.language
    entered = _entered(sheet, config, layout)
    days = {heading: sheet.values(heading) for heading in (*(columns.get(key, "") for key in DATES), *entered)}
    if history is not None and told is not None:
        days[told.at] = [*days.get(told.at, ()), *history.values(told.at)]
    dates, dates_in = orders_of_dates(days, spoken)
    return ImportMapping(
        system=layout.system if layout else export.system or OWN_TABLE,
        columns=columns,
        stages={one: guess_stage(one, config, layout) for one in sorted(stages)[:_MOST_STAGES]},
        statuses={one: _status(one) for one in sorted(set(sheet.values(columns.get("status", ""))))[:_MOST_WORDS]},
        entered=entered,
        lost_reasons={
            one: _reason(one, config) for one in sorted(set(sheet.values(columns.get("lost_reason", ""))))[:_MOST_WORDS]
        },
        owners=_owners(sheet.values(columns.get("owner", "")), config),
        only=_there(sheet),
        dates=dates,
        dates_in=dates_in,
        decimal=decimal_mark(sheet.values(columns.get("amount", "")), spoken),
        currency=_currency(columns.get("amount", ""), config),
        history=told,
    )


def _layout(sheet: Sheet, system: str) -> Layout | None:
    """The system whose headings these are: the one with the most of its marks, at least two."""
    if system:
        return next((one for one in LAYOUTS if one.system == system), None)
    known = {plain_heading(one) for one in sheet.header}
    deal = any(one.startswith(_OF_DEAL) for one in sheet.header)
    found = max(LAYOUTS, key=lambda one: (deal and one.system == "pipedrive", _told_by(one, known)))
    return found if deal or _told_by(found, known) >= 2 else None


def _is_abroad(sheet: Sheet, layout: Layout | None) -> bool:
    """Whether a known system wrote its headings, so days and amounts too, in another language than the board's."""
    systems = (language.systems for language in ABROAD.values())
    marks = {fold(one) for each in systems if layout and layout.system in each for one in each[layout.system][0]}
    return not marks.isdisjoint(map(plain_heading, sheet.header))


def _told_by(layout: Layout, headings: set[str]) -> int:
    return len(headings.intersection(map(fold, layout.marks)))


def plain_heading(heading: str) -> str:
    """A heading as it is compared: without case, accents, `*` and a leading `Deal - `."""
    plain = heading.rstrip("* ")
    return fold(next((plain.removeprefix(one) for one in _OF_DEAL if plain.startswith(one)), plain))


def _names(sheet: Sheet) -> dict[str, str]:
    """Heading as it is compared → heading; without its unit too, where no other is called so."""
    exact = {plain_heading(one): one for one in reversed(sheet.header)}
    bare = {name: one for one in reversed(sheet.header) if (name := _without_unit(plain_heading(one)))}
    return bare | exact


def _without_unit(name: str) -> str:
    while (shorter := _UNIT.sub("", name)) != name:
        name = shorter
    return name


def _columns(sheet: Sheet, layout: Layout | None) -> dict[str, str]:
    by_name = _names(sheet)
    taken: dict[str, str] = {}
    tables = [layout.columns, {key: ANY[key] for key in _PLAIN}] if layout else [ANY, *(one.columns for one in LAYOUTS)]
    for table in tables:
        for key, names in table.items():
            for name in names:
                heading = by_name.get(fold(name))
                free = heading is not None and heading not in taken.values() and key not in taken
                if heading is not None and free and (layout or _may_be(key, sheet.values(heading))):
                    taken[key] = heading
    return taken


def _may_be(key: str, values: Sequence[str]) -> bool:
    """Whether what stands below a heading of one's own can be it: “Follow up” is a day, or what is to be done."""
    with_digits = sum(any(map(str.isdigit, value)) for value in values)
    return key not in (*DATES, "amount", "probability") or 2 * with_digits >= len(values)


def _are_stages(names: Iterable[str], config: BoardConfig) -> bool:
    """Whether what somebody calls a status tells of steps of the sale, not only of how it ended."""
    open_keys = {column.key for column in config.open_columns}
    return any(guess_stage(name, config) in open_keys for name in set(names))


def _told(history: Sheet) -> Told | None:
    by_name = _names(history)
    found: dict[str, str] = {}
    for key, names in HISTORY.items():
        heading = next((by_name[fold(one)] for one in names if fold(one) in by_name), "")
        if heading and heading not in found.values():
            found[key] = heading
    needed = [one.name for one in fields(Told)][:3]
    return Told(**found) if all(key in found for key in needed) else None


def _of_stage(cells: dict[str, str], told: Told) -> bool:
    return not told.field or is_stage_field(cells.get(told.field, ""))


def is_stage_field(name: str) -> bool:
    """Whether a history's row tells of the stage: Salesforce's field histories tell of every field."""
    return fold(name) in ("stage", "stagename", "stage name", "etape", "created", "stage id", "status")


def guess_stage(name: str, config: BoardConfig, layout: Layout | None = None) -> str:
    """The key of the column that a stage of an export is; "" when nothing tells."""
    word = fold(name)
    for column in config.columns:
        if word in _called(column):
            return column.key
    stages = layout.stages if layout else {}
    step = stages.get(word) or stages.get(_PIPELINE.sub("", word)) or _step(word)
    if step in ("won", "lost", "parked"):
        exits = config.exits(step)
        return exits[0].key if exits else (LEFT_OUT if step == "parked" else "")
    found = config.stage(step) if step else None
    if found is None and step == "prospects":
        return config.open_columns[0].key
    return found.key if found else ""


def _called(column: Column) -> set[str]:
    names = {column.key, column.title, column.directory, *in_every_language(column.title), *column.formerly}
    stage = column.effective_stage or KIND_OF_KEY.get(column.key, "")
    names |= {key for key, one in {**STAGE_OF_KEY, **KIND_OF_KEY}.items() if one == stage} if stage else set()
    return {fold(one) for one in names}


def _step(word: str) -> str:
    padded = f" {re.sub(r'[^a-z0-9 ]', ' ', word)}"
    for step, beginnings in STEPS.items():
        if any(f" {one}" in padded for one in beginnings):
            return step
    return ""


def _status(name: str) -> str:
    """How a deal of that status ended, or that it goes on; one deleted or merged is passed over, "" tells nothing."""
    word = fold(name)
    if any(word.startswith(one) for one in GONE):
        return LEFT_OUT
    step = _step(word)
    if step in ("won", "lost", "parked"):
        return step
    return "open" if step or any(f" {one}" in f" {word}" for one in STILL_OPEN) else ""


def _entered(sheet: Sheet, config: BoardConfig, layout: Layout | None) -> dict[str, str]:
    """Headings of days on which a stage was entered, as HubSpot exports them, or as a spreadsheet calls its stages."""
    found: dict[str, str] = {}
    for heading in sheet.header:
        match = _ENTERED.fullmatch(fold(heading).replace("“", '"'))
        if match and match["stage"] != "current stage":
            key = guess_stage(match["stage"], config, layout)
            found |= {heading: key} if key else {}
    return found


def _reason(name: str, config: BoardConfig) -> str:
    word = fold(name)
    for reason in config.lost_reasons:
        if word in {fold(one) for one in (reason, *in_every_language(reason))}:
            return reason
    spoken = {
        "price": ("price", "pric", "prix", "cher", "expensive", "budget", "cost", "cout", "preis", "teuer"),
        "timing": (
            "timing",
            "time",
            "delay",
            "delai",
            "postpon",
            "report",
            "later",
            "not now",
            "moment",
            "zeit",
            "spater",
        ),
        "fit": ("fit", "feature", "need", "besoin", "fonction", "scope", "requirement", "bedarf"),
        "competition": ("compet", "concurr", "rival", "wettbewerb", "konkurren"),
    }
    for meant, words in spoken.items():
        if any(one in word for one in words):
            reasons = {fold(said): reason for reason in config.lost_reasons for said in in_every_language(reason)}
            return next((reasons[fold(said)] for said in in_every_language(meant) if fold(said) in reasons), "")
    return ""


def _currency(heading: str, config: BoardConfig) -> str:
    """The currency that a heading of amounts names, where it is not the board's."""
    meant = unit_of(heading)[1]
    return "" if meant == config.currency else meant


def _there(sheet: Sheet) -> dict[str, str]:
    """The heading of a system's mark for rows that it has thrown away, and how it marks those that it has not."""
    heading = next((one for one in sheet.header if fold(one) in ("isdeleted", "is deleted", "deleted")), "")
    values = set(sheet.values(heading))
    kept = [one for one in values if fold(one) in ("0", "false", "no", "non", "nein")]
    return {heading: kept[0]} if len(kept) == 1 and len(values) == 2 else {}


def _owners(names: Sequence[str], config: BoardConfig) -> dict[str, str]:
    """Owners of the export that the board calls otherwise: by full name, first name or mail address."""
    found = {}
    for name in sorted(set(names))[:200]:
        word = fold(name)
        meant = [
            one.name
            for one in config.owners
            if word in (fold(one.name), one.email.casefold()) or fold(one.name) == word.split(" ")[0]
        ]
        if meant and meant[0] != name:
            found[name] = meant[0]
    return found


def notes_on(mapping: ImportMapping, export: Export, config: BoardConfig) -> dict[str, str]:
    """What a person who corrects the mapping should know, as comments above its parts."""
    left = _left_in(mapping, export)
    keys = ", ".join(column.key for column in config.columns)
    known = _("Field of the card: heading of the export. Not taken: {headings}")
    return {
        "": _("How {file} becomes cards. Correct it, then: kanban import {file} --mapping THIS-FILE --dry-run").format(
            file=export.deals.file
        ),
        "columns": "\n".join([known.format(headings=_listed(left) or "–"), *pipelines_in(mapping, export)]),
        "stages": _("Stage of the export: column of the board ({keys}); `-` passes its rows over.").format(keys=keys),
        "statuses": _("Status of the export: open, won, lost or parked; `-` passes its rows over."),
        "lost_reasons": _("Reason of the export: one of {reasons}; `-` leaves it out.").format(
            reasons=", ".join(config.lost_reasons)
        ),
        "dates": _("Which comes first in 03/04/2026: iso (neither), day-first or month-first."),
        "undated": _("Closed deals without a day: refuse, or today."),
    }


def untaken_in(mapping: ImportMapping, export: Export) -> list[str]:
    """That columns of an export are not taken, and how to: one line, or none."""
    left = _left_in(mapping, export)
    said = _("not taken: {headings}; to keep one, give it a name under `columns:` in a mapping (`--guess` prints one)")
    return [said.format(headings=_listed(left))] if left else []


def _left_in(mapping: ImportMapping, export: Export) -> list[str]:
    told = export.deals.header if export.system == "" else ()
    taken = {*mapping.columns.values(), *mapping.entered, *mapping.only}
    return [one for one in told if one not in taken and export.deals.values(one)]


def pipelines_in(mapping: ImportMapping, export: Export) -> list[str]:
    """That an export holds several pipelines, and how to take one: one line, or none."""
    heading = mapping.columns.get("pipeline", "")
    counts = Counter(export.deals.values(heading))
    if len(counts) < 2 or heading in mapping.only:
        return []
    found = ", ".join(f"{name} ({count})" for name, count in counts.most_common(_MOST_WORDS))
    said = _("`{heading}` holds {found}: all of them come to this board; one alone: `only: {{{heading}: {first}}}`")
    return [said.format(heading=heading, found=found, first=counts.most_common(1)[0][0])]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(name.replace("\n", " ")[:40] for name in names)
