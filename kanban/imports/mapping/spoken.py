"""What people call the columns and stages of a table of their own, in English, French and German, without accents."""


def _words(told: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(words.split("; ")) for key, words in told.items()}


ANY = _words(
    {
        "id": (
            "id; deal id; reference; ref; numero; n°; no; code; identifiant; card; opportunity id; "
            "vorgangsnummer; nummer; nr"
        ),
        "title": (
            "title; deal; deal name; opportunity; name; titre; affaire; opportunite; nom; objet; projet; "
            "project; titel; vorgang; geschaft; projekt; projektname; bezeichnung; angebot; deal title; "
            "opportunity name; project name; intitule; designation; nom de l'affaire"
        ),
        "account": (
            "account; client; customer; company; societe; entreprise; compte; organisation; organization; "
            "prospect; kunde; firma; unternehmen; account name; customer name; client name; company name; "
            "raison sociale; nom du client; nom client; compte client; kundenname; firmenname"
        ),
        "contact": (
            "contact; contact name; interlocuteur; nom du contact; person; ansprechpartner; kontaktperson; "
            "kontakt; contact person; client contact; personne; personne de contact; kontaktname"
        ),
        "contact_email": "email; e mail; mail; courriel; contact email; e mail adresse",
        "contact_phone": "phone; telephone; tel; contact phone; portable; mobile; telefon",
        "amount": (
            "amount; value; montant; valeur; deal value; revenue; ca; prix; price; budget; betrag; wert; umsatz; "
            "auftragswert; preis; deal size; estimated value; total value; contract value; montant ht; "
            "ca previsionnel; ca estime; montant estime; angebotswert; volumen"
        ),
        "currency": "currency; devise; wahrung",
        "probability": (
            "probability; probabilite; proba; %; chance; wahrscheinlichkeit; win probability; confidence; "
            "probabilite de signature"
        ),
        "owner": (
            "owner; sales rep; salesperson; commercial; vendeur; responsable; assigned to; proprietaire; "
            "verantwortlich; verkaufer; zustandig; inhaber; account manager; account executive; rep; "
            "sales owner; charge d'affaires; suivi par; betreuer"
        ),
        "source": "source; lead source; origine; provenance; canal; quelle; herkunft",
        "close_date": (
            "close date; expected close; expected close date; expected closing; date de closing prevue; closing "
            "prevu; date prevue; echeance; signature prevue; erwarteter abschluss; voraussichtlicher abschluss; "
            "abschluss geplant"
        ),
        "stage": (
            "stage; column; etape; phase; colonne; pipeline stage; stufe; sales stage; deal stage; "
            "etat d'avancement; avancement; vertriebsphase"
        ),
        "status": "status; statut; state; etat; kind; outcome; resultat; ergebnis",
        "created": (
            "created; created on; creation date; created at; start; started; date; cree le; added; added on; "
            "date added; ajoute le; date de creation; debut; ouverture; entree le; erstellt am; erstellt; "
            "angelegt am; datum; beginn; opened; opened on; date opened; first contact; premier contact; "
            "date d'entree; date de debut; premier rdv; erstkontakt; eingang"
        ),
        "closed": (
            "closed; closed on; closed at; end; ended; clos le; date de cloture; fin; close; cloture le; "
            "geschlossen am; abgeschlossen am; abschlussdatum; ende; closing date; date closed; closed date; "
            "date de fermeture; date de fin; termine le"
        ),
        "won_on": "won on; won date; gagne le; signe le; date de signature; gewonnen am",
        "lost_on": "lost on; lost date; perdu le; verloren am",
        "stage_changed": (
            "last stage change; stage changed; dernier changement d'etape; in stage since; etape depuis; in phase "
            "seit; letzte phasenanderung"
        ),
        "lost_reason": "lost reason; loss reason; raison de perte; motif de perte; motif; raison; verlustgrund; grund",
        "tags": "tags; labels; etiquettes; label; schlagworte; stichworter",
        "next_action_date": (
            "next action date; next activity date; date de la prochaine action; date prochaine action; "
            "relance le; date de relance; wiedervorlage; next date; next contact; next contact date; next call; "
            "follow up; follow up date; follow up on; followup; follow up by; due; due date; prochaine date; "
            "prochain contact; date relance; relance; relancer le; a relancer le; prochaine relance; rappel; "
            "rappeler le; date de rappel; nachster termin; nachster kontakt; nachfassen; nachfassen am"
        ),
        "next_action": (
            "next action; next step; prochaine action; prochaine etape; a faire; nachster schritt; "
            "nachste aktion; action; prochaines etapes; suite; next steps; to do; todo; action suivante; "
            "was als nachstes; "
            "follow up; relance; rappel"
        ),
        "class": "class; classe; class of service",
        "notes": (
            "notes; note; comments; commentaire; commentaires; description; notiz; notizen; bemerkung; "
            "kommentar; beschreibung; observations; remarques; remarks; remark; memo; bemerkungen"
        ),
    }
)
"""What people call them in a spreadsheet of their own, in English, French and German."""

HISTORY = _words(
    {
        "deal": (
            "opportunityid; opportunity id; opportunity; deal id; deal; id; card; record id; lead; affaire; "
            "document; vorgang; geschaft"
        ),
        "stage": (
            "stagename; new value; newvalue; to stage; stage; to; new stage; list; etape; to_column; new value "
            "char; phase; stufe; neue phase"
        ),
        "at": (
            "createddate; created date; edit date; date; at; changed on; change date; last modified; day; le; "
            "created on; entered; datum; am"
        ),
        "before": "oldvalue; old value; from stage; from; old stage; old value char; from_column; alte phase",
        "field": "field; field / event; field name",
        "author": "createdby.name; createdbyid; edited by; created by; changed by; user; author; par; benutzer",
        "amount": "amount; montant; betrag",
    }
)
"""What the columns of a history are called, likewise."""

STEPS = _words(
    {
        "lost": (
            "closed lost; closedlost; lost; perdu; perdue; dead; abandon; rejected; disqualified; refuse; annul; "
            "cancel; verlor; abgelehnt; abgesagt; storniert"
        ),
        "won": (
            "closed won; closedwon; won; gagne; gagnee; signe; signee; signed; done; termine; gewonnen; "
            "unterschrieben; abgeschlossen"
        ),
        "parked": (
            "nurtur; parked; on hold; standby; stand by; en attente; later; plus tard; en pause; pausiert; "
            "zuruckgestellt; spater"
        ),
        "negotiation": "nego; contract; contrat; verbal; closing; verhandl; vertrag",
        "offer": "propos; quote; devis; offre; offer; pricing; angebot",
        "meeting": "demo; meeting; rdv; rendez; presentation; appointment; visite; termin; prasentation; besuch",
        "qualified": (
            "qualif; contact made; contacte; discovery; decouverte; needs; besoin; in progress; en cours; appele; "
            "kontaktiert; bedarf; erstgesprach; in bearbeitung"
        ),
        "prospects": (
            "prospect; lead; new; nouveau; nouvelle; to do; a faire; backlog; inbox; a appeler; suspect; piste; "
            "neu; interessent; anfrage"
        ),
    }
)
"""Beginnings of words in a stage's name, and the step of the sale they speak of; the first that fits counts."""

GONE = (
    "deleted",
    "merged",
    "duplicate",
    "archived",
    "trash",
    "supprim",
    "fusionn",
    "doublon",
    "archiv",
    "corbeille",
    "gelosch",
    "papierkorb",
)
"""How a system calls a deal that is none any more: deleted, merged with another, put away."""

STILL_OPEN = (
    *("open", "activ", "ongoing", "pending", "working", "assigned", "started", "running", "warm", "hot", "cold"),
    *("ouvert", "actif", "courant", "vivant", "en attente", "attribu", "chaud", "tiede", "froid", "true", "vrai"),
    *("1", "yes", "oui", "offen", "aktiv", "laufend", "wahr", "ja"),
)
"""Beginnings of words for a deal that goes on."""

TOTALS = frozenset(
    ("total", "totals", "totaux", "grand total", "grand totals", "total general", "sum", "somme", "summe", "gesamt")
) | {"gesamtsumme", "insgesamt"}
"""How a spreadsheet calls the row below its last one, which adds up what stands above it."""
