"""Edits that turn one list into another: items that stay keep their bytes, and the list its style."""

from collections.abc import Sequence

from kanban.model.text.cardfile import Document, RawField
from kanban.model.text.edit.quoting import flow_list, quoted
from kanban.model.text.edit.replacement import Edit, break_at, colon_end, rest_of_line, value_end
from kanban.model.text.problem import line_end, line_start


def list_edits(document: Document, field: RawField, wanted: Sequence[str]) -> list[Edit]:
    """The edits that make `field`, a list, hold `wanted`. What both lists begin and end with is not touched."""
    if field.style == "-" and (not wanted or not _one_item_a_line(document.text, field)):
        return unfold(document.text, field, flow_list(wanted))
    first, last, kept = _difference(field.texts, wanted)
    fresh = wanted[first : len(wanted) - kept]
    both = min(last - first, len(fresh))
    edits = [_replace(document, field, first + place, fresh[place]) for place in range(both)]
    edits = [edit for edit in edits if edit.text != document.text[edit.start : edit.end]]
    if last - first > both:
        remove = _remove_lines if field.style == "-" else _remove_inline
        edits += remove(document.text, field, first + both, last)
    if len(fresh) > both:
        insert = _insert_lines if field.style == "-" else _insert_inline
        edits.append(insert(document, field, first + both, fresh[both:]))
    return edits


def unfold(text: str, field: RawField, written: str) -> list[Edit]:
    """Replace a list with one item a line by `written` on the line of its key."""
    colon = colon_end(text, field)
    end = line_end(text, value_end(text, field.items[-1]))
    first_line = line_start(text, field.start)
    return [Edit(colon, colon, " " + written if written else ""), Edit(max(first_line, colon), end, "")]


def _difference(old: Sequence[str], new: Sequence[str]) -> tuple[int, int, int]:
    """The range of old items that change, and how many at the end stay."""
    shortest = min(len(old), len(new))
    first = 0
    while first < shortest and old[first] == new[first]:
        first += 1
    kept = 0
    while kept < shortest - first and old[-1 - kept] == new[-1 - kept]:
        kept += 1
    return first, len(old) - kept, kept


def _one_item_a_line(text: str, field: RawField) -> bool:
    """Whether every item stands on the line of its dash, alone."""
    return all(not text[line_start(text, item.start) : item.start].strip(" \t-") for item in field.items) and all(
        text[line_start(text, item.start) : item.start].count("-") == 1 for item in field.items
    )


def _replace(document: Document, field: RawField, place: int, value: str) -> Edit:
    item = field.items[place]
    style = item.style if item.style in ("'", '"') else ""
    written = quoted(value, style, item=field.style)
    gap = " " if item.start == item.end and document.text[item.start - 1 : item.start] in ("-", ",") else ""
    return Edit(item.start, value_end(document.text, item), gap + written)


def _remove_inline(text: str, field: RawField, first: int, last: int) -> list[Edit]:
    items = field.items
    if last < len(items):
        return [Edit(items[first].start, items[last].start, "")]
    if first == 0:
        return [Edit(field.start + 1, field.end - 1, "")]
    before = items[first - 1].end
    if "#" in text[before : items[first].start]:
        return [Edit(items[first].start, items[-1].end, "")]
    return [Edit(before, items[-1].end, "")]


def _insert_inline(document: Document, field: RawField, place: int, values: Sequence[str]) -> Edit:
    text, items = document.text, field.items
    written = [quoted(value, item="[") for value in values]
    between = text[items[0].end : items[1].start] if len(items) > 1 else ", "
    if "#" in between or between.count(",") != 1:
        between = ", "
    if place:
        at = items[place - 1].end
        return Edit(at, at, "".join(between + one for one in written))
    if items:
        return Edit(items[0].start, items[0].start, "".join(one + between for one in written))
    end = field.end - 1 if not text[field.start + 1 : field.end - 1].strip(" \t") else field.start + 1
    return Edit(field.start + 1, end, between.join(written))


def _remove_lines(text: str, field: RawField, first: int, last: int) -> list[Edit]:
    return [
        Edit(line_start(text, item.start), line_end(text, value_end(text, item)), "")
        for item in field.items[first:last]
    ]


def _insert_lines(document: Document, field: RawField, place: int, values: Sequence[str]) -> Edit:
    text = document.text
    model = field.items[max(place - 1, 0)]
    lead = text[line_start(text, model.start) : model.start]
    lead = lead if lead.endswith((" ", "\t")) else lead + " "
    newline = break_at(text, model.start, document.newline)
    written = [lead + quoted(value, item="-") for value in values]
    if place == 0:
        at = line_start(text, model.start)
        return Edit(at, at, "".join(line + newline for line in written))
    end = value_end(text, model)
    at = end + len(rest_of_line(text, end))
    return Edit(at, at, "".join(newline + line for line in written))
