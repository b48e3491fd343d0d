"""Who stands on an open card has a file, where the board keeps such files.

Why: a name that leads to no file is often the same person or company in another spelling, and the deal is missing where
somebody looks for all of theirs.

Flags: an open card whose `contact` no file in `people/` is called, or whose `account` none in `accounts/`, or more than
one; on boards that have any files there.

Cure: give it a file, or add the spelling to `also:` of the one it has.

Bad:

    == prospects/acme.md
    ---
    account: ACME
    contact: M. Dubois
    ---
    == people/martin.md
    ---
    name: Anne Martin
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    contact: M. Dubois
    ---
    == people/jean-dubois.md
    ---
    name: Jean Dubois
    also: [M. Dubois]
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import BOARD, INFO, Hits, LintContext, at, rule, typed
from kanban.model.cards.directory.links import ACCOUNTS, PEOPLE

_FIELDS = {PEOPLE: "contact", ACCOUNTS: "account"}


@rule("KB711", "unknown-contact", BOARD, INFO)
def check(context: LintContext) -> Hits:
    directory = context.board.directory
    for kind, key in _FIELDS.items():
        if not directory.of_kind(kind):
            continue
        for card in context.board.open_cards:
            name = card.get(key)
            company = directory.account_of(card)
            if not name or (directory.people_of(card) if kind == PEOPLE else company):
                continue
            several = directory.called(kind, name)
            if several:
                paths = ", ".join(one.path for one in several)
                message = _("“{name}” may be any of {paths}").format(name=name, paths=paths)
                cure = _("write the name as it stands in the one that is meant, or link to it: `[[{path}]]`")
                cure = cure.format(path=several[0].path.removesuffix(".md"))
            else:
                message = _("no file in {folder}/ is called “{name}”").format(folder=kind, name=name)
                verb = "person" if kind == PEOPLE else "account"
                at_company = f" --account {typed(company.name)}" if kind == PEOPLE and company is not None else ""
                cure = _("`{command}`, or add the name to `also:` of the one it is")
                cure = cure.format(command=f"kanban {verb} new {typed(name)}{at_company}")
            yield at(card, key, message, cure)
