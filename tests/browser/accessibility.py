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
_COLOURS = """() => Array.from(document.querySelectorAll("*"), one => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    return [style.color, style.fill, style.backgroundColor, style.backgroundImage, style.textShadow, style.opacity,
        style.visibility, style.fontSize, style.fontWeight, style.position, style.zIndex, style.clipPath,
        box.width > 0 && box.height > 0];
}).join(";")"""
"""What contrast hangs on: a width at which all of it is as at another is not asked again."""

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
        found.extend(f"{one} {look or ''}".strip() for one in page.evaluate(_RUN, rules))

    _set(page, looks[0] if looks else None)
    ask(looks[0] if looks else None, rules={_CONTRAST: {"enabled": False}})
    page.evaluate(_ONE_OF_A_KIND)
    seen = set[str]()
    for look in looks or (None,):
        _set(page, look)
        fresh = (colours := page.evaluate(_COLOURS)) not in seen
        seen.add(colours)
        asked = [*([_CONTRAST] if fresh else ()), *(_PLACES if look and look[1] == "light" else ())]
        if asked:
            ask(look, runOnly=asked)
    return found


def _set(page: Page, look: Look | None) -> None:
    if look is not None:
        page.set_viewport_size({"width": look[0], "height": 900})
        page.emulate_media(color_scheme=look[1])
