"""What people type into a card by hand, in both languages: each line as `lint --fix` leaves it, and nothing left to say.

Every line stands on a card of its own, all on one board: one `--fix`, then one look.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from kanban.errors import KanbanError
from kanban.gestures.base.typed import parse_assignments
from kanban.model.cards.assembly import read_board
from kanban.model.cards.boardfile import BoardFile
from tests.conftest import Kanban

FRENCH = """
montant: 28 k€ HT | amount: 28000
montant: 28.000,50 € | amount: 28000.50
Montant: 28 000,50 | amount: 28 000,50
Montant : 28k | amount: 28k
montant : 28 k€ | amount: 28 k€
valeur: 28 k | amount: 28 k
prix: £28k | amount: 28000 GBP
amount: 28\u202f000\u00a0€ | =
amount: €28k | amount: 28000
amount: 28000,50 | =
amount: 28 000 euros | amount: 28000
amount: 28mille | amount: 28000
amount: environ 28 k€ | amount: 28000
amount: ~28k | amount: 28000
amount: “28 k€” | amount: 28000
amount: «\u00a028 k€\u00a0» | amount: 28000
chiffre d'affaires: 28k | amount: 28k
proba: 40 | probability: 40
probabilité: 40 % | probability: 40 %
Probabilité : 40 pour cent | probability: 40 pour cent
proba: 0,4 | probability: 0,4
chances: 40% | probability: 40%
responsable: Zoé | owner: Zoé
Responsable : zoe | owner: Zoé
vendeur: “Zoé” | owner: Zoé
owner: «\u00a0Zoé\u00a0» | owner: Zoé
owner:Zoé | owner: Zoé
\towner: Zoé | owner: Zoé
propriétaire: Zoé | owner: Zoé
commercial: ZOÉ | owner: Zoé
tags: chaud, salon, sso | =
étiquettes: chaud; salon | tags: chaud; salon
tags: [chaud, salon | tags: [chaud, salon]
objections: prix ; délai | =
décideur: Mme Roy | decision_maker: Mme Roy
décideurs: Mme Roy, M. Blanc | decision_makers: Mme Roy, M. Blanc
email: z@example.org | contact_email: z@example.org
e-mail: z@example.org | contact_email: z@example.org
tél: 01 23 45 67 89 | contact_phone: 01 23 45 67 89
portable: +33 6 12 34 56 78 | contact_phone: +33 6 12 34 56 78
clôture: fin janvier | close_date: 2027-01-31
échéance: 30 janv 2027 | close_date: 2027-01-30
close: 30/1/27 | close_date: 2027-01-30
Date de clôture: 30.01.2027 | close_date: 2027-01-30
date de clôture : 2027/01/30 | close_date: 2027-01-30
close_date: le 30 janvier | close_date: 2027-01-30
close_date: 30-01-2027 | close_date: 2027-01-30
close_date: “30/01/2027” | close_date: 2027-01-30
classe: Standard | class: Standard
class: “standard” | =
source: Salon | source: salon
source: «\u00a0salon\u00a0» | source: salon
origine: recommandation | source: recommandation
besoin: un outil : simple | need: "un outil : simple"
contact: @zoe | contact: "@zoe"
contact: 'Mme Roy | contact: "Mme Roy"
next action: rappeler | next_action: rappeler
prochaine action : rappeler | next_action: rappeler
prochaine_action: rappeler | next_action: rappeler
à faire: rappeler | next_action: rappeler
suite: rappeler : budget ? | next_action: "rappeler : budget ?"
date action: 4 janvier 2027 à 10h | next_action_date: 2027-01-04T10:00
prochaine_action_date: 04/01/2027 10h00 | next_action_date: 2027-01-04T10:00
Date de la prochaine action: lundi 4 janvier 2027 | next_action_date: 2027-01-04
quand: 4/1/27 10h | next_action_date: 2027-01-04T10:00
risque: moyen | risk: moyen
ordre du jour: tour de table, démo | agenda: tour de table, démo
devise: euros | currency: euros
dor: contact-opt-in, need-explicit | =
Prêt: contact-opt-in | dor: contact-opt-in
prises de contact: 2 | touches: 2
segment = retail | segment: retail
title: "ACME" démo | title: "\\"ACME\\" démo"
"""
ENGLISH = """
Amount: £28k | amount: £28k
value: $28,000.00 | amount: $28,000.00
price: 28k excl. VAT | amount: 28000
deal value: about 28 grand | amount: 28000
prob: 40 per cent | probability: 40 per cent
Chance: .4 | probability: .4
seller: ZOE | owner: Zoé
assigned to: ‘Zoé’ | owner: Zoé
Next step: ring back: budget | next_action: "ring back: budget"
due date: 4 Jan 2027 at 10am | next_action_date: 2027-01-04T10:00
when: 2027-01-04 10:00 | next_action_date: 2027-01-04 10:00
close: January 30, 2027 | close_date: 2027-01-30
closing: 30th January 2027 | close_date: 2027-01-30
decider: Ms Roy | decision_maker: Ms Roy
phone number: +44 20 7946 0958 | contact_phone: +44 20 7946 0958
lead source: referral | source: referral
tag: hot, show | tags: hot, show
contact:"Ms Roy" | contact: "Ms Roy"
montant: 28k | amount: 28k
responsable: Zoé | owner: Zoé
"""
QUIET = {"KB522", "KB501", "KB506", "KB502", "KB203"}
"""What is said of these cards beside the line: no probability, no dated action, no owner, dates."""


def rows(table: str) -> list[tuple[str, str]]:
    pairs = [line.rsplit(" | ", 1) for line in table.strip("\n").splitlines()]
    return [(typed, typed if kept == "=" else kept) for typed, kept in pairs]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "table"), [("fr", FRENCH), ("en", ENGLISH)], ids=["French", "English"])
def test_lines_by_hand_are_made_right(kanban: Kanban, tmp_path: Path, language: str, table: str) -> None:
    root = tmp_path / "board"
    assert kanban("--lang", language, "init", str(root), "--git", "--owner", "Zoé", "--owner", "Paul").code == 0
    for number, (typed, _kept) in enumerate(rows(table)):
        (root / f"prospects/c{number:02}.md").write_text(f"---\naccount: A{number:02}\n{typed}\n---\n", "utf-8")
    verb = ("-C", str(root), "lint", "--as-of", "2026-11-30")
    promised = re.search(r"(\d+) (?:can be fixed with|se corrigent avec) `--fix`\.$", kanban(*verb).out.rstrip())
    said = kanban(*verb, "--fix")
    assert said.code in (0, 1), said.err
    assert promised is not None
    assert said.err.startswith((f"{promised[1]} findings fixed", f"{promised[1]} constats corrigés")), (
        "as many as were promised, what they uncover included"
    )
    assert "`--fix`" not in said.out
    wrong = {
        typed: left
        for number, (typed, kept) in enumerate(rows(table))
        if (left := (root / f"prospects/c{number:02}.md").read_text("utf-8"))
        != f"---\naccount: A{number:02}\n{kept}\n---\n"
    }
    assert wrong == {}
    findings = json.loads(kanban(*verb, "--output-format", "json").out)["findings"]
    assert [
        (rows(table)[int(one["card"][1:])][0], one["code"], one["message"])
        for one in findings
        if (one["code"][:3] in ("KB1", "KB2")) and one["code"] not in QUIET
    ] == []


@pytest.mark.parametrize(("language", "wanted"), [("fr", "écrivez {}:` ou {}:`"), ("en", "write {}:` or {}:`")])
def test_a_key_that_may_be_two_fields_is_asked(kanban: Kanban, tmp_path: Path, language: str, wanted: str) -> None:
    (tmp_path / "board.yml").write_text(f"language: {language}\ncolumns: [{{key: prospects}}]\n", "utf-8")
    card = tmp_path / "prospects/acme.md"
    card.parent.mkdir()
    card.write_text("---\naccount: ACME\ndate: 14/12\n---\n", "utf-8")
    said = kanban("-C", str(tmp_path), "lint", "--select", "KB201")
    assert wanted.format("`next_action_date", "`close_date") in said.out
    board = read_board([BoardFile("board.yml", b"columns: [{key: prospects}]\n")])
    with pytest.raises(KanbanError) as raised:
        parse_assignments(board, ("jour=14/12",), date(2026, 11, 30))
    assert all(f"`{key}=14/12`" in raised.value.cure for key in ("next_action_date", "close_date"))
