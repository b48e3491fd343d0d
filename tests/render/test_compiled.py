"""Compiled templates: code that is taken only where it is that of the template as it stands."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from kanban.render.compiled import Compiled

OPTIONS = {"autoescape": True}


@pytest.fixture(autouse=True)
def _bytecode_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def rendered(folder: Path, options: dict[str, bool] = OPTIONS) -> tuple[str, bool]:
    """What the template says in a new run, and whether it was compiled for that."""
    compiled: list[str] = []

    class Counting(Environment):
        def _compile(self, source: str, filename: str) -> object:
            compiled.append(filename)
            return super()._compile(source, filename)

    made = Counting(loader=FileSystemLoader(folder), bytecode_cache=Compiled(options), **options)
    return made.get_template("page.html.jinja").render(word="<a>"), bool(compiled)


def kept(folder: Path) -> Path:
    return Path(importlib.util.cache_from_source(str(folder / "page.html.jinja")))


def written(folder: Path, text: str = "{{ word }}") -> Path:
    (folder / "page.html.jinja").write_text(text)
    return folder


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    told = [rendered(written(tmp_path)) for _run in range(3)]
    assert told == [("&lt;a&gt;", True), ("&lt;a&gt;", False), ("&lt;a&gt;", False)]
    assert [file.name for file in kept(tmp_path).parent.iterdir()] == [kept(tmp_path).name]


def test_another_text_and_other_options_are_compiled_anew(tmp_path: Path) -> None:
    rendered(written(tmp_path))
    assert rendered(written(tmp_path, "{{ word }}!")) == ("&lt;a&gt;!", True)
    assert rendered(tmp_path, {"autoescape": False}) == ("<a>!", True)
    assert rendered(tmp_path, {"autoescape": False}) == ("<a>!", False)


@pytest.mark.parametrize(
    "spoil",
    [lambda data: b"", lambda data: data[:70], lambda data: data[:-1], lambda data: data[:90] + b"x" + data[91:]],
)
def test_damaged_code_is_not_run(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    rendered(written(tmp_path))
    kept(tmp_path).write_bytes(spoil(kept(tmp_path).read_bytes()))
    assert rendered(tmp_path) == ("&lt;a&gt;", True)
    assert rendered(tmp_path) == ("&lt;a&gt;", False)


def test_nothing_is_left_where_python_may_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(written(tmp_path)) == ("&lt;a&gt;", True)
    assert [file.name for file in tmp_path.iterdir()] == ["page.html.jinja"]
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept(tmp_path).parent.write_text("a file where the folder would be")
    assert rendered(tmp_path) == ("&lt;a&gt;", True)
