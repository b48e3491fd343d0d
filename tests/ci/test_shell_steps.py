"""The shell steps of the action, run here: on a pull request's merge, on a hostile one, and where comments are written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.boards import FIVE_COLUMNS, card_text
from tests.ci.workflows import ROOT, Runner
from tests.conftest import GitFolder, Kanban

pytestmark = pytest.mark.sweep

GH = """\
#!/bin/bash
printf '%s\\n' "$*" >> "$GH_CALLS"
case "$1 $2" in
  "run download") mkdir -p "${@: -1}"; cp "$GH_REPORT" "${@: -1}/report.json" ;;
  "api --method") case "$3 $4" in
      "GET "*) echo "$GH_NUMBER" ;;
      *) for word in "$@"; do case $word in body=@*) cp "${word#body=@}" "$GH_BODY" ;; esac; done ;;
    esac ;;
  "api --paginate") echo "$GH_COMMENT" ;;
esac
"""


@pytest.fixture
def request_branch(git_folder: GitFolder) -> GitFolder:
    """A merge commit, as the forge makes it to test a pull request, in which the last place of Offre is taken twice."""
    git_folder.write("sales/board.yml", FIVE_COLUMNS)
    git_folder.write("sales/qualifies/acme.md", card_text(amount="100"))
    git_folder.write("sales/qualifies/gamma.md", card_text(amount="100"))
    git_folder.write("sales/offre/beta.md", card_text())
    git_folder.commit("start", date="2026-10-01T10:00:00+02:00")
    git_folder.git("switch", "-qc", "request")
    (git_folder.root / "sales/qualifies/acme.md").unlink()
    git_folder.write("sales/offre/acme.md", card_text(amount="100"))
    git_folder.commit("acme", date="2026-10-02T10:00:00+02:00")
    git_folder.git("switch", "-q", "main")
    (git_folder.root / "sales/qualifies/gamma.md").unlink()
    git_folder.write("sales/offre/gamma.md", card_text(amount="100"))
    git_folder.commit("gamma", date="2026-10-03T10:00:00+02:00")
    git_folder.git("merge", "-q", "--no-ff", "-m", "merge", "request", date="2026-10-04T10:00:00+02:00")
    return git_folder


def commands_in(text: str) -> set[str]:
    """The workflow commands a runner would obey."""
    return set(re.findall(r"^::([a-z-]+)", text, re.MULTILINE))


def test_check_fails_on_the_merge_and_reports_it(request_branch: GitFolder, tmp_path: Path) -> None:
    runner = Runner(tmp_path / "runner", request_branch.root)
    done = runner.run("check", {"board": "sales"})
    assert done.returncode == 1, done.stderr
    assert "::error file=sales/" in done.stdout
    assert commands_in(done.stdout) <= {"error", "warning", "notice"}
    report = json.loads((runner.temp / "kanban-report/report.json").read_text())
    assert [(one["card"], one["target"]) for one in report["moves"]] == [("acme", "offre")]
    assert "WIP limit broken" in runner.summary.read_text()
    installed = (runner.folder / "pip.txt").read_text().splitlines()
    assert [line.split()[-1] for line in installed] == [f"{ROOT}/locks/tool.txt", str(ROOT)], "a check draws no charts"
    assert "--require-hashes" in installed[0]


def test_check_passes_on_a_good_change(request_branch: GitFolder, tmp_path: Path) -> None:
    runner = Runner(tmp_path / "runner", request_branch.root)
    request_branch.git("reset", "-q", "--hard", "HEAD^2")
    done = runner.run("check", {"board": "sales"})
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_board_that_cannot_be_read_is_an_annotation_and_its_reason_obeyed_by_nobody(
    request_branch: GitFolder, tmp_path: Path
) -> None:
    request_branch.write("sales/board.yml", FIVE_COLUMNS + "\nbad: [\n")
    request_branch.commit("broken", date="2026-10-04T12:00:00+02:00")
    runner = Runner(tmp_path / "runner", request_branch.root)
    done = runner.run("check", {"board": "sales", "base": "HEAD~1"})
    assert done.returncode == 2
    told = re.fullmatch(r"::stop-commands::(\w{20,})\n(.*)::\1::\n(::error::.*)\n", done.stdout, re.DOTALL)
    assert told, done.stdout
    assert "board.yml:" in told[2]
    assert done.stderr == ""


def hostile(folder: GitFolder) -> None:
    evil = "::error::owned %0A::add-mask::x @acme/sales <img src=x onerror=alert(1)> | `x` #1"
    name = "evil'\n::warning::name"
    folder.write(
        "sales/prospects/evil.md",
        card_text(f"\n::stop-commands::t\n{evil}\n", account=f"'{evil}'", title="x" * 1_000_000),
    )
    folder.write("sales/prospects/multi.md", card_text(account=f'"a\\n::error::owned\\n{name}"'.replace("\n", "\\n")))
    folder.write("sales/prospects/::error::file.md", card_text(next_action=""))
    folder.commit("evil\n\n::error::from the message", date="2026-10-04T12:00:00+02:00")


def test_a_malicious_card_changes_nothing_in_what_the_job_does(request_branch: GitFolder, tmp_path: Path) -> None:
    hostile(request_branch)
    runner = Runner(tmp_path / "runner", request_branch.root)
    done = runner.run("check", {"board": "sales", "base": "HEAD~1"})
    everything = done.stdout + done.stderr
    assert commands_in(everything) <= {"error", "warning", "notice"}
    for line in everything.splitlines():
        if line.startswith("::") and not re.fullmatch(r"::(error|warning|notice)::\d+ more findings [\w '-]+", line):
            assert re.match(r"::(error|warning|notice) file=sales/[^,:]*,line=\d+,col=\d+,title=", line), line[:200]
    summary = runner.summary.read_text()
    assert len(summary) < 65_000
    assert not re.search(r"(?<!\w)@\w|<img|^::", summary, re.MULTILINE)


EVENT = {"id": "7", "head_sha": "a" * 40, "head_repository.owner.login": "zoe", "head_branch": "x;$(touch owned)`id`"}


@pytest.mark.parametrize(
    ("comment", "method"),
    [("", "POST repos/acme/sales/issues/12"), ("99", "PATCH repos/acme/sales/issues/comments/99")],
)
def test_one_comment_is_made_then_kept_up_to_date(
    request_branch: GitFolder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kanban: Kanban,
    comment: str,
    method: str,
) -> None:
    report, body = tmp_path / "report.json", tmp_path / "body.md"
    monkeypatch.setenv("KANBAN_AS_OF", "2026-10-05")
    kanban("-C", request_branch.root, "diff", "HEAD^1", "HEAD", "--format", "json", "--output-file", report)
    links = f"https://github.com/acme/sales/blob/{EVENT['head_sha']}"
    site = "https://github.com/acme/sales/actions/runs/7"
    words = ("diff", "HEAD^1", "HEAD", "--format", "markdown", "--links", links, "--site", site)
    told = kanban("-C", request_branch.root, *words).out
    runner = Runner(tmp_path / "runner", tmp_path)
    runner.program("gh", GH)
    for name, value in (("NUMBER", "12"), ("COMMENT", comment), ("BODY", str(body)), ("REPORT", str(report))):
        monkeypatch.setenv(f"GH_{name}", value)
    done = runner.run("comment", {"token": "t"}, EVENT)
    assert done.returncode == 0, done.stderr
    assert method in runner.calls.read_text()
    assert "head=zoe:x;$(touch owned)`id`" in runner.calls.read_text()
    assert not (tmp_path / "owned").exists()
    assert body.read_text() == told
    assert told.startswith("<!-- kanban-diff: sales -->\n")


@pytest.mark.parametrize("number", ["", "12; rm -rf /", "null"])
def test_without_a_pull_request_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    (tmp_path / "r.json").write_text("{}")
    runner = Runner(tmp_path / "runner", tmp_path)
    runner.program("gh", GH)
    monkeypatch.setenv("GH_NUMBER", number)
    monkeypatch.setenv("GH_REPORT", str(tmp_path / "r.json"))
    done = runner.run("comment", {"token": "t"}, EVENT)
    assert done.returncode == 0
    assert "issues" not in runner.calls.read_text()


def test_a_forged_report_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r.json").write_text(json.dumps({"schema": "kanban-diff/1", "verdict": "<b>approved</b>"}))
    runner = Runner(tmp_path / "runner", tmp_path)
    runner.program("gh", GH)
    monkeypatch.setenv("GH_NUMBER", "12")
    monkeypatch.setenv("GH_REPORT", str(tmp_path / "r.json"))
    done = runner.run("comment", {"token": "t"}, EVENT)
    assert done.returncode == 2
    assert "issues" not in runner.calls.read_text()


def test_where_the_check_left_no_report_the_old_comment_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = tmp_path / "body.md"
    runner = Runner(tmp_path / "runner", tmp_path)
    runner.program("gh", GH.replace('mkdir -p "${@: -1}"; cp "$GH_REPORT" "${@: -1}/report.json"', "exit 1"))
    for name, value in (("NUMBER", "12"), ("COMMENT", "99"), ("BODY", str(body))):
        monkeypatch.setenv(f"GH_{name}", value)
    done = runner.run("comment", {"token": "t", "board": "sales"}, EVENT)
    assert done.returncode == 0, done.stderr
    assert "PATCH repos/acme/sales/issues/comments/99" in runner.calls.read_text()
    assert body.read_text().startswith("<!-- kanban-diff: sales -->")
    assert "could not be checked" in body.read_text()


def test_an_internal_site_is_not_published_for_everybody_unless_told(request_branch: GitFolder, tmp_path: Path) -> None:
    runner = Runner(tmp_path / "runner", request_branch.root)
    runner.program("gh", "#!/bin/sh\necho true\n")
    internal = {"board": "sales", "audience": "internal", "token": "t"}
    refused = runner.run("render", internal)
    assert (refused.returncode, "i-know: true" in refused.stdout) == (2, True)
    assert not (request_branch.root / "sales/site").exists()
    assert runner.run("render", internal | {"i-know": "true"}).returncode == 0
    runner.program("gh", "#!/bin/sh\necho false\n")
    assert runner.run("render", internal).returncode == 0


def column_of(card: str, site: Path) -> str:
    columns = json.loads((site / "board.json").read_text())["columns"]
    return next(one["key"] for one in columns if card in [two["card"] for two in one["cards"]])


def open_requests(folder: GitFolder, tmp_path: Path) -> Path:
    """A bare repository with two open pull requests, as the forge keeps them: one merges, one is torn."""
    bare = tmp_path / "bare.git"
    folder.git("clone", "-q", "--bare", "--template=", ".", str(bare))
    folder.git("remote", "add", "origin", str(bare))
    folder.git("push", "-q", "origin", "HEAD:refs/pull/12/merge", "HEAD:refs/pull/12/head", "HEAD^2:refs/pull/13/head")
    folder.git("reset", "-q", "--hard", "HEAD^1")
    return bare


def test_open_pull_requests_stand_below_the_site(request_branch: GitFolder, tmp_path: Path) -> None:
    open_requests(request_branch, tmp_path)
    runner = Runner(tmp_path / "runner", request_branch.root)
    runner.program("gh", '#!/bin/sh\nprintf "%s\\n" 12 13 "x; touch owned"\n')
    inputs = {"board": "sales", "audience": "internal", "i-know": "true", "previews": "true", "token": "t"}
    done = runner.run("render", inputs)
    assert done.returncode == 0, done.stderr
    site = request_branch.root / "sales/site"
    assert "acme" in (site / "pull/12/index.html").read_text()
    assert not (site / "pull/13").exists(), "it conflicts"
    assert "pull request 13 has no preview" in done.stdout
    assert not (request_branch.root / "owned").exists()
    assert "locks/charts.txt" in (runner.folder / "pip.txt").read_text()
    assert [column_of("acme", folder) for folder in (site, site / "pull/12")] == ["qualifies", "offre"]


def test_no_preview_on_a_public_site(request_branch: GitFolder, tmp_path: Path) -> None:
    text = FIVE_COLUMNS + "\nsite: {public_fields: [account]}\n"
    request_branch.write("sales/board.yml", text)
    request_branch.commit("public")
    runner = Runner(tmp_path / "runner", request_branch.root)
    done = runner.run("render", {"board": "sales", "audience": "public", "previews": "true", "token": "t"})
    assert (done.returncode, "internal sites" in done.stdout) == (2, True)


def test_a_preview_is_the_merge_result(request_branch: GitFolder, tmp_path: Path) -> None:
    runner = Runner(tmp_path / "runner", request_branch.root)
    done = runner.run("preview", {"board": "sales"})
    assert done.returncode == 0, done.stderr
    assert column_of("acme", request_branch.root / "sales/site") == "offre"


def test_publishing_says_for_whom_and_wants_the_history(request_branch: GitFolder, tmp_path: Path) -> None:
    runner = Runner(tmp_path / "runner", request_branch.root)
    assert runner.run("render", {"board": "sales"}).returncode == 2
    done = runner.run("render", {"board": "sales", "audience": "internal"})
    assert done.returncode == 0, done.stderr
    assert (request_branch.root / "sales/site/index.html").exists()
    shallow = GitFolder(tmp_path / "shallow")
    shallow.git("fetch", "-q", "--depth", "1", f"file://{request_branch.root}", "main")
    shallow.git("checkout", "-q", "FETCH_HEAD")
    other = Runner(tmp_path / "other", shallow.root)
    refused = other.run("render", {"board": "sales", "audience": "internal"})
    assert (refused.returncode, "fetch-depth: 0" in refused.stdout) == (2, True)
