"""What a board wants beside its files: hooks, merge driver, `.gitignore`, a job on the forge, completion."""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib import resources
from pathlib import Path

import click

from kanban.commands.base.session import Session
from kanban.commands.base.write_verb import tell_beside
from kanban.commands.setup.completion import installed, shell_in_use
from kanban.commands.together.hook import set_up_hooks
from kanban.commands.together.merge_driver import set_up_merge_driver
from kanban.errors import KanbanError
from kanban.gestures.base.change import PathChange
from kanban.i18n import N_, _
from kanban.repository.git.repository import Repository
from kanban.repository.write.message import commit_message
from kanban.repository.write.publication import Publication
from kanban.repository.write.writing import publish

RECIPES = {
    "github": ".github/workflows/board.yml",
    "gitlab": ".gitlab-ci.yml",
    "forgejo": ".forgejo/workflows/board.yml",
}
"""Where each forge looks for a job."""
_SEEN = {"github": ("github", ".github"), "gitlab": ("gitlab", ".gitlab-ci.yml"), "forgejo": ("forgejo", ".forgejo")}
_ALSO_FORGEJO = ("codeberg", "gitea")
IGNORED = "site/"
AGENTS_FILE = "AGENTS.md"

EXTRAS = {
    "ignore": N_("`.gitignore`: the site that `kanban render` writes is not committed"),
    "merge-driver": N_("merge driver: what two people change on one card is merged field by field"),
    "ci": N_("a job on your forge: every push is checked there too"),
    "hooks": N_("git hooks: a commit or a push that breaks a rule is stopped, and says why"),
    "completion": N_("completion: TAB completes verbs, cards, columns and owners in your shell"),
}
"""What can be set up, in the order in which it is done, and what it is good for."""


def on_offer(root: Path) -> list[str]:
    """Those of EXTRAS that make sense for a board in the folder `root`, which may not exist yet."""
    missing = set()
    if not forge_at(root):
        missing.add("ci")
    try:
        shell_in_use()
    except KanbanError:
        missing.add("completion")
    return [key for key in EXTRAS if key not in missing]


def forge_at(root: Path) -> str:
    """The forge that a remote's address or a file of it tells of; "" when none does."""
    place = next(folder for folder in (root.absolute(), *root.absolute().parents) if folder.is_dir())
    try:
        repository = Repository.find(place)
    except KanbanError:
        return ""
    addresses = repository.git.read("config", "--get-regexp", r"^remote\..*\.url$", codes=(0, 1)).text.casefold()
    top = repository.toplevel or place
    for forge, (host, file) in _SEEN.items():
        if host in addresses or (top / file).exists():
            return forge
    return "forgejo" if any(word in addresses for word in _ALSO_FORGEJO) else ""


def set_up(session: Session, wanted: Collection[str], *, forge: str = "", no_commit: bool, dry_run: bool) -> None:
    """Set up what is wanted, in the order of EXTRAS, and say what was done; `agents` too, which nobody is asked."""
    steps: dict[str, Callable[[], None]] = {
        "ignore": lambda: _ignore(session, no_commit, dry_run),
        "merge-driver": lambda: set_up_merge_driver(session, no_commit=no_commit, dry_run=dry_run),
        "ci": lambda: _recipe(session, forge or forge_at(session.root), no_commit, dry_run),
        "agents": lambda: _agents(session, no_commit, dry_run),
        "hooks": lambda: set_up_hooks(session.repository, session.prefix, dry_run=dry_run),
        "completion": lambda: _completion(dry_run),
    }
    for key, step in steps.items():
        if key in wanted:
            step()


def _ignore(session: Session, no_commit: bool, dry_run: bool) -> None:
    file = session.root / ".gitignore"
    old = file.read_bytes() if file.is_file() else None
    lines = (old or b"").decode("utf-8", "replace").splitlines()
    if {IGNORED, f"/{IGNORED}"} & set(lines):
        return
    gap = b"" if not old or old.endswith(b"\n") else b"\n"
    data = (old or b"") + gap + f"/{IGNORED}\n".encode()
    change = PathChange(session.prefix + ".gitignore", data, expected=old)
    _write(session, change, "board: the site is not committed", no_commit, dry_run)


def _recipe(session: Session, forge: str, no_commit: bool, dry_run: bool) -> None:
    path = RECIPES[forge]
    if ((session.repository.toplevel or session.root) / path).exists():
        said = _("{path} stands already and stays as it is: add `kanban lint` to it").format(path=path)
        click.echo(_("note:") + " " + said, err=True)
        return
    text = resources.files("kanban.commands.setup").joinpath("recipes", f"{forge}.yml").read_text(encoding="utf-8")
    data = text.replace("BOARD", session.prefix.rstrip("/") or ".").encode()
    _write(session, PathChange.created(path, data), "board: every push is checked", no_commit, dry_run)


def _agents(session: Session, no_commit: bool, dry_run: bool) -> None:
    """`AGENTS.md`, which coding assistants read before they touch a folder; one that stands is left alone."""
    if (session.root / AGENTS_FILE).exists():
        said = _("{path} stands already and stays as it is").format(path=AGENTS_FILE)
        click.echo(_("note:") + " " + said, err=True)
        return
    name = f"AGENTS.{session.config.language}.md"
    data = resources.files("kanban.commands.setup").joinpath("recipes", name).read_bytes()
    change = PathChange.created(session.prefix + AGENTS_FILE, data)
    _write(session, change, "board: what software agents are told", no_commit, dry_run)


def _write(session: Session, change: PathChange, subject: str, no_commit: bool, dry_run: bool) -> None:
    message = commit_message(subject, "", [("Kanban", "init")])
    tell_beside(
        publish(session.repository, lambda: Publication((change,), message), commit=not no_commit, dry_run=dry_run)
    )
    click.echo((_("would do: ") if dry_run else "") + _("{path} written").format(path=change.path))


def _completion(dry_run: bool) -> None:
    for line in installed(shell_in_use(), dry_run=dry_run):
        click.echo(line)
