"""The words of the demonstration: invented companies, people, subjects and what salespeople write about them."""

TRADES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Menuiserie", ("Suivi des poses sur chantier", "Entretien des machines d’atelier")),
    ("Transports", ("Planning des ateliers poids lourds", "Contrôles de la flotte")),
    ("Laboratoire", ("Étalonnages et certificats", "Interventions sur les paillasses")),
    ("Groupe", ("Contrat cadre multi-sites", "Portail demandeurs")),
    ("Clinique", ("Traçabilité biomédicale", "Demandes techniques des services")),
    ("Imprimerie", ("Arrêts machines et pièces", "Préventif des presses")),
    ("Coopérative", ("Entretien du matériel de collecte", "Silos et contrôles périodiques")),
    ("Brasserie", ("Maintenance de l’embouteillage", "Froid et utilités")),
    ("Cabinet", ("Rapports terrain le jour même", "Suivi des diagnostics")),
    ("Hôtels", ("Tickets des chambres", "Suivi des prestataires")),
    ("Ateliers", ("Application mobile des techniciens", "Stock de pièces")),
    ("Domaine", ("Chai et matériel viticole", "Bâtiments et contrôles")),
    ("Résidences", ("Carnet sanitaire", "Astreintes de nuit")),
    ("Conserverie", ("Préventif des autoclaves", "Arrêts de ligne")),
    ("Fonderie", ("Contrôles des fours", "Sécurité des ponts roulants")),
    ("Institut", ("Prêt de matériel", "Plateau technique")),
    ("Société", ("Astreintes et dépannages", "Gestion des sous-traitants")),
    ("Papeterie", ("Préventif du façonnage", "Énergie et utilités")),
)

NAMES = (
    "Abelvance", "Ardenval", "Argelonde", "Barnavoux", "Beaumarelle", "Belcastan", "Boisgarel", "Brandevoix",
    "Calvagnac", "Castelmure", "Chantevoye", "Clairmarais", "Corbelin", "Courtavel", "Dambressac", "Delmoray",
    "Dorvanne", "Esparvel", "Estrevaux", "Falgarde", "Fontorbe", "Garlandeau", "Gervoise", "Grandlieux", "Grimauval",
    "Hautecoste", "Isambourg", "Jarnavaux", "Kervalan", "Lamorelle", "Landevoix", "Lissandre", "Lorvange",
    "Malbrissac", "Marcevoy", "Maupertan", "Mirevault", "Montaigrel", "Morvandon", "Nantelise", "Ombrevoie",
    "Orcival-Neuf", "Paulmerie", "Pierrevaux", "Plessandre", "Pontarlande", "Rochevigne", "Rosambray", "Saintorel",
    "Salvagny", "Sermoise-Haute", "Tavernol", "Tremblevoie", "Uzelande", "Valmoreau", "Varengeol", "Vernoudet",
    "Villargence", "Vourlandes", "Yzeron-Bas",
)  # fmt: skip

CONTACTS = (
    "M. Arnoux", "Mme Barbier", "M. Bonnet", "Mme Charpentier", "M. Colas", "Mme Deschamps", "M. Diallo",
    "Mme Ferreira", "M. Garnier", "Mme Haddad", "M. Joly", "Mme Klein", "M. Lacroix", "Mme Leroux", "M. Mercier",
    "Mme Nguyen", "M. Pasquier", "Mme Perrot", "M. Rolland", "Mme Schmitt", "M. Tanguy", "Mme Vidal", "M. Wagner",
    "Mme Yilmaz",
)  # fmt: skip

SOURCES = ("inbound", "inbound", "inbound", "outbound", "outbound", "salon", "recommandation", "partenaire")
PARTNERS = ("Biomédia Conseil", "Réseau Solvane", "Frigotech Partenaires")
DECIDERS = ("Gérant", "Directeur de site", "Directrice des opérations", "Responsable maintenance", "DAF")

ACTIONS: dict[str, tuple[str, ...]] = {
    "prospects": ("Appeler", "Envoyer l’exemple client", "Relancer par e-mail", "Message LinkedIn"),
    "qualifies": ("Proposer deux créneaux", "Appel de qualification", "Valider le budget", "Identifier le décideur"),
    "rdv": ("Démo", "Démo ciblée", "Préparer la démo", "Rappel de RDV la veille"),
    "offre": ("Relance J+2", "Relance J+7", "Revue de valeur", "Appel de retour sur l’offre"),
    "negociation": ("Appel de décision", "Envoyer l’option en deux phases", "Point avec les achats", "Signature"),
    "nurturing": ("Point trimestriel", "Inviter au webinaire", "Envoyer la lettre d’information"),
}

NOTES: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "prospects": (
        ("appel", ("Message laissé.", "Rappelle après le comité.", "Intéressé, demande un exemple.")),
        ("e-mail", ("A ouvert deux fois.", "Demande un tarif indicatif.")),
    ),
    "qualifies": (
        ("appel de qualification", ("Besoin explicite, tableur saturé.", "Budget plausible.", "Décideur identifié.")),
        ("appel", ("Deux sites concernés.", "Le technicien chef veut essayer.")),
    ),
    "rdv": (
        ("RDV tenu", ("Démo suivie par trois personnes.", "Point fort : le mobile hors connexion.", "Suite : brief.")),
        ("rappel de RDV", ("Créneau confirmé.", "Agenda envoyé.")),
    ),
    "offre": (
        ("relance J+2", ("Offre bien reçue.", "Lecture en cours.")),
        ("relance J+7", ("Demande le détail de la formation.", "Compare avec un concurrent.")),
    ),
    "negociation": (
        ("appel", ("Objection prix.", "Option en deux phases proposée.", "Décision sous huit jours.")),
        ("visio", ("Périmètre confirmé.", "Reste la durée d’engagement.")),
    ),
}

CLOSINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "gagne": (
        ("signature", "Bon de commande reçu."),
        ("signature", "Signé sans remise, lancement planifié."),
        ("signature", "Signé en deux phases."),
    ),
    "price": (("appel", "Trop cher malgré l’option en deux phases."), ("e-mail", "Budget réduit de moitié.")),
    "timing": (("appel", "Projet repoussé à l’an prochain."), ("e-mail", "Recrutements gelés, projet suspendu.")),
    "fit": (("appel", "Cherche un pilotage d’automates : hors produit."), ("appel", "Deux techniciens seulement.")),
    "competition": (("e-mail", "Choisit l’outil de sa maison mère."), ("appel", "Signe chez un concurrent local.")),
    "nurturing": (("appel", "Pas de projet avant plusieurs mois."), ("e-mail", "Trois touches sans réponse.")),
}
"""Title and line of the last note, by exit or by lost reason."""

REASONS: dict[str, tuple[str, ...]] = {
    "prospects": ("fit", "timing", "fit"),
    "qualifies": ("fit", "timing", "timing", "price"),
    "rdv": ("timing", "fit", "competition"),
    "offre": ("price", "price", "competition", "timing"),
    "negociation": ("price", "competition", "price"),
}
"""Normalised reasons of a loss, as often as they occur, by the column the card is lost from."""

OBSTACLES = (
    ("Référencement fournisseur exigé par les achats", "Renvoyer le dossier complet"),
    ("Questionnaire de sécurité en attente", "Rappeler le RSSI"),
    ("Relecture juridique côté client", "Proposer notre clause type"),
    ("Décideur absent", "Passer par son adjointe"),
    ("Budget gelé", "Trouver un sponsor"),
    ("Démo impossible : jeu de données manquant", "Préparer un jeu d’essai"),
)

RETROSPECTIVES = (
    "Accès de test à préparer d’avance",
    "Prévenir l’équipe avant d’accepter l’urgence",
    "Écrire le critère d’urgence, astreinte à l’arrêt seulement",
)
