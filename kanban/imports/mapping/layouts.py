"""The column layouts of known systems: the headings of their exports, and the stages they begin with.

Taken from their public documentation (docs/import.md names the pages). Headings are compared without case, accents,
trailing `*` and, for Pipedrive, the leading `Deal - ` or `Affaire - `. What a French or German account exports is added
to each.
"""

from dataclasses import dataclass, field, replace

from kanban.imports.mapping.abroad import ABROAD


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
        "next_action": ("next activity subject",),
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
        "next_action": ("next activity summary", "activity_summary"),
        "next_action_date": ("next activity deadline", "my activity deadline", "activity_date_deadline"),
        "notes": ("internal notes",),
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


def _abroad(layout: Layout) -> Layout:
    """The layout with what the system's exports are called in other languages."""
    for language in ABROAD.values():
        if layout.system in language.systems:
            marks, columns, stages = language.systems[layout.system]
            keys = dict.fromkeys((*layout.columns, *columns, *language.shared))
            names = {
                key: (*layout.columns.get(key, ()), *columns.get(key, ()), *language.shared.get(key, ()))
                for key in keys
            }
            layout = replace(layout, marks=(*layout.marks, *marks), columns=names, stages={**layout.stages, **stages})
    return layout


LAYOUTS = tuple(map(_abroad, (SALESFORCE, HUBSPOT, ODOO, TRELLO, BACKLOG, PIPEDRIVE)))
"""In the order in which they are tried: the more telling headings first."""
