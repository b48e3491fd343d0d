"""Every example in `--help` and every command in a document's code block is typed, and works.

A help example is typed on a board that has the cards it names, standing where the example takes them from.
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import click
import pytest

from kanban.cli import cli
from kanban.i18n import _, use_language
from tests.conftest import GitFolder, Kanban
from tests.sheet.stage import LANGUAGES, Stage, staged

pytestmark = pytest.mark.sweep

ROOT = Path(__file__).parent.parent.parent
DOCS = [*sorted(ROOT.glob("docs/*.md")), ROOT / "README.md"]
ELSEWHERE = ("docs/cli.md", "docs/a-day.md", "docs/getting-started.md")
"""Generated from the help, or run with their output by tests of their own."""

APART = {
    "--watch": "serves until it is stopped: tests/commands/test_render_again.py",
    "kanban resolve": "needs a merge in a knot: tests/merges",
    "kanban sync --take": "needs a conflict: tests/team",
    "merge-driver": "is called by git: tests/merges",
    "/srv/git": "a server's folder: tests/hooks",
    "code --wait": "opens a window",
    "origin/main": "needs a server: tests/team",
    "sales.git": "a server's folder: tests/hooks",
    "--rev v1": "a tag of one's own",
    "demo pipeline --serve": "serves a browser until it is stopped: tests/web",
    "kanban serve": "serves a browser until it is stopped: tests/web, tests/browser/test_hand.py",
    "kanban watch": "tells until it is stopped: tests/commands/test_watch.py",
    "kanban ui": "needs a terminal: tests/terminal",
    "kanban lsp": "serves an editor until it is stopped: tests/editors",
    "kanban mcp": "serves an agent until it is stopped: tests/agents",
    "--history history.csv": "needs an export with its history: tests/imports/test_systems.py",
    "board.json": "needs an export: tests/imports/test_systems.py",
    "~/Maildir": "somebody's own mail: tests/imports/mail",
    "--from lake": "needs exports of several boards: tests/metrics/test_parquet.py",
    "--interactive": "asks on a terminal: tests/rituals/test_interactive.py",
}
PLACES = (
    (r"move acme-sso beta-crm", {"acme-sso": "prospects"}),
    (r"--move meeting|move acme-sso meeting($| --set)", {"acme-sso": "qualified"}),
    (r"(move|resolve) acme-sso meeting", {"acme-sso": "offer"}),
    (r"win acme-sso|negotiation", {"acme-sso": "negotiation"}),
    (r"win beta", {"beta-crm": "meeting"}),
    (r"reopen", {"beta-crm": "lost"}),
    (r"archive acme-sso", {"acme-sso": "won"}),
    (r"unblock", {"blocked": "yes"}),
)
"""What an example says → where its cards stand; else acme-sso has a meeting."""

TICKETS = ("agenda-before-noon", "one-offer-less", "agenda-avant-midi", "une-offre-de-moins")
"""Micro-rules that wait for their decision."""

READY = {
    "contact": "Ana Roy",
    "first_name": "Ana",
    "contact_email": "ana@example.org",
    "decision_maker": "Ana Roy",
    "amount": "28000",
    "probability": "40",
    "close_date": "2026-10-30",
    "owner": "Zoé",
    "next_action_date": "2026-10-07T10:00",
    "video_link": "https://example.org/x",
    "points": "[scope, price]",
    "pain": "three tools",
    "roi": "two days a month",
    "dor": "[contact-opt-in, need-explicit, agenda-sent, brief-validated, receipt-acknowledged]",
    "dod": "[meeting-held, receipt-acknowledged]",
}


def verbs(command: click.Command, path: str = "") -> Iterator[tuple[str, str]]:
    """Every example of every verb, with the verb's name."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from verbs(found, f"{path} {name}".strip())
    for example in getattr(command, "examples", ()):
        yield path, example


EXAMPLES = [one for one in verbs(cli) if not any(word in one[1] for word in APART)]


def command_of(example: str) -> str:
    """The command of an example, without the remark that stands apart from it and without redirection."""
    return re.split(r"\s{2,}|\s#\s|\s[<>|]\s", example.strip())[0].strip()


def placed(example: str) -> dict[str, str]:
    """Where the cards stand for it."""
    return next((where for says, where in PLACES if re.search(says, example)), {})


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Prepared once in each language; a test works on a copy."""
    return {language: tmp_path_factory.mktemp("examples") / language for language in LANGUAGES}


@pytest.fixture(params=LANGUAGES)
def stage(
    request: pytest.FixtureRequest,
    boards: dict[str, Path],
    tmp_path: Path,
    kanban: Kanban,
    monkeypatch: pytest.MonkeyPatch,
) -> Stage:
    """A copy of the board with the cards that examples name."""
    source, language = boards[request.param], request.param
    if not source.exists():
        made = staged(source, kanban, "b2b", language)
        made.place("prospects", "beta-crm", **(READY | {"dod": ""}))
        made.place("prospects", "gamma-soft", **READY)
        made.place("offer", "val-arzille", "2026-10-01", **(READY | {"next_action_date": "2026-10-08"}))
        made.place("meeting", "acme-sso", **READY)
        for at, name in enumerate(TICKETS):
            start = date(2026, 9, 14) - timedelta(weeks=2 * at)  # one after the other
            fields = f"title: {name}\nproblem: p\nrule: r\nindicator: throughput\ntarget: 2\nstart: {start}\nweeks: 2\n"
            made.folder.write(f"experiments/{name}.md", f"---\n{fields}---\n")
        made.folder.commit("experiments", date="2026-09-14T08:00:00+02:00")
        made.folder.git("branch", "feature")
    shutil.copytree(source, tmp_path / "board")
    monkeypatch.chdir(tmp_path / "board")
    return Stage(GitFolder(tmp_path / "board"), kanban, "b2b", language)


@pytest.mark.parametrize(("verb", "example"), EXAMPLES, ids=[example[:60] for _verb, example in EXAMPLES])
def test_an_example_of_the_help_works(
    verb: str, example: str, stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with use_language(stage.language):
        shown = _(example)
    for card, column in placed(example).items():
        if card == "blocked":
            label = {"blocked_since": "2026-10-01", "blocked_cause": "legal", "blocked_next": "call"}
            stage.place("meeting", "acme-sso", **READY, **label, blocked_owner="Zoé")
            continue
        held = {"lost_reason": "price", "dod": ""} if column == "lost" else {}
        where = {"dod": ""} if column in ("prospects", "qualified") else {}
        stage.place(column, card, **(READY | where | held))
    _surroundings(verb, stage, monkeypatch, tmp_path)
    words = shlex.split(command_of(shown))
    for alone in ("EDITOR=", "eval", "printf"):
        if words[0].startswith(alone):
            words = shlex.split(re.search(r"kanban [^)|]+", shown)[0])  # type: ignore[index]  # it is there
    words = [
        f"{stage.folder.root.parent}{word[1:]}" if word.startswith("~/") else word for word in words
    ]  # as the shell does
    if "--off" in words:
        assert stage.type(*words[1:-1]).code == 0
    answer = stage.type(*words[1:])
    wanted = (
        (0, 1)
        if verb in ("lint", "remind", "diagnose", "doctor", "pull", "ready", "diff", "find", "portfolio lint")
        else (0,)
    )
    assert answer.code in wanted, (shown, answer.err)


def _surroundings(verb: str, stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What an example needs beside the board."""
    if verb == "init":
        GitFolder(tmp_path / "empty")
        monkeypatch.chdir(tmp_path / "empty")
    elif verb in NEEDS:
        NEEDS[verb](stage)
    elif verb.startswith("portfolio"):
        (stage.folder.root / "portfolio.yml").write_text("boards: [{name: here, path: .}]\n", encoding="utf-8")
    elif verb == "demo":
        monkeypatch.chdir(tmp_path)
    elif verb == "edit":
        monkeypatch.setenv("EDITOR", "true")
    elif verb == "undo":
        assert stage.type("note", "acme-sso", "called").code == 0
    elif verb == "sync":
        far = tmp_path / "far.git"
        stage.folder.git("clone", "-q", "--bare", ".", str(far))
        stage.folder.git("remote", "add", "origin", str(far))
        stage.folder.git("fetch", "-q", "origin")
        stage.folder.git("branch", "-q", "-u", "origin/main")
    elif verb == "batch":
        for name in ("today.txt", "jour.txt"):
            (stage.folder.root / name).write_text('note acme-sso "called"\n', encoding="utf-8")
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'note acme-sso "called"\n')))
    elif verb == "rename":
        (stage.folder.root / stage.column("meeting") / "acme-sso.md").unlink()
        stage.place("meeting", "acme-sas")
    elif verb == "experiment new":
        shutil.rmtree(stage.folder.root / "experiments")
        stage.folder.commit("decided")
    elif verb == "render":
        with (stage.folder.root / "board.yml").open("a", encoding="utf-8") as settings:
            settings.write("\nsite: {public_fields: [owner, close_date]}\n")


def _directory(stage: Stage) -> None:
    """Two companies and two people, as files."""
    for place, names in (("accounts", ("acme", "acme-2")), ("people", ("dubois", "dubois-2"))):
        for name in names:
            stage.folder.write(f"{place}/{name}.md", f"---\nname: {name}\n---\n")
    stage.folder.commit("companies and people")


def _files(stage: Stage) -> None:
    """Files to keep with a card, in the board's folder and at home."""
    home = stage.folder.root.parent / "Documents"
    home.mkdir()
    for name in ("brief.docx", "plan.xlsx", "offer.pdf", "offre.pdf"):
        for folder in (stage.folder.root, home):
            (folder / name).write_bytes(b"%PDF")


def _exports(root: Path, column: str, kanban: Kanban) -> None:
    """An export of deals with its mapping, a mail of a customer, a calendar and an address book."""
    deals = f"Company,Stage,Amount,Created\nDelta SA,{column},28000,2026-09-01\n"
    (root / "deals.csv").write_text(deals, encoding="utf-8")
    guessed = kanban("import", "deals.csv", "--guess")
    assert guessed.code == 0, guessed.err
    (root / "deals.yml").write_text(guessed.out, encoding="utf-8")
    head = "From: Ana <ana@example.org>\nTo: zoe@example.com\nDate: Mon, 05 Oct 2026 08:00:00 +0200\n"
    mail = f"{head}Message-ID: <1@example.org>\nSubject: Re: [acme-sso] offer\n\nWe agree.\n"
    (root / "reply.eml").write_text(mail, encoding="utf-8")
    event = "UID:1@example.org\nDTSTART:20261001T080000Z\nSUMMARY:Demo acme-sso\nATTENDEE:mailto:ana@example.org\n"
    calendar = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\n{event}END:VEVENT\nEND:VCALENDAR\n"
    (root / "meetings.ics").write_text(calendar, encoding="utf-8")
    (root / "contacts.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ana Diaz\nEND:VCARD\n", encoding="utf-8")


NEEDS: dict[str, Callable[[Stage], None]] = {
    "attach": _files,
    **dict.fromkeys(
        ("import", "log-mail"), lambda stage: _exports(stage.folder.root, stage.column("prospects"), stage.kanban)
    ),
    **dict.fromkeys(
        (f"{kind} {verb}" for kind in ("account", "person") for verb in ("show", "merge", "rename")), _directory
    ),
}


def blocks(path: Path) -> list[str]:
    """The commands in a document's code blocks, lines that go on joined."""
    found = []
    for block in re.findall(r"^```[^\n]*\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        joined = re.sub(r"\s*\\\n\s*", " ", block)
        found += [
            line.removeprefix("$ ") for line in joined.splitlines() if re.match(r"(\$ )?kanban (-C \S+ )?[a-z]", line)
        ]
    return [one for one in found if not any(word in one for word in APART)]


WRITTEN = [path for path in DOCS if path.relative_to(ROOT).as_posix() not in ELSEWHERE and blocks(path)]


@pytest.mark.parametrize("path", WRITTEN, ids=[path.name for path in WRITTEN])
def test_a_document_s_commands_work(
    path: Path, tmp_path: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kanban("demo", tmp_path / "demo", "--lang", "fr", "--as-of", "2026-10-05").code == 0
    shutil.rmtree(tmp_path / "demo" / "experiments", ignore_errors=True)
    GitFolder(tmp_path / "demo").commit("decided")
    monkeypatch.chdir(tmp_path / "demo")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"---\naccount: A\n---\n")))
    if path.name == "analysis.md":
        for name in ("north", "south"):
            shutil.copytree(tmp_path / "demo", tmp_path / name)
        monkeypatch.chdir(tmp_path)
    if path.name == "import.md":
        _exports(tmp_path / "demo", "Prospects", kanban)
    failed = []
    for line in blocks(path):
        words = shlex.split(re.split(r"\s{2,}|\s#\s|\s[<>|]\s|\s&&\s", line)[0])
        if words[1] == "init":
            continue
        if words[1] == "diff" and "feature" in words:
            GitFolder(tmp_path / "demo").git("branch", "-f", "feature")
        if words[1:3] == ["experiment", "decide"]:
            monkeypatch.setenv("KANBAN_AS_OF", "2026-10-30")
        answer = kanban(*words[1:])
        if answer.code not in (0, 1) or (answer.code and words[1] in ("note", "new", "experiment")):
            failed.append((line, answer.err))
    assert failed == []
