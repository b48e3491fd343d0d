"""Rendering again, while watching or in a new process, gives byte for byte what a first rendering gives."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from kanban import beside
from kanban.commands.base.calling.invocation import Settings
from kanban.commands.base.session import Kept, Session
from kanban.commands.publish.render import gather, worked_out
from kanban.folder.site_writing import LIST_FILE, SiteFolder
from kanban.i18n.catalogue import set_language
from kanban.render import site as whole
from kanban.render.charts.base import drawing
from kanban.render.pages.flow import Flow
from kanban.repository.kept.results import WorkedOut
from kanban.repository.read import log
from tests.conftest import GitFolder
from tests.golden_nine import BOARD
from tests.golden_nine import build as build_nine
from tests.repository import indexed

COLUMNS = "pqronwl"


@pytest.fixture(autouse=True)
def _drawn_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing that tells specifications and locales apart, without the second that the real one takes to begin."""

    def drawn(spec: str, locale: str) -> str:
        return f"<svg>{locale} {hashlib.sha256(spec.encode()).hexdigest()}</svg>"

    monkeypatch.setattr(drawing, "can_draw", lambda: True)
    monkeypatch.setattr(drawing, "svg_of", drawn)
    monkeypatch.setattr(log, "WORTH_KEEPING", 0)
    monkeypatch.setattr(log, "WORTH_WRITING", 1)


@pytest.fixture
def nine(tmp_path: Path) -> GitFolder:
    """The golden nine-card history, to be changed."""
    return GitFolder(build_nine(tmp_path / "nine"))


class Again:
    """One output folder, rendered into again and again: in one process with a `kept`, else each time as in a new one."""

    def __init__(self, board: Path, output: Path, audience: str, kept: Kept | None = None) -> None:
        self.board, self.output, self.audience, self.kept = board, output, audience, kept
        self.site: SiteFolder | None = None
        self.known: WorkedOut | None = None

    def render(self, as_of: str) -> dict[str, bytes]:
        session = session_of(self.board, as_of, self.kept)
        if self.kept is None or self.site is None or self.known is None:
            self.known = worked_out(session)
            self.site = SiteFolder(self.output, self.known)
        self.site.update(whole.plan(gather(session, self.audience, known=self.known)))
        self.known.save()
        files = (file for file in self.output.rglob("*") if file.is_file() and file.name != LIST_FILE)
        return {file.relative_to(self.output).as_posix(): file.read_bytes() for file in files}


def session_of(board: Path, as_of: str, kept: Kept | None = None, cached: bool = True) -> Session:
    settings = Settings()
    settings.directory, settings.cached = str(board), cached
    session = Session(settings, as_of, kept)
    assert session.config
    return session


def afresh(board: Path, as_of: str, audience: str) -> dict[str, bytes]:
    return whole.build(gather(session_of(board, as_of, cached=False), audience))


class Team:
    """Does to a board, at random but by a seed, whatever happens to boards."""

    def __init__(self, folder: GitFolder, seed: int) -> None:
        self.folder, self.random, self.day, self.made = folder, random.Random(seed), 31, 0
        self.steps: list[Callable[[], None]] = [
            self.move, self.move, self.move_long_ago, self.edit, self.note, self.amend, self.add,
            self.copy, self.remove, self.rewind, self.night, self.limit, self.language, self.merge,
        ]  # fmt: skip
        self.random.shuffle(self.steps)

    @property
    def as_of(self) -> str:
        return f"2025-04-{self.day - 30:02}" if self.day > 30 else f"2025-03-{self.day:02}"

    def commit(self, at: str = "") -> None:
        self.folder.commit("step", date=at or f"{self.as_of}T1{self.made % 10}:00:00+02:00")
        self.made += 1

    def card(self) -> Path:
        return self.random.choice(sorted(self.folder.root.glob("[pqronwl]/*.md")))

    def move(self, at: str = "") -> None:
        card = self.card()
        column = self.random.choice([one for one in COLUMNS if one != card.parent.name])
        (self.folder.root / column).mkdir(exist_ok=True)
        card.rename(self.folder.root / column / card.name)
        self.commit(at)

    def move_long_ago(self) -> None:
        """Recorded late, or pulled from a colleague: it changes weeks that were over."""
        self.move(f"2025-0{self.random.randint(1, 3)}-{self.random.randint(10, 28)}T09:00:00+01:00")

    def edit(self) -> None:
        """Not committed, so in no number."""
        card = self.card()
        card.write_text(card.read_text().replace("account: ", "amount: 12 k€\nprobability: 40 %\naccount: N"))

    def note(self) -> None:
        card = self.card()
        card.write_text(card.read_text() + f"\nnext_action: call {self.made}\n")
        self.commit()

    def amend(self) -> None:
        card = self.card()
        card.write_text(card.read_text().replace("owner: zoe", f"owner: karim {self.made}"))
        self.folder.git("commit", "-qa", "--amend", "--no-edit", date=f"{self.as_of}T09:30:00+02:00")

    def add(self) -> None:
        text = "---\nnext_action: call\nnext_action_date: 04-02\nclose_date: 2025-05-01\namount: 9 k€\n---\n"
        self.folder.write(f"p/new-{self.made}.md", text)
        self.commit()

    def copy(self) -> None:
        """The same bytes under another name, and one id in two columns."""
        card = self.card()
        self.folder.write(f"q/copy-{self.made}.md", card.read_bytes())
        self.folder.write(f"r/{card.name}", card.read_bytes())
        self.commit()

    def remove(self) -> None:
        self.card().unlink()
        self.commit()

    def rewind(self) -> None:
        self.folder.git("reset", "-q", "--hard", "HEAD~2")

    def night(self) -> None:
        self.day += self.random.choice([1, 6])

    def limit(self) -> None:
        text = (self.folder.root / "board.yml").read_text()
        self.folder.write(
            "board.yml", text.replace("name: Offer}", f"name: Offers, wip: {self.random.randint(1, 3)}}}")
        )
        self.commit()

    def language(self) -> None:
        """Changed in the folder alone, while the numbers stay those of the commit."""
        text = (self.folder.root / "board.yml").read_text()
        self.folder.write("board.yml", text.replace("language: en", "language: fr"))

    def merge(self) -> None:
        self.folder.git("stash", "-q", check=False)
        self.folder.git("checkout", "-q", "-b", f"side-{self.made}", "HEAD~1")
        self.add()
        self.folder.git("checkout", "-q", "main")
        self.folder.git("merge", "-q", "--no-edit", f"side-{self.made - 1}", date=f"{self.as_of}T19:00:00+02:00")


@pytest.mark.sweep
@pytest.mark.parametrize(("seed", "steps", "audience"), [(1, 14, "internal"), (3, 5, "public")])
def test_rendering_again_is_rendering_afresh(
    nine: GitFolder, tmp_path: Path, seed: int, steps: int, audience: str
) -> None:
    team = Team(nine, seed)
    nine.write("board.yml", BOARD + "site: {public_fields: [owner, class, amount, next_action_date]}\n")
    team.commit("2025-03-30T10:00:00+02:00")
    ways = {
        "while watching": Again(nine.root, tmp_path / "watched", audience, Kept()),
        "in a new process": Again(nine.root, tmp_path / "anew", audience),
    }
    for step in (team.night, *team.steps[:steps]):
        step()
        wanted = afresh(nine.root, team.as_of, audience)
        for name, way in ways.items():
            found = way.render(team.as_of)
            different = sorted(one for one in wanted.keys() | found.keys() if wanted.get(one) != found.get(one))
            assert not different, f"after {step.__name__}, {name}"


def test_the_past_is_not_worked_out_twice(nine: GitFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Again(nine.root, tmp_path / "site", "internal")
    site.render("2025-03-31")
    made: list[str] = []
    monkeypatch.setattr("kanban.beside.may_fork", lambda: False)  # what is drawn beside is counted by nobody
    monkeypatch.setattr(drawing, "svg_of", lambda spec, _locale: made.append("drawing") or "<svg></svg>")
    team = Team(nine, 1)
    team.day = 31
    (nine.root / "o").mkdir()
    (nine.root / "r" / "g7.md").rename(nine.root / "o" / "g7.md")
    team.commit("2025-03-31T12:00:00+02:00")
    before = site.render("2025-03-31")
    assert before["metrics.html"]
    assert 0 < made.count("drawing") < len(drawings(before["metrics.html"]))


def test_numbers_worked_out_beside_are_those_worked_out_here(
    nine: GitFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    us, work = os.getpid(), Flow._work

    def elsewhere(flow: Flow) -> bytes:
        assert os.getpid() != us
        return work(flow)

    def killed(flow: Flow) -> bytes:
        if os.getpid() != us:
            os.kill(os.getpid(), signal.SIGKILL)
        return work(flow)

    def noted(name: str) -> tuple[dict[str, bytes], set[str]]:
        site = Again(nine.root, tmp_path / name, "internal")
        site.known = known = WorkedOut(None, "", "")
        site.site, site.kept = SiteFolder(site.output, known), Kept()
        return site.render("2025-03-31"), {key for key in known if not key.startswith("seen ")}

    monkeypatch.setattr(beside, "may_fork", lambda: False)
    here = noted("here")
    monkeypatch.setattr(beside, "may_fork", lambda: True)
    for name, doing in (("elsewhere", elsewhere), ("killed", killed)):
        monkeypatch.setattr(Flow, "_work", doing)
        assert noted(name) == here


def drawings(page: bytes) -> list[bytes]:
    return page.split(b"<svg>")[1:]


def test_answers_last_from_one_process_to_the_next(tmp_path: Path) -> None:
    first = WorkedOut(tmp_path, "board/", "program 1")
    first["a"], first["b"] = "1", "2"
    first.save()
    second = WorkedOut(tmp_path, "board/", "program 1")
    assert (second["a"], dict(second)) == ("1", {"a": "1", "b": "2"})
    assert dict(WorkedOut(tmp_path, "board/", "program 2")) == dict(WorkedOut(tmp_path, "", "program 1")) == {}
    assert dict(WorkedOut(None, "board/", "program 1")) == {}


def test_answers_not_asked_for_give_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kanban.repository.kept.results.MOST", 2)
    known = WorkedOut(tmp_path, "", "program")
    known.update({"a": "1", "b": "2", "c": "3"})
    assert known["a"] == "1"
    known.save()
    assert list(WorkedOut(tmp_path, "", "program")) == ["c", "a"]


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: data[:40] + b"x" + data[41:], lambda _: b""])
def test_a_damaged_row_is_no_row(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    known = WorkedOut(tmp_path / ".git", "", "program")
    known["a"] = json.dumps([1.5])
    known.save()
    indexed.spoil(tmp_path, "worked out", spoil)
    again = WorkedOut(tmp_path / ".git", "", "program")
    assert dict(again) == {}
    again["a"] = "2"
    again.save()
    assert WorkedOut(tmp_path / ".git", "", "program")["a"] == "2"


def test_a_drawing_is_kept_for_its_language() -> None:
    known: dict[str, str] = {}
    english = drawing.draw({"mark": "bar"}, "", known)
    set_language("fr")
    assert drawing.draw({"mark": "bar"}, "", known) != english
    set_language("en")
    assert drawing.draw({"mark": "bar"}, "", dict(known)) == english
    assert len(known) == 2
