"""Charts drawn in a process of their own: begun early and asked later, and the same where that process is gone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kanban.commands.publish.drawing import DrawingProcess
from kanban.errors import KanbanError
from kanban.render.charts.base import renderer
from kanban.render.charts.base.drawing import draw

DRAWS = f"""
import sys
sys.path.insert(0, {str(Path(renderer.__file__).parents[4])!r})
from kanban.render.charts.base import renderer
def svg_of(spec, locale):
    return 1 / (spec != "dies") and f"<svg>{{spec}} {{locale}}</svg>" + "x" * 100_000
renderer.svg_of = svg_of
with open(1, "wb", closefd=False) as told:
    renderer.answer(sys.stdin.buffer, told)
"""


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DrawingProcess]:
    """It, with a quick program in place of the renderer, which tells what is drawn here by `here`."""
    folder = tmp_path_factory.mktemp("program")
    (folder / "quick_renderer.py").write_text(DRAWS)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setattr(renderer, "__name__", "quick_renderer")
    monkeypatch.setattr(renderer, "svg_of", lambda spec, locale: f"here {spec} {locale}")
    made = DrawingProcess()
    yield made
    made.close()


def test_what_was_begun_is_there_when_it_is_asked(process: DrawingProcess) -> None:
    many = [(f"chart {at} {'y' * 100_000}", "fr-FR") for at in range(20)]  # more than pipes hold, both ways
    process.begin(many)
    process.begin([("late", "en-US")])
    drawn = [process(*asked) for asked in (*reversed(many), ("late", "en-US"), ("never begun", "en-US"))]
    wanted = [f"<svg>{spec} {locale}</svg>" for spec, locale in reversed(many)]
    assert [one.rstrip("x") for one in drawn] == [
        *wanted, "<svg>late en-US</svg>", "<svg>never begun en-US</svg>",
    ]  # fmt: skip


def test_a_process_that_ends_leaves_the_drawing_to_this_one(process: DrawingProcess) -> None:
    process.begin([("a", "en-US"), ("dies", "en-US"), ("b", "en-US")])
    assert process("b", "en-US") == "here b en-US"
    assert process("a", "en-US").rstrip("x") == "<svg>a en-US</svg>"
    assert process("c", "en-US").rstrip("x") == "<svg>c en-US</svg>"


def test_what_another_asked_who_is_gone_is_taken_for_nobody_elses(process: DrawingProcess) -> None:
    process.start()
    other = os.fork()
    if not other:
        process.begin([("theirs", "en-US")])
        os._exit(0)
    os.waitpid(other, 0)
    assert process("ours", "en-US") == "here ours en-US"


def test_drawings_begin_before_they_are_drawn() -> None:
    pytest.importorskip("vl_convert")
    spec = json.dumps({"mark": "bar", "data": {"values": []}})
    process = DrawingProcess()
    process.begin([(spec, "en-US")])
    assert process(spec, "en-US") == renderer.svg_of(spec, "en-US")
    process.close()


def test_a_renderer_that_cannot_be_loaded_is_told() -> None:
    """As where there is too little memory for it: the library is found, and does not load."""

    def damaged(_spec: str, _locale: str) -> str:
        raise ImportError("failed to map segment from shared object")

    with pytest.raises(KanbanError, match="what draws charts cannot be loaded: failed to map") as told:
        draw({"mark": "bar"}, "", {}, damaged)
    assert "pip install --force-reinstall vl-convert-python" in told.value.cure
