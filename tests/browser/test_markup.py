"""Every page of the demonstration is valid HTML, by a strict parser and by what a parser does not look at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.markup import faults
from tests.browser.validators import complaints, html_validate, vnu

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


def test_the_usual_validators_find_nothing_either(site: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Where vnu or html-validate is installed: in the suite one page of each kind, in a sweep all."""
    if not vnu() and not html_validate():
        pytest.skip("neither vnu nor html-validate here: npm install vnu-jar html-validate, or name the jar in VNU_JAR")
    files = sorted(site.rglob("*.html"))
    if not request.config.getoption("--sweep"):
        files = list({body(file): file for file in files}.values())
        assert len(files) > 12
    assert list(complaints(files, tmp_path)) == []


def body(file: Path) -> str:
    """The kind of a page."""
    found = re.search(r'<body class="([^"]*)"', file.read_text(encoding="utf-8"))
    return found[1] if found else ""


MOST = {
    "index.html": 84_500,
    "metrics.html": 360_000,
    "meetings/daily.html": 46_800,
    "archive.html": 40_300,
    "cards/acme-sso.html": 48_100,
    "print/poster-a3.html": 57_200,
}
"""Page → bytes with all it loads: 1.3 times what it was before the site had anything to ask of it (benchmarks/pages.py)."""


def test_pages_stay_light(site: Path) -> None:
    for name, most in MOST.items():
        page = site / name
        asked = re.findall(r'<(?:script src|link rel="(?:stylesheet|icon)" href)="([^"]+)"', page.read_text("utf-8"))
        assert len(asked) > 2
        assert sum(file.stat().st_size for file in {page, *((page.parent / one).resolve() for one in asked)}) <= most, (
            name
        )
    assert sum(file.stat().st_size for file in site.rglob("*") if file.is_file()) < 1.3 * 1_562_000
