"""What a micro-rule speaks of: its indicator when none was typed, and the limit that it lowers."""

from __future__ import annotations

import pytest

from kanban.experiments.indicators import indicator, indicator_of, indicator_said, lowered_by, names
from kanban.i18n import use_language
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


def test_an_indicator_is_shown_as_its_reader_types_it() -> None:
    with use_language("fr"):
        shown = [indicator_said(name) for name in ("throughput", "reports_in_time", "conversion-offre", "morale")]
        assert shown == ["débit", "comptes-rendus-à-temps", "conversion-offre", "morale"]
        meant = [indicator(name, CONFIG) for name in names(CONFIG)]
    assert all(one is not None for one in meant)
    assert indicator_said("reports_in_time") == "reports_in_time"
