"""`kanban account`: the companies that deals are with."""

import click

from kanban.commands.base.calling.completed_names import ACCOUNT
from kanban.commands.base.calling.entry import VerbGroup
from kanban.commands.base.hand import argument, hand, option
from kanban.commands.directory.looking import list_verb, show_verb
from kanban.gestures.directory import merge_accounts, new_account, rename_account
from kanban.i18n import N_
from kanban.model.cards.directory.links import ACCOUNTS


@click.group(cls=VerbGroup)
def command() -> None:
    """Companies with a file of their own in `accounts/`: one for all deals with them."""


command.add_command(
    list_verb(
        ACCOUNTS,
        (N_("kanban account list           every company, its open deals and what happens next"),),
        N_("List the companies with their deals."),
    )
)
command.add_command(
    show_verb(
        ACCOUNTS,
        ACCOUNT,
        (N_("kanban account show acme      its people, all its deals, what was noted on them"),),
        N_("Show a company with its people, deals, notes and next actions."),
    )
)
command.add_command(
    hand(
        new_account,
        argument("name"),
        option("--also"),
        option("--domain"),
        option("--owner"),
        option("--force"),
        name="new",
        examples=('kanban account new "ACME SAS" --also "ACME Industries" --domain acme.example',),
        dated=False,
    )
)
command.add_command(
    hand(
        rename_account,
        argument("name"),
        argument("new_name", metavar="NEW-NAME"),
        name="rename",
        examples=('kanban account rename acme "ACME Group"    its deals and people follow',),
        dated=False,
    )
)
command.add_command(
    hand(
        merge_accounts,
        argument("name"),
        argument("into"),
        name="merge",
        examples=("kanban account merge acme-2 acme    one company of two; acme stays",),
        dated=False,
    )
)
