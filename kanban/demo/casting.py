"""Gives each simulated opportunity a company, a contact, money, notes: its file in its last state."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from kanban.demo.dossier import ROAD, Dossier
from kanban.demo.funnel import Lead
from kanban.demo.journey import Journey, Obstacle, Slip, Visit
from kanban.demo.market import (
    CLOSINGS,
    CONTACTS,
    DECIDERS,
    NAMES,
    NOTES,
    OBSTACLES,
    PARTNERS,
    REASONS,
    RETROSPECTIVES,
    SOURCES,
    TRADES,
)
from kanban.demo.workdays import working_day

T = TypeVar("T")
_CLASS_REASONS = {
    "fixed-date": ("Clôture budgétaire", "Audit annuel", "Ouverture du nouveau site"),
    "expedite": ("Astreinte à l’arrêt chez le client", "Outil actuel coupé par l’éditeur"),
}


def pick(rng: Random, things: Sequence[T]) -> T:
    """One of the things; unlike `Random.choice` the same in every Python version."""
    return things[int(rng.random() * len(things))]


def slug(text: str) -> str:
    """A file stem: lower-case ASCII words with hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def cast(leads: Sequence[Lead], taken: Sequence[str], seed: int) -> list[Journey]:
    """The leads as journeys with files. `taken` are stems that are in use."""
    used = set(taken)
    journeys = []
    for lead in leads:
        rng = Random(f"{seed}:card:{lead.index}")  # noqa: S311 - a plan, not a secret
        company, title = _company(rng, used)
        used.add(slug(company))
        journeys.append(_Casting(lead, company, title, rng).journey())
    return journeys


def _company(rng: Random, used: set[str]) -> tuple[str, str]:
    while True:
        trade, titles = pick(rng, TRADES)
        company = f"{trade} {pick(rng, NAMES)}"
        if slug(company) not in used:
            return company, pick(rng, titles)


def money(euros: int, rng: Random) -> str:
    """An amount as people type it: `28 k€`, `12 500 €`, `12500`."""
    style = rng.random()
    if euros % 1000 == 0 and style < 0.7:
        return f"{euros // 1000} k€"
    return f"{euros:,} €".replace(",", " ") if style < 0.9 else str(euros)


class _Casting:
    """Writes one lead's file, field by field."""

    def __init__(self, lead: Lead, company: str, title: str, rng: Random) -> None:
        self.lead, self.rng, self.company, self.title = lead, rng, company, title
        self.card = slug(company)
        self.visits = lead.visits
        self.reach = max(ROAD.index(visit.column) for visit in self.visits if visit.column in ROAD)
        self.end = self.visits[-1]
        self.lost_from = self.visits[-2].column
        self.reason = pick(rng, REASONS[self.lost_from])
        self.sdr = pick(rng, ("Inès", "Paul"))
        self.owner = pick(rng, ("Zoé", "Karim")) if self.reach >= 2 else self.sdr
        euros = int(4 + 44 * rng.random() ** 2) * 1000 + (500 if rng.random() < 0.25 else 0)
        self.amount = money(euros, rng)
        self.first_amount = money(round(euros * (0.75 + rng.random() * 0.6) / 1000) * 1000, rng)

    def journey(self) -> Journey:
        """The journey with its file, blocks and slips."""
        year = working_day(self.end.day).year
        place = self.end.column if self.end.column == "nurturing" else f"{self.end.column}/{year}"
        head = "".join(f"{key}: {value}\n" for key, value in self._fields().items() if value)
        dossier = Dossier(f"---\n{head}---\n\n## Notes\n{self._notes()}")
        return Journey(
            self.card,
            self.visits,
            dossier,
            f"{place}/{self.card}.md",
            obstacles=self._obstacles(),
            slips=self._slips(),
            first_amount=self.first_amount if self.reach >= 3 and self.rng.random() < 0.4 else "",
            sdr=self.sdr,
        )

    def _fields(self) -> dict[str, str]:
        contact = pick(self.rng, CONTACTS)
        mail = f"{slug(contact.split()[1])}@{self.card}.example.org" if self.rng.random() < 0.6 else ""
        fields = {"title": self.title, "account": self.company, "contact": contact, "contact_email": mail}
        if self.end.column == "nurturing":
            back = self._date(self.end.day + 140)
            fields |= {"next_action": "Reprendre contact", "next_action_date": back, "parked_until": back}
        if self.reach >= 1:
            share = {"gagne": "100 %", "perdu": "0 %"}.get(self.end.column, "20 %")
            fields |= {"amount": self.amount, "probability": share}
        fields |= {"owner": self.owner, "role": "AE" if self.reach >= 2 else "SDR", "source": self._source()}
        if self.reach >= 1:
            fields["close_date"] = self._date(self.end.day)
        fields |= {"class": self.lead.service_class, "class_reason": self._class_reason()}
        return fields | self._selling()

    def _selling(self) -> dict[str, str]:
        """What the columns further right ask for."""
        fields: dict[str, str] = {}
        if self.reach >= 1:
            fields |= {"need": self.title, "decision_maker": pick(self.rng, DECIDERS)}
            ticks = ("contact-opt-in", "need-explicit", "agenda-sent", "brief-validated")[: min(self.reach, 3) + 1]
            fields["dor"] = f"[{', '.join(ticks)}]"
        if self.lead.service_class == "fixed-date" and self.reach >= 1:
            fields["fixed_date"] = self._date(self.end.day + 5)
        if self.reach >= 2:
            fields["meeting_date"] = self._date(self._entry("rdv") + 2)
        if self.reach >= 3:
            sent = self._entry("offre")
            fields |= {"offer_date": self._date(sent), "follow_up_date": self._date(sent + 2)}
            fields |= {"risk": pick(self.rng, ("high", "medium", "low")), "dod": "[meeting-held, receipt-acknowledged]"}
        if self.end.column == "perdu":
            fields["lost_reason"] = self.reason
        if self.lead.service_class == "expedite":
            fields["retrospective"] = pick(self.rng, RETROSPECTIVES)
        return fields

    def _source(self) -> str:
        if self.lead.at_show:
            return "salon"
        return "partenaire" if self.lead.service_class == "partner" else pick(self.rng, SOURCES)

    def _class_reason(self) -> str:
        if self.lead.service_class == "partner":
            return f"Apportée par {pick(self.rng, PARTNERS)}"
        reasons = _CLASS_REASONS.get(self.lead.service_class)
        return pick(self.rng, reasons) if reasons else ""

    def _entry(self, column: str) -> int:
        """The last entry into the column; for a card that came in further right, some days before."""
        early = self.visits[0].day - 6
        return next((visit.day for visit in reversed(self.visits) if visit.column == column), early)

    def _date(self, day: int) -> str:
        return working_day(day).isoformat()

    def _notes(self) -> str:
        """Newest first: the closing one, and one in most columns."""
        closing = self.reason if self.end.column == "perdu" else self.end.column
        what, line = pick(self.rng, CLOSINGS[closing])
        notes = {self.end.day: f"\n### {self._date(self.end.day)} — {what}\n\n- {line}\n"}
        for visit, after in zip(self.visits, self.visits[1:], strict=False):
            day = visit.day + int(self.rng.random() * (after.day - visit.day))
            if visit.column in NOTES and day not in notes and self.rng.random() < 0.75:
                notes[day] = self._note(visit.column, day)
        return "".join(notes[day] for day in sorted(notes, reverse=True))

    def _note(self, column: str, day: int) -> str:
        what, lines = pick(self.rng, NOTES[column])
        first = int(self.rng.random() * len(lines))
        bullets = "".join(f"- {line}\n" for line in lines[first : first + 2])
        return f"\n### {self._date(day)} — {what}\n\n{bullets}"

    def _obstacles(self) -> tuple[Obstacle, ...]:
        found = []
        for visit, after in zip(self.visits, self.visits[1:], strict=False):
            stay = after.day - visit.day
            if visit.column in ROAD[1:] and stay >= 5 and self.rng.random() < 0.16:
                start = visit.day + 1 + int(self.rng.random() * 2)
                end = start + 1 + int(self.rng.random() * (after.day - start - 1))
                cause, cure = pick(self.rng, OBSTACLES)
                found.append(Obstacle(start, end, cause, cure, self._owner_in(visit)))
        return tuple(found)

    def _owner_in(self, visit: Visit) -> str:
        return self.sdr if visit.column in ROAD[:2] else self.owner

    def _slips(self) -> tuple[Slip, ...]:
        """The close date was hoped for earlier, once or several times."""
        if self.reach < 2 or self.end.column == "nurturing":
            return ()
        final = date.fromisoformat(self._date(self.end.day))
        days = [visit.day for visit in self.visits[:-1] if visit.column in ROAD[2:] and self.rng.random() < 0.5]
        slips = [
            Slip(day, final - timedelta(days=7 * (len(days) - at) + int(self.rng.random() * 10)))
            for at, day in enumerate(days)
        ]
        return tuple(slips)
