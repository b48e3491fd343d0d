"""A script shows fields and nothing else; what it cannot resolve is named with card, field and line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban.errors import KanbanError
from kanban.model.cards.card import Card
from kanban.scripts.filling import UnresolvedField, fill
from kanban.scripts.script import read_script
from kanban.scripts.values import Value

CARD = Card("acme-sso", "rdv", "rdv/acme-sso.md", "SSO")


def filled(body: str, subject: str = "s", **values: Value) -> str:
    data = f"---\nkind: mail\ntitle: t\nsubject: '{subject}'\n---\n{body}".encode()
    return fill(read_script("mine", data, "scripts/mine.md", own=True), CARD, values).text


def test_fields_lists_and_questions() -> None:
    body = (
        "{% for one in points %}{{ loop.index }}. {{ one | sentence }}\n{% endfor %}{% if x is defined %}x{% endif %}"
    )
    assert filled(body + "{{ points | listed }}", points=("a", "bC", "d")) == "1. A\n2. BC\n3. D\na, bC and d\n"


@pytest.mark.parametrize(
    ("body", "field", "line"),
    [
        ("{{ greeting }}", "greeting", 6),
        ("one\n\n{{ offer_day }}\n", "offer_day", 8),
        ("{% for one in points %}\n{{ one }}\n{% endfor %}", "points", 6),
        ("{% if video_link %}x{% endif %}", "video_link", 6),
        ("a\n{{ roi | upper }}", "roi", 7),
    ],
)
def test_an_unresolved_field_is_named_never_blank(body: str, field: str, line: int) -> None:
    with pytest.raises(UnresolvedField) as caught:
        filled(body)
    assert caught.value.where == f"scripts/mine.md:{line}"
    assert (caught.value.field, caught.value.card) == (field, "acme-sso")
    assert f"`{field}`" in caught.value.message
    assert "rdv/acme-sso.md" in caught.value.message


def test_an_unresolved_field_of_the_subject_has_the_subjects_line() -> None:
    with pytest.raises(UnresolvedField) as caught:
        filled("x", subject="Our offer of {{ offer_day }}")
    assert caught.value.where == "scripts/mine.md:4"


def test_a_default_is_used_only_where_it_is_written() -> None:
    assert filled("{{ slot | default('any day') }}") == "any day\n"


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ greeting.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__ }}",
        "{{ range(99999999) | join }}",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% for a in points %}{% for b in points %}x{% endfor %}{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% macro m() %}{{ m() }}{% endmacro %}",
        "{% set x = 1 %}{{ x }}",
        "{{ points | map(attribute='__class__') | list }}",
        "{{ points | attr('__class__') }}",
        "{{ points['__class__'] }}",
        "{% filter upper %}x{% endfilter %}",
        "{{ '%s' | format(points) }}",
        "{{ namespace }}" + "{{ joiner() }}",
        "{% call x() %}{% endcall %}",
    ],
)
def test_a_script_cannot_run_code_or_grow(body: str) -> None:
    with pytest.raises(KanbanError) as caught:
        filled(body, points=("a",), greeting="x")
    assert caught.value.where.startswith("scripts/mine.md:")


@pytest.mark.parametrize(
    "body",
    [
        "{{ " + "(" * 5000 + "a" + ")" * 5000 + " }}",
        "{{ a" + " | trim" * 6000 + " }}",
        "{% if " + " and ".join(["a"] * 6000) + " %}x{% endif %}",
        "{% if a %}x" + "{% elif a %}y" * 5000 + "{% endif %}",
        "{{ " + "9" * 5000 + " }}",
        "{{ a | join(a) | join(a) }}",
        "{{ a | join(a) }}",
        "{{ 'xxxx' | join('" + "y" * 50 + "') }}",
        "{{ a | join(d='" + "y" * 5000 + "') }}",
        "{{ a }}" * 2000,
        "{% for one in a %}{{ a }}{% endfor %}",
    ],
    ids=["brackets", "filters", "ands", "elifs", "a number", "joins", "a join by a field", "a join of a text",
         "a join by a name", "the same again", "a loop over signs"],
)  # fmt: skip
def test_a_script_that_grows_or_is_nested_without_end_is_refused(body: str) -> None:
    with pytest.raises(KanbanError, match="mine") as caught:
        filled(body, a="y" * 2000, points=("b", "c"))
    assert caught.value.where == "scripts/mine.md:6"


def test_a_list_is_joined() -> None:
    assert filled("{{ points | join(' / ') }}", points=("b", "c")) == "b / c\n"


@settings(deadline=None)
@given(st.text(max_size=60))
def test_what_a_field_holds_is_never_read_as_a_script(value: str) -> None:
    assert filled("[{{ note }}]", note="{{ 7 * 7 }}" + value.replace("\n", " ")).startswith("[{{ 7 * 7 }}")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("no front matter", "scripts/mine.md:1"),
        ("---\nkind: letter\nsubject: x\n---\n", "scripts/mine.md:2"),
        ("---\nkind: mail\n---\nx", "scripts/mine.md:1"),
        ("---\nkind: mail\nsubject: x\n---\na\n{{ oops\n", "scripts/mine.md:6"),
    ],
)
def test_a_broken_script_says_where(text: str, where: str) -> None:
    with pytest.raises(KanbanError) as caught:
        fill(read_script("mine", text.encode(), "scripts/mine.md", own=True), CARD, {})
    assert caught.value.where == where
