"""What is plain front matter and no card: text stays text, places are the file's, and nothing raises."""

from __future__ import annotations

from datetime import date

import pytest

from kanban.model.text.front.front_matter import read_front_matter, write_front_matter


@pytest.mark.parametrize(
    ("data", "values", "body", "body_line", "problem"),
    [
        (b"---\nkind: mail\nn: 012\n---\n\nHello\n", {"kind": "mail", "n": "012"}, "Hello", 6, None),
        (b"\n\n---\n\nkind: no\n---\nHi\nyou\n\n", {"kind": "no"}, "Hi\nyou", 7, None),
        (b"\xef\xbb\xbf---\r\nat: 12:30\r\n---\r\nHi\r\n", {"at": "12:30"}, "Hi", 4, None),
        (b"---\na: ~\nb: null\nc:\nd: '~'\n---\n", {"a": "", "b": "", "c": "", "d": "~"}, "", 6, None),
        (b"---\ncontent: c\nhandler: h\n---\nx", {"content": "c", "handler": "h"}, "x", 5, None),
        (b"---\na: 1\na: 2\nb: 3\n---\nx\n", {"a": "1", "b": "3"}, "x", 6, (3, "yaml-duplicate-key")),
        (b"---\na: [1\n---\nx\n", {}, "x", 4, (2, "yaml-syntax")),
        (b"---\na: &x 1\n---\nx\n", {}, "x", 4, (2, "yaml-alias")),
        (b"just text\n---\na: 1\n---\n", {}, "just text\n---\na: 1\n---", 1, (1, "no-front-matter")),
        (b"---\na: 1\n", {}, "---\na: 1", 1, (1, "no-front-matter")),
        (b"", {}, "", 1, (1, "no-front-matter")),
        (b"---\na: \xff\n---\nx\n", {"a": "\ufffd"}, "x", 4, (2, "not-utf8")),
    ],
)
def test_read(data: bytes, values: dict[str, str], body: str, body_line: int, problem: tuple[int, str] | None) -> None:
    read = read_front_matter(data)
    assert {key: read.text(key) for key in values} == values
    assert (read.body.replace("\r\n", "\n"), read.body_line) == (body, body_line)
    assert (read.problem and (read.problem.line, read.problem.code)) == problem


def test_lines_are_those_of_the_file() -> None:
    read = read_front_matter(b"\n---\n\nkind: mail\nsubject: |\n  two\n  lines\nlast: 1\n---\nx\n")
    assert [read.line(key) for key in ("kind", "subject", "last", "absent")] == [4, 5, 8, 1]


def test_written_and_read_again() -> None:
    values: dict[str, str | int | date] = {
        "title": "no",
        "rule": "Relancer : deux « points », # et 'guillemets' " + "longs " * 40,
        "start": date(2025, 6, 2),
        "weeks": 2,
        "code": "012",
    }
    data = write_front_matter(values, "why")
    assert data.startswith(b"---\ntitle: 'no'\nrule: ")
    assert data.endswith(b"\nstart: 2025-06-02\nweeks: 2\ncode: '012'\n---\n\nwhy\n")
    assert data.count(b"\n") == 9
    read = read_front_matter(data)
    assert {key: read.text(key) for key in values} == {key: str(value).strip() for key, value in values.items()}
    assert read.body == "why"
