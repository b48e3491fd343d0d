"""What a validator says of a page: errors of a strict HTML parser, and what a parser does not look at.

No network, no Java, no Node: html5lib reads the page as the standard says, and names each place where it had to guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

_WITHIN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"div", "dt", "dd", "script", "template"},
    "tr": {"th", "td"},
    "tbody": {"tr"},
    "select": {"option", "optgroup", "hr"},
    "details": None,
}
_PHRASING = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "b", "i", "em", "strong", "small", "summary", "label"}
_BLOCKS = {"div", "p", "ul", "ol", "dl", "table", "section", "article", "header", "footer", "figure", "form", "details"}
_INTERACTIVE = {"a", "button", "select", "textarea", "summary"}
_DAY = r"\d{4}-\d\d-\d\d"
_TIME = re.compile(rf"{_DAY}([T ]\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)?)?|\d{{4}}(-\d\d)?")
_HTML = "{http://www.w3.org/1999/xhtml}"


def faults(page: str) -> list[str]:
    """What is wrong with the page, each in a few words; empty for a valid one."""
    import html5lib

    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    root: Element[str] = parser.parse(page)
    found = [f"line {position[0]}: {code} {data}" for position, code, data in parser.errors]
    return [*found, *_names(root), *_headings(root), *_contents(root)]


def _names(root: Element[str]) -> Iterator[str]:
    """Ids are told apart, and whatever leads to one arrives."""
    ids = Counter(one.get("id", "") for one in root.iter() if one.get("id") is not None)
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1 or not name.strip())
    for one in root.iter():
        for key in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            yield from (f"{key} leads nowhere: {name}" for name in one.get(key, "").split() if name not in ids)
        href = one.get("href", "")
        if href.startswith("#") and "=" not in href and href[1:] not in ids:
            yield f"{href} leads nowhere"


def _headings(root: Element[str]) -> Iterator[str]:
    levels = [int(name[1]) for one in root.iter() if re.fullmatch(r"h[1-6]", name := _name(one))]
    if any(after > before + 1 for before, after in pairwise([0, *levels])):
        yield f"headings skip a level: {levels}"
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"


def _contents(root: Element[str], above: tuple[str, ...] = ()) -> Iterator[str]:
    """What may stand in what, and what must be said of each element."""
    name = _name(root)
    if "style" in root.attrib or any(key.startswith("on") for key in root.attrib):
        yield f"{name} has a style or a script of its own"
    if name == "time" and not _TIME.fullmatch(root.get("datetime", "".join(root.itertext()))):
        yield f"time says {root.get('datetime')!r}"
    if name in ("h1", "h2", "h3", "h4", "th", "button", "summary", "a") and not _says_something(root, name):
        yield f"{name} without words"
    if name == "button" and root.get("type") not in ("button", "submit"):
        yield "button without type"
    labelled = root.get("alt") or root.get("aria-label") or root.get("type") == "hidden" or root.get("id")
    if name in ("img", "input") and not labelled and "label" not in above:
        yield f"{name} without a label"
    if name in _INTERACTIVE and _INTERACTIVE & set(above):
        yield f"{name} within {above[-1]}"
    allowed: Any = _WITHIN.get(name)
    for child in root:
        inner = _name(child)
        if allowed is not None and inner not in allowed:
            yield f"{inner} in {name}"
        if name in _PHRASING and inner in _BLOCKS:
            yield f"{inner} in {name}"
        yield from _contents(child, (*above, name))


def _says_something(one: Element[str], name: str) -> bool:
    """Words or a drawing; an empty head of a column is allowed, as the corner of a table has none."""
    said = "".join(one.itertext()).strip() or one.get("aria-label") or one.get("title")
    return bool(said) or name == "th" or one.find(f".//{_HTML}svg") is not None


def _name(one: Element[str]) -> str:
    return one.tag.removeprefix(_HTML) if isinstance(one.tag, str) else ""
