"""One golden board for all rituals: every kind of item once, with a past in a real repository."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.boards import card_text
from tests.conftest import GitFolder, Kanban

TODAY = "2026-10-05"
GOLDEN = Path(__file__).parent / "golden"

CONFIG = """\
title: Pipeline
language: fr
timezone: Europe/Paris
columns:
  - {key: prospects, name: Prospects, purge_after: 30}
  - {key: qualifies, name: Qualifiés, wip: 6}
  - key: rdv
    name: RDV programmé
    wip: 4
    dor: [{id: slot-confirmed, field: next_action_date, check: timed}, {id: agenda-sent, label: ordre du jour envoyé}]
    dod: [{id: meeting-held, label: rendez-vous tenu}]
  - {key: offre, name: Offre envoyée, wip: 4, follow_up: [2, 7]}
  - {key: negociation, name: Négociation, wip: 2, ageing: {amber: 10, red: 20}, escalate: 7}
  - {key: gagne, name: Gagné, kind: won}
  - {key: perdu, name: Perdu, kind: lost}
  - {key: nurturing, name: Nurturing, kind: parked}
policies: {meetings_per_day: 1}
owners: [{name: Zoé, email: zoe@example.org}, {name: Karim}]
rituals: {daily: "09:15", weekly: mon 10:00, metrics: [throughput, cycle_time]}
"""

TICKET = "---\nproblem: RDV annulés\nrule: ordre du jour la veille avant midi\nindicator: RDV tenus\nstart: 2026-09-21\n---\n"


def card(account: str, body: str = "", **fields: str) -> bytes:
    """A card of Zoé's with a follow-up to come."""
    return card_text(body, **({"account": account, "owner": "Zoé", "next_action_date": "2026-10-09"} | fields))


def lost(account: str, reason: str, amount: str, note: str) -> bytes:
    """A lost deal with one note."""
    body = f"## Notes\n\n### 2026-09-20 — appel\n\n- {note}\n"
    return card(account, body, lost_reason=reason, amount=amount, next_action="", next_action_date="")


EARLY = {
    "prospects/dort.md": card("Dort & Fils", owner="Karim"),
    "prospects/neuf.md": card("Neuf *SA*", next_action="appeler", next_action_date="2026-10-05"),
    "qualifies/pret.md": card("Prêt", dor="[agenda-sent]", next_action_date="2026-10-13T14:00"),
    "qualifies/presque.md": card("Presque", next_action_date="2026-10-12T15:00"),
    "rdv/acme.md": card("ACME SAS", contact="M. Dubois", next_action="démo", next_action_date="2026-10-12T10:00"),
    "rdv/trop.md": card("Trop", next_action="démo", next_action_date="2026-10-12T16:00", owner="Karim"),
    "rdv/tenu.md": card("Tenu", next_action="démo", next_action_date="2026-10-02T10:00"),
    "rdv/perdu-prix.md": lost("Prix SA", "price", "40 k€", "trop cher de moitié"),
    "rdv/perdu-delai.md": lost("Délai SARL", "timing", "12 k€", "projet repoussé"),
    "offre/bloque.md": card("Bloqué", blocked_since="2026-09-28", blocked_cause="juriste absente", blocked_next="rappeler", blocked_owner="Karim"),
    "offre/floue.md": card("Floue", owner="", close_date="2026-09-30", next_action_date="2026-10-30"),
    "offre/retard.md": card("Retard", next_action="relancer", next_action_date="2026-10-01", close_date="2026-11-20"),
    "negociation/longue.md": card("Longue", close_date="2026-10-07", next_action_date="2026-10-08"),
    "experiments/agenda.md": TICKET.encode(),
}  # fmt: skip


@pytest.fixture
def golden_board(git_folder: GitFolder) -> Path:
    """The board as of Monday, 5 October 2026, on which something of everything waits."""
    git_folder.write("board.yml", CONFIG)
    for folder in ("prospects", "qualifies", "rdv", "offre", "negociation", "gagne", "perdu", "nurturing"):
        git_folder.write(f"{folder}/README.md", "# banner\n")
    for path, data in EARLY.items():
        git_folder.write(path, data)
    git_folder.commit("board", date="2026-08-31T09:00:00+0200")
    for name in ("perdu-prix", "perdu-delai"):
        git_folder.git("mv", f"rdv/{name}.md", f"offre/{name}.md")
    git_folder.commit("offers", date="2026-09-07T09:00:00+0200")
    for name in ("perdu-prix", "perdu-delai"):
        git_folder.git("mv", f"offre/{name}.md", f"perdu/{name}.md")
    git_folder.commit("lost", date="2026-09-22T09:00:00+0200")
    for path, data in EARLY.items():
        if path.startswith(("qualifies/", "rdv/", "offre/", "prospects/neuf")) and "perdu" not in path:
            git_folder.write(path, data + b"\n")
    git_folder.commit("called", date="2026-10-02T11:00:00+0200")
    return git_folder.root


Golden = Callable[..., None]


@pytest.fixture
def golden(golden_board: Path, kanban: Kanban, update_golden: bool) -> Golden:
    """Compares what a verb prints with `golden/NAME.txt`."""

    def check(name: str, *arguments: str) -> None:
        answer = kanban("-C", golden_board, *arguments, "--as-of", TODAY)
        assert answer.err == ""
        file = GOLDEN / name
        if update_golden:
            file.parent.mkdir(exist_ok=True)
            file.write_text(answer.out, encoding="utf-8")
        assert answer.out == file.read_text(encoding="utf-8")

    return check
