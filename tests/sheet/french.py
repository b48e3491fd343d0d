"""The French of the sheet's rows, for docs/fr/sheet.md. What is code alone stands as it is."""

FRENCH = {
    "none: counted from moves, which D03, D04 and D13 judge; there is nothing to write": (
        "aucune : compté à partir des déplacements, que jugent D03, D04 et D13 ; il n’y a rien à écrire"
    ),
    "none: a script is read aloud: what it lacks is told when it is asked for": (
        "aucune : un script se lit à voix haute ; ce qui lui manque est dit quand on le demande"
    ),
    "none: printed from the board: D03 and D04 judge what stands on it": (
        "aucune : imprimé à partir du tableau ; D03 et D04 jugent ce qui s’y trouve"
    ),
    "B2B board": "tableau B2B",
    "phone board": "tableau de téléprospection",
    "WIP limits": "limites WIP",
    "`wip:` in board.yml; refused by `move`, `pull`, `set`, `new`; KB304": (
        "`wip:` dans board.yml ; refusé par `move`, `pull`, `set`, `new` ; KB304"
    ),
    "pull from upstream": "tirer depuis l’amont",
    "`kanban move`, `kanban pull`; KB401": "`kanban move`, `kanban pull` ; KB401",
    "catch up first": "rattraper d’abord",
    "`kanban next` ranks it, `new`, `move` and `pull` say it": "`kanban next` le classe, `new`, `move` et `pull` le disent",
    "pull stop": "arrêt du tirage",
    "`policies.pull_stop`; refused by `move` and `pull`; KB409": (
        "`policies.pull_stop` ; refusé par `move` et `pull` ; KB409"
    ),
    "fields of a card": "champs d’une carte",
    "`kanban new`, `set`, `show`; KB2xx": "`kanban new`, `set`, `show` ; KB2xx",
    "the reference card": "la carte de référence",
    "`kanban demo`: acme-sso": "`kanban demo` : acme-sso",
    "discovery card": "carte découverte",
    "outbound card, three touches": "carte outbound, trois touches",
    "`kanban new … --template outbound`, `touch`, `park`; KB526": (
        "`kanban new … --template outbound`, `touch`, `park` ; KB526"
    ),
    "offer card": "carte offre",
    "negotiation card": "carte négociation",
    "`kanban new … --template negotiation`; KB530": "`kanban new … --template negotiation` ; KB530",
    "`dor:` in board.yml; `kanban ready`, `move`; KB511, KB406": (
        "`dor:` dans board.yml ; `kanban ready`, `move` ; KB511, KB406"
    ),
    "`dod:` in board.yml; `kanban tick`, `move`; KB407, KB411": (
        "`dod:` dans board.yml ; `kanban tick`, `move` ; KB407, KB411"
    ),
    "call notes in three bullets": "compte rendu en trois puces",
    "`kanban note`; KB506": "`kanban note` ; KB506",
    "block label": "étiquette de blocage",
    "`kanban block`, `unblock`; red in every view; KB510": (
        "`kanban block`, `unblock` ; en rouge dans chaque vue ; KB510"
    ),
    "classes of service": "classes de service",
    "`classes:` in board.yml; limits in `set`, `new`, `move`; KB305, KB512–KB516": (
        "`classes:` dans board.yml ; limites dans `set`, `new`, `move` ; KB305, KB512–KB516"
    ),
    "normalised lost reasons": "raisons de perte normalisées",
    "`kanban lose --reason`; KB505": "`kanban lose --reason` ; KB505",
    "daily, 10 minutes": "daily, 10 minutes",
    "weekly, 30 minutes": "hebdo, 30 minutes",
    "flow review, 20 minutes": "revue de flux, 20 minutes",
    "objection workshop": "atelier objections",
    "start-up checklist": "liste de démarrage",
    "`kanban init` prints it, `kanban doctor` checks it": "`kanban init` l’affiche, `kanban doctor` la vérifie",
    "throughput": "débit",
    "cycle time": "temps de cycle",
    "conversion per stage": "conversion par étape",
    "card age": "âge des cartes",
    "`kanban list`, `board`, `metrics`; KB503": "`kanban list`, `board`, `metrics` ; KB503",
    "weighted pipeline": "pipeline pondéré",
    "`kanban metrics`, by month and by quarter": "`kanban metrics`, par mois et par trimestre",
    "light in Negotiation, escalated on day 7": "feu en Négociation, escalade à J+7",
    "`ageing:`, `escalate:` in board.yml; `next`, `weekly`; KB508": (
        "`ageing:`, `escalate:` dans board.yml ; `next`, `weekly` ; KB508"
    ),
    "cards without a next action": "cartes sans prochaine action",
    "`kanban metrics`, `next`; KB501": "`kanban metrics`, `next` ; KB501",
    "Little's law": "loi de Little",
    "targets and baselines": "cibles et points de départ",
    "`targets:` in board.yml; `kanban metrics`": "`targets:` dans board.yml ; `kanban metrics`",
    "wins forecast": "prévision des ventes",
    "inputs shown": "données d’entrée affichées",
    "stress test": "test de résistance",
    "many offers, few wins": "beaucoup d’offres, peu de ventes",
    "meetings cancelled": "rendez-vous annulés",
    "fixed dates at risk": "dates fixes en danger",
    "many meetings, few offers": "beaucoup de rendez-vous, peu d’offres",
    "offers stuck": "offres bloquées",
    "endless negotiation": "négociation sans fin",
    "too many Expedites": "trop d’Expedite",
    "erratic forecasts": "prévisions erratiques",
    "mail after an offer": "mail après une offre",
    "mail the day before a meeting": "mail la veille d’un rendez-vous",
    "price objection": "objection prix",
    "printable board": "tableau à imprimer",
    "`kanban render`, print/poster-a3 and -a4, filled or empty": (
        "`kanban render`, print/poster-a3 et -a4, rempli ou vide"
    ),
    "column banner": "bannière de colonne",
    "`README.md` in each column; print/banners": "`README.md` dans chaque colonne ; print/banners",
    "block label on paper": "étiquette de blocage sur papier",
    "micro-rule ticket": "ticket de micro-règle",
    "`kanban experiment new`, `show`, `decide`; print/tickets": (
        "`kanban experiment new`, `show`, `decide` ; print/tickets"
    ),
    "a dated next action": "une prochaine action datée",
    "asked of every gesture; KB501": "demandée à chaque geste ; KB501",
    "WIP is respected": "le WIP est respecté",
    "as D03; KB304": "comme D03 ; KB304",
    "prospects silent for 30 days": "prospects muets depuis 30 jours",
    "`kanban weekly`, `park`; KB504": "`kanban weekly`, `park` ; KB504",
    "notes of three bullets": "comptes rendus de trois puces",
    "as D15; KB506": "comme D15 ; KB506",
    "lost reasons": "raisons de perte",
    "as D18": "comme D18",
    "ten meetings a day": "dix rendez-vous par jour",
    "`policies.meetings_per_day`; `move`, `set`, `note`; KB507": (
        "`policies.meetings_per_day` ; `move`, `set`, `note` ; KB507"
    ),
    "offers followed up at D+2 and D+7": "offres relancées à J+2 et J+7",
    "`follow_up:` in board.yml; `next`, `daily`, `weekly`, `mail --due`; KB509": (
        "`follow_up:` dans board.yml ; `next`, `daily`, `weekly`, `mail --due` ; KB509"
    ),
}
