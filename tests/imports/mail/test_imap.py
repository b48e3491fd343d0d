"""A mail server is looked at and left as it is: what is asked of it, what is filed, and whatever stands in the way."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kanban.errors import KanbanError
from kanban.imports.mail.server import MailFolder, _decoded, _encoded, folder_named
from tests.conftest import Answer, GitFolder
from tests.imports.mail.correspondence import Deal
from tests.imports.mail.post_office import PostOffice
from tests.imports.mail.test_log_mail import desk

Kanban = Callable[..., Answer]
ACME = Deal("acme-sso", "ACME", "SSO", "dubois@acme.example")


def mail(sender: str, subject: str, text: str, number: int, more: str = "") -> bytes:
    return (
        f"From: {sender}\nTo: zoe@us.example\nSubject: {subject}\nDate: Mon, {number} Mar 2026 10:00:00 +0100\n"
        f"Message-ID: <{number}@x.example>\n{more}\n{text}\n"
    ).encode()


MAILS = {
    11: mail("Anna Dubois <dubois@acme.example>", "Offer", "We looked at it.", 2),
    12: mail("friend@home.example", "Sunday", "my private words", 3),
    13: mail("boss@acme.example", "Question", "Who are you?", 4),
    14: mail("list@acme.example", "News", "weekly", 5, "List-Id: <x>\n"),
    15: mail("colleague@acme.example", "Re: Offer", "I answer.", 6, "In-Reply-To: <2@x.example>\n"),
}


@pytest.fixture
def board(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> GitFolder:
    """A board whose owner's git keeps the password in a file of theirs, as git does it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / "gitconfig"))
    (home / "gitconfig").write_text(
        f"[user]\nname = Zoé\nemail = zoe@us.example\n[credential]\nhelper = store --file {home / 'kept'}\n"
    )
    return desk(git_folder, [ACME])


def kept(board: GitFolder, office: PostOffice, password: str, scheme: str = "imap") -> str:
    """The address of the office's folder; git knows this password for it."""
    host = f"127.0.0.1:{office.server_address[1]}"
    told = f"protocol={scheme}\nhost={host}\nusername=zoe@us.example\npassword={password}\n\n"
    subprocess.run(["git", "credential", "approve"], input=told.encode(), cwd=board.root, check=True)
    return f"{scheme}://zoe%40us.example@{host}/Sales"


def asked(kanban: Kanban, board: GitFolder, *words: object, code: int = 0) -> dict[str, Any]:
    answer = kanban("-C", board.root, "log-mail", *words, "--since", "2026-03-01", "--json")
    assert answer.code == code, answer
    found: dict[str, Any] = json.loads(answer.out)
    return found


def test_what_is_about_a_deal_is_filed_and_nothing_else_is_read(board: GitFolder, kanban: Kanban) -> None:
    with PostOffice(MAILS) as office:
        url = kept(board, office, "sécret")
        rehearsed = asked(kanban, board, "--imap", url, "--dry-run", code=1)
        found = asked(kanban, board, "--imap", url, code=1)
        assert {**rehearsed, "dry_run": False, "commit": found["commit"]} == found
        assert [(one["file"].rpartition("UID=")[2], one["card"]) for one in found["filed"]] == [
            ("11", "acme-sso"), ("15", "acme-sso")
        ]  # fmt: skip
        assert (found["automatic"], found["strangers"], found["known"]) == (1, 1, 0)
        assert [one["perhaps"] for one in found["doubtful"]] == [["acme-sso"]]
        whole = [line for line in office.heard if "PEEK[]" in line]
        assert {line.split()[2] for line in whole} == {"11", "13", "15"}, "what strangers wrote is not read"
        assert not [line for line in office.heard if line.startswith(("SELECT", "STORE", "EXPUNGE"))]
        head, office.heard = board.git("rev-parse", "HEAD"), []
        again = asked(kanban, board, "--imap", url, code=1)
        assert (again["known"], again["filed"], board.git("rev-parse", "HEAD")) == (2, [], head)
        assert {line.split()[2] for line in office.heard if "PEEK[]" in line} == {"13"}
        told = kanban("-C", board.root, "log-mail", "--imap", url, "--since", "2026-03-01")
        cure = next(line for line in told.err.splitlines() if "→" in line).split("`")[1]
        assert cure == f"kanban log-mail --imap '{url}/;UID=13' --card acme-sso"
        assert "2 filed before, 1 automatic, 1 of strangers, 1 doubtful" in told.out
        assert kanban("-C", board.root, *cure.replace("'", "").split()[1:]).code == 0
    text = (board.root / "offer/acme-sso.md").read_text()
    assert ["We looked at it." in text, "I answer." in text, "Who are you?" in text] == [True] * 3
    assert "sécret" not in board.git("log", "-p")


def test_the_way_in(board: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    kept_in = tmp_path / "home" / "kept"
    with PostOffice(MAILS, plain=False) as office:
        url = kept(board, office, "secret")
        assert asked(kanban, board, "--imap", url, code=1)["filed"]
        missing = kanban("-C", board.root, "log-mail", "--imap", url.replace("Sales", "Slaes"))
        assert missing.code == 2
        assert "has no folder “Slaes”\n  → there are INBOX, Sales, Envoyés & co\n" in missing.err
        kept_in.unlink()
        kept(board, office, "wrong")
        refused = kanban("-C", board.root, "log-mail", "--imap", url)
        assert (refused.code, "does not let zoe@us.example in" in refused.err) == (2, True)
        assert kept_in.read_text() == "", "git asks again for a wrong one"
        nobody = kanban("-C", board.root, "log-mail", "--imap", url)
        assert (nobody.code, "there is no password for imap://zoe@us.example@127.0.0.1" in nobody.err) == (2, True)
    kept(board, office, "secret")
    gone = kanban("-C", board.root, "log-mail", "--imap", url)
    assert (gone.code, "127.0.0.1 does not answer" in gone.err) == (2, True)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_a_server_has_to_show_who_it_is(
    board: GitFolder, kanban: Kanban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = tmp_path / "server.pem"
    words = "req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 2 -subj /CN=x"
    more = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", certificate, "-out", tmp_path / "public.pem"]
    subprocess.run(["openssl", *words.split(), *more], check=True, capture_output=True)
    certificate.write_text(certificate.read_text() + (tmp_path / "public.pem").read_text())
    with PostOffice(MAILS, certificate=certificate) as office:
        url = kept(board, office, "sécret", "imaps")
        refused = kanban("-C", board.root, "log-mail", "--imap", url)
        assert (refused.code, "cannot show who it is" in refused.err) == (2, True)
        assert office.heard == [], "no password was sent"
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "public.pem"))
        assert len(asked(kanban, board, "--imap", url, code=1)["filed"]) == 2


ADDRESSES = [
    ("imaps://zoe@mail.example.org/INBOX", MailFolder("mail.example.org", 993, "zoe", "INBOX")),
    ("imaps://zoe%40x.org@mail.example.org:1993", MailFolder("mail.example.org", 1993, "zoe@x.org", "INBOX")),
    ("imaps://zoe@h.org/Sales/2026/;UID=7", MailFolder("h.org", 993, "zoe", "Sales/2026", 7)),
    ("imaps://zoe@h.org/Envoy%C3%A9s;uid=7", MailFolder("h.org", 993, "zoe", "Envoyés", 7)),
    ("imap://zoe@127.0.0.1:1143/INBOX", MailFolder("127.0.0.1", 1143, "zoe", "INBOX", 0, secure=False)),
    ("imaps://zoe:secret@h.org/INBOX", "a password stands in the address"),
    ("imap://zoe@h.org/INBOX", "sends the password in clear"),
    ("imaps://h.org/INBOX", "takes the address"),
    ("https://zoe@h.org/INBOX", "takes the address"),
    ("imaps://zoe@h.org/A%0d%0aB", "takes the address"),
    ("imaps://zoe%22@h.org/A", "takes the address"),
    ("imaps://zoe@h.org:port/A", "takes the address"),
    ("imaps://zoe@[h.org/A", "takes the address"),
    ("INBOX", "takes the address"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "wanted"), ADDRESSES)
def test_addresses(address: str, wanted: MailFolder | str) -> None:
    if isinstance(wanted, MailFolder):
        assert folder_named(address) == wanted
        assert folder_named(wanted.address(wanted.uid)) == wanted
        return
    with pytest.raises(KanbanError, match=wanted) as caught:
        folder_named(address)
    assert "secret" not in f"{caught.value.message} {caught.value.cure}"


@pytest.mark.parametrize(
    ("name", "wire"), [("INBOX", "INBOX"), ("Envoyés & co", "Envoy&AOk-s &- co"), ("台北/日本", "&U,BTFw-/&ZeVnLA-")]
)
def test_names_of_folders_on_the_wire(name: str, wire: str) -> None:
    assert (_encoded(name), _decoded(wire.encode())) == (wire, name)


def test_one_card_takes_one_mail(board: GitFolder, kanban: Kanban) -> None:
    answer = kanban("-C", board.root, "log-mail", "--imap", "imaps://z@h.org/Sales", "--card", "acme-sso")
    assert (answer.code, "`--card` takes one mail of a server" in answer.err) == (2, True)
    assert kanban("-C", board.root, "log-mail").code == 2
