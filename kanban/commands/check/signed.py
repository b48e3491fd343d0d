"""What a board wants signed: steps into some columns, changes of `board.yml`, the word of an approver with a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kanban.errors import Refused
from kanban.i18n import _
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.repository.read.signatures import signers, touching

if TYPE_CHECKING:
    from kanban.commands.check.source import Source
    from kanban.model.settings.board_yml import BoardConfig
    from kanban.repository.git.repository import Repository


def refuse_unsigned(repository: Repository, source: Source, commits: Sequence[str]) -> None:
    """Raise `Refused` with every step and change that the board before wants signed and no key it lists has signed.

    No rule of the linter, so that nothing can waive it. The board that the change brings may ask for more, not less.
    """
    base = source.base.config if source.base is not None else source.board.config
    wanted = {*base.policies.signed, *source.board.config.policies.signed}
    if not wanted:
        return
    asked: list[tuple[str, str]] = []
    for step in source.steps or ():
        column = source.board.config.column(step.target or "") or base.column(step.target or "")
        if column is not None and step.commit and {column.key, column.kind} & wanted:
            asked.append((step.commit, _("{card} into {column}").format(card=step.card, column=column.title)))
    if BOARD_FILE in wanted:
        asked += [(one, BOARD_FILE) for one in touching(repository, commits, source.prefix + BOARD_FILE)]
    found = signers(repository, (commit for commit, _what in asked), base.owners or source.board.config.owners)
    bare = [f"{commit[:9]}: {what}" for commit, what in asked if not found[commit]]
    if bare:
        raise Refused(
            _("these commits must be signed by a key that the board lists"),
            bare,
            cure=_("sign them: `git commit --amend -S`, or `git rebase --exec 'git commit --amend --no-edit -S' BASE`"),
        )


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
