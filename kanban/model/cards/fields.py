"""The fields a card may have: their names in the file, how their text is read, and what people call them.

Front matter is flat: a field holds one value or a list of values. Keys are English snake_case on every board; labels
are shown in the board's language. A board declares more fields under `fields:`; unknown keys are kept for ever.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kanban.i18n import N_, _
from kanban.i18n.catalogue import in_every_language
from kanban.model.text.plain import nearest
from kanban.model.typed.choices import fold
from kanban.values import dataclass

if TYPE_CHECKING:
    from kanban.model.settings.board_yml import BoardConfig

RISKS = (N_("high"), N_("medium"), N_("low"))


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `type` is one of text, money, currency, share, when, day, choice, list, yes-no, number.

    `private` marks what is never on a public site unless the board lists it there.
    """

    key: str
    type: str
    label: str
    doc: str = ""
    private: bool = False
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The label in the language in force."""
        return _(self.label)


CARD_FIELDS: tuple[Field, ...] = (
    Field("title", "text", N_("Title"), N_("what the opportunity is; default: the first heading")),
    Field("account", "text", N_("Account"), N_("the customer"), private=True),
    Field("contact", "text", N_("Contact"), N_("the person one talks to"), private=True),
    Field("first_name", "text", N_("First name"), N_("how a mail addresses the contact"), private=True),
    Field("contact_email", "text", N_("Mail"), N_("the contact's mail address"), private=True),
    Field("contact_phone", "text", N_("Phone"), N_("the contact's phone number"), private=True),
    Field(
        "next_action",
        "text",
        N_("Next action"),
        N_("what happens next: call, mail, demo, document to send"),
        private=True,
    ),
    Field(
        "next_action_date",
        "when",
        N_("Date of the next action"),
        N_("the day, and the time if there is one, of the next action"),
    ),
    Field("amount", "money", N_("Amount"), N_("what the deal is worth"), private=True),
    Field("currency", "currency", N_("Currency"), N_("three-letter code, when it is not the board's")),
    Field("probability", "share", N_("Probability"), N_("of winning, 0 to 100 %")),
    Field("owner", "text", N_("Owner"), N_("who is in charge")),
    Field("role", "text", N_("Role"), N_("the owner's role, SDR or AE")),
    Field("source", "text", N_("Source"), N_("where the opportunity comes from")),
    Field("close_date", "day", N_("Close date"), N_("the day on which the deal is expected to be decided")),
    Field("class", "choice", N_("Class"), N_("class of service")),
    Field(
        "class_reason", "text", N_("Reason of the class"), N_("why the class: annual budget, incident"), private=True
    ),
    Field("fixed_date", "day", N_("Fixed date"), N_("the day that cannot move; default: the close date")),
    Field("tags", "list", N_("Tags")),
    Field("blocked_since", "day", N_("Blocked since"), N_("the day of the block")),
    Field("blocked_cause", "text", N_("Cause"), N_("what blocks"), private=True),
    Field("blocked_next", "text", N_("Next"), N_("what will unblock it"), private=True),
    Field("blocked_owner", "text", N_("Who unblocks"), N_("who unblocks it")),
    Field("lost_reason", "choice", N_("Lost because of"), N_("one of the board's normalised reasons")),
    Field("dor", "list", N_("Ready"), N_("ticks of the Definition of Ready")),
    Field("dod", "list", N_("Done"), N_("ticks of the Definition of Done")),
    Field("need", "text", N_("Need"), N_("the problem the customer states"), private=True),
    Field("persona", "text", N_("Persona")),
    Field("budget", "text", N_("Indicative budget"), private=True),
    Field("decision_maker", "text", N_("Decision maker"), N_("who decides at the customer's"), private=True),
    Field("segment", "text", N_("Segment")),
    Field("trigger_event", "text", N_("Trigger event"), N_("funding, hiring, …"), private=True),
    Field("icebreaker", "text", N_("Icebreaker"), private=True),
    Field("touches", "number", N_("Touches"), N_("outbound touches so far")),
    Field("scope", "text", N_("Validated scope"), private=True),
    Field("risk", "choice", N_("Risk"), N_("high, medium or low"), choices=RISKS),
    Field("offer_date", "day", N_("Offer sent on")),
    Field("follow_up_date", "day", N_("Follow-up on"), N_("the planned follow-up of the offer")),
    Field("decision_makers", "list", N_("Decision makers"), private=True),
    Field("objections", "list", N_("Objections"), N_("the three that matter most"), private=True),
    Field("concessions", "list", N_("Possible concessions"), private=True),
    Field("signature_plan", "text", N_("Signature plan"), private=True),
    Field("pain", "text", N_("Pain"), N_("what hurts the customer today, for the price talk"), private=True),
    Field("roi", "text", N_("Estimated return"), private=True),
    Field("points", "list", N_("Points to validate"), private=True),
    Field("agenda", "list", N_("Agenda"), private=True),
    Field("video_link", "text", N_("Video link"), private=True),
    Field("received_at", "when", N_("Received"), N_("when a partner's request came in")),
    Field("answered_at", "when", N_("Answered"), N_("when it was first answered")),
    Field("escalated", "day", N_("Escalated on"), N_("the day the manager was told")),
    Field("retrospective", "text", N_("Retrospective"), N_("what was learned from an Expedite"), private=True),
    Field("parked_until", "day", N_("Parked until")),
    Field("formerly", "list", N_("Formerly"), N_("earlier file names of this card")),
    Field(
        "imported_from", "text", N_("Imported from"), N_("system and id of the deal it was brought from"), private=True
    ),
    Field("lint_ignore", "list", N_("Waivers"), N_("`RULE until DAY: reason`")),
)


ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "title": ("titre",),
    "account": ("client", "société", "entreprise", "compte client", "customer", "company", "organisation"),
    "contact": ("interlocuteur", "interlocutrice", "nom du contact", "contact name"),
    "first_name": ("prénom", "firstname"),
    "contact_email": ("email", "e-mail", "mail", "courriel", "adresse mail", "mél"),
    "contact_phone": ("tel", "tél", "téléphone", "portable", "mobile", "phone number"),
    "next_action": ("next", "next step", "action", "suite", "prochaine étape", "à faire", "todo", "relance"),
    "next_action_date": ("on", "when", "quand", "due", "due date", "date action", "prochaine action date", "next date"),
    "amount": ("montant", "valeur", "value", "price", "prix", "deal value", "chiffre d'affaires"),
    "currency": ("devise", "monnaie"),
    "probability": ("proba", "prob", "chance", "chances"),
    "owner": ("responsable", "vendeur", "vendeuse", "seller", "assigned to", "assignee", "propriétaire", "commercial"),
    "source": ("origine", "provenance", "lead source"),
    "close_date": (
        "close",
        "closing",
        "clôture",
        "signature",
        "date de clôture",
        "date de signature",
        "expected close",
    ),
    "class": ("classe", "class of service", "classe de service"),
    "tags": ("tag", "étiquette", "étiquettes", "mots-clés"),
    "lost_reason": ("raison de perte", "motif", "reason", "loss reason", "lost because"),
    "need": ("besoin", "problème"),
    "decision_maker": ("decider", "buyer", "décideuse", "décide", "acheteur", "acheteuse"),
    "touches": ("prises de contact", "contacts pris"),
    "class_reason": ("motif de la classe",),
    "persona": ("profil",),
    "segment": ("secteur", "industry"),
    "parked_until": ("nurturing jusqu'au", "en veille jusqu'au", "en attente jusqu'au", "jusqu'au"),
    "offer_date": ("date de l'offre", "date offre", "offre envoyée le"),
    "follow_up_date": ("relance le", "date de relance", "follow up", "follow-up"),
}
"""What people call a field besides its key and its label, in French and in English."""


SEVERAL: dict[str, tuple[str, ...]] = {
    "next_action_date close_date": ("date", "jour", "day", "le", "deadline", "date limite"),
    "contact owner": ("nom", "name", "who", "qui", "person", "personne"),
    "contact_email contact_phone": ("coordonnées", "contact details"),
    "need next_action": ("description", "détail", "détails", "details"),
}
"""What people type that may be one of several fields, by those fields: they are asked which."""


@cache
def _built_in() -> dict[str, Field]:
    return {field.key: field for field in CARD_FIELDS}


DUE_FIELDS = frozenset({"next_action_date", "close_date", "fixed_date", "follow_up_date", "parked_until"})
"""Days on which something is still to be done: `14 July` said in November is the next one."""


def field_of(key: str, config: BoardConfig | None = None) -> Field | None:
    """The field `key`, built in or declared by the board; None when nobody knows it."""
    found = _built_in().get(key)
    if found is not None or config is None:
        return found
    declared = config.fields.get(key)
    if declared is None:
        return None
    label = declared.label or key.replace("_", " ")
    return Field(key, declared.type, label, "", declared.private, declared.choices)


def types_of(config: BoardConfig) -> dict[str, str]:
    """Each field that the board knows, with its type; asked of every card, so it stays with the board's settings."""
    known: dict[str, str] | None = config.__dict__.get("_types")
    if known is None:
        declared = {key: one.type for key, one in config.fields.items()}
        known = config.__dict__["_types"] = declared | {key: one.type for key, one in _built_in().items()}
    return known


def key_named(text: str, config: BoardConfig | None = None) -> str:
    """The key of the field that a person named by its key or by its label, in either language, case and accents aside.

    What no field, or more than one, is called stands for itself.
    """
    if field_of(text, config) is not None:
        return text

    word = fold(text.strip())
    meant = {key for key, called in _called(config).items() if word in called}
    return meant.pop() if len(meant) == 1 else text


def _called(config: BoardConfig | None) -> dict[str, set[str]]:
    """Each field's names, folded. What the board declares wins over what people may call one of ours."""
    declared = {} if config is None else {key: {fold(key), fold(one.label)} for key, one in config.fields.items()}
    theirs = set().union(*declared.values())
    also = {key: set(map(fold, words)) - theirs for key, words in ALSO_CALLED.items()}
    spoken = set().union(*also.values())
    ours = {
        key: ({fold(key), *map(fold, in_every_language(one.label))} - (spoken - also.get(key, set())))
        | also.get(key, set())
        for key, one in _built_in().items()
    }
    return ours | declared


def fields_meant(text: str, config: BoardConfig | None = None) -> tuple[str, ...]:
    """The fields between which a person's word leaves the choice (`date`); () where it is one field, or none."""
    if field_of(key_named(text, config), config) is not None:
        return ()
    word = fold(text.strip())
    return tuple(next((keys for keys, words in SEVERAL.items() if word in map(fold, words)), "").split())


def nearest_field(key: str, config: BoardConfig | None = None) -> str:
    """The field that was most likely meant by `key`: one of its names, or a slip of the finger; "" when none is."""
    named = key_named(key, config)
    if field_of(named, config) is not None:
        return named
    names = {name: one for one, called in _called(config).items() for name in called}
    close = nearest(fold(key), names, most=1, alike=0.75)
    return names[close[0]] if close else ""


def label_of(key: str, config: BoardConfig | None = None) -> str:
    """What people call the field, in the language in force; an unknown key stands for itself."""
    found = field_of(key, config)
    return found.name if found is not None else key
