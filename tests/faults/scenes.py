"""Where each sweep starts: a team of two clones and a shared repository, and the verb that is stopped in the middle."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

KANBAN = (sys.executable, "-m", "kanban")
CARD = """---
account: {name}
contact: M. Dubois
next_action: rappeler
next_action_date: 2026-12-10
owner: Zoé
---

# {name}

## Notes

### 2026-11-20

- premier appel de {name}
"""
CONFIG = """title: Pipeline
language: en
timezone: Europe/Paris
lost_reasons: [price, timing, fit, competition]
policies: {pull_stop: "off", ready: "off"}
columns:
  - {key: prospects, name: Prospects}
  - {key: qualifies, name: Qualified, wip: 9}
  - {key: gagne, name: Won, kind: won}
  - {key: perdu, name: Lost, kind: lost}
  - {key: nurturing, name: Nurturing, kind: parked}
"""
WITNESS = "gamma"
"""A card that no scene touches; the next command after a fault is a note on it."""


def git(folder: Path, *arguments: str) -> str:
    """Run git and return what it printed."""
    done = run(folder, "git", *arguments)
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, with nobody to answer its questions."""
    return subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
    )


def kanban(folder: Path, *arguments: str) -> None:
    """Run a verb that must work."""
    done = run(folder, *KANBAN, *arguments)
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)


def commit(folder: Path, message: str) -> None:
    """Commit everything there is."""
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)


def team(root: Path) -> None:
    """`shared.git`, and the clones `zoe` and `karim` of it, with five cards."""
    zoe = root / "zoe"
    for column in ("prospects", "qualifies", "gagne", "perdu", "nurturing"):
        (zoe / column).mkdir(parents=True)
        (zoe / column / "README.md").write_text(f"# {column}\n")
    (zoe / "board.yml").write_text(CONFIG)
    for name, column in (("alpha", "prospects"), ("beta", "qualifies"), ("gamma", "prospects"), ("delta", "gagne")):
        (zoe / column / f"{name}.md").write_text(CARD.format(name=name))
    git(root, "init", "-q", "-b", "main", "--template=", "zoe")
    for key, value in (("user.name", "Zoé"), ("user.email", "zoe@example.org"), ("core.fsync", "none")):
        git(zoe, "config", key, value)
    commit(zoe, "start")
    git(root, "clone", "-q", "--bare", "--template=", "zoe", "shared.git")
    git(zoe, "remote", "add", "origin", str(root / "shared.git"))
    git(zoe, "fetch", "-q", "origin")
    git(zoe, "branch", "-q", "--set-upstream-to", "origin/main")
    git(root, "clone", "-q", "--template=", "shared.git", "karim")
    for key, value in (("user.name", "Karim"), ("user.email", "karim@example.org")):
        git(root / "karim", "config", key, value)


@dataclass(frozen=True, slots=True)
class Scene:
    """A verb in its starting place. `folder` is where it is typed; `again` is what a person types after a fault."""

    name: str
    command: tuple[str, ...]
    prepare: Callable[[Path], None] = lambda root: None
    again: tuple[str, ...] = ("note", WITNESS, "next command")
    folder: str = "zoe"
    first: bool = False
    """Whether it is the first command in this clone, which has no index of the history yet."""
    once: bool = False
    """Whether the verb rightly refuses what is done already: then another command is next."""


def _by_karim(root: Path) -> None:
    karim = root / "karim"
    git(karim, "mv", "prospects/alpha.md", "qualifies/alpha.md")
    (karim / "prospects" / "epsilon.md").write_text(CARD.format(name="epsilon"))
    commit(karim, "karim moves alpha and adds epsilon")
    git(karim, "push", "-q", "origin", "main")


def _one_more(root: Path) -> None:
    (root / "zoe" / "prospects" / "epsilon.md").write_text(CARD.format(name="epsilon"))
    commit(root / "zoe", "epsilon")


def _mine(root: Path) -> None:
    kanban(root / "zoe", "note", "beta", "mine")


def _both(root: Path) -> None:
    _by_karim(root)
    _mine(root)


def _same_card(root: Path) -> None:
    karim = root / "karim"
    path = karim / "qualifies" / "beta.md"
    path.write_text(path.read_text() + "- karim's words\n")
    commit(karim, "karim notes beta")
    git(karim, "push", "-q", "origin", "main")
    kanban(root / "zoe", "note", "beta", "zoe's words")


def _won(root: Path) -> None:
    kanban(root / "zoe", "win", "beta")


def _drawn(root: Path) -> None:
    """The charts are drawn already: what stops a page from being written is the same, and each fault costs half."""
    kanban(root / "zoe", "render", "--output", "../elsewhere")


def _bad_form(root: Path) -> None:
    zoe = root / "zoe"
    for path in (zoe / "prospects" / "alpha.md", zoe / "qualifies" / "beta.md"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    commit(zoe, "an editor's line ends")


def _conflict(root: Path) -> None:
    zoe, karim = root / "zoe", root / "karim"
    for clone in (karim, zoe):
        path = clone / "qualifies" / "beta.md"
        path.write_text(path.read_text() + f"- {clone.name}'s words\n")
        commit(clone, f"{clone.name} notes beta")
    git(karim, "push", "-q", "origin", "main")
    git(zoe, "fetch", "-q", "origin")
    run(zoe, "git", "merge", "-q", "origin/main")


def _nowhere(root: Path) -> None:
    _both(root)
    zoe = root / "zoe"
    git(zoe, "checkout", "-q", "HEAD~1")
    path = zoe / "prospects" / "alpha.md"
    path.write_text(path.read_text() + "- written there\n")
    commit(zoe, "by hand, on no branch")


def _shared_nowhere(root: Path) -> None:
    _both(root)
    git(root / "zoe", "remote", "remove", "origin")


def _blocked(root: Path) -> None:
    kanban(root / "zoe", "block", "alpha", "--cause", "legal", "--next", "ask", "--who", "Zoé")


def _asks_for_a_tick(root: Path) -> None:
    file = root / "zoe" / "board.yml"
    file.write_text(file.read_text().replace("wip: 9}", "wip: 9, dor: [{id: agenda-sent, text: sent}]}"))
    commit(root / "zoe", "a definition of ready")


def _has_an_address(root: Path) -> None:
    (root / "yes.eml").write_text(_MAIL)
    kanban(root / "zoe", "set", "alpha", "contact_email=a@alpha.example")


def _typed_in(root: Path) -> None:
    path = root / "zoe" / "prospects" / "alpha.md"
    path.write_text(path.read_text() + "- typed by hand\n")


def _beside(name: str, text: str) -> Callable[[Path], None]:
    def prepare(root: Path) -> None:
        (root / name).write_text(text)

    return prepare


def _kept(root: Path) -> None:
    (root / "brief.txt").write_text("brief\n")
    kanban(root / "zoe", "attach", "alpha", "../brief.txt")


def _two_companies(root: Path) -> None:
    for name in ("alpha", "beta"):
        kanban(root / "zoe", "account", "new", name)


def _two_people(root: Path) -> None:
    for name in ("M. Dubois", "Jean Dubois"):
        kanban(root / "zoe", "person", "new", name, "--account", "alpha")


def _on_trial(root: Path) -> None:
    kanban(root / "zoe", *_TRIAL, "--start", "2026-11-20")


_TRIAL = ("experiment", "new", "Agenda at noon", "--problem", "cancelled", "--indicator", "throughput", "--target", "2")
_BATCH = "note alpha called\nset beta amount=700\nmove alpha qualifies\n"
_DEALS = (
    "Account,Stage,Next action,Next action date\nOmega,Prospects,call,2026-12-15\nSigma,Qualified,call,2026-12-16\n"
)
_MAIL = (
    "From: a@alpha.example\nTo: zoe@example.org\nSubject: [alpha] yes\nDate: Sat, 28 Nov 2026 10:00:00 +0100\n\nYes.\n"
)
_DEMO = ("demo", "shop", "--weeks", "16")
_EXPORT = ("export", "cards.jsonl")
SYNC = ("sync",)
SHARED_THERE = ("sync", "--remote", "../shared.git")
SCENES: tuple[Scene, ...] = (
    Scene("new", ("new", "Zeta", "--next", "call", "--on", "2026-12-11")),
    Scene("note", ("note", "alpha", "called", "--next", "send", "--on", "2026-12-12")),
    Scene("set", ("set", "alpha", "amount=28 k€", "probability=40 %")),
    Scene("move", ("move", "alpha", "qualifies")),
    Scene("first-command", ("move", "alpha", "qualifies"), first=True),
    Scene("move-several", ("move", "alpha", "epsilon", "qualifies"), _one_more),
    Scene("note-and-move", ("note", "alpha", "ready", "--move", "qualifies")),
    Scene("win", ("win", "beta")),
    Scene("lose", ("lose", "beta", "--reason", "price")),
    Scene("park", ("park", "alpha")),
    Scene("reopen", ("reopen", "beta", "--reason", "again"), _won),
    Scene("block", ("block", "alpha", "--cause", "legal", "--next", "ask", "--who", "Zoé")),
    Scene("unblock", ("unblock", "alpha", "--next", "call", "--on", "2026-12-11"), _blocked),
    Scene("touch", ("touch", "alpha", "call")),
    Scene("tick", ("tick", "alpha", "agenda-sent"), _asks_for_a_tick),
    Scene("edit", ("edit", "alpha", "--saved"), _typed_in),
    Scene("attach", ("attach", "alpha", "../brief.txt"), _beside("brief.txt", "brief\n")),
    Scene("attach-off", ("attach", "alpha", "brief.txt", "--off"), _kept),
    Scene("batch", ("batch", "../day.txt"), _beside("day.txt", _BATCH)),
    Scene("account-new", ("account", "new", "alpha")),
    Scene("account-rename", ("account", "rename", "alpha", "Alpha Group"), _two_companies),
    Scene("account-merge", ("account", "merge", "alpha", "beta"), _two_companies),
    Scene("person-merge", ("person", "merge", "M. Dubois", "Jean Dubois"), _two_people),
    Scene("experiment", _TRIAL),
    Scene("decide", ("experiment", "decide", "agenda-at-noon", "drop", "--because", "no"), _on_trial),
    Scene("script", ("script", "--copy", "price-objection")),
    Scene("import", ("import", "../deals.csv"), _beside("deals.csv", _DEALS)),
    Scene("log-mail", ("log-mail", "../yes.eml"), _has_an_address),
    Scene("erase", ("privacy", "erase", "M. Dubois")),
    Scene("export", _EXPORT, again=(*_EXPORT, "--force")),
    Scene("demo", _DEMO, again=_DEMO, once=True),
    Scene("rename", ("rename", "alpha", "alpha-sas")),
    Scene("archive", ("archive", "--days", "0"), _won),
    Scene("undo", ("undo",), _mine),
    Scene("undo-move", ("undo",), _won),
    Scene("fix", ("lint", "--fix"), _bad_form),
    Scene("init", ("init", "other", "--preset", "phone", "--lang", "en")),
    Scene("hooks", ("hook", "install"), again=("hook", "install")),
    Scene("merge-driver", ("init", ".", "--merge-driver"), again=("init", ".", "--merge-driver")),
    Scene("render", ("render", "--output", "site"), _drawn),
    Scene("sync-take", SYNC, _by_karim, SYNC),
    Scene("sync-give", SYNC, _mine, SYNC),
    Scene("sync-both", SYNC, _both, SYNC),
    Scene("sync-same-card", SYNC, _same_card, SYNC),
    Scene("sync-nowhere", SYNC, _nowhere, SYNC),
    Scene("sync-remote", SHARED_THERE, _shared_nowhere, SHARED_THERE),
    Scene("resolve", ("resolve", "--all"), _conflict, ("resolve", "--all")),
)
