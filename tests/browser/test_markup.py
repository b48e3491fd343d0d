"""Every page of the demonstration is valid HTML, by a strict parser and by what a parser does not look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.markup import faults

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGE = '<!doctype html><html lang="en"><head><title>t</title></head><body><h1>One</h1>{}</body></html>'
FAULTY = [
    ("<p>a<p>b</p>", []),
    ("<ul><li>a</ul>", []),
    ("<div><p>a</div></p>", ["unexpected-end-tag"]),
    ("<b>a<i>b</b></i>", ["adoption-agency"]),
    ('<h2 id="a">a</h2><h2 id="a">b</h2>', ["id 'a' stands 2 times"]),
    ("<h3>a</h3>", ["headings skip a level"]),
    ("<h1>a</h1>", ["2 headings of the first level"]),
    ('<p aria-labelledby="x">a</p>', ["aria-labelledby leads nowhere: x"]),
    ('<a href="#x">a</a>', ["#x leads nowhere"]),
    ('<a href="#q=x">a</a>', []),
    ("<p style='color: red'>a</p>", ["style or a script"]),
    ("<p onclick='x()'>a</p>", ["style or a script"]),
    ('<time datetime="5 Oct">a</time>', ["time says"]),
    ('<time datetime="2026-10-05T10:00:00+02:00">a</time>', []),
    ("<time>tomorrow</time>", ["time says"]),
    ("<ul><div>a</div></ul>", ["div in ul"]),
    ("<h2><div>a</div></h2>", ["div in h2"]),
    ('<a href="x"><button type="button">a</button></a>', ["button within a"]),
    ("<button>a</button>", ["button without type"]),
    ('<a href="x"></a>', ["a without words"]),
    ("<input>", ["input without a label"]),
    ("<label>a<input></label>", []),
]


@pytest.mark.parametrize(("body", "said"), FAULTY)
def test_the_validator_sees(body: str, said: list[str]) -> None:
    found = faults(PAGE.format(body))
    assert len(found) == 0 if not said else all(any(one in fault for fault in found) for one in said), found


def test_every_page_is_valid(site: Path, request: pytest.FixtureRequest) -> None:
    """Of the pages of cards one in six, and each whose card was broken; a sweep reads all."""
    files = sorted(site.rglob("*.html"))
    if not request.config.getoption("--sweep"):
        broken = {site / "cards" / f"{name}.html" for name in ("casse", "hostile", "sans-suite", "optique-rivadel")}
        cards = [file for file in files if file.parent.name == "cards"]
        files = [file for file in files if file not in cards] + sorted({*cards[::6], *broken})
    found = [f"{file.name}: {fault}" for file in files for fault in faults(file.read_text(encoding="utf-8"))]
    assert len(files) > 50
    assert found == []
