"""The published hooks in any layout: by hand over all files or a range, a board in a folder, several boards, one hook."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
import yaml

from tests.hooks.conftest import BOARD, Workshop, configuration, published
from tests.lint.conftest import MONDAY, card

pytestmark = pytest.mark.sweep(file=True)

RUNNERS = {"pre-commit": [sys.executable, "-m", "pre_commit"], "prek": ["prek"]}


def run(workshop: Workshop, runner: str, *arguments: str) -> tuple[int, str]:
    """Run the hooks by hand, as CI does."""
    import subprocess

    if runner == "prek" and not shutil.which("prek"):
        pytest.skip("prek is not installed")
    command = [*RUNNERS[runner], "run", *arguments]
    done = subprocess.run(command, cwd=workshop.root, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def with_arguments(ids: tuple[str, ...], *arguments: str) -> str:
    """A configuration in which every hook is given arguments."""
    hooks = [{**hook, "args": list(arguments)} for hook in published(*ids)]
    return yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}, sort_keys=False)


@pytest.fixture
def broken(workshop: Workshop) -> Workshop:
    """A board with three errors that went past the hooks."""
    for name in ("one", "two", "three"):
        workshop.write(f"offre/{name}.md", card(name, next_action_date=""))
    workshop.force("three mistakes")
    return workshop


@pytest.mark.parametrize("runner", RUNNERS)
def test_a_run_over_all_files_sees_every_error(broken: Workshop, runner: str) -> None:
    code, said = run(broken, runner, "--all-files")
    assert code == 1, said
    assert said.count("KB501") == 3, said


@pytest.mark.parametrize("runner", RUNNERS)
def test_a_run_over_a_range_sees_what_the_range_brought(broken: Workshop, runner: str) -> None:
    code, said = run(broken, runner, "--from-ref", "HEAD~1", "--to-ref", "HEAD")
    assert code == 1, said
    assert said.count("KB501") == 3
    broken.write("prospects/fine.md", card("Fine"))
    broken.force("a card without a fault")
    assert run(broken, runner, "--from-ref", "HEAD~1", "--to-ref", "HEAD")[0] == 0


@pytest.mark.parametrize("runner", RUNNERS)
def test_a_run_over_one_file_judges_that_file(broken: Workshop, runner: str) -> None:
    broken.write("offre/two.md", card("two"))
    broken.write("offre/three.md", card("three"))
    broken.write("board.yml", BOARD.replace("wip: 2", "wip: 9"))
    broken.force("two mended")
    assert run(broken, runner, "--files", "offre/two.md")[0] == 0
    assert run(broken, runner, "--files", "offre/one.md")[0] == 1


def in_a_folder(workshop: Workshop, folder: str) -> None:
    """Move the board into a folder."""
    (workshop.root / folder).mkdir(parents=True)
    for name in ("board.yml", "prospects", "offre", "negociation", "gagne", "perdu", "nurturing"):
        workshop.git("mv", name, f"{folder}/{name}")


ALL = ("kanban-lint", "kanban-lint-files", "kanban-fix", "kanban-commit-msg")


@pytest.mark.parametrize("arguments", [("-C", "sales"), ()])
def test_a_board_in_a_folder_is_judged_whether_it_is_named_or_found(
    workshop: Workshop, arguments: tuple[str, ...]
) -> None:
    workshop.hook("commit-msg")
    in_a_folder(workshop, "sales")
    workshop.write(".pre-commit-config.yaml", with_arguments(ALL, *arguments))
    workshop.force("into a folder")
    workshop.git("mv", "sales/prospects/acme.md", "sales/offre/acme.md")
    good = workshop.try_commit()
    assert good.green, good.said
    workshop.git("mv", "sales/offre/acme.md", "sales/prospects/acme.md")
    back = workshop.try_commit()
    assert not back.green
    assert "KB402" in back.said
    assert workshop.try_commit(message="back\n\nReason: budget postponed").green
    workshop.write("sales/prospects/acme.md", card(next_action_date=""))
    workshop.git("add", "-A")
    bad = workshop.try_commit()
    assert not bad.green
    assert "sales/prospects/acme.md" in bad.said


def test_several_boards_are_judged_each(workshop: Workshop) -> None:
    in_a_folder(workshop, "north")
    shutil.copytree(workshop.root / "north", workshop.root / "south")
    workshop.force("two regions")
    workshop.write("south/prospects/acme.md", card(next_action_date=""))
    workshop.git("add", "-A")
    bad = workshop.try_commit()
    assert not bad.green
    assert "south/prospects/acme.md" in bad.said
    assert "north/prospects/acme.md" not in bad.said
    workshop.write("south/prospects/acme.md", card())
    workshop.write("north/prospects/acme.md", card(owner="Ada"))
    workshop.git("add", "-A")
    assert workshop.try_commit().green


def test_one_hook_does_the_work_of_two(workshop: Workshop) -> None:
    workshop.hook("commit-msg")
    workshop.write(".pre-commit-config.yaml", configuration("kanban-commit"))
    workshop.write("offre/norvane.md", card("Norvane"))
    workshop.force()
    workshop.git("mv", "offre/norvane.md", "prospects/norvane.md")
    back = workshop.try_commit(message="norvane back")
    assert not back.green
    assert "KB402" in back.said
    assert workshop.try_commit(message="norvane back\n\nReason: budget postponed").green
    workshop.write("prospects/acme.md", card(next_action_date=""))
    workshop.git("add", "-A")
    bad = workshop.try_commit(message="acme\n\nReason: none needed")
    assert not bad.green
    assert "KB501" in bad.said


def test_a_submodule_is_told_wherever_the_board_is_read(workshop: Workshop, tmp_path: Path) -> None:
    other = Workshop(tmp_path / "other")
    other.write("a.txt", "x")
    other.commit("other", date=MONDAY)
    allow = ("-c", "protocol.file.allow=always")
    workshop.git(*allow, "submodule", "add", "-q", str(other.root), "prospects/deck")
    workshop.git(*allow, "submodule", "add", "-q", str(other.root), "theme")
    workshop.force("two submodules")
    clone = Workshop(tmp_path / "clone")
    clone.git("fetch", "-q", str(workshop.root), "HEAD")
    clone.git("reset", "-q", "--hard", "FETCH_HEAD")
    for where in (workshop, clone):
        for arguments in ((), ("--staged",), ("--rev", "HEAD")):
            said = kanban(where, "lint", "--select", "KB119", "--output-format", "concise", *arguments)
            assert said.count("KB119") == 1, (where.root, arguments, said)
            assert "prospects/deck" in said


def kanban(workshop: Workshop, *arguments: str) -> str:
    import subprocess

    done = subprocess.run(["kanban", *arguments], cwd=workshop.root, capture_output=True, text=True, check=False)
    return done.stdout
