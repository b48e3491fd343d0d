"""axe on a page: all its rules on the whole page, contrast and targets on each kind of thing that stands there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Page

Look = tuple[int, Literal["light", "dark"]]
"""A width in pixels, and a scheme."""

_RUN = """async options => {
    const found = (await axe.run({ resultTypes: ["violations"], preload: false, ...options })).violations;
    return found.filter(one => ["serious", "critical"].includes(one.impact))
        .map(one => `${one.id} ${one.nodes.slice(0, 3).map(node => node.target).join(" ")}`);
}"""
_ONE_OF_A_KIND = """() => {
    /* Contrast hangs on tag, class and structure, never on the words: of what is alike and stands alike, two stay. */
    const named = one => one.tagName + "." + one.getAttribute("class");
    const look = one => named(one) + "(" + Array.from(new Set(Array.from(one.children, look))).sort() + ")";
    const seen = {};
    const thin = (parent, path) => Array.from(parent.children).forEach(child => {
        const key = path + ">" + look(child);
        seen[key] = (seen[key] || 0) + 1;
        if (seen[key] > 2) child.remove();
        else thin(child, path + ">" + named(child));
    });
    document.querySelectorAll("main").forEach(main => thin(main, ""));
}"""


_CONTRAST = "color-contrast"
_PLACES = ("target-size", "scrollable-region-focusable")
"""What hangs on the width alone: asked once a width. What hangs on neither is asked once a page."""


@cache
def _axe() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, looks: Sequence[Look] = ()) -> list[str]:
    """What is serious or critical on the page, with the first places; at each width and in each scheme of `looks`, else as
    it stands. The page is of no use afterwards."""
    page.evaluate(_axe())
    found: list[str] = []

    def ask(look: Look | None, **rules: object) -> None:
        if look is not None:
            page.set_viewport_size({"width": look[0], "height": 900})
            page.emulate_media(color_scheme=look[1])
        found.extend(f"{one} {look or ''}".strip() for one in page.evaluate(_RUN, rules))

    ask(looks[0] if looks else None, rules={_CONTRAST: {"enabled": False}})
    page.evaluate(_ONE_OF_A_KIND)
    for look in looks or (None,):
        ask(look, runOnly=[_CONTRAST, *(_PLACES if look and look[1] == "light" else ())])
    return found
