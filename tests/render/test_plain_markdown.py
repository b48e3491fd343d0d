"""The quick way from plain notes to HTML says what the parser says, or nothing."""

import random

import pytest

from kanban.render import markdown
from kanban.render.plain_markdown import plain_html

PARTS = (
    *("a", "Besoin confirmé, budget", "1. x", "12", "٣. x", "- ", "- b", "-", "---", "===", "### ", "# T", "#", "* c"),
    *(" ", "  ", "\n", "\n\n", "\n    d", "\u00a0", '"q"', "x:", "+ b", "\t", "http://x.fr", "…", "’", "?", "|", "&"),
    *("\r", "\x0b", "\x1c", "\u2028", "\x85", "²", "Ⅷ", "名", "\u3000", "\u200b", "_e_", "`f`", "[g](h)", "<b>", "\\"),
)
LINES = ("a", "- b", "- c", "", "", "## D", "### E", "#### F", "1. g", "- - h", "- 1. i", "é (j)", "---", "  k", "l ")


def parsed(text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as patched:
        patched.setattr(markdown, "plain_html", lambda *_asked: None)
        return str(markdown.to_html(text))


@pytest.mark.parametrize(("parts", "between"), [(PARTS, ""), (LINES, "\n")])
def test_what_is_plain_reads_as_the_parser_has_it(
    parts: tuple[str, ...], between: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(20)
    asked = {between.join(chance.choices(parts, k=chance.randint(1, 8))) for _number in range(3000)}
    plain = {text for text in asked if plain_html(text, lambda _level: 3) is not None}
    assert len(plain) > 100
    for text in sorted(plain):
        assert str(markdown.to_html(text)) == parsed(text, monkeypatch), repr(text)


def test_a_usual_note_is_plain() -> None:
    note = '### 2026-03-02 — appel\n\n- Besoin confirmé, 28 000 €.\n- Objection « prix ».\n\nRappeler "lundi".\n'
    assert plain_html(note, lambda level: level + 1) == (
        "<h4>2026-03-02 — appel</h4>\n<ul>\n<li>Besoin confirmé, 28 000 €.</li>\n<li>Objection « prix ».</li>\n</ul>\n"
        "<p>Rappeler &quot;lundi&quot;.</p>\n"
    )
