"""Who signed a commit, by the keys that the board lists: the programs that the configuration names are not asked.

An SSH signature is checked by `ssh-keygen`, another by `gpg`, each found on the path, against the listed keys alone.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kanban.model.settings.policies import Owner
from kanban.repository.git.command import own_environment
from kanban.repository.git.repository import Repository

NOBODY = ""
_SSH = b"-----BEGIN SSH SIGNATURE-----"
_HEADERS = (b"gpgsig ", b"gpgsig-sha256 ")
_VALID = re.compile(r"^\[GNUPG:\] VALIDSIG (.*)$", re.M)


def signers(repository: Repository, commits: Iterable[str], owners: Sequence[Owner]) -> dict[str, str]:
    """Commit → the owner who signed it, `NOBODY` where no listed key made a valid signature."""
    keys = {owner.name: owner.key for owner in owners if owner.key}
    return {commit: _signer(repository, commit, keys) for commit in dict.fromkeys(commits)}


def touching(repository: Repository, commits: Iterable[str], path: str) -> Iterator[str]:
    """Those of the commits that change a file against any of their parents."""
    wanted = "".join(f"{commit}\n" for commit in commits)
    if not wanted:
        return
    asked = ("log", "--no-walk=unsorted", "--format=%x01%H", "--name-only", "-m", "--no-renames", "--stdin")
    for entry in repository.git.read(*asked, stdin=wanted.encode()).out.decode("utf-8", "replace").split("\x01"):
        commit, *names = entry.split("\n")
        if path in names:
            yield commit


def _signer(repository: Repository, commit: str, keys: Mapping[str, str]) -> str:
    signature, payload = _apart(repository.git.read("cat-file", "commit", commit).out)
    if not signature or not keys:
        return NOBODY
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        file = Path(folder, "signature")
        file.write_bytes(signature)
        check = _by_ssh if signature.startswith(_SSH) else _by_gpg
        return check(file, payload, keys)


def _apart(raw: bytes) -> tuple[bytes, bytes]:
    """The signature in a commit, and what it signs: the commit without it."""
    head, gap, message = raw.partition(b"\n\n")
    signature: list[bytes] = []
    rest: list[bytes] = []
    within = False
    for line in head.split(b"\n"):
        header = next((one for one in _HEADERS if line.startswith(one)), None)
        within = header is not None or (within and line.startswith(b" "))
        (signature if within else rest).append(line.removeprefix(header or b" ") if within else line)
    return b"\n".join([*signature, b""]) if signature else b"", b"\n".join(rest) + gap + message


def _by_ssh(signature: Path, payload: bytes, keys: Mapping[str, str]) -> str:
    allowed = signature.with_name("allowed")
    for name, key in keys.items():
        if not key.startswith(("ssh-", "ecdsa-", "sk-")):
            continue
        allowed.write_text(f'signer namespaces="git" {" ".join(key.split()[:2])}\n', encoding="utf-8")
        asked = ("ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", "signer", "-n", "git", "-s", str(signature))
        if _run(asked, payload) is not None:
            return name
    return NOBODY


def _by_gpg(signature: Path, payload: bytes, keys: Mapping[str, str]) -> str:
    asked = ("gpg", "--batch", "--no-auto-key-retrieve", "--status-fd", "1", "--verify", str(signature), "-")
    told = _run(asked, payload)
    prints = {word for found in _VALID.findall(told or "") for word in found.split()}
    for name, key in keys.items():
        if key.replace(" ", "").upper() in prints:
            return name
    return NOBODY


def _run(argv: Sequence[str], stdin: bytes) -> str | None:
    """What the program says when it agrees; None when it does not, or is not there."""
    try:
        done = subprocess.run(argv, input=stdin, capture_output=True, check=False, env=own_environment())
    except OSError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
