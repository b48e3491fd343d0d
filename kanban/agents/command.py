"""`kanban mcp`: this board for software agents, over the Model Context Protocol."""

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import settings_of
from kanban.commands.base.session import open_session
from kanban.errors import ExtraMissing
from kanban.i18n import _
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig, read_config
from kanban.repository.git.repository import Repository
from kanban.repository.read.boards import content_at


@click.command(
    cls=Verb,
    name="mcp",
    examples=(
        "kanban mcp                     the board to read; a client such as an editor starts this itself",
        "kanban mcp --write             gestures too, at most as many as `agents:` in board.yml allows",
        "kanban mcp --write --propose   gestures on a branch of their own, for a person to merge",
    ),
)
@click.option("--write", is_flag=True, default=False, help="Offer the gestures too; without it nothing can change.")
@click.option("--propose", is_flag=True, default=False, help="With --write: commit on a new branch, not on this one.")
@click.option(
    "--max-moves", type=click.IntRange(0), default=None, help="Gestures in this session; never more than the board's."
)
@click.option("--agent", default="agent", metavar="NAME", help="What the commits call the agent.")
@click.pass_context
def command(context: click.Context, write: bool, propose: bool, max_moves: int | None, agent: str) -> None:
    """Serve this board to software agents, over standard input and output.

    Every verb that reads is a tool, and with --write every gesture, under the board's own rules: what is refused to a
    person is refused to an agent, and no agent may force. What agents may do is read from `agents:` in board.yml as it
    was committed when the session began. Needs the extra `agents`.
    """
    session = open_session(context)
    repository = session.repository
    config = _committed(repository, session.prefix) or session.config
    try:
        from kanban.agents.limits import Session
        from kanban.agents.proposal import propose as propose_branch
        from kanban.agents.server import Hand, serve
    except ImportError as error:
        raise ExtraMissing(_("`kanban mcp` needs the extra `agents`"), "agents") from error

    identity = repository.identity()
    most = config.agents.most if max_moves is None else min(max_moves, config.agents.most)
    person = identity.name if identity else ""
    hand = Hand(
        session.root, agent, person, write, Session(config.agents, most), language=settings_of(context).language
    )
    if write and propose:
        hand.proposal = propose_branch(repository, agent)
        hand.folder = hand.proposal.folder / session.prefix
    try:
        serve(hand)
    finally:
        if hand.proposal is not None:
            hand.proposal.close()


def _committed(repository: Repository, prefix: str) -> BoardConfig | None:
    """The board's rules as the last commit has them: an agent cannot change its own limits."""
    data = content_at(repository, "HEAD", prefix + BOARD_FILE)
    return read_config(data)[0] if data is not None else None
