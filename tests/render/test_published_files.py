"""What is published is what stands in the package, in fewer bytes: sheets, scripts, drawings."""

from __future__ import annotations

import re

import pytest

from kanban.render.charts.base.drawing import tidied
from kanban.render.environment import spare, static_file, static_text
from kanban.render.site import STATIC

CSS = [
    ("a { color: red; }", "a{color:red}"),
    ("/* why */\na, b > c { margin: 0 auto }", "a,b > c{margin:0 auto}"),
    ('a::before { content: ": a;  /* b"; }', 'a::before{content:": a;  /* b"}'),
    ("a :is(b, c) { width: calc(1px + 2px); }", "a :is(b,c){width:calc(1px + 2px)}"),
    (
        "@media (min-width: 2px) and (pointer: coarse) {\n  a { top: 0; }\n}",
        "@media (min-width:2px) and (pointer:coarse){a{top:0}\n}",
    ),
]


@pytest.mark.parametrize(("written", "published"), CSS)
def test_a_sheet_says_the_same_in_fewer_bytes(written: str, published: str) -> None:
    assert spare(written).strip() == published


@pytest.mark.parametrize("name", [name for name in STATIC if name.endswith((".css", ".js"))])
def test_what_is_published_has_no_remarks_and_every_rule(name: str) -> None:
    text, published = static_text(name), static_file(name).decode("utf-8")
    assert len(published) < len(text) or name.startswith("print-")
    bare = re.sub(r'"[^"]*"', "", re.sub(r"/\*.*?\*/", "", text, flags=re.S))
    assert published.count("{") == bare.count("{") + published.count('"{')
    assert not re.search(r"^\s*/\*", published, re.M)


DRAWN = (
    '<svg class="marks" viewBox="0 0 10 10"><g><g><g>'
    '<path d="M0,0h4" fill="red" opacity="0.8"/><path d="M1,0h4" fill="red" opacity="0.8"/><path d="M2,0h4" fill="blue"/>'
    '<path transform="translate(5,6.25)" d="M3,0A3,3,0,1,1,-3,0A3,3,0,1,1,3,0" stroke="red" opacity="0.5"/>'
    '<text transform="translate(1,2)" fill="red">a</text><text transform="translate(3,4)"><tspan x="0">b</tspan></text>'
    "</g></g></g></svg>"
)


def test_a_drawing_says_once_what_its_marks_share_and_draws_the_same() -> None:
    assert tidied(DRAWN) == (
        '<svg viewBox="0 0 10 10" width="10" preserveAspectRatio="xMinYMin meet">'
        '<g fill-opacity="0.8" fill="red"><path d="M0,0h4"/><path d="M1,0h4"/></g><path d="M2,0h4" fill="blue"/>'
        '<path d="M5,6.2m3,0a3,3,0,1,1-6,0a3,3,0,1,1,6,0" stroke="red" stroke-opacity="0.5"/>'
        '<text x="1" y="2" fill="red">a</text><text transform="translate(3,4)"><tspan x="0">b</tspan></text></svg>'
    )
