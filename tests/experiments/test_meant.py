"""What a micro-rule speaks of: its indicator when none was typed, and the limit that it lowers."""

from __future__ import annotations

import pytest

from kanban.experiments.indicators import indicator_of, lowered_by
from tests.boards import board_of

CONFIG = board_of(
    {},
    "title: P\ncolumns: [{key: prospects}, {key: offre, name: Offre envoyée, wip: 8},"
    " {key: negociation, name: Négociation, wip: 5}, {key: rdv, name: RDV programmé, wip: 1}]\n",
).config


@pytest.mark.parametrize(
    ("rule", "name", "lowered"),
    [
        ("CR ≤ 24 h", "reports_in_time", ""),
        ("Compte rendu sous 24h", "reports_in_time", ""),
        ("report within 24 h", "reports_in_time", ""),
        ("WIP Négociation –1", "wip-negociation", "negociation"),
        ("WIP −1 negociation", "wip-negociation", "negociation"),
        ("WIP of Offre envoyée: -1", "wip-offre", "offre"),
        ("WIP rdv -1", "wip-rdv", ""),
        ("less WIP", "wip", ""),
        ("relance J+2", "follow_ups_in_time", ""),
        ("Agenda before noon", "throughput", ""),
        ("Créer un agenda", "throughput", ""),
    ],
)
def test_what_a_rule_speaks_of(rule: str, name: str, lowered: str) -> None:
    assert indicator_of(rule, CONFIG) == name
    column = lowered_by(rule, CONFIG)
    assert (column.key if column is not None else "") == lowered
