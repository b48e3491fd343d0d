"""What lint says of companies and people, and that its cure, typed as it stands, is one."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any

import pytest

from tests.conftest import GitFolder, Kanban
from tests.directory.test_directory import BOARD

NEXT = "next_action: call\nnext_action_date: 2030-10-02\n"
ACME, NORVANE = {"accounts/acme.md": "---\nname: ACME SAS\n---\n"}, {"accounts/norvane.md": "---\nname: Norvane\n---\n"}
DUBOIS = {"people/dubois.md": "---\nname: Jean Dubois\naccount: ACME SAS\n---\n"}
MARTINS = {
    f"people/{one}.md": f"---\nname: {name} Martin\naccount: ACME SAS\n---\n"
    for one, name in (("a", "Anne"), ("b", "Bo"))
}


def deal(account: str, more: str = "") -> str:
    return f"---\naccount: {account}\n{more}{NEXT}---\n"


MANY = {f"p/c{one}.md": deal(f"Customer {one} Ltd", f"contact: Person {one}\n") for one in range(9)}


def found(kanban: Kanban, sales: GitFolder) -> list[Any]:
    answer = kanban("-C", sales.root, "lint", "--select", "KB710,KB711,KB712,KB713", "--output-format", "json")
    assert answer.code in (0, 1), answer.err
    return json.loads(answer.out)["findings"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("files", "code", "words"),
    [
        (ACME | {"accounts/b.md": "---\nname: acme\n---\n", "p/a.md": deal("ACME SAS")}, "KB710", "both called “acme”"),
        (
            ACME | {"accounts/b.md": "---\nname: Bee\ndomain: x.io\n---\n", "accounts/c.md": "---\nname: Cee\ndomain: x.io\n---\n"}
            | {"p/a.md": deal("ACME"), "p/b.md": deal("Bee"), "p/c.md": deal("Cee")},
            "KB710",
            "x.io",
        ),
        (
            ACME | DUBOIS | {"people/j.md": "---\nname: M. Jean Dubois\naccount: acme\n---\n", "p/a.md": deal("ACME SAS")},
            "KB710",
            "jean dubois",
        ),
        (ACME | DUBOIS | {"p/a.md": deal("ACME", "contact: Zoé d'Arc\n")}, "KB711", "called “Zoé d'Arc”"),
        (ACME | {"p/a.md": deal("ACME"), "p/b.md": deal("Bee & Co")}, "KB711", "called “Bee & Co”"),
        (ACME | MANY | {"p/a.md": deal("ACME"), "p/b.md": deal("Acmee")}, "KB711", "called “ACME SAS”"),
        (NORVANE | MANY | {"p/b.md": deal("Norvane Logistics")}, "KB711", "is called “Norvane”"),
        (ACME | MANY | {"p/a.md": deal("ACME"), "p/b.md": deal('"[[accounts/bee]]"')}, "KB711", "called “bee”"),
        (ACME | MARTINS | {"p/a.md": deal("ACME", "contact: M. Martin\n")}, "KB711", "any of people/a.md, people/b.md"),
        (ACME | DUBOIS | {"p/a.md": deal("ACME", "contact: Jean Dubios\n")}, "KB711", "is called “Jean Dubois”"),
        (ACME | {"p/a.md": deal("Bee"), "p/b.md": deal("Cee")}, "KB712", "no deal is with ACME SAS"),
        (DUBOIS | {"p/a.md": deal("Bee", "contact: Anne Martin\n")}, "KB712", "no deal is with Jean Dubois"),
        (
            ACME | {"people/d.md": "---\nname: Jean Dubois\naccount: acme\ndecision_maker: yes\n---\n", "p/a.md": deal("ACME")},
            "KB713",
            "Jean Dubois decides at ACME SAS",
        ),
        (
            ACME | MARTINS
            | {"people/d.md": "---\nname: Jean Dubois\naccount: acme\ndecision_maker: yes\n---\n"}
            | {"p/a.md": deal("ACME", "contact: Bo Martin\ndecision_maker: Anne Martin\n")},
            "KB713",
            "Jean Dubois decides at ACME SAS",
        ),
    ],
)  # fmt: skip
def test_a_cure_typed_as_it_stands(
    git_folder: GitFolder, kanban: Kanban, files: dict[str, str], code: str, words: str
) -> None:
    for path, text in {"board.yml": BOARD, **files}.items():
        git_folder.write(path, text)
    git_folder.commit("board")
    one = next(one for one in found(kanban, git_folder) if one["code"] == code)
    assert words in one["message"]
    typed = re.findall(r"`([^`]+)`", one["cure"])[0]
    command = shlex.split(typed) if "[[" not in typed else ["kanban", "set", one["card"], f"{'contact'}={typed}"]
    if command[0] == "git":
        git_folder.git(*command[1:])
    else:
        answer = kanban("-C", git_folder.root, *command[1:])
        assert answer.code == 0, answer.err
    after = found(kanban, git_folder)
    if "decision_maker: Anne Martin\n" in files.get("p/a.md", ""):
        assert "decision_maker: Anne Martin\n" in (git_folder.root / "p/a.md").read_text(), "who decides too stays"
    assert [again for again in after if (again["code"], again["path"]) == (code, one["path"])] == []
    assert len(after) < 1 + len(found(kanban, git_folder))


@pytest.mark.parametrize(
    "files",
    [
        ACME | MANY | {"p/a.md": deal("ACME")},
        ACME | DUBOIS | MANY | {"p/a.md": deal("ACME", "contact: M. Dubois\n")},
        MANY,
        ACME | DUBOIS | {"p/a.md": deal("ACME", "contact: M. Dubois\n"), "p/b.md": deal("ACME SAS")},
        {"accounts/three.md": "---\nname: Three Banks Glass\n---\n", "p/a.md": deal("Three Banks Glass")}
        | {"p/b.md": deal("Three Rivers Ltd"), "p/c.md": deal("Threefold"), "p/d.md": deal("x"), "p/e.md": deal("y")},
        ACME | DUBOIS | MANY | {"p/a.md": deal("ACME", "contact: Dubois\n"), "p/n.md": deal("Norvane", "contact: Jean Dubos\n")}
        | NORVANE | {"p/o.md": deal("Norvane")},
    ],
)  # fmt: skip
def test_files_kept_for_some_customers_only_are_no_complaint(
    git_folder: GitFolder, kanban: Kanban, files: dict[str, str]
) -> None:
    for path, text in {"board.yml": BOARD, **files}.items():
        git_folder.write(path, text)
    git_folder.commit("board")
    assert found(kanban, git_folder) == []
