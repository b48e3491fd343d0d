"""Who stands on an open card has a file, where the board keeps such files.

Why: a name that leads to no file is often the same person or company in another spelling, and the deal is missing where
somebody looks for all of theirs.

Flags: an open card whose `contact` no file in `people/` is called, or whose `account` none in `accounts/`, where that
is an exception: there are as many files as names without one, or the company's people have theirs. Elsewhere files
are kept for some customers only, and what is named is a link that leads to no file, a name that several files have,
and one that is nearly that of a file.

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
from kanban.lint.facts.entries import Alike
from kanban.lint.rule import BOARD, INFO, Hits, LintContext, at, rule, typed
from kanban.model.cards.card import Card
from kanban.model.cards.directory.directory import Directory, typed_name
from kanban.model.cards.directory.entry import Entry
from kanban.model.cards.directory.links import ACCOUNTS, PEOPLE, link_target, names_nobody

_FIELDS = {PEOPLE: "contact", ACCOUNTS: "account"}


@rule("KB711", "unknown-contact", BOARD, INFO)
def check(context: LintContext) -> Hits:
    directory = context.board.directory
    for kind, key in _FIELDS.items():
        entries = directory.of_kind(kind)
        unknown = [
            card
            for card in context.board.open_cards
            if entries and card.get(key) and _is_unknown(directory, card, kind)
        ]
        rare = len({card.get(key) for card in unknown}) <= len(entries)
        alike = Alike(entries if unknown else ())
        for card in unknown:
            several, near = directory.meant(card, kind), _near(directory, card, alike.to(card.get(key)))
            is_link = link_target(typed_name(card, key)) != typed_name(card, key).strip()
            if several:
                yield at(card, key, *_several(card.get(key), several))
            elif near is not None and not is_link:
                yield at(card, key, *_nearly(card, key, near))
            elif rare or is_link or _is_among_its_people(directory, card, kind):
                yield at(card, key, *_nobody(directory, card, kind))


def _is_unknown(directory: Directory, card: Card, kind: str) -> bool:
    if names_nobody(card.get(_FIELDS[kind])):
        return False
    return (directory.account_of(card) if kind == ACCOUNTS else directory.contact_of(card)) is None


def _near(directory: Directory, card: Card, near: Entry | None) -> Entry | None:
    """Somebody of nearly that name at another company is somebody else."""
    own = directory.account_of(card)
    other = directory.company_of(near) if near is not None and near.kind == PEOPLE else None
    return None if own is not None and other is not None and own is not other else near


def _is_among_its_people(directory: Directory, card: Card, kind: str) -> bool:
    """Whether the deal is with a company whose people have files."""
    company = directory.account_of(card)
    return kind == PEOPLE and company is not None and bool(directory.staff_of(company))


def _several(name: str, several: tuple[Entry, ...]) -> tuple[str, str]:
    paths = ", ".join(one.path for one in several)
    message = _("“{name}” may be any of {paths}").format(name=name, paths=paths)
    cure = _("write the name as it stands in the one that is meant, or link to it: `[[{path}]]`")
    return message, cure.format(path=several[0].path.removesuffix(".md"))


def _nearly(card: Card, key: str, near: Entry) -> tuple[str, str]:
    message = _("no file in {folder}/ is called “{name}”; {path} is called “{other}”")
    cure = _("if that is the one: `{command}`, or add the name to `also:` there")
    message = message.format(folder=near.kind, name=card.get(key), path=near.path, other=near.name)
    return message, cure.format(command=f"kanban set {typed(card.id)} {typed(f'{key}={near.name}')}")


def _nobody(directory: Directory, card: Card, kind: str) -> tuple[str, str]:
    name, company = card.get(_FIELDS[kind]), directory.account_of(card)
    message = _("no file in {folder}/ is called “{name}”").format(folder=kind, name=name)
    verb = "person" if kind == PEOPLE else "account"
    at_company = f" --account {typed(company.name)}" if kind == PEOPLE and company is not None else ""
    cure = _("`{command}`, or add the name to `also:` of the one it is")
    return message, cure.format(command=f"kanban {verb} new {typed(name)}{at_company}")
