"""A clone whose configuration names programs everywhere is only looked at: none of them runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import GitFolder, Kanban

CARD = "---\naccount: {name}\nnext_action: call\nnext_action_date: 2026-12-10\nowner: {owner}\n---\n\n# {name}\n"
READERS = [
    ("lint", "--merge-with", "other"),
    ("lint", "--range", "main~1..main"),
    ("lint", "--staged"),
    ("lint",),
    ("diff", "other...main"),
    ("diff", "main~1", "main"),
    ("list",),
    ("board",),
    ("show", "acme"),
    ("log",),
    ("metrics", "--json"),
    ("forecast", "--json"),
    ("doctor",),
    ("next",),
    ("daily",),
    ("export", "--format", "jsonl", "-"),
]


@pytest.fixture
def hostile(git_folder: GitFolder, kanban: Kanban, tmp_path: Path) -> GitFolder:
    """Two branches that changed the same card, and a configuration in which everything that can is a program."""
    assert kanban("init", git_folder.root, "--preset", "b2b", "--lang", "en").code == 0
    git_folder.write(".gitattributes", "*.md merge=evil filter=evil diff=evil\n")
    git_folder.write("prospects/acme.md", CARD.format(name="ACME", owner="Zoé"))
    git_folder.commit("start")
    git_folder.git("branch", "other")
    git_folder.write("prospects/acme.md", CARD.format(name="ACME", owner="Karim"))
    git_folder.commit("ours")
    git_folder.git("checkout", "-q", "other")
    git_folder.write("prospects/acme.md", CARD.format(name="ACME SAS", owner="Zoé"))
    git_folder.commit("theirs")
    git_folder.git("checkout", "-q", "main")
    program = tmp_path / "evil"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {tmp_path}/ran\ncat\n')
    program.chmod(0o755)
    vectors = (
        *("merge.evil.driver", "merge.kanban.driver", "merge.a=b.driver", "core.fsmonitor", "core.pager"),
        *("filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv", "diff.evil.command"),
        *("diff.external", "gpg.program", "core.sshCommand", "core.askPass", "core.editor", "credential.helper"),
    )
    for key in vectors:
        git_folder.git("config", key, str(program))
    git_folder.git("config", "merge.renormalize", "true")
    git_folder.git("config", "core.hooksPath", str(tmp_path / "hooks"))
    (tmp_path / "hooks").mkdir()
    for hook in ("post-index-change", "pre-commit", "post-checkout", "reference-transaction"):
        (tmp_path / "hooks" / hook).symlink_to(program)
    (tmp_path / "ran").unlink(missing_ok=True)
    os.utime(git_folder.root / "prospects/acme.md")
    return git_folder


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_no_program_of_the_configuration_runs(
    hostile: GitFolder, kanban: Kanban, tmp_path: Path, words: tuple[str, ...]
) -> None:
    answer = kanban("-C", hostile.root, *words)
    assert answer.code in (0, 1), answer.err
    ran = tmp_path / "ran"
    assert not ran.exists(), ran.read_text()


def test_a_merge_looked_at_is_the_merge_of_lines_where_a_foreign_driver_is_named(
    hostile: GitFolder, kanban: Kanban
) -> None:
    """The account and the owner stand apart by two lines: git's own merge of lines finds a conflict in neither."""
    answer = kanban("-C", hostile.root, "diff", "other...main", "--json")
    assert answer.code in (0, 1)
    assert "<<<<<<<" not in answer.out


def test_a_folder_named_as_the_program_is_not_run(git_folder: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    """git calls a merge driver at the top of the repository: a folder `kanban/` there must not be taken for it."""
    assert kanban("init", git_folder.root, "--preset", "b2b", "--lang", "en").code == 0
    git_folder.write("kanban/__init__.py", "")
    git_folder.write("kanban/__main__.py", f"open({str(tmp_path / 'ran')!r}, 'w').write('x')\n")
    git_folder.write(".gitattributes", "*.md merge=kanban\n")
    git_folder.write("prospects/acme.md", CARD.format(name="ACME", owner="Zoé"))
    git_folder.commit("start")
    git_folder.git("config", "merge.kanban.driver", "kanban merge-driver %O %A %B %P %L")
    git_folder.git("checkout", "-q", "-b", "other")
    git_folder.write("prospects/acme.md", CARD.format(name="ACME", owner="Karim"))
    git_folder.commit("theirs")
    git_folder.git("checkout", "-q", "main")
    git_folder.write("prospects/acme.md", CARD.format(name="ACME SAS", owner="Zoé"))
    git_folder.commit("ours")
    assert kanban("-C", git_folder.root, "lint", "--merge-with", "other").code in (0, 1)
    assert not (tmp_path / "ran").exists()
