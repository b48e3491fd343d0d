"""People in a line: an owner named without `@`, and the person one talks to beside the customer."""

from __future__ import annotations

import re

from kanban.model.cards.board import Board, plain
from kanban.model.cards.people import owner_meant, owners_of, role_meant
from kanban.model.typed.action_words import is_action

_CIVILITY = r"(?:M\.|Mr\.?|Mme|Mlle|Mrs\.?|Ms\.?|Dr\.?|Me|Monsieur|Madame|mr\.?|mme|mrs\.?)"
_WORD = r"[^\W\d_][\w'’-]*\.?"
_PERSON = rf"{_CIVILITY} {_WORD}(?: [A-ZÀ-Þ][\w'’-]*)?"
_APART = re.compile(rf"(?P<person>{_PERSON})(?: ?[-–—,;/|:]+ ?| (?=[a-zà-ÿ0-9])|$)(?P<rest>.*)")
_IN_PARENTHESES = re.compile(rf"(?P<account>.+?) ?\((?P<person>{_PERSON})\)")
_BEFORE_PARENTHESES = re.compile(rf"(?P<person>{_PERSON}) ?\((?P<account>[^()]+)\)")
_OF_A_CUSTOMER = re.compile(
    rf"(?P<person>{_PERSON}) (?:de chez |chez |de |d['’]|at |from |of )(?P<account>\w.*)"
    rf"|(?P<first>{_WORD}(?: {_WORD})?) (?:de chez |chez |at |from )(?P<theirs>\w.*)"
)
_CONTACT = re.compile(rf"contact (?P<person>{_PERSON}|[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?) (?P<rest>\w.*)")
_ROLE = re.compile(r"(?P<name>.+?) ?\((?P<role>[^()]+)\)")


def owner_named(text: str, board: Board) -> tuple[str, str]:
    """The owner that `Zoé`, `Paul` or `Zoé (AE)` names as the board writes it, and the role; ("", "") for nobody."""
    match = _ROLE.fullmatch(text)
    role = role_meant(match["role"], board.config) if match else ""
    name = match["name"] if match and role else text
    known = owner_meant(name, board)
    fits = [known] if known else [one for one in owners_of(board) if plain(one).startswith(plain(name) + " ")]
    return (fits[0], role) if len(fits) == 1 and name else ("", "")


def contact_apart(account: str, action: str) -> tuple[str, str, str]:
    """The customer, the next action and the person one talks to, "" where the line names none beside the customer.

    `ACME (M. Dubois)`; `ACME` and `M. Dubois - démo`; `Mme Roy` and `Mairie de Lyon - rappeler`; `M. Dubois d'ACME`.
    """
    match = _IN_PARENTHESES.fullmatch(account) or _BEFORE_PARENTHESES.fullmatch(account)
    if match:
        return match["account"], action, match["person"]
    match = _OF_A_CUSTOMER.fullmatch(account)
    if match:
        return match["account"] or match["theirs"], action, match["person"] or match["first"]
    match = _APART.fullmatch(action) or _CONTACT.fullmatch(action)
    if match and (match.re is _APART or is_action(match["rest"].split()[0])):
        return account, match["rest"], match["person"]
    if re.fullmatch(_PERSON, account) and (parts := re.split(r" [-–—/|] |[,;] ?", action, maxsplit=1))[1:]:
        return parts[0], parts[1], account
    return account, action, ""
