"""The cards and the rules at the time of a step, read from the step's own commit."""

from collections.abc import Mapping, Sequence

from kanban.commands.check.inputs.source import Source
from kanban.lint.steps.step import Step
from kanban.model.cards.boardfile import SIZE_CAP
from kanban.model.cards.card import Card
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig, read_config
from kanban.repository.git.objects import named_blobs, read_blobs
from kanban.repository.git.repository import Repository
from kanban.repository.read.versions import read_versions

_Rules = Mapping[str, BoardConfig]


def at_their_time(repository: Repository, source: Source, steps: Sequence[Step]) -> tuple[Mapping[str, Card], _Rules]:
    """Blob → the card as a step left it, and commit → the board's rules in it; what is not to be had is left out."""
    rules = _rules_in(repository, source, [step.commit for step in steps])
    days = {step.blob: step.day for step in steps if step.blob and _minds(rules.get(step.commit), source)}
    if repository.lacking(days):
        return {}, rules
    return read_versions(repository, source.board.config, days, {}), rules


def _minds(rules: BoardConfig | None, source: Source) -> bool:
    """Whether a column asks anything of a card that comes or goes: else no past content need be read."""
    columns = [column for config in (rules, source.board.config) if config for column in config.columns]
    return any(column.dor or column.dod for column in columns)


def _rules_in(repository: Repository, source: Source, commits: Sequence[str]) -> _Rules:
    """Commit → the rules in it. Where `board.yml` stands elsewhere, or cannot be used, there are none."""
    names = list(dict.fromkeys(commits))
    blobs = named_blobs(repository.git, [f"{commit}:{source.prefix}{BOARD_FILE}" for commit in names])
    wanted = set(filter(None, blobs)) - repository.lacking(filter(None, blobs))
    contents = read_blobs(repository.git, wanted, SIZE_CAP)
    read = {blob: read_config(data)[0] for blob, data in contents.items() if data is not None}
    found = ((commit, read.get(blob)) for commit, blob in zip(names, blobs, strict=True))
    return {commit: config for commit, config in found if config is not None}
