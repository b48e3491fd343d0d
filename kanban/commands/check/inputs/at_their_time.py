"""The cards, the rules and the pull stop at the time of a step, read from the step's own commit and its parent."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from kanban.commands.check.inputs.source import Source
from kanban.lint.steps.step import Step
from kanban.model.cards.assembly import layout_of
from kanban.model.cards.boardfile import SIZE_CAP
from kanban.model.cards.card import Card
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig, read_config
from kanban.pull.nextaction import Lacking
from kanban.repository.git.objects import named_blobs, read_blobs
from kanban.repository.git.rawlog import read_differences
from kanban.repository.git.repository import Repository
from kanban.repository.read.pushed_commits import parents_of
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


def lacking_then(
    repository: Repository, source: Source, steps: Sequence[Step], rules: _Rules
) -> Mapping[str, tuple[Lacking, Lacking]]:
    """Commit → the open cards without a dated next action before it, in its first parent, and after it.

    Of commits that moved a card where a board minds. From one commit to the next git tells what differs, so that a
    card is looked at once for each of its versions.
    """
    boards = (source.board.config, *(() if source.base is None else (source.base.config,)), *rules.values())
    commits = list(dict.fromkeys(step.commit for step in steps if step.commit and step.source and step.target))
    parents = parents_of(repository, commits) if any(one.policies.pull_stop != "off" for one in boards) else {}
    way = [one for commit in commits if commit in parents for one in (parents[commit], commit)]
    if not way:
        return {}
    pairs = [(new, old) for old, new in pairwise(way) if new != old]
    start = {entry.path: entry.blob for entry in repository.ls_tree(way[0], source.prefix) if entry.mode[:3] == "100"}
    changes = list(read_differences(repository.git, pairs, source.prefix.rstrip("/")))
    stand = _Standing(source)
    if not stand.learns(repository, [*start.items(), *((one.path, one.after) for some in changes for one in some)]):
        return {}
    for path, blob in start.items():
        stand.put(path, blob)
    stood = {way[0]: stand.now}
    for (new, _old), some in zip(pairs, changes, strict=True):
        for one in some:
            stand.put(one.path, one.after)
        stood[new] = stand.now
    return {commit: (stood[parents[commit]], stood[commit]) for commit in commits if commit in parents}


class _Standing:
    """Which open cards stand where on the way from commit to commit, and which of them lack a dated next action."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.layout = layout_of(source.board.config)
        boards = (source.board, *(() if source.base is None else (source.base,)))
        self.lacks = {card.blob: not card.has_dated_next_action for one in boards for card in one.open_cards}
        self.open: dict[str, bool] = {}

    def learns(self, repository: Repository, versions: Sequence[tuple[str, str]]) -> bool:
        """Read the versions (path, blob) that are not known yet; False where this clone does not have them."""
        new = {blob for path, blob in versions if blob and blob not in self.lacks and self._card_at(path)}
        if repository.lacking(new):
            return False
        config, today = self.source.board.config, self.source.today
        read = read_versions(repository, config, dict.fromkeys(new, today), {})
        self.lacks |= {blob: not card.has_dated_next_action for blob, card in read.items()}
        return True

    def put(self, path: str, blob: str) -> None:
        """What stands at a path from now on, "" for nothing."""
        if blob and self._card_at(path):
            self.open[path] = self.lacks.get(blob, True)
        else:
            self.open.pop(path, None)

    @property
    def now(self) -> Lacking:
        """How the board stands, its cards under the names that they have now."""
        names = self.source.board.renames
        ids = (self._card_at(path) for path, lacks in self.open.items() if lacks)
        return Lacking(tuple(sorted(names.get(card, card) for card in ids)), len(self.open))

    def _card_at(self, path: str) -> str:
        """The id of the open card that stands at a path, "" for none."""
        place = self.layout.place(path)
        column = self.source.board.config.column(place[0]) if place else None
        return place[1] if place and column is not None and column.is_open else ""
