"""Companies and people: which deals are theirs, what renaming and merging change, what pages and privacy do with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kanban.model.cards.assembly import read_board
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.directory.links import link_label
from tests.conftest import GitFolder, Kanban

BOARD = "columns:\n- {key: p, name: Prospects}\n- {key: w, name: Won, kind: won}\npolicies: {pull_stop: false}\nsite: {public_fields: [next_action]}\n"
ACME = {"accounts/acme.md": "---\nname: ACME SAS\nalso: [Acme Industries]\n---\n"}
DUBOIS = {"people/jean-dubois.md": "---\nname: Jean Dubois\naccount: acme\nemail: j.dubois@acme.example\n---\n"}
MARTIN = {"people/martin.md": "---\nname: Anne Martin\naccount: ACME\n---\n"}
OTHER = {
    "people/martin-2.md": "---\nname: Anne Martin\naccount: Norvane\n---\n",
    "accounts/norvane.md": "---\nname: Norvane\n---\n",
}
ALL = ACME | DUBOIS | MARTIN | OTHER


def board(files: dict[str, str], config: str = BOARD) -> Board:
    every = {"board.yml": config, **files}
    return read_board([BoardFile(path, text.encode()) for path, text in every.items()])


@pytest.mark.parametrize(
    ("front", "body", "account", "people"),
    [
        ("account: ACME SAS\n", "", "acme", []),
        ("account: acme\n", "", "acme", []),
        ("account: Acme  Industries\n", "", "acme", []),
        ("account: ACME S.A.S.\ncontact: M. Dubois\n", "", "acme", ["jean-dubois"]),
        ('account: "[[accounts/acme]]"\ncontact: Jean Dubois\n', "", "acme", ["jean-dubois"]),
        ('account: "[The best](../accounts/acme.md)"\n', "", "acme", []),
        ("contact_email: J.Dubois@acme.example\n", "", None, ["jean-dubois"]),
        ("contact: M. Dubois\n", "", None, []),
        ("account: ACME\ncontact: Anne Martin\n", "", "acme", ["martin"]),
        ("account: Norvane\ncontact: Anne Martin\n", "", "norvane", ["martin-2"]),
        ("contact: Anne Martin\n", "", None, []),
        ("account: Acmex\n", "", None, []),
        ("title: x\n", "with [Anne](../people/martin.md) and [[accounts/acme]]\n", "acme", ["martin"]),
        ("account: ACME\ncontact: Dubois\ndecision_makers: [Anne Martin]\n", "", "acme", ["jean-dubois", "martin"]),
    ],
)
def test_whose_deal_it_is(front: str, body: str, account: str | None, people: list[str]) -> None:
    found = board({**ALL, "p/deal.md": f"---\n{front}---\n{body}"})
    card = found.cards[0]
    company = found.directory.account_of(card)
    assert (company.id if company else None, [one.id for one in found.directory.people_of(card)]) == (account, people)
    assert found.strays == ()


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("ACME", "ACME"),
        ("[[accounts/acme]]", "acme"),
        ("[[acme|ACME]]", "ACME"),
        ("[A](../a.md)", "A"),
        ("[x] y", "[x] y"),
    ],
)
def test_a_link_in_a_field_is_shown_as_its_text(typed: str, label: str) -> None:
    assert link_label(typed) == label
    assert board({"p/a.md": f'---\naccount: "{typed}"\n---\n'}).cards[0].account == label


def test_a_column_of_that_name_holds_cards() -> None:
    found = board({"people/dubois.md": "---\naccount: x\n---\n"}, BOARD.replace("key: p,", "key: p, folder: people,"))
    assert [card.id for card in found.cards] == ["dubois"]
    assert not found.directory


def test_a_directory_that_is_broken_breaks_no_card() -> None:
    broken = {
        "accounts/a.md": "---\nname: [\n---\n",
        "people/b.md": "no front matter\n",
        "people/README.md": "x",
        "people/c/d.md": "x",
    }
    found = board({**broken, "p/deal.md": "---\naccount: a\n---\n"})
    assert [one.path for one in found.directory.entries] == ["accounts/a.md", "people/b.md"]
    assert found.directory.account_of(found.cards[0]) is not None


@pytest.fixture
def sales(git_folder: GitFolder) -> GitFolder:
    cards = {
        "p/sso.md": "---\ntitle: SSO\naccount: ACME SAS # ours\ncontact: M. Dubois\namount: 28000\nnext_action: call\n"
        "next_action_date: 2030-10-02\n---\n\n## Notes\n\n### 2026-09-01\n\n- [Jean](../people/jean-dubois.md) asked for prices\n",
        "w/old.md": "---\ntitle: Old\naccount: Acme Industries\namount: 5000\n---\n",
        "p/else.md": "---\naccount: Norvane\nnext_action: call\nnext_action_date: 2030-10-03\n---\n",
    }
    for path, text in {"board.yml": BOARD, **ALL, **cards}.items():
        git_folder.write(path, text)
    git_folder.commit("board")
    return git_folder


def said(kanban: Kanban, sales: GitFolder, *words: object, code: int = 0) -> Any:
    answer = kanban("-C", sales.root, *words, "--json")
    assert answer.code == code, answer.err
    return json.loads(answer.out)


def test_a_company_answers_with_all_that_is_its(sales: GitFolder, kanban: Kanban) -> None:
    found = said(kanban, sales, "account", "show", "acme")
    assert (found["open"], found["won"], found["closed"]) == (["sso"], ["old"], ["old"])
    assert (found["open_amounts"], found["won_amounts"]) == ({"EUR": "28000"}, {"EUR": "5000"})
    assert (found["next_card"], found["next_action"], found["next_action_date"]) == ("sso", "call", "2030-10-02")
    assert found["people"] == ["jean-dubois", "martin"]
    assert [(one["day"], one["card"]) for one in found["notes"]] == [("2026-09-01", "sso")]
    listed = said(kanban, sales, "person", "list")["entries"]
    assert {one["id"]: one["open"] for one in listed} == {"jean-dubois": ["sso"], "martin": [], "martin-2": []}
    shown = said(kanban, sales, "show", "sso")
    assert (shown["account_file"], shown["people_files"]) == ("accounts/acme.md", ["people/jean-dubois.md"])
    assert said(kanban, sales, "find", "industries")["files"] == ["accounts/acme.md"]
    text = kanban("-C", sales.root, "account", "show", "ACME").out
    assert "1 open deal, €28,000" in text
    assert "also with old" in kanban("-C", sales.root, "show", "sso").out


def test_a_rename_goes_over_cards_people_and_links_and_comes_back(sales: GitFolder, kanban: Kanban) -> None:
    before = {path: path.read_bytes() for path in sales.root.glob("*/*.md")}
    said(kanban, sales, "account", "rename", "ACME SAS", "ACME Group")
    assert "account: ACME Group # ours\n" in (sales.root / "p/sso.md").read_text()
    assert "account: ACME Group\n" in (sales.root / "w/old.md").read_text()
    assert "account: ACME Group\n" in (sales.root / "people/martin.md").read_text()
    assert (
        sales.root / "accounts/acme.md"
    ).read_text() == "---\nname: ACME Group\nalso: [Acme Industries, ACME SAS]\n---\n"
    said(kanban, sales, "person", "rename", "jean-dubois", "Jeanne Durand")
    card = (sales.root / "p/sso.md").read_text()
    assert "contact: Jeanne Durand\n" in card
    assert "[Jean](../people/jeanne-durand.md)" in card
    assert not (sales.root / "people/jean-dubois.md").exists()
    for _twice in range(2):
        assert kanban("-C", sales.root, "undo").code == 0
    assert {path: path.read_bytes() for path in sales.root.glob("*/*.md")} == before


def test_two_become_one(sales: GitFolder, kanban: Kanban) -> None:
    sales.write(
        "accounts/acme-2.md", "---\nname: Acme France\ndomain: acme.fr\nsegment: steel\n---\n\nBuys in March.\n"
    )
    sales.write("p/third.md", "---\naccount: Acme France\nnext_action: call\nnext_action_date: 2030-10-03\n---\n")
    sales.commit("twice")
    said(kanban, sales, "account", "merge", "acme-2", "acme")
    assert "account: ACME SAS\n" in (sales.root / "p/third.md").read_text()
    kept = (sales.root / "accounts/acme.md").read_text()
    assert (
        kept
        == "---\nname: ACME SAS\nalso: [Acme Industries, Acme France]\ndomain: [acme.fr]\nsegment: steel\n---\n\nBuys in March.\n"
    )
    assert not (sales.root / "accounts/acme-2.md").exists()
    assert sales.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("account", "show", "nobody"), "no file in accounts/ is called “nobody”"),
        (("account", "show", "norwane"), "→ did you mean Norvane"),
        (("account", "acme-sas"), "→ `kanban account show acme-sas`"),
        (("person", "shwo"), "→ did you mean `kanban person show`?"),
        (("person", "show", "anne martin"), "fits 2 files"),
        (("account", "new", "acme sarl"), "accounts/acme.md is called so already"),
        (("account", "rename", "acme", "Norvane"), "kanban account merge acme norvane"),
        (("account", "merge", "acme", "ACME SAS"), "is one file"),
    ],
)
def test_errors_are_for_people(sales: GitFolder, kanban: Kanban, words: tuple[str, ...], text: str) -> None:
    answer = kanban("-C", sales.root, *words)
    assert (answer.code, text in answer.err, "→" in answer.err) == (2, True, True), answer.err
    assert sales.git("status", "--porcelain") == ""


def test_new_files_say_whose_deals_they_have(sales: GitFolder, kanban: Kanban) -> None:
    sales.write(
        "p/fourth.md", "---\naccount: Quandrix\ncontact: Mme Petit\nnext_action: x\nnext_action_date: 2030-10-03\n---\n"
    )
    sales.commit("fourth")
    assert "accounts/quandrix-sa.md: 1 deal" in kanban("-C", sales.root, "account", "new", "Quandrix SA").out
    words = ("person", "new", "Léa Petit", "--account", "Quandrix SA", "--email", "lea@quandrix.example", "--decides")
    assert kanban("-C", sales.root, *words).code == 0
    assert (sales.root / "people/lea-petit.md").read_text() == (
        "---\nname: Léa Petit\naccount: Quandrix SA\nemail: lea@quandrix.example\ndecision_maker: yes\n---\n"
    )
    assert said(kanban, sales, "person", "show", "lea")["open"] == ["fourth"]


def test_pages_of_them_are_internal(sales: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    for audience in ("internal", "public"):
        answer = kanban("-C", sales.root, "render", "-o", tmp_path / audience, "--audience", audience)
        assert answer.code == 0, answer.err
    page = (tmp_path / "internal/companies/acme.html").read_text()
    assert all(text in page for text in ("ACME SAS", "SSO", "Old", "Jean Dubois", "asked for prices", "call"))
    card = (tmp_path / "internal/cards/sso.html").read_text()
    assert 'href="../companies/acme.html"' in card
    assert card.count('href="../contacts/jean-dubois.html"') == 2, "named, and linked to in the text"
    person = (tmp_path / "internal/contacts/jean-dubois.html").read_text()
    assert all(
        text in person for text in ("mailto:j.dubois@acme.example", '<a href="../companies/acme.html">ACME SAS</a>')
    )
    assert "companies/acme.html" in (tmp_path / "internal/search-index.js").read_text()
    public = "".join(path.read_text(errors="replace") for path in (tmp_path / "public").rglob("*") if path.is_file())
    assert [word for word in ("ACME", "Dubois", "companies/", "contacts/") if word in public] == []


def test_a_person_who_is_erased_has_no_file(sales: GitFolder, kanban: Kanban) -> None:
    people = said(kanban, sales, "privacy", "scan")["people"]
    assert {one["name"]: one["cards"] for one in people}["Jean Dubois"] == ["sso"]
    assert kanban("-C", sales.root, "privacy", "erase", "Jean Dubois").code == 0
    assert not (sales.root / "people/jean-dubois.md").exists()
    card = (sales.root / "p/sso.md").read_text()
    assert "contact: (erased)\n" in card
    assert "Dubois" not in card
    assert (sales.root / "people/martin.md").exists()
    assert "- (erased) asked for prices" in card, "nothing links to a file that is gone"
    assert said(kanban, sales, "lint", "--select", "KB7")["findings"] == [], "and nobody is asked who (erased) is"
    assert "(erased)" not in {one["name"] for one in said(kanban, sales, "privacy", "scan")["people"]}


LINKED = {
    "accounts/acme-2.md": "---\nname: Acme France\n---\n\nOf [[accounts/acme]], knows [Jean](../people/jean-dubois.md).\n",
    "p/wiki.md": '---\naccount: "[[accounts/acme-2|Acme France]]" # ours\ncontact: "[[people/jean-dubois]]"\n---\n\n[[people/jean-dubois|Jean]] [[accounts/acme-2#x]]\n',
    "p/path.md": '---\naccount: "[The French](../accounts/acme-2.md)"\ncontact: "[[jean-dubois|Jean Dubois]]"\ndecision_makers: [M. Dubois, Anne Martin]\n---\n',
    "w/2026/deep.md": "---\ntitle: x\n---\n\n[a](../../accounts/acme-2.md) and `accounts/acme-2` and [[accounts/acme-22]]\n",
}


def test_links_of_every_kind_follow_a_merge_and_a_rename(sales: GitFolder, kanban: Kanban) -> None:
    for path, text in LINKED.items():
        sales.write(path, text)
    sales.commit("links")
    before = {path: path.read_bytes() for path in sales.root.rglob("*.md")}
    assert said(kanban, sales, "account", "merge", "acme-2", "acme")["cards"] == ["path", "wiki", "deep"]
    said(kanban, sales, "person", "rename", "jean-dubois", "Jeanne Durand")
    wiki, path = (sales.root / "p/wiki.md").read_text(), (sales.root / "p/path.md").read_text()
    assert 'account: "[[accounts/acme|ACME SAS]]" # ours\ncontact: "[[people/jeanne-durand]]"\n' in wiki
    assert "[[people/jeanne-durand|Jean]] [[accounts/acme#x]]\n" in wiki
    assert 'account: "[The French](../accounts/acme.md)"\ncontact: "[[jeanne-durand|Jeanne Durand]]"\n' in path
    assert "decision_makers: [Jeanne Durand, Anne Martin]\n" in path
    assert "[a](../../accounts/acme.md)" in (sales.root / "w/2026/deep.md").read_text()
    assert "knows [Jean](../people/jeanne-durand.md)" in (sales.root / "accounts/acme.md").read_text()
    found = said(kanban, sales, "account", "show", "acme")
    assert {*found["open"], *found["closed"]} >= {"wiki", "path", "deep", "sso"}
    assert {*said(kanban, sales, "person", "show", "jeanne-durand")["open"]} == {"sso", "wiki", "path"}
    for _twice in range(2):
        assert kanban("-C", sales.root, "undo").code == 0
    assert {path: path.read_bytes() for path in sales.root.rglob("*.md")} == before


def test_mail_goes_to_the_address_of_the_contact_s_file(sales: GitFolder, kanban: Kanban) -> None:
    sales.write("scripts/hello.md", "---\nkind: mail\nsubject: Hello\n---\nHello!\n")
    assert said(kanban, sales, "mail", "sso", "hello")["to"] == "j.dubois@acme.example"
    assert (
        'To: "M. Dubois" <j.dubois@acme.example>' in kanban("-C", sales.root, "mail", "sso", "hello", "--eml", "-").out
    )
    assert kanban("-C", sales.root, "set", "sso", "contact_email=own@acme.example").code == 0
    assert said(kanban, sales, "mail", "sso", "hello")["to"] == "own@acme.example", "the card's own comes first"
