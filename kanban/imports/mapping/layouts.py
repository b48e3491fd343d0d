"""The column layouts of known systems: the headings of their exports, and the stages they begin with.

Taken from their public documentation (docs/import.md names the pages). Headings are compared without case, accents,
trailing `*` and, for Pipedrive, the leading `Deal - ` or `Affaire - `. What a French account exports stands in
`FRENCH`, which is added to each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Layout:
    """One system: `marks` are headings of which it has at least two, `columns` what each of ours is called there."""

    system: str
    marks: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]
    stages: dict[str, str] = field(default_factory=dict)


PIPEDRIVE = Layout(
    "pipedrive",
    (
        "deal title",
        "pipedrive system id",
        "deal created",
        "expected close date",
        "won time",
        "weighted value",
    ),
    {
        "id": ("id", "pipedrive system id"),
        "title": ("title",),
        "account": ("organization", "organisation", "organization name"),
        "contact": ("contact person", "person", "person name"),
        "contact_email": ("person email", "contact email"),
        "contact_phone": ("person phone",),
        "amount": ("value",),
        "currency": ("currency of value", "currency"),
        "probability": ("probability",),
        "owner": ("owner", "owner name"),
        "source": ("source channel", "source origin"),
        "close_date": ("expected close date",),
        "stage": ("stage", "stage name"),
        "status": ("status",),
        "pipeline": ("pipeline",),
        "created": ("deal created", "creation date", "created", "add time", "deal created on"),
        "closed": ("deal closed on", "closed on", "close time"),
        "won_on": ("won time",),
        "lost_on": ("lost time",),
        "stage_changed": ("last stage change",),
        "lost_reason": ("lost reason",),
        "tags": ("label", "labels"),
        "next_action_date": ("next activity date",),
    },
    {
        "qualified": "prospects",
        "contact made": "qualified",
        "demo scheduled": "meeting",
        "proposal made": "offer",
        "negotiations started": "negotiation",
    },
)
HUBSPOT = Layout(
    "hubspot",
    ("record id", "deal name", "deal stage", "dealname", "dealstage", "deal owner", "create date", "hs object id"),
    {
        "id": ("record id", "record id deal", "hs object id", "deal id"),
        "title": ("deal name", "dealname"),
        "account": ("associated company", "primary associated company", "company name", "associated company (primary)"),
        "contact": ("associated contact", "associated contacts"),
        "contact_email": ("associated contact email", "associated emails"),
        "amount": ("amount", "amount in company currency"),
        "currency": ("currency", "deal currency code"),
        "probability": ("deal probability", "hs deal stage probability"),
        "owner": ("deal owner", "hubspot owner id"),
        "source": ("original traffic source", "original source type", "deal source"),
        "close_date": ("close date", "closedate"),
        "stage": ("deal stage", "dealstage"),
        "pipeline": ("pipeline",),
        "created": ("create date", "createdate"),
        "stage_changed": ("date entered current stage", "hs v2 date entered current stage"),
        "lost_reason": ("closed lost reason",),
        "next_action": ("next step", "hs next step"),
        "next_action_date": ("next activity date", "notes next activity date"),
    },
    {
        "appointment scheduled": "prospects",
        "appointmentscheduled": "prospects",
        "qualified to buy": "qualified",
        "qualifiedtobuy": "qualified",
        "presentation scheduled": "meeting",
        "presentationscheduled": "meeting",
        "decision maker bought in": "offer",
        "decisionmakerboughtin": "offer",
        "contract sent": "negotiation",
        "contractsent": "negotiation",
        "closedwon": "won",
        "closedlost": "lost",
    },
)
SALESFORCE = Layout(
    "salesforce",
    (
        "opportunity id",
        "opportunity name",
        "opportunity owner",
        "probability (%)",
        "stagename",
        "isclosed",
        "iswon",
        "closedate",
        "ownerid",
        "accountid",
        "forecastcategoryname",
    ),
    {
        "id": ("opportunity id", "id", "18 digit id"),
        "title": ("opportunity name", "name"),
        "account": ("account name", "account.name", "accountid"),
        "contact": ("primary contact", "contact name"),
        "amount": ("amount",),
        "currency": ("amount currency", "currencyisocode", "currency iso code", "opportunity currency"),
        "probability": ("probability (%)", "probability"),
        "owner": ("opportunity owner", "owner.name", "owner name", "ownerid"),
        "source": ("lead source", "leadsource"),
        "close_date": ("close date", "closedate"),
        "stage": ("stage", "stagename"),
        "created": ("created date", "createddate"),
        "stage_changed": ("last stage change date", "laststagechangedate"),
        "lost_reason": ("loss reason", "lost reason", "reason lost", "closed lost reason"),
        "next_action": ("next step", "nextstep"),
    },
    {
        "prospecting": "prospects",
        "qualification": "qualified",
        "needs analysis": "qualified",
        "value proposition": "meeting",
        "id. decision makers": "meeting",
        "perception analysis": "meeting",
        "proposal/price quote": "offer",
        "negotiation/review": "negotiation",
    },
)
ODOO = Layout(
    "odoo",
    (
        "expected revenue",
        "salesperson",
        "opportunity",
        "expected closing",
        "last stage update",
        "sales team",
        "expected_revenue",
        "stage_id",
        "user_id",
    ),
    {
        "id": ("external id", "id", "database id"),
        "title": ("opportunity", "name"),
        "account": ("customer", "company name", "partner_name", "partner_id", "customer/display name"),
        "contact": ("contact name", "contact_name"),
        "contact_email": ("email", "email_from"),
        "contact_phone": ("phone",),
        "amount": ("expected revenue", "expected_revenue"),
        "currency": ("currency", "currency/currency"),
        "probability": ("probability",),
        "owner": ("salesperson", "user_id", "salesperson/display name"),
        "source": ("source", "source_id"),
        "close_date": ("expected closing", "date_deadline"),
        "stage": ("stage", "stage_id", "stage/display name"),
        "active": ("active",),
        "created": ("created on", "create_date"),
        "closed": ("closed date", "date_closed"),
        "stage_changed": ("last stage update", "date_last_stage_update"),
        "lost_reason": ("lost reason", "lost_reason_id", "lost_reason"),
        "tags": ("tags", "tag_ids"),
    },
    {"new": "prospects", "qualified": "qualified", "proposition": "offer", "won": "won"},
)
TRELLO = Layout(
    "trello",
    ("name", "desc", "list", "members"),
    {
        "id": ("id",),
        "title": ("name",),
        "notes": ("desc",),
        "stage": ("list",),
        "status": ("closed",),
        "owner": ("members",),
        "tags": ("labels",),
        "next_action_date": ("due",),
        "created": ("created",),
    },
)
BACKLOG = Layout(
    "backlog",
    ("created_date", "assignee", "status", "updated_date"),
    {
        "id": ("id",),
        "title": ("title",),
        "stage": ("status",),
        "owner": ("assignee",),
        "created": ("created_date",),
        "stage_changed": ("updated_date",),
        "tags": ("labels",),
        "notes": ("body",),
    },
    {"to do": "prospects", "in progress": "qualified", "done": "won"},
)
_SHARED = {
    "currency": ("devise", "devise du montant"),
    "probability": ("probabilité", "probabilité (%)", "probabilité de la transaction"),
    "created": ("date de création", "créé le"),
    "lost_reason": ("raison de la perte", "motif de perte", "raison de perte"),
    "next_action": ("prochaine étape",),
    "tags": ("étiquettes", "étiquette"),
}
FRENCH: Mapping[str, tuple[tuple[str, ...], dict[str, tuple[str, ...]], dict[str, str]]] = {
    "pipedrive": (
        ("affaire créée", "date de clôture prévue", "date de gain", "date de perte"),
        {
            "title": ("titre",),
            "account": ("organisation",),
            "contact": ("personne à contacter", "personne", "contact"),
            "amount": ("valeur",),
            "owner": ("propriétaire",),
            "close_date": ("date de clôture prévue",),
            "stage": ("étape",),
            "status": ("statut",),
            "created": ("affaire créée", "affaire créée le"),
            "closed": ("affaire clôturée le",),
            "won_on": ("date de gain",),
            "lost_on": ("date de perte",),
            "stage_changed": ("dernier changement d'étape",),
            "next_action_date": ("date de la prochaine activité",),
        },
        {
            "qualifiee": "prospects",
            "contact etabli": "qualified",
            "demo planifiee": "meeting",
            "proposition faite": "offer",
            "negociation commencee": "negotiation",
            "negociations commencees": "negotiation",
        },
    ),
    "hubspot": (
        ("nom de la transaction", "phase de la transaction", "propriétaire de la transaction"),
        {
            "id": ("id de fiche d'informations", "id d'enregistrement"),
            "title": ("nom de la transaction",),
            "account": ("entreprise associée", "nom de l'entreprise"),
            "contact": ("contact associé",),
            "amount": ("montant", "montant dans la devise de l'entreprise"),
            "owner": ("propriétaire de la transaction",),
            "close_date": ("date de fermeture", "date de clôture"),
            "stage": ("phase de la transaction", "étape de la transaction"),
        },
        {
            "rendez vous planifie": "prospects",
            "qualifie pour l'achat": "qualified",
            "presentation planifiee": "meeting",
            "decideur convaincu": "offer",
            "contrat envoye": "negotiation",
        },
    ),
    "salesforce": (
        ("nom de l'opportunité", "propriétaire de l'opportunité", "id de l'opportunité"),
        {
            "id": ("id de l'opportunité",),
            "title": ("nom de l'opportunité",),
            "account": ("nom du compte",),
            "amount": ("montant",),
            "owner": ("propriétaire de l'opportunité",),
            "source": ("origine de la piste",),
            "close_date": ("date de clôture",),
            "stage": ("étape",),
            "stage_changed": ("date de dernière modification de l'étape",),
        },
        {
            "prospection": "prospects",
            "analyse des besoins": "qualified",
            "proposition de valeur": "meeting",
            "identification des decideurs": "meeting",
            "analyse de perception": "meeting",
            "proposition/devis": "offer",
            "negociation/verification": "negotiation",
        },
    ),
    "odoo": (
        ("revenu espéré", "revenu attendu", "vendeur", "clôture prévue", "dernière mise à jour de l'étape"),
        {
            "id": ("id externe",),
            "title": ("opportunité",),
            "account": ("client", "nom de la société"),
            "contact": ("nom du contact",),
            "contact_email": ("e-mail",),
            "contact_phone": ("téléphone",),
            "amount": ("revenu espéré", "revenu attendu"),
            "owner": ("vendeur",),
            "close_date": ("clôture prévue",),
            "stage": ("étape",),
            "active": ("actif",),
            "closed": ("date de fermeture", "date de clôture"),
            "stage_changed": ("dernière mise à jour de l'étape",),
        },
        {"nouveau": "prospects"},
    ),
}
"""System → its marks, headings and stages in French, as `Layout` has them; `_SHARED` are headings of all four."""


def _in_french(layout: Layout) -> Layout:
    if layout.system not in FRENCH:
        return layout
    marks, columns, stages = FRENCH[layout.system]
    keys = dict.fromkeys((*layout.columns, *columns, *_SHARED))
    every = {key: (*layout.columns.get(key, ()), *columns.get(key, ()), *_SHARED.get(key, ())) for key in keys}
    return replace(layout, marks=(*layout.marks, *marks), columns=every, stages=layout.stages | stages)


LAYOUTS = tuple(map(_in_french, (SALESFORCE, HUBSPOT, ODOO, TRELLO, BACKLOG, PIPEDRIVE)))
"""In the order in which they are tried: the more telling headings first."""
