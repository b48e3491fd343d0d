"""Words of other tools and languages that people try as verbs, and the verb that does it here."""

import click

from kanban.i18n import N_, _
from kanban.model.cards.fields import field_of, key_named
from kanban.model.text.plain import nearest
from kanban.model.typed.choices import fold

_NOT_DELETED = N_("a card is not deleted: `kanban lose CARD`, `kanban park CARD` or `kanban archive`")
_COMMITTED = N_("every gesture is a commit already: `kanban sync` shares them")
_ADVICE = {
    "rm": _NOT_DELETED,
    "delete": _NOT_DELETED,
    "del": _NOT_DELETED,
    "remove": _NOT_DELETED,
    "supprimer": _NOT_DELETED,
    "effacer": _NOT_DELETED,
    "commit": _COMMITTED,
    "save": _COMMITTED,
    "push": _COMMITTED,
    "fetch": _COMMITTED,
}
_MEANT = {
    "new": "create nouvelle creer inserer insert lead deal opportunity affaire",
    "list": "dir cards cartes",
    "find": "rechercher trouver query",
    "move": "bouger mouvoir drag avancer advance",
    "show": "view afficher cat open get info detail",
    "edit": "editer modifier change",
    "set": "update changer champ field assign modify",
    "log": "history historique journal",
    "board": "home tableau status kanban wall pipeline",
    "note": "noter call appel comment log-call memo",
    "win": "gagner gagne won signer sign close cloturer",
    "lose": "perdre perdu lost close cloturer",
    "park": "nurturing snooze garer later",
    "next": "suivant todo today aujourdhui agenda",
    "undo": "annuler revert back defaire",
    "block": "bloquer",
    "unblock": "debloquer",
    "mail": "email e-mail courriel send envoyer",
    "metrics": "stats stat report rapport chiffres numbers kpi",
    "forecast": "prevision previsions predict",
    "sync": "partager synchroniser share",
    "rename": "renommer",
    "archive": "archiver ranger",
    "render": "site publish publier html build print imprimer poster affiche label etiquette banner",
    "remind": "rappel rappels reminders calendar ics",
    "experiment": "experience essai",
    "doctor": "verifier diagnostic health",
}


def other_word(typed: str, verbs: list[str]) -> str:
    """What to type instead of a word that is no verb: advice, the verb meant, or the nearest ones; "" when none is."""
    word = fold(typed)
    if word in _ADVICE:
        return _(_ADVICE[word])
    meant = [verb for verb, words in _MEANT.items() if verb in verbs and word in map(fold, words.split())]
    close = meant or nearest(typed, verbs, most=2)
    return _("did you mean {names}?").format(names=_(" or ").join(close)) if close else ""


_OPTIONS = {
    "next_action": ("--next",),
    "next_action_date": ("--on",),
    "amount": ("--amount",),
    "probability": ("--probability",),
    "owner": ("--owner", "--who"),
    "contact": ("--contact",),
    "source": ("--source",),
    "close_date": ("--close",),
    "class": ("--class",),
    "tags": ("--tag",),
    "lost_reason": ("--reason",),
    "parked_until": ("--until",),
}
"""Fields that some verbs have an option for."""
_OF_A_TEXT = ("--cause", "--reason", "--note")
"""Options that take a sentence, as people type it behind the card without one."""


def other_option(typed: str, command: click.Command) -> str:
    """What to type instead of an option that a verb has not, where it names a field; "" where it names none."""
    key = key_named(typed.lstrip("-").replace("-", " "))
    if field_of(key) is None:
        return ""
    has = {name for param in command.params for name in param.opts}
    near = next((name for name in _OPTIONS.get(key, ()) if name in has and name != typed), "")
    if near:
        return _("did you mean {names}?").format(names=near)
    return f'`--set {key}="…"`' if "--set" in has else _('`kanban set CARD {key}="…"` fills it').format(key=key)


def for_a_sentence(text: str, context: click.Context) -> str:
    """The option behind which a sentence belongs that was typed without one; "" where there is none, or it has one."""
    has = {name for param in context.command.params for name in param.opts if not context.params.get(param.name or "")}
    name = next((one for one in _OF_A_TEXT if one in has), "")
    return _("a text stands behind its option: {option}").format(option=f'{name} "{text}"') if name else ""
