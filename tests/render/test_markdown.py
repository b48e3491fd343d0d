"""Card text as HTML: nothing acts, nothing leads where it should not, nothing keeps the machine busy."""

from __future__ import annotations

import html5lib
import pytest

from kanban.render.markdown import LONGEST, plain_link, to_html

ACTIVE = {"script", "iframe", "object", "embed", "style", "link", "meta", "base", "form", "input", "svg", "math", "img"}
SCHEMES = ("http://", "https://", "mailto:", "tel:", "cards/")

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe src='https://evil.example'></iframe>",
    "<style>*{display:none}</style>",
    "<!-- --><script>alert(1)</script>",
    "<div style='position:fixed'>x</div>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<form action='https://evil.example'><input name=x></form>",
    "<base href='https://evil.example'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\u0001javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](file:///etc/hosts)",
    "[x](//evil.example/x)",
    "[x](\\\\evil.example\\x)",
    "[x](blob:https://evil.example/1)",
    "[x](https:javascript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<https://example.org/?a=<script>>",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "![<script>](x)",
    "![a](b \"onerror=alert(1)\")",
    "[x](https://example.org \"' onmouseover='alert(1)\")",
    "[x](https://example.org\"onmouseover=alert(1))",
    "[<img src=x onerror=alert(1)>](https://example.org)",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "```\"><script>alert(1)</script>\nx\n```",
    "    <script>alert(1)</script>",
    "# <script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "- <script>alert(1)</script>",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "~~<script>alert(1)</script>~~",
    "**<script>**alert(1)</script>",
    "[a]: <script>\n\n[a]",
    "\\<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><script>alert(1)</script>'>",
    "<x onclick=alert(1)>",
    "<a href=javascript&colon;alert(1)>x</a>",
]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_acts(payload: str) -> None:
    html = str(to_html(payload, find_link=lambda _wanted: ""))
    tree = html5lib.parse(f"<main>{html}</main>", namespaceHTMLElements=False)
    body = next(tree.iter("main"))
    for element in body.iter():
        assert element.tag not in ACTIVE, html
        assert not {name for name in element.attrib if name.startswith("on") or name == "style"}, html
        for name in ("href", "src", "action"):
            assert element.get(name, "https://").lower().startswith(SCHEMES), html


def test_what_people_write_is_formatted() -> None:
    html = str(to_html("## Notes\n\n- **big** ~~small~~\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"))
    for part in ("<h3>Notes</h3>", "<strong>big</strong>", "<s>small</s>", "<td>2</td>"):
        assert part in html


def test_headings_begin_below_those_of_the_page_and_never_leave_six() -> None:
    html = str(to_html("# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f", first_level=2))
    assert "<h2>a</h2>" in html
    assert "<h6>f</h6>" in html


def test_links_between_cards_become_links_between_pages() -> None:
    asked = []

    def find(wanted: str) -> str:
        asked.append(wanted)
        return "cards/beta.html" if wanted.endswith("beta.md") else ""

    html = str(to_html("[b](../offre/beta.md) [n](../offre/none.md) [w](https://example.org)", find_link=find))
    assert (
        '<a href="cards/beta.html">b</a> n <a href="https://example.org" rel="noopener noreferrer nofollow">w</a>'
        in html
    )
    assert asked == ["../offre/beta.md", "../offre/none.md"]


def test_an_image_becomes_a_link_and_is_never_loaded() -> None:
    html = str(to_html("![plan](https://example.org/plan.png)"))
    assert "<img" not in html
    assert 'href="https://example.org/plan.png"' in html
    assert ">plan</a>" in html


@pytest.mark.parametrize(
    "text",
    ["[" * 60_000, "![" * 30_000, "*a" * 30_000, "> " * 30_000, "`a" * 30_000, "a" * (LONGEST + 1)],
    ids=["brackets", "images", "stars", "quotes", "code", "long"],
)
def test_what_would_keep_a_parser_busy_is_shown_as_typed(text: str) -> None:
    assert str(to_html(text)) == f"<pre>{text[:LONGEST].replace('>', '&gt;')}</pre>"


def test_lists_are_not_nested_without_end() -> None:
    assert str(to_html("- " * 30_000)).count("<ul>") <= 20


def test_a_field_s_address_is_a_link_only_when_it_may_be() -> None:
    assert str(plain_link("https://example.org/?a=1&b=2", "x")).startswith('<a href="https://example.org/?a=1&amp;b=2"')
    assert str(plain_link("javascript:alert(1)", "<b>")) == "&lt;b&gt;"
