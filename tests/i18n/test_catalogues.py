"""The French catalogues on the tree are complete, and the tool that says so can tell when they are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kanban.i18n.compiling import compile_catalogues, compiled
from tools import catalogues

pytestmark = pytest.mark.xdist_group("catalogues")  # in one worker, which reads the tree once

ROOT = Path(__file__).parent.parent.parent
NAMES = sorted(path.name.removesuffix(".py") for path in (ROOT / "kanban").iterdir() if not path.name.startswith("_"))


@pytest.fixture(scope="session")
def tree() -> dict[str, list[str]]:
    return catalogues.check(ROOT)


@pytest.mark.parametrize("area", NAMES)
def test_french_is_complete(area: str, tree: dict[str, list[str]]) -> None:
    assert tree.get(area, []) == [], (
        f"translate kanban/i18n/locale/fr/LC_MESSAGES/{area}.po, then python tools/catalogues.py"
    )


def test_no_area_is_left_out(tree: dict[str, list[str]]) -> None:
    assert set(tree) <= set(NAMES)


def test_a_sentence_that_goes_on_begins_small_in_french_too() -> None:
    """`Pourquoi : Un fichier …` was read; a name keeps its capital."""
    odd = [
        f"{path.name}: {one.string}"
        for path in sorted((ROOT / "kanban/i18n/locale/fr/LC_MESSAGES").glob("*.po"))
        for one in read_po(path.open("rb"))
        if isinstance(one.id, str) and one.id[:1].islower() and one.string[:1].isupper() and one.id != "linkedin"
    ]
    assert odd == []


@pytest.fixture
def little(tmp_path: Path) -> Path:
    """A tree with two areas and a page template, fully translated."""
    files = {
        "kanban/cli.py": "from kanban.i18n import _\nprint(_('hello {name}').format(name='x'))\n",
        "kanban/model/cards/card.py": "ngettext('{n} card', '{n} cards', 2)\nN_('Title')\n",
        "kanban/render/templates/page.html": "<h1>{{ _('Board') }}</h1>{{ ngettext('one day', '{n} days', n) }}\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    catalogues.update(tmp_path)
    translate(tmp_path, "cli", '"hello {name}"\nmsgstr ""', '"hello {name}"\nmsgstr "bonjour {name}"')
    translate(tmp_path, "model", 'msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "{n} carte"\nmsgstr[1] "{n} cartes"')
    translate(tmp_path, "model", '"Title"\nmsgstr ""', '"Title"\nmsgstr "Titre"')
    translate(tmp_path, "render", '"Board"\nmsgstr ""', '"Board"\nmsgstr "Tableau"')
    translate(tmp_path, "render", 'msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "{n} jour"\nmsgstr[1] "{n} jours"')
    catalogues.update(tmp_path)
    return tmp_path


def po(root: Path, area: str) -> Path:
    return root / f"kanban/i18n/locale/fr/LC_MESSAGES/{area}.po"


def translate(root: Path, area: str, old: str, new: str) -> None:
    text = po(root, area).read_text(encoding="utf-8")
    assert old in text
    po(root, area).write_text(text.replace(old, new), encoding="utf-8")


def test_a_complete_tree_is_clean_and_an_update_changes_nothing(little: Path) -> None:
    assert catalogues.check(little) == {"cli": [], "model": [], "render": []}
    assert catalogues.update(little) == []


@pytest.mark.parametrize(
    ("area", "old", "new", "finding"),
    [
        ("cli", '"bonjour {name}"', '""', "missing: hello {name}"),
        ("cli", '"bonjour {name}"', '"bonjour {nom}"', "placeholders differ: hello {name} → bonjour {nom}"),
        ("cli", '"bonjour {name}"', '"bonjour"', "placeholders differ: hello {name} → bonjour"),
        ("cli", '"bonjour {name}"', '"bonjour {name"', "placeholders differ: hello {name} → bonjour {name"),
        ("cli", "#: kanban/cli.py", "#: kanban/cli.py\n#, fuzzy", "fuzzy: hello {name}"),
        ("cli", '"hello {name}"', '"hullo {name}"', "obsolete: hullo {name}"),
        ("model", '"Titre"', '"L\'objet"', "stale: model.po"),
        ("model", '"{n} cartes"', '"cartes"', "placeholders differ: {n} card → cartes"),
        ("render", '"{n} jour"', '"{n} {jour}"', "placeholders differ: one day → {n} {jour}"),
    ],
)
def test_what_is_lacking_is_said(little: Path, area: str, old: str, new: str, finding: str) -> None:
    translate(little, area, old, new)
    assert finding in catalogues.check(little)[area]
    assert [name for name, said in catalogues.check(little).items() if said] == [area]


def test_a_new_text_is_missing_until_translated(little: Path) -> None:
    (little / "kanban/pull").mkdir()
    (little / "kanban/pull/wip.py").write_text("_('full')", encoding="utf-8")
    assert catalogues.check(little)["pull"] == ["missing: full"]
    catalogues.update(little)
    assert catalogues.check(little)["pull"] == ["missing: full"]


def test_a_text_that_moves_keeps_its_translation_and_the_empty_area_goes(little: Path) -> None:
    (little / "kanban/cli.py").rename(little / "kanban/model/hello.py")
    catalogues.update(little)
    assert catalogues.check(little) == {"model": [], "render": []}
    assert "bonjour {name}" in po(little, "model").read_text(encoding="utf-8")


def test_one_text_has_one_translation(little: Path) -> None:
    (little / "kanban/model/title.py").write_text("_('Board')", encoding="utf-8")
    catalogues.update(little)
    assert catalogues.check(little)["model"] == []
    translate(little, "model", '"Tableau"', '"Panneau"')
    assert "translated differently in model: Board" in catalogues.check(little)["render"]


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("l'offre d'ACME", "l’offre d’ACME"),
        ("l'option `--it's`", "l’option `--it's`"),
        ("attention : trop tard !", "attention\u00a0: trop tard\u202f!"),
        ("« oui » ; non ?", "«\u00a0oui\u00a0»\u202f; non\u202f?"),
        ("40 % du total", "40\u00a0% du total"),
        ("à 10:30, `a : b`", "à 10:30, `a : b`"),
        ("{n:d} jours : {x}", "{n:d} jours\u00a0: {x}"),
    ],
)
def test_french_typography_is_set_outside_code(typed: str, set_: str) -> None:
    assert catalogues.typeset(typed) == set_
    assert catalogues.typeset(set_) == set_


def test_files_hold_nothing_that_changes_by_itself(little: Path) -> None:
    text = po(little, "cli").read_text(encoding="utf-8")
    assert "Date" not in text
    assert "Babel" not in text
    mo = po(little, "cli").with_suffix(".mo")
    assert b"Date" not in mo.read_bytes()
    assert compiled(po(little, "cli")) == mo.read_bytes()


def test_what_is_compiled_follows_what_is_typed(little: Path) -> None:
    """Missing or older: made again. Without its `.po`: gone. Else left alone."""
    folder = little / "kanban/i18n/locale"
    cli, model, render = (po(little, area).with_suffix(".mo") for area in ("cli", "model", "render"))
    assert compile_catalogues(folder) == []
    translate(little, "cli", '"bonjour {name}"', '"salut {name}"')
    os.utime(cli, (0, 0))
    model.unlink()
    po(little, "render").unlink()
    assert compile_catalogues(folder) == [cli, model, render]
    assert b"salut {name}" in cli.read_bytes()
    assert (model.exists(), render.exists()) == (True, False)
    assert compile_catalogues(folder) == []


def test_a_text_inside_an_f_string_is_found(little: Path) -> None:
    (little / "kanban/pull").mkdir()
    (little / "kanban/pull/wip.py").write_text("f\"{_('full')}: {x}\"", encoding="utf-8")
    assert catalogues.check(little)["pull"] == ["missing: full"]


def test_an_f_string_as_a_text_is_an_error(little: Path) -> None:
    (little / "kanban/pull").mkdir()
    (little / "kanban/pull/wip.py").write_text("\n_(f'{count} cards')", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"wip\.py:2: an f-string cannot be translated"):
        catalogues.check(little)
