"""What a board wants signed: steps into some columns, changes of `board.yml`, the word of an approver with a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kanban.i18n import _
from kanban.lint.steps.step import Unsigned
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.repository.read.signatures import signers, touching

if TYPE_CHECKING:
    from kanban.commands.check.inputs.source import Source
    from kanban.model.settings.board_yml import BoardConfig
    from kanban.repository.git.repository import Repository


def unsigned_in(repository: Repository, source: Source, commits: Sequence[str]) -> tuple[Unsigned, ...]:
    """Every step and change of these commits that the board before wants signed and no key it lists has signed.

    The board that the change brings may ask for more, not less.
    """
    base = source.base.config if source.base is not None else source.board.config
    wanted = {*base.policies.signed, *source.board.config.policies.signed}
    if not wanted:
        return ()
    asked: list[Unsigned] = []
    for step in source.steps or ():
        column = source.board.config.column(step.target or "") or base.column(step.target or "")
        if column is not None and step.commit and {column.key, column.kind} & wanted:
            what = _("{card} into {column}").format(card=step.card, column=column.title)
            card = source.board.find(step.card)
            path = card.path if card is not None else f"{column.directory}/{step.card}.md"
            asked.append(Unsigned(step.commit, what, path, step.card))
    if BOARD_FILE in wanted:
        touched = touching(repository, commits, source.prefix + BOARD_FILE)
        asked += [Unsigned(one, BOARD_FILE, BOARD_FILE) for one in touched]
    found = signers(repository, (one.commit for one in asked), base.owners or source.board.config.owners)
    return tuple(one for one in asked if not found[one.commit])


def approved(repository: Repository, base: BoardConfig, messages: Mapping[str, str]) -> bool:
    """Whether a commit carries `Approved-by: NAME` of one of the board's approvers.

    The word of an approver for whom the board lists a key counts only in a commit signed by that key.
    """
    names = {name.casefold(): name for name in base.approvers}
    for commit, message in messages.items():
        for line in message.splitlines():
            key, _colon, name = line.partition(":")
            approver = names.get(name.partition("<")[0].strip().casefold())
            if key.strip().casefold() != "approved-by" or approver is None:
                continue
            owner = base.owner(approver)
            if owner is None or not owner.key or signers(repository, [commit], [owner])[commit]:
                return True
    return False
