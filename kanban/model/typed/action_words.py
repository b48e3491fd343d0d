"""The words that say what one does next (`appeler`, `démo`, `chase`), and where they part a name from an action."""

import re

from kanban.model.typed.choices import fold

_VERBS = frozenset(
    """
    appeler rappeler relancer mailer demontrer visiter rencontrer envoyer renvoyer proposer chiffrer preparer valider
    confirmer signer negocier dejeuner qualifier contacter recontacter ecrire poser demander repondre deposer prendre
    reprendre faire refaire fixer caler organiser planifier finaliser conclure closer booker revoir voir discuter
    echanger presenter montrer livrer installer facturer remercier feliciter inviter prospecter transmettre partager
    adresser rediger completer corriger adapter actualiser etudier analyser verifier checker suivre tester attendre
    obtenir recuperer creuser sonder questionner convaincre traiter debloquer escalader boucler lancer programmer
    reserver passer reporter decaler annuler telephoner joindre soumissionner briefer debriefer
    appel rappel relance demo rdv visio visite devis signature negociation decouverte
    call recall send meet meeting visit follow followup quote propose prepare check confirm sign negotiate discovery
    qualify write ask schedule chase ping nudge remind talk speak discuss catch touch reach reply respond answer text
    introduce present deliver install invoice thank invite forward submit finalise finalize renew onboard arrange
    negotiation presentation demonstration
    """.split()  # noqa: SIM905 - a list of two hundred strings says less
)
"""What is an action wherever it stands after the name's first word."""
_NOUNS = frozenset(
    """
    mail email offre audit point reunion atelier contact suivi reponse cafe dej apero zoom teams intro sms texto
    whatsapp linkedin tel kickoff kick cadrage essai brief debrief soutenance livraison formation webinaire rendez
    phone offer lunch workshop review book coffee breakfast dinner drinks chat pitch trial poc training close get go see
    plan set fix share draft update feedback webinar
    """.split()  # noqa: SIM905
)
"""What is one in small letters; with a capital it is as often a part of a name (`Cabinet Audit Conseil`)."""
_OPENERS = frozenset("premier premiere deuxieme second first quick petit un une a le la the to".split())  # noqa: SIM905
LEADS = frozenset("a au on at by pour for de du vers in en le the tel tel. to around environ about".split())  # noqa: SIM905
"""What leads up to a piece, and says nothing once the piece is taken out."""
_OF_PEOPLE = frozenset("call recall meet chase ping nudge remind reach contact invite thank text ask answer".split())  # noqa: SIM905
_LEGAL_FORMS = frozenset("sa sas sarl eurl sasu sci ltd llc inc gmbh ag plc bv srl spa".split())  # noqa: SIM905
_BREAK = re.compile(r"^(?:[-–—:;,/|•·]|->|→)$|[,:;]$")
_BESIDE = " ,;:/|•·-–—→>"
"""What parts pieces, and says nothing at an action's end once they are taken out."""
_TOWARDS = frozenset("a au aux chez avec with to at for pour from de du".split())  # noqa: SIM905
"""What leads from an action to whom it is for."""
_HOUSES = frozenset(
    """
    mairie ville hotel groupe societe cabinet garage ecole lycee college clinique pharmacie boulangerie restaurant cafe
    maison agence association region departement universite hopital menuiserie brasserie imprimerie banque
    town city hotel group company school hospital university bank council agency club
    """.split()  # noqa: SIM905
)
"""What begins a name though it is written small: `la mairie de Lyon`."""
_BETWEEN = frozenset("de du des la le les et & of and the en sur at from chez d l von van y e".split())  # noqa: SIM905
"""Small words inside a name."""
_ARTICLES = frozenset("le la les the l'".split())  # noqa: SIM905
_PARTICLES = frozenset("back up with on to un une a le la the off in out".split())  # noqa: SIM905
_ELIDED = re.compile(r"^[dl]['’](?=[A-ZÀ-Þ]|h[ôo]tel|h[ôo]pital|agence|association|universit[ée]|[ée]cole|imprimerie)")


def is_action(word: str) -> bool:
    """Whether the word begins what one does next, wherever it stands after the name's first word."""
    return fold(word).partition(" ")[0].strip(".,") in _VERBS or _is_noun(word)


def asks_for_whom(words: list[str]) -> bool:
    """Whether the last of the words is a verb that wants a person behind it: `appeler demain Paul` calls Paul."""
    last = fold(words[-1]).strip(".,") if words else ""
    return last in _VERBS and (last.endswith(("er", "ir", "re")) or last in _OF_PEOPLE)


def _is_noun(word: str) -> bool:
    return not word[:1].isupper() and fold(word).partition(" ")[0].strip(".,") in _NOUNS


def is_break(word: str) -> bool:
    """Whether the word alone parts two pieces: a dash, a slash, a comma."""
    return len(word) < 3 and _BREAK.fullmatch(word) is not None


def begins_an_action(name: str, action: str) -> bool:
    """Whether it is sure that an action was split from a name: a small-lettered verb after a name with capitals."""
    first = next((word for word in action.split() if fold(word) not in _OPENERS), "")
    return fold(first) in _VERBS and first.islower() and not name.islower()


def action_and_name(words: list[str], *, dated: bool) -> tuple[str, str] | None:
    """The name and what happens next of a line that begins with the action: `rappeler Mme Roy`; None for others.

    A verb in small letters begins no name; a noun, or one with a capital, is an action where the line is `dated`.
    """
    first = fold(words[0]).strip(".,:") if words else ""
    if len(words) < 2 or not (first in _VERBS or _is_noun(words[0])):
        return None
    small = words[0].islower() and first in _VERBS
    later = any(is_action(word) and word.islower() for word in words[2 if words[0].islower() else 1 :])
    if not small and (not dated or later):
        return None
    begins = _name_begins(words)
    if begins is None:
        return None
    ends = begins + 1
    while ends < len(words) and words[ends - 1][-1] not in ",;:" and _goes_on(words, ends):
        ends += 1
    if _all_small(words[1:]):
        ends = next((at for at in range(begins, len(words)) if words[at][-1] in ",;:"), len(words) - 1) + 1
    head = words[:begins]
    while len(head) > 1 and fold(head[-1]) in _TOWARDS:
        head.pop()
    while len(head) > 1 and fold(head[-1]) in _ARTICLES:
        head.pop()
    name = " ".join([_ELIDED.sub("", words[begins]), *words[begins + 1 : ends]]).strip(_BESIDE)
    return None if fold(name) in _LEGAL_FORMS else (name, " ".join([*head, *words[ends:]]).strip(_BESIDE))


def _goes_on(words: list[str], at: int) -> bool:
    """Whether a name that has begun goes on with this word: a capital, or small words with a capital behind them."""
    small = at
    while small < len(words) and fold(words[small]) in _BETWEEN and words[small].islower():
        small += 1
    return small < len(words) and not words[small].islower() and not _BREAK.fullmatch(words[at])


def _all_small(words: list[str]) -> bool:
    return all(word.islower() or not word[0].isalpha() for word in words)


def _name_begins(words: list[str]) -> int | None:
    """Where the name begins in a line that begins with the action; None where nothing is left for it."""
    for at, word in enumerate(words):
        if at and (word[:1].isupper() or word[:1].isdigit() or _ELIDED.match(word)):
            before = at - 1 if at > 2 and fold(words[at - 1]) in ("de", "du", "of") else at
            return before - 1 if before > 1 and fold(words[before - 1]) in _HOUSES else at
    towards = [at for at, word in enumerate(words) if at and fold(word) in _TOWARDS and at + 1 < len(words)]
    if towards:
        return towards[-1] + 1
    at = 1
    while at < len(words) and fold(words[at]) in _PARTICLES:
        at += 1
    return at if at < len(words) else None


def name_and_action(words: list[str], day_after: int) -> tuple[str, str]:
    """The name and what happens next: from a comma, a colon or a dash on, or from the first word of an action.

    Where there is none, what was written after the day is what happens then.
    """
    action = next((at for at, word in enumerate(words) if at and is_action(word)), 0)
    if action and _is_noun(words[action]) and not any(letter.isupper() for letter in "".join(words[:action])):
        sure = (at for at, word in enumerate(words) if at > action and fold(word) in _VERBS)
        action = next(sure, action)  # all in small letters, a noun may be of the name: `grand café appeler`
    for at, word in enumerate(words[: action or None]):
        if at and _BREAK.fullmatch(word):
            return " ".join(words[:at]), " ".join(words[at + 1 :]).strip(_BESIDE)
        if _BREAK.search(word):
            return " ".join([*words[:at], word[:-1]]).strip(), " ".join(words[at + 1 :]).strip(_BESIDE)
    while action > 1 and fold(words[action - 1]) in _OPENERS and words[action - 1].islower():
        action -= 1
    action = action or (day_after if day_after < len(words) else 0)
    if not action and day_after > 1 and fold(words[day_after - 1]) in _NOUNS:
        action = day_after - 1
    if not action:
        return " ".join(words).strip(_BESIDE), ""
    return " ".join(words[:action]).strip(_BESIDE), " ".join(words[action:]).strip(_BESIDE)
