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
_BREAK = re.compile(r"^(?:[-–—:;,]|->|→)$|[,:;]$")


def is_action(word: str) -> bool:
    """Whether the word begins what one does next, wherever it stands after the name's first word."""
    return fold(word).partition(" ")[0].strip(".,") in _VERBS or _is_noun(word)


def _is_noun(word: str) -> bool:
    return not word[:1].isupper() and fold(word).partition(" ")[0].strip(".,") in _NOUNS


def begins_an_action(name: str, action: str) -> bool:
    """Whether it is sure that an action was split from a name: a small-lettered verb after a name with capitals."""
    return fold(action).split()[0] in _VERBS and action.islower() and not name.islower()


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
            return " ".join(words[:at]), " ".join(words[at + 1 :])
        if _BREAK.search(word):
            return " ".join([*words[:at], word[:-1]]).strip(), " ".join(words[at + 1 :])
    while action > 1 and fold(words[action - 1]) in _OPENERS and words[action - 1].islower():
        action -= 1
    action = action or (day_after if day_after < len(words) else 0)
    if not action and day_after > 1 and fold(words[day_after - 1]) in _NOUNS:
        action = day_after - 1
    return (" ".join(words[:action]), " ".join(words[action:])) if action else (" ".join(words), "")
