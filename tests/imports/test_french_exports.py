"""What French accounts of known systems export, and newer headings: understood without a mapping, day by day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.imports.conftest import Desk

HUBSPOT = """\
ID de fiche d'informations;Nom de la transaction;Phase de la transaction;Propriétaire de la transaction;Montant;Date de fermeture;Date de création;Entreprise associée
101;SSO;Rendez-vous planifié;Zoé;28000,5;2026-10-30 10:00;2026-03-04 09:00;ACME
102;Audit;Fermé - gagné;Zoé;5000;2026-05-06 10:00;2026-03-04 09:00;Norvane
103;Forage;Fermé - perdu;Zoé;5000;2026-05-06 10:00;2026-03-04 09:00;Quandrix
"""
PIPEDRIVE = """\
Affaire - ID;Affaire - Titre;Affaire - Organisation;Affaire - Valeur;Affaire - Devise;Affaire - Étape;Affaire - Statut;Affaire - Affaire créée;Affaire - Date de gain;Affaire - Date de perte;Affaire - Raison de la perte
1;SSO;ACME;28 000,50;EUR;Qualifiée;Ouvert;04/03/2026 09:00;;;
2;Audit;Norvane;5 000,00;EUR;Négociation commencée;Gagné;04/03/2026 09:00;06/05/2026 10:00;;
3;Forage;Quandrix;5 000,00;EUR;Proposition faite;Perdu;04/03/2026 09:00;;06/05/2026 10:00;Trop cher
"""
SALESFORCE = """\
ID de l'opportunité;Nom de l'opportunité;Nom du compte;Étape;Montant;Probabilité (%);Date de clôture;Date de création;Propriétaire de l'opportunité
0061;SSO;ACME;Prospection;28000,50;10;30/10/2026;04/03/2026;Zoé
0062;Audit;Norvane;Fermée/Gagnée;5000,00;100;06/05/2026;04/03/2026;Zoé
0063;Forage;Quandrix;Fermée/Perdue;5000,00;0;06/05/2026;04/03/2026;Zoé
"""
ODOO = """\
ID externe,Opportunité,Client,Revenu espéré,Probabilité,Vendeur,Étape,Actif,Créé le,Date de fermeture,Raison de la perte
x.1,SSO,ACME,28000.5,40.0,Zoé,Nouveau,Vrai,2026-03-04 09:00:00,,
x.2,Audit,Norvane,5000.0,100.0,Zoé,Gagné,Vrai,2026-03-04 09:00:00,2026-05-06 09:00:00,
x.3,Forage,Quandrix,5000.0,0.0,Zoé,Proposition,Faux,2026-03-04 09:00:00,2026-05-06 09:00:00,Trop cher
"""
NEWER = """\
Record ID - Deal,Deal Name,Deal Stage,Deal owner,Amount in company currency,Close Date,Create Date,Associated Company,Date entered Appointment Scheduled (Sales Pipeline)
101,SSO,Appointment Scheduled (Sales Pipeline),Zoé,28000.5,2026-10-30 10:00,2026-03-04 09:00,ACME,2026-03-04 09:00
102,Audit,Closed Won (Sales Pipeline),Zoé,5000,2026-05-06 10:00,2026-03-04 09:00,Norvane,2026-03-04 09:00
103,Forage,Closed Lost (Sales Pipeline),Zoé,5000,2026-05-06 10:00,2026-03-04 09:00,Quandrix,2026-03-04 09:00
"""


@pytest.mark.parametrize("coding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize(
    ("system", "text"),
    [("hubspot", HUBSPOT), ("pipedrive", PIPEDRIVE), ("salesforce", SALESFORCE), ("odoo", ODOO), ("hubspot", NEWER)],
    ids=["hubspot", "pipedrive", "salesforce", "odoo", "newer"],
)
def test_it_needs_no_mapping(desk: Desk, system: str, text: str, coding: str) -> None:
    told = desk.bring(desk.export("deals.csv", text.encode(coding)))
    assert (told["system"], told["new"]) == (system, ["acme-sso", "norvane-audit", "quandrix-forage"])
    first, last = date(2026, 3, 4), date(2026, 5, 6)
    assert [(one[0], one[1]) for one in desk.way("acme-sso")] == [("prospects", first)]
    assert [(one[0], one[1]) for one in desk.way("norvane-audit")] == [("prospects", first), ("won", last)]
    assert [(one[0], one[1]) for one in desk.way("quandrix-forage")] == [("prospects", first), ("lost", last)]
    assert "\namount: 28000.50\n" in desk.card("acme-sso") or "\namount: 28000.5\n" in desk.card("acme-sso")
    again = desk.bring(desk.export("deals.csv", text.encode(coding)))
    assert (again["same"], again["commits"]) == (3, 0)


def test_a_cure_for_a_table_without_titles_can_be_typed(desk: Desk) -> None:
    path = desk.export("x y.csv", "hello\nworld\n")
    answer = desk.run("-C", desk.root, "import", path)
    assert f"kanban import '{path}' --guess" in answer.err
    assert desk.run("-C", desk.root, "import", path, "--guess").code == 0
