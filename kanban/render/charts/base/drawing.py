"""Specifications to SVG, in one place: lazily, the same bytes for the same figures, links led to the site's pages.

What the renderer writes for its own bookkeeping (roles of groups, hidden labels, fifteen decimals) is taken out; what
a reader needs stays: a link on each mark that is a card, with the card's words as its name, and on other marks what
they say, shown where one points at them.
"""

import re
import shlex
import sys
from collections.abc import Iterable, MutableMapping
from importlib.util import find_spec
from itertools import groupby
from json import dumps

from markupsafe import Markup

from kanban.errors import KanbanError
from kanban.i18n import _, current_language
from kanban.render.charts.base.chart import LINK, Spec
from kanban.render.charts.base.renderer import VEGA_LITE, Asked, EarlyRenderer, Renderer, svg_of
from kanban.render.plan import digest, installed

_LOCALES = {"fr": "fr-FR", "en": "en-US"}
_TAG = re.compile(r"<[^<>]*>")
_LABEL = re.compile(r'(<a [^>]*>)(<[a-z]+ [^>]*?)aria-label="([^"]*)"')
_SAID = re.compile(r'(<path [^>]*?)aria-label="([^"]*)"([^>]*?)/>')
_DAY = re.compile(r"<title>(\d{4}-\d\d-\d\d)\|")
_BOOKKEEPING = re.compile(
    r' (?:role|aria-hidden|aria-roledescription|pointer-events|font-family|stroke-miterlimit)="[^"]*"'
    r'| (?:class)="mark-[^"]*"| opacity="1"| transform="translate\(0,0\)"| (?= )'
)
_DECIMALS = re.compile(r"(\.\d)\d+")
_NOTHING = re.compile(
    r'<path class="(?:background|foreground)"[^>]*/>|<text [^>]*opacity="0"[^>]*>[^<]*</text>|<g>(?:<g>)*(?:</g>)*</g>'
)
_LEVEL = re.compile(r"([ML][-\d.]+,([-\d.]+))(?:L[-\d.]+,\2(?![\d.]))+(?=L[-\d.]+,\2(?![\d.]))")
"""Points between the ends of a level stretch, of which the foot of an area is made."""
_GROUP = re.compile(r"<g(?: [^>]*)?>|</g>")
_CIRCLE = re.compile(
    r'transform="translate\(([-\d.]+),([-\d.]+)\)" d="M([\d.]+),0A\3,\3,0,1,1,-\3,0A\3,\3,0,1,1,\3,0Z?"'
)
_PLACED = re.compile(r'(<text [^>]*?)transform="translate\(([-\d.]+),([-\d.]+)\)"(?=[^>]*>[^<]*</text>)')
"""A text of one line: the lines of others are placed from where it was moved."""
_SHAPE = r"<(?P<kind{0}>path|line|text)(?: [^>]*)?(?:/>|>(?:<title[^>]*>[^<]*</title>|[^<]*)</(?P=kind{0})>)"
_UNIT = re.compile(rf"<a [^>]*>(?:<title[^>]*>[^<]*</title>)?{_SHAPE.format(1)}</a>|{_SHAPE.format(2)}")
_RUN = re.compile(rf"(?:{_UNIT.pattern.replace('kind', 'run')}){{2,}}")
_STYLED = re.compile(r"<(?:path|line|text)(?: [^>]*)?>")
_STYLE = re.compile(
    r' (?:fill|stroke|stroke-width|stroke-dasharray|(?:fill|stroke)-opacity|font-(?:size|weight)|text-anchor)="[^"]*"'
)
_OPENING = re.compile(r"<svg [^>]*viewBox=\"(0 0 ([\d.]+) [\d.]+)\"[^>]*>")


def can_draw() -> bool:
    """Whether the renderer is installed (extra `charts`)."""
    return find_spec("vl_convert") is not None


def draw(
    spec: Spec, root: str, known: MutableMapping[str, str] | None = None, renderer: Renderer | None = None
) -> Markup:
    """The chart as an SVG element. `root` leads from the page to the site's top.

    `known` keeps drawings for the next time, by a digest of the specification and of what draws it.
    """
    renderer = renderer or svg_of
    asked = _asked(spec)
    if known is None:
        drawn = _drawn(asked, renderer)
    else:
        key = _key(asked)
        drawn = known.get(key) or known.setdefault(key, _drawn(asked, renderer))
    return Markup(drawn.replace(LINK, root))  # noqa: S704 - written by the renderer, which escapes every text


def _drawn(asked: Asked, renderer: Renderer) -> str:
    """Raises KanbanError where the renderer is there and cannot be loaded: damaged, or too little memory for it."""
    try:
        return tidied(renderer(*asked))
    except ImportError as error:
        raise KanbanError(
            _("what draws charts cannot be loaded: {reason}").format(reason=error),
            cure=f"`{shlex.quote(sys.executable)} -m pip install --force-reinstall vl-convert-python`",
        ) from error


def begin(specs: Iterable[Spec], known: MutableMapping[str, str], renderer: EarlyRenderer) -> None:
    """Have those begun that are not known: each of them will be asked of `draw`."""
    wanted = {key: asked for asked in map(_asked, specs) if (key := _key(asked)) not in known}
    if wanted:
        renderer.begin(list(wanted.values()))


def _asked(spec: Spec) -> Asked:
    return dumps(spec, sort_keys=True), _LOCALES[current_language()]


def _key(asked: Asked) -> str:
    text, locale = asked
    return f"drawing {digest(installed('vl_convert', 'vl-convert-python'), VEGA_LITE, locale, text)}"


def tidied(svg: str) -> str:
    """The renderer's SVG as it goes into a page."""
    svg = _NOTHING.sub("", svg)
    svg = _LABEL.sub(r"\1<title>\3</title>\2", svg)
    svg = _DAY.sub(r'<title data-day="\1">', _SAID.sub(r"\1\3><title>\2</title></path>", svg))
    svg = _LEVEL.sub(r"\1", _TAG.sub(lambda tag: _tidy_tag(tag[0]), svg))
    svg = _RUN.sub(lambda run: _said_once(run[0]), _unwrapped(_CIRCLE.sub(_circle, svg)))
    return _OPENING.sub(r'<svg viewBox="\1" width="\2" preserveAspectRatio="xMinYMin meet">', svg, count=1)


def _tidy_tag(tag: str) -> str:
    """One tag without bookkeeping and idle decimals; addresses stay as they are."""
    tag = _BOOKKEEPING.sub("", tag)
    if tag.startswith("<a "):
        return tag.replace(" xlink:href=", " href=")
    if (' fill="' in tag) != (' stroke="' in tag):  # of a mark with one paint, its opacity is that of the paint
        tag = tag.replace(' opacity="', ' fill-opacity="' if ' fill="' in tag else ' stroke-opacity="')
    return _DECIMALS.sub(r"\1", re.sub(r' aria-label="[^"]*"', "", tag))


def _circle(found: re.Match[str]) -> str:
    """A circle where it stands, instead of one about nothing that is moved there."""
    x, y, radius = found.groups()
    turn, across = f"a{radius},{radius},0,1,1", f"{2 * float(radius):g}"
    return f'd="M{x},{y}m{radius},0{turn}-{across},0{turn},{across},0"'


def _unwrapped(svg: str) -> str:
    """Without the groups that say nothing of what they hold."""
    kept: list[bool] = []

    def told(tag: re.Match[str]) -> str:
        if tag[0] != "</g>":
            kept.append(tag[0] != "<g>")
            return tag[0] if kept[-1] else ""
        return tag[0] if kept.pop() else ""

    return _PLACED.sub(r'\1x="\2" y="\3"', _GROUP.sub(told, svg))


def _said_once(run: str) -> str:
    """Neighbours of one look: a group says it, not each of them."""
    told = []
    for style, group in groupby((one[0] for one in _UNIT.finditer(run)), key=_style_of):
        units = list(group)
        if len(units) > 1 and style:
            units = [_STYLED.sub(lambda tag: _STYLE.sub("", tag[0]), one, count=1) for one in units]
            told.append(f"<g{style}>{''.join(units)}</g>")
        else:
            told += units
    return "".join(told)


def _style_of(unit: str) -> str:
    found = _STYLED.search(unit)
    return "".join(sorted(_STYLE.findall(found[0]))) if found else ""
