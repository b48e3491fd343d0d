"""docs/metrics.md names what there is: every part of the document, every target, every option."""

from __future__ import annotations

from pathlib import Path

import pytest

from kanban.commands.numbers.metrics import command
from kanban.commands.setup.schema import schema_of
from kanban.metrics.baselines import METRICS
from kanban.metrics.flow.little import FEWEST_EXITS, WEEKS
from kanban.metrics.wording import definition_of, name_of

GUIDE = (Path(__file__).parent.parent.parent / "docs" / "metrics.md").read_text("utf-8")


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_that_may_have_a_target_is_named_and_defined(metric: str) -> None:
    assert f"`{metric}`" in GUIDE
    assert name_of(metric)
    assert definition_of(metric)


def test_options_of_the_verb_are_shown() -> None:
    own = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    for option in own - {"--lang", "--color", "--help"}:
        assert option in GUIDE, option


def test_the_figures_in_the_guide_are_those_of_the_code() -> None:
    assert f"up to {WEEKS} complete weeks" in GUIDE
    assert f"fewer than {FEWEST_EXITS} exits" in GUIDE


def test_the_schema_knows_every_metric() -> None:
    schema = schema_of("metrics")
    assert schema["$defs"]["TargetRecord"]["properties"]["metric"]["enum"] == list(METRICS)
