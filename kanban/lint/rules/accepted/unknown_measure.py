"""A target, a chosen metric or a threshold has a name that the product measures.

Why: a target under a name that nobody measures is never red; the team believes that it is watched.

Flags: names under `targets:`, under `rituals: metrics:` and under `diagnosis:` in board.yml that mean nothing.

Cure: take one of the names that the finding lists; French is understood where metrics are chosen.

Bad:

    == board.yml
    columns: [{key: prospects}]
    targets: {happiness: {target: 3}}

Good:

    == board.yml
    columns: [{key: prospects}]
    targets: {throughput: {target: 3}}
"""

from collections.abc import Iterator

from kanban.diagnosis.thresholds import DEFAULTS, SYMPTOM_IDS
from kanban.i18n import _
from kanban.lint.facts.boardlines import line_in_board
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, ERROR, Hits, LintContext, rule
from kanban.metrics.baselines import METRICS
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig
from kanban.model.typed.choices import read_choice


@rule("KB015", "unknown-measure", BOARD, ERROR, waivable=BOARD)
def check(context: LintContext) -> Hits:
    for setting, name, known in _unknown(context.board.config):
        line, column = line_in_board(context.board, setting, name)
        message = _("`{setting}: {name}` is nothing that is measured").format(setting=setting, name=name)
        cure = _("one of {names}").format(names=", ".join(known))
        yield Hit(BOARD_FILE, line, column, message, cure, key=setting, detail=name)


def _unknown(config: BoardConfig) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each name that means nothing, with the setting under which it stands and the names that would mean something."""
    per_column = {f"{metric}-{column.key}" for metric in METRICS for column in config.open_columns}
    for name in config.targets:
        if name not in METRICS and name not in per_column:
            yield "targets", name, METRICS
    for name in config.rituals.metrics:
        if read_choice(name, METRICS).value is None:
            yield "rituals", name, METRICS
    for name in config.diagnosis.thresholds:
        if name not in DEFAULTS:
            yield "diagnosis", name, tuple(DEFAULTS)
    for name in config.diagnosis.off:
        if name.upper() not in SYMPTOM_IDS:
            yield "diagnosis", name, SYMPTOM_IDS
