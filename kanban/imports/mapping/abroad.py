"""What the exports of known systems are called where people speak French or German: headings and stages."""

from collections.abc import Mapping
from dataclasses import dataclass

Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Language:
    """System → its marks, headings and stages, as `Layout` has them; `shared` are headings of all systems."""

    systems: Mapping[str, tuple[tuple[str, ...], Names, Mapping[str, str]]]
    shared: Names


_FRENCH = Language(
    systems={
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
    },
    shared={
        "currency": ("devise", "devise du montant"),
        "probability": ("probabilité", "probabilité (%)", "probabilité de la transaction"),
        "created": ("date de création", "créé le"),
        "lost_reason": ("raison de la perte", "motif de perte", "raison de perte"),
        "next_action": ("prochaine étape",),
        "tags": ("étiquettes", "étiquette"),
    },
)
_GERMAN = Language(
    systems={
        "pipedrive": (
            ("deal erstellt", "voraussichtliches abschlussdatum", "gewichteter wert"),
            {
                "title": ("titel",),
                "account": ("organisation",),
                "contact": ("kontaktperson", "person"),
                "amount": ("wert",),
                "owner": ("besitzer", "eigentümer"),
                "close_date": ("voraussichtliches abschlussdatum", "erwartetes abschlussdatum"),
                "stage": ("phase",),
                "created": ("deal erstellt", "deal erstellt am", "erstellt am"),
                "closed": ("deal abgeschlossen am",),
                "won_on": ("gewonnen am", "zeitpunkt gewonnen", "gewinndatum"),
                "lost_on": ("verloren am", "zeitpunkt verloren", "verlustdatum"),
                "stage_changed": ("letzte phasenänderung", "letzte änderung der phase"),
                "next_action_date": ("datum der nächsten aktivität", "nächste aktivität am"),
            },
            {
                "qualifiziert": "prospects",
                "kontakt hergestellt": "qualified",
                "demo geplant": "meeting",
                "angebot erstellt": "offer",
                "verhandlungen begonnen": "negotiation",
            },
        ),
        "hubspot": (
            ("datensatz id", "deal phase", "zuständiger mitarbeiter für deal", "deal inhaber"),
            {
                "id": ("datensatz id", "datensatz id deal"),
                "title": ("dealname", "deal name"),
                "account": ("zugeordnetes unternehmen", "unternehmensname"),
                "contact": ("zugeordneter kontakt",),
                "amount": ("betrag", "betrag in unternehmenswährung"),
                "owner": ("zuständiger mitarbeiter für deal", "zuständiger mitarbeiter", "deal inhaber"),
                "close_date": ("abschlussdatum", "schließungsdatum"),
                "stage": ("deal phase",),
            },
            {
                "termin vereinbart": "prospects",
                "kaufbereitschaft festgestellt": "qualified",
                "zum kauf qualifiziert": "qualified",
                "präsentation vereinbart": "meeting",
                "entscheider überzeugt": "offer",
                "vertrag gesendet": "negotiation",
            },
        ),
        "salesforce": (
            ("opportunity inhaber", "accountname", "leadquelle", "schlusstermin"),
            {
                "title": ("opportunity name",),
                "account": ("accountname",),
                "amount": ("betrag",),
                "owner": ("opportunity inhaber",),
                "source": ("leadquelle",),
                "close_date": ("schlusstermin", "abschlussdatum"),
                "stage": ("phase",),
            },
            {},
        ),
        "odoo": (
            ("erwarteter umsatz", "vertriebsmitarbeiter", "erwarteter abschluss", "letzte phasenaktualisierung"),
            {
                "id": ("externe id",),
                "account": ("kunde", "unternehmensname"),
                "contact": ("kontaktname",),
                "amount": ("erwarteter umsatz",),
                "owner": ("vertriebsmitarbeiter", "verkäufer"),
                "close_date": ("erwarteter abschluss",),
                "stage": ("phase", "stufe"),
                "active": ("aktiv",),
                "closed": ("abschlussdatum",),
                "stage_changed": ("letzte phasenaktualisierung",),
            },
            {"neu": "prospects"},
        ),
    },
    shared={
        "currency": ("währung",),
        "probability": ("wahrscheinlichkeit", "wahrscheinlichkeit (%)"),
        "created": ("erstellungsdatum", "erstelldatum", "erstellt am"),
        "lost_reason": ("verlustgrund",),
        "next_action": ("nächster schritt",),
        "tags": ("labels", "label", "stichwörter"),
    },
)
ABROAD: Mapping[str, Language] = {"fr": _FRENCH, "de": _GERMAN}
"""Both put the day before the month and a comma before the cents."""
