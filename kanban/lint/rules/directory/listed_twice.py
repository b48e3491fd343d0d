"""A company and a person have one file each.

Why: half of the deals under each of two files are a whole of neither; two people call one customer.

Flags: two files in `accounts/`, or in `people/`, that share a name, another name, a mail address or a domain; legal
forms and titles make no difference. People of one name at different companies are two people.

Cure: `kanban account merge` makes one of two, deals and notes included; `kanban person merge` does for people.

Bad:

    == accounts/acme.md
    ---
    name: ACME SAS
    ---
    == accounts/acme-2.md
    ---
    name: Acme
    ---

Good:

    == accounts/acme.md
    ---
    name: ACME SAS
    also: [Acme]
    ---
    == people/martin.md
    ---
    name: Anne Martin
    account: ACME SAS
    ---
    == people/martin-2.md
    ---
    name: Anne Martin
    account: Norvane
    ---
"""

from kanban.i18n import _
from kanban.lint.facts.entries import at_entry, verb_of
from kanban.lint.rule import BOARD, WARNING, Hits, LintContext, rule, typed
from kanban.model.cards.directory.entry import named_alike


@rule("KB710", "listed-twice", BOARD, WARNING)
def check(context: LintContext) -> Hits:
    for one, other, mark in named_alike(context.board.directory.entries):
        message = _("{path} and {other} are both called “{name}”").format(path=one.path, other=other.path, name=mark)
        cure = _("to make one of the two: `kanban {verb} merge {one} {other}`")
        cure = cure.format(verb=verb_of(one), one=typed(one.id), other=typed(other.id))
        yield at_entry(one, "name", message, cure, detail=other.id)
