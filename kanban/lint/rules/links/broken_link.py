"""Links between cards lead somewhere.

Why: "see the offer to their sister company" helps only while the link works.

Flags: `[[card]]` and relative Markdown links to a card or file of the board that is not there, and to a file in a
column's folder, which would stay behind when the card moves on. A link to a card's former name, or to where the card
stood before, is offered the new one.

Cure: correct the link, or keep the file with `kanban attach CARD FILE`; `kanban lint --fix` follows cards.

Bad:

    == offer/acme.md
    ---
    account: ACME
    ---

    See [[norvane]], [the old one](../lost/acme-2025.md) and [the brief](acme/brief.pdf).

    See [[acme-sarl]].
    == offer/acme-sas.md
    ---
    account: ACME SAS
    formerly: [acme-sarl]
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    ---

    See [[norvane]], [the price list](https://example.org/prices) and [the brief](../files/acme/brief.pdf).
    == files/acme/brief.pdf
    Two pages.
    == prospects/norvane.md
    ---
    account: Norvane
    ---
"""

import posixpath

from kanban.again.files import FILES
from kanban.i18n import _
from kanban.lint.finding import Fix
from kanban.lint.fixes import replacing
from kanban.lint.rule import CARD, SAFE, WARNING, Hits, LintContext, at_line, rule, typed
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.links.attachments import name_kept
from kanban.model.cards.links.links import Link, leads_to, links_in, path_of


@rule("KB701", "broken-link", CARD, WARNING, fix=SAFE, beside=True)
def check(context: LintContext) -> Hits:
    board = context.board
    for card in context.told_cards:
        for link in links_in(card):
            if leads_to(board, card, link):
                continue
            message = _("the link to “{target}” leads nowhere").format(target=link.target)
            cure, fix = _cure(board, card, link)
            yield at_line(card, link.line, link.column, message, cure, key="links", detail=link.target, fix=fix)


def _cure(board: Board, card: Card, link: Link) -> tuple[str, Fix | None]:
    """What to do about a link, and the change that does it where only one is meant."""
    current = board.renames.get(link.card, "")
    if link.is_wiki:
        if not current:
            return _("correct or remove it"), None
        label = _("follow the card to its new name {name}").format(name=current)
        return label, Fix(card.path, label, replacing(f"[[{link.target}", f"[[{current}"))
    path = path_of(card, link)
    found = board.find(current or link.card) if path.endswith(".md") else None
    if found is not None:
        place = posixpath.relpath(found.path, posixpath.dirname(card.path))
        label = _("follow the card to {path}").format(path=place)
        old = link.target.partition("#")[0]
        return label, Fix(card.path, label, replacing(f"]({old}", f"]({place}"))
    if path.endswith(".md"):
        return _("correct or remove it"), None
    return _keeping(board, card, path), None


def _keeping(board: Board, card: Card, path: str) -> str:
    """How a file comes to be kept for the card, or which of those that are is meant."""
    name = posixpath.basename(path)
    kept = {posixpath.basename(one.path): one.path for one in board.attachments.get(card.id, ())}
    near = kept.get(name) or kept.get(name_kept(name, board.config.language))
    if near:
        return _("did you mean `{key}`?").format(key=posixpath.relpath(near, posixpath.dirname(card.path)))
    command = f"`kanban attach {typed(card.id)} {typed(name if path.startswith(f'{FILES}/') else path)}`"
    return _("keep the file with the card: {command}; then remove this link").format(command=command)
