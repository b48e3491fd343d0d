"""`kanban person`: the people whom deals are with."""

import click

from kanban.commands.base.calling.completed_names import PERSON
from kanban.commands.base.calling.entry import VerbGroup
from kanban.commands.base.hand import argument, hand, option
from kanban.commands.directory.looking import list_verb, show_verb
from kanban.gestures.directory import merge_people, new_person, rename_person
from kanban.i18n import N_
from kanban.model.cards.directory.links import PEOPLE


@click.group(cls=VerbGroup)
def command() -> None:
    """People with a file of their own in `people/`: one for all deals with them."""


command.add_command(
    list_verb(
        PEOPLE,
        (N_("kanban person list            everybody, their company, their open deals and what happens next"),),
        N_("List the people with their deals."),
    )
)
command.add_command(
    show_verb(
        PEOPLE,
        PERSON,
        (N_("kanban person show dubois     all deals with them, and what was noted on those"),),
        N_("Show a person with their deals, notes and next actions."),
    )
)
command.add_command(
    hand(
        new_person,
        argument("name"),
        option("--account"),
        option("--email"),
        option("--phone"),
        option("--role"),
        option("--also"),
        option("--decides"),
        option("--force"),
        name="new",
        examples=('kanban person new "Jean Dubois" --account acme --email dubois@acme.example --decides',),
        dated=False,
    )
)
command.add_command(
    hand(
        rename_person,
        argument("name"),
        argument("new_name", metavar="NEW-NAME"),
        name="rename",
        examples=('kanban person rename dubois "Jeanne Dubois"    the deals follow',),
        dated=False,
    )
)
command.add_command(
    hand(
        merge_people,
        argument("name"),
        argument("into"),
        name="merge",
        examples=("kanban person merge dubois-2 dubois    one person of two; dubois stays",),
        dated=False,
    )
)
