"""Steps that a board wants signed are refused unsigned, and a key counts only when the board listed it before."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import GitFolder, Kanban

BOARD = """title: T
language: en
policies: {{pull_stop: "off", ready: "off", signed: [{signed}]}}
approvers: [Zoé]
owners: [{{name: Zoé, key: "{key}"}}, {{name: Karim}}]
columns:
  - {{key: offre, name: Offer, wip: {wip}}}
  - {{key: gagne, name: Won, kind: won}}
"""
CARD = "---\naccount: {0}\nowner: Zoé\nnext_action: call\nnext_action_date: 2099-01-05\namount: 5 k€\n---\n"


def ssh_key(folder: Path, name: str) -> Path:
    file = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "x", "-f", str(file)], check=True)
    return file


def public(key: Path) -> str:
    return key.with_suffix(".pub").read_text().strip()


class Signed:
    """A board whose owner Zoé has a key; Mallory has another."""

    def __init__(self, folder: GitFolder, tmp_path: Path) -> None:
        self.folder = folder
        self.zoe, self.mallory = ssh_key(tmp_path, "zoe"), ssh_key(tmp_path, "mallory")
        self.write("won, board.yml")
        folder.write("offre/a.md", CARD.format("A"))
        folder.write("offre/b.md", CARD.format("B"))
        folder.commit("start")
        folder.git("checkout", "-q", "-b", "work")

    def write(self, signed: str, key: Path | None = None, wip: int = 9) -> None:
        self.folder.write("board.yml", BOARD.format(signed=signed, key=public(key or self.zoe), wip=wip))

    def win(self, message: str = "a: offre → gagne") -> None:
        (self.folder.root / "gagne").mkdir(exist_ok=True)
        self.folder.git("mv", "offre/a.md", "gagne/a.md")
        self.folder.git("add", "-A")

    def commit(self, message: str, key: Path | None = None) -> None:
        self.folder.git("add", "-A")
        sign = ("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}") if key else ()
        self.folder.git(*sign, "commit", "-q", "--allow-empty", *(["-S"] if key else []), "-m", message)


@pytest.fixture
def board(git_folder: GitFolder, tmp_path: Path) -> Signed:
    return Signed(git_folder, tmp_path)


@pytest.mark.parametrize(("signer", "code"), [(None, 1), ("mallory", 1), ("zoe", 0)])
def test_a_win_is_signed_by_a_known_person(board: Signed, kanban: Kanban, signer: str | None, code: int) -> None:
    board.win()
    board.commit("a: offre → gagne", getattr(board, signer) if signer else None)
    answer = kanban("-C", board.folder.root, "lint", "--range", "main..work")
    assert answer.code == code, answer.out + answer.err
    assert ("a into Won must be signed" in answer.out) == bool(code)


@pytest.mark.parametrize(("signed", "code"), [(False, 1), (True, 0)])
def test_the_server_asks_for_the_signature_too(
    board: Signed, kanban: Kanban, tmp_path: Path, signed: bool, code: int
) -> None:
    bare = tmp_path / "bare.git"
    board.folder.git("clone", "-q", "--bare", "--template=", ".", str(bare))
    assert kanban("-C", bare, "hook", "install", "--server").code == 0
    board.win()
    board.commit("won", board.zoe if signed else None)
    push = ["git", "push", "-q", str(bare), "work:main"]
    done = subprocess.run(push, cwd=board.folder.root, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert ("must be signed" in done.stderr) == bool(code)


def test_every_surface_says_it_and_nothing_plays_it_down(board: Signed, kanban: Kanban) -> None:
    board.write("won, board.yml")
    text = (board.folder.root / "board.yml").read_text()
    waiver = "{rule: KB412, until: 2099-01-01, reason: no key at hand}"
    lint = f"lint: {{ignore: [KB4], exclude: ['**'], severity: {{KB412: info}}, waivers: [{waiver}]}}\n"
    board.folder.git("checkout", "-q", "main")
    board.folder.write("board.yml", text + lint)
    board.commit("lenient", board.zoe)
    board.folder.git("checkout", "-q", "-B", "work")
    board.win()
    board.commit("won")
    at = ("-C", board.folder.root)
    for options in ((), ("--select", "KB5"), ("--ignore", "KB412"), ("--no-waivers",)):
        assert kanban(*at, "lint", "--range", "main..work", *options).code == 1, options
    sarif = json.loads(kanban(*at, "lint", "--range", "main..work", "--output-format", "sarif").out)
    assert [one["ruleId"] for one in sarif["runs"][0]["results"]] == ["KB412"]
    page = kanban(*at, "diff", "main...work", "--format", "markdown").out
    assert "1 error to settle." in page.splitlines()[2]
    assert "a into Won must be signed by a key that the board lists" in page
    told = json.loads(kanban(*at, "diff", "main...work", "--json").out)
    assert [one["code"] for one in told["findings_new"]] == ["KB412"]
    board.folder.git(
        "-c", "gpg.format=ssh", "-c", f"user.signingKey={board.zoe}", "commit", "-q", "--amend", "-S", "--no-edit"
    )
    assert "KB412" not in kanban(*at, "diff", "main...work", "--format", "markdown").out


def test_a_step_that_nobody_wants_signed_needs_no_signature(board: Signed, kanban: Kanban) -> None:
    board.folder.write("offre/c.md", CARD.format("C"))
    board.commit("c")
    assert kanban("-C", board.folder.root, "lint", "--range", "main..work").code == 0


@pytest.mark.parametrize(("signer", "code"), [(None, 1), ("mallory", 1), ("zoe", 0)])
def test_board_yml_is_signed(board: Signed, kanban: Kanban, signer: str | None, code: int) -> None:
    board.write("won, board.yml", wip=12)
    board.commit("more room", getattr(board, signer) if signer else None)
    answer = kanban("-C", board.folder.root, "lint", "--range", "main..work")
    assert answer.code == code, answer.out + answer.err


def test_a_change_cannot_bring_its_own_key_nor_ask_for_less(board: Signed, kanban: Kanban) -> None:
    board.write("", key=board.mallory)
    board.win()
    board.commit("all at once", board.mallory)
    answer = kanban("-C", board.folder.root, "lint", "--range", "main..work")
    assert answer.code == 1
    assert "a into Won" in answer.out
    assert "board.yml must be signed" in answer.out


def test_the_word_of_an_approver_with_a_key_counts_when_it_is_signed(board: Signed, kanban: Kanban) -> None:
    board.folder.git("checkout", "-q", "main")
    board.write("", wip=2)
    board.commit("two places", board.zoe)
    board.folder.git("checkout", "-q", "-B", "work")
    board.write("", wip=9)
    board.folder.write("offre/c.md", CARD.format("C"))
    for key, code in ((None, 1), (board.mallory, 1), (board.zoe, 0)):
        board.commit("more room\n\nApproved-by: Zoé", key)
        answer = kanban("-C", board.folder.root, "lint", "--range", "main..work")
        assert answer.code == code, answer.out + answer.err
        board.folder.git("reset", "-q", "--soft", "main")


def test_a_commit_changed_after_it_was_signed_is_not_signed(board: Signed, kanban: Kanban) -> None:
    board.win()
    board.commit("won", board.zoe)
    raw = board.folder.git("cat-file", "commit", "HEAD").replace("\nwon", "\nwon twice")
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=board.folder.root, input=raw, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    board.folder.git("reset", "-q", "--hard", made)
    assert kanban("-C", board.folder.root, "lint", "--range", "main..work").code == 1


def test_the_log_says_who_signed(board: Signed, kanban: Kanban) -> None:
    board.win()
    board.commit("won", board.zoe)
    told = kanban("-C", board.folder.root, "log", "a", "--show-signature").out.splitlines()
    assert [line.endswith("signed by Zoé") for line in told] == [False, True]
    assert told[0].endswith("not signed by a listed key")
    lines = kanban("-C", board.folder.root, "log", "a", "--show-signature", "--json").out.splitlines()
    assert [one.count('"signed_by": "Zoé"') for one in lines] == [0, 1]


@pytest.mark.skipif(shutil.which("gpg") is None, reason="no gpg here")
def test_a_gpg_signature_counts_by_its_fingerprint(
    board: Signed, kanban: Kanban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "g"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    make = ["gpg", "--batch", "--passphrase", "", "--quick-gen-key", "zoe@example.org", "ed25519", "sign", "never"]
    subprocess.run(make, check=True, capture_output=True)
    told = subprocess.run(["gpg", "--list-keys", "--with-colons"], check=True, capture_output=True, text=True).stdout
    print_ = next(line.split(":")[9] for line in told.splitlines() if line.startswith("fpr"))
    board.folder.git("checkout", "-q", "main")
    text = (board.folder.root / "board.yml").read_text().replace(public(board.zoe), print_)
    board.folder.write("board.yml", text)
    board.commit("key", board.zoe)
    board.folder.git("checkout", "-q", "-B", "work")
    board.win()
    board.folder.git("-c", f"user.signingKey={print_}", "commit", "-q", "-S", "-m", "won")
    answer = kanban("-C", board.folder.root, "lint", "--range", "main..work")
    assert answer.code == 0, answer.err
    subprocess.run(["gpgconf", "--kill", "gpg-agent"], check=False)
