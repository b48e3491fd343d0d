"""One table of hostile texts, in every place of a page, through every writer."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kanban.paper.html import html
from kanban.paper.markdown import markdown
from kanban.paper.page import Command, Entry, Page, Section, Sentence, Styled, rows_of
from kanban.paper.plain import one_line, safe
from kanban.paper.text import plain, text
from tests.paper.hostile import HOSTILE
from tests.paper.readers import check_characters, check_markdown, code_in, skeleton, tags_of, text_of, words_of


def agenda(said: str) -> Page:
    """A page with the text in each place of an agenda."""
    entry = Entry(said, said, (said, Styled(said, "dim")), said, "red")
    sections = (
        Section("entries", said, (entry, Entry(said), Entry("x", "", (said,))), note=said),
        Section("empty", "Empty", empty=said, to_settle=False),
        Section("known", "Known", (Entry(said), Entry(said, light="green")), to_settle=False),
        Section("text", "Text", text=f"{said}\n{said}"),
        Section("after", "After", (Entry(said, command=said),), text=said),
    )
    return Page(said, said, sections)


def report(said: str) -> Page:
    """A page with the text in each place of a report."""
    sentence = Sentence(said.replace("`", "'"))
    typed = re.sub(r"\\+\|", "|", said)  # with a backslash before a bar it is no code in a table, see below
    table = rows_of([(said, "x", said), ("", said, Styled(said, "dim")), ("x", Command(typed), sentence)])
    items = rows_of([(said,), ("→", said), ("", said), (said, Command(said)), (f"{said} {said}",)])
    sections = (
        Section("table", said, head=("", said, "x"), rows=table, left_out=3),
        Section("list", "List", rows=items, sums=True),
        Section("folded", said, head=("a", "b", said), rows=table, folded=True, detail=True),
        Section("untitled", rows=items),
    )
    return Page(said, said, sections, verdict=said, note=said, foot=said, marker=f"kanban-diff: {said}")


PLAIN = "harmless"


def bones(told: str) -> list[str]:
    """What a page of Markdown is made of, without the words that stand in a hidden comment or in a summary."""
    return [re.sub("<!-- .* -->|<summary>.*</summary>", "", line) for line in skeleton(told)]


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("page", [agenda, report], ids=["agenda", "report"])
class TestWriters:
    """A hostile text makes the page that a harmless one makes."""

    def test_markdown(self, page: type, said: str) -> None:
        told = markdown(page(said))
        check_markdown(told)
        assert bones(told) == bones(markdown(page(PLAIN)))

    def test_markdown_reads_as_it_was_written(self, page: type, said: str) -> None:
        seen = words_of(markdown(Page(said, said, (Section("a", "A", (Entry(said),)),))))
        assert seen.replace("\u200b", "").count(one_line(said).strip()) == 3

    def test_html(self, page: type, said: str) -> None:
        told = html(page(said))
        assert tags_of(told) == tags_of(html(page(PLAIN)))
        assert one_line(said).strip() in text_of(told)

    def test_text(self, page: type, said: str) -> None:
        for width in (None, 60):
            told = text(page(said), plain, width)
            check_characters(told)
            painted = text(page(said), lambda words, style: f"<{style}>{words}</{style}>" if style else words, width)
            assert re.sub(r"</?(?:title|section|strong|dim|red|green)>", "", painted) == re.sub(
                r"</?(?:title|section|strong|dim|red|green)>", "", told
            )


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("kanban note acme --on +2d", "`kanban note acme --on +2d`"),
        ('kanban set acme next_action="call @zoe about #12"', '`kanban set acme next_action="call @zoe about #12"`'),
        ("echo `date`", "`` echo `date` ``"),
        ("`", "`` ` ``"),
        ("a ``` b", "````a ``` b````"),
        ("two\nlines", "`two lines`"),
        ("", ""),
    ],
)
def test_what_is_to_be_typed_can_be_copied(typed: str, written: str) -> None:
    told = markdown(Page(sections=(Section("a", rows=rows_of([(Command(typed),)])),)))
    assert told == f"- {written}".rstrip() + "\n"
    assert code_in(told) == ([one_line(typed)] if typed else [])


@pytest.mark.parametrize(
    ("typed", "copied"), [("a | b", ["a | b"]), ("a `|` b", ["a `|` b"]), (r"a \| b", []), ("a || b", ["a || b"])]
)
def test_a_bar_in_a_command_breaks_no_table(typed: str, copied: list[str]) -> None:
    told = markdown(Page(sections=(Section("a", head=("x", "y"), rows=rows_of([(Command(typed), "z")])),)))
    assert code_in(told) == copied
    assert words_of(told) == "xyz" if copied else "xya \\| bz"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("`kanban park acme`, or `kanban win acme`", "`kanban park acme`, or `kanban win acme`"),
        ("call @zoe with `kanban note`", "call @\u200bzoe with `kanban note`"),
        ("one ` alone", "one \\` alone"),
    ],
)
def test_a_sentence_marks_what_is_to_be_typed(sentence: str, told: str) -> None:
    assert markdown(Page(sections=(Section("a", rows=rows_of([(Sentence(sentence),)])),))) == f"- {told}\n"


def test_a_cut_page_is_as_harmless() -> None:
    long = replace(report("@zoe | <b> `x"), sections=report("@zoe | <b> `x").sections * 200)
    for budget in (400, 2000, 20_000):
        check_markdown(markdown(long, budget))


@pytest.mark.parametrize(
    ("said", "line", "lines"),
    [
        ("a\tb\r\nc", "a b  c", "a\\u0009b\\u000d\nc"),
        ("a\u2028b\u2029c", "a b c", "a\\u2028b\\u2029c"),
        ("\x1b[31m\x9b\u202e", "\\u001b[31m\\u009b\\u202e", "\\u001b[31m\\u009b\\u202e"),
        ("no\u202fbreak\u00a0é \U0001f468\u200d\U0001f469", "no\u202fbreak\u00a0é \U0001f468\u200d\U0001f469", None),
    ],
)
def test_what_steers_or_hides_is_told_by_its_number(said: str, line: str, lines: str | None) -> None:
    assert (one_line(said), safe(said)) == (line, lines or line)
