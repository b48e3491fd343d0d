"""A real language client drives every feature of `kanban lsp`, on good cards and on broken ones."""

from __future__ import annotations

import asyncio
import io
import json
import random
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from kanban.cli import cli
from kanban.commands.base.calling.entry import run as run_kanban
from tests.conftest import GitFolder
from tests.editors.client import ACME, AS_OF, BETA, BOARD, GAMMA, Client, talk

pytestmark = pytest.mark.sweep


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    git_folder.write("board.yml", BOARD)
    git_folder.write("prospects/acme.md", ACME)
    git_folder.write("prospects/gamma.md", GAMMA)
    git_folder.write("offer/beta.md", BETA)
    for folder in ("prospects", "offer", "won", "lost", "parked"):
        git_folder.write(f"{folder}/README.md", f"# {folder}\n")
    git_folder.commit("board", date="2026-11-02T10:00:00+01:00")
    return git_folder


def linted(root: Path, path: str, text: str) -> list[tuple[str, int, int, str]]:
    """What `kanban lint --stdin-filename` says of a text: code, line, column, message with its cure."""
    words = ["lint", "--output-format", "jsonl", "--as-of", AS_OF, "--exit-zero", "--stdin-filename", path]
    typed, said = io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "surrogatepass"))), io.StringIO()
    before, sys.stdin = sys.stdin, typed
    try:
        with redirect_stdout(said):
            assert run_kanban(cli, ["-C", str(root), *words]) == 0
    finally:
        sys.stdin = before
    rows = [json.loads(line) for line in said.getvalue().split("\n") if line]
    return sorted(
        (row["code"], row["line"], row["column"], row["message"] + (f"  → {row['cure']}" if row["cure"] else ""))
        for row in rows
    )


def shown(found: list[lsp.Diagnostic], text: str) -> list[tuple[str, int, int, str]]:
    """The same of what the editor shows: its columns count units of UTF-16."""
    lines = re.split(r"\r\n|\n|\r", text)
    rows = []
    for one in found:
        line = lines[one.range.start.line] if one.range.start.line < len(lines) else ""
        units = line.encode("utf-16-le", "surrogatepass")[: one.range.start.character * 2]
        column = len(units.decode("utf-16-le", "surrogatepass")) + 1
        rows.append((str(one.code), one.range.start.line + 1, column, one.message))
    return sorted(rows)


def test_findings_as_you_type_are_those_of_the_linter(board: GitFolder) -> None:
    broken = {
        "prospects/acme.md": [
            ACME.replace("28 k€", "12/13"),
            ACME.replace("owner: Zoé", "montant: 5\nowner: Nobody"),
            ACME.replace("[[beta]]", "🦊 [[nobody]]"),
            ACME.replace("account: ACME", "account: a: b"),
            "",
            ACME.replace("\n", "\r\n"),
        ],
        "prospects/README.md": ["# Other\n"],
        "offer/nörvane ltd.md": [BETA],
        "board.yml": [BOARD.replace("wip: 1", "wip: 0"), BOARD + "nonsense: 1\n"],
    }

    async def task(client: Client) -> None:
        for path, texts in broken.items():
            doc = client.open(board.root / path, texts[0])
            for text in texts:
                client.change(doc, text)
                assert shown(await client.at_rest(doc), text) == linted(board.root, path, text), text
        doc = client.open(board.root / "board.yml")
        client.change(doc, "columns: [")
        (one,) = await client.at_rest(doc)
        assert one.message.startswith("`columns: [` cannot be read")

    talk(board.root, task)
    assert not board.git("status", "--porcelain"), "unsaved text never reaches the disk"


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(9))
def test_random_edits_at_random_speed_end_in_what_the_linter_says(board: GitFolder, seed: int) -> None:
    chance = random.Random(seed)
    pieces = [
        "---",
        "\n",
        "amount: 12",
        ": ",
        "[[beta",
        "]]",
        "é🦊",
        "\r",
        "owner: [a, ",
        "\t",
        '"',
        "\u2028",
        "- x",
        "{",
        "#",
    ]

    async def task(client: Client) -> None:
        doc, text = client.open(board.root / "prospects/acme.md"), ACME
        for _edit in range(60):
            start = chance.randrange(len(text) + 1)
            end = min(len(text), start + chance.choice([0, 0, 0, 1, 3, 12]))
            text = text[:start] + chance.choice(pieces) + text[end:]
            client.change(doc, text)
            at = lsp.Position(chance.randrange(30), chance.randrange(30))
            asked = chance.randrange(8)
            if asked == 0:
                await client.complete(doc, at.line, at.character)
            elif asked == 1:
                await client.hover(doc, at.line, at.character)
            elif asked == 2:
                await client.actions(doc, at.line)
            elif asked == 3:
                await client.raw.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(doc))
            elif asked == 4:
                await client.raw.text_document_folding_range_async(lsp.FoldingRangeParams(doc))
                await client.raw.text_document_document_symbol_async(lsp.DocumentSymbolParams(doc))
            await asyncio.sleep(chance.choice([0, 0, 0.01, 0.05]))
        assert shown(await client.at_rest(doc), text) == linted(board.root, "prospects/acme.md", text)
        assert client.messages == []

    talk(board.root, task)
    assert not board.git("status", "--porcelain")


def test_what_is_asked_without_a_change(board: GitFolder) -> None:
    async def completion(client: Client) -> None:
        doc = client.open(board.root / "prospects/acme.md")

        async def typed(line: str) -> dict[str, object]:
            client.change(doc, ACME.replace("owner: Zoé", line))
            at = line.split("\n")
            return await client.complete(doc, 6 + len(at) - 1, len(at[-1]))

        assert (await typed("clo"))["close_date"] == "close_date: "
        assert "amount" not in await typed("am"), "a field that is there already"
        assert list(await typed("owner: ")) == ["Karim", "Zoé"]
        assert "trade-show" in await typed("source: tr")
        assert "expedite" in await typed("class: ")
        assert "price" in await typed("lost_reason: ")
        assert list(await typed("dor: [")) == ["need-explicit"]
        assert "need-explicit" in await typed("dor:\n  - ")
        assert (await typed("close_date: "))["tomorrow"] == "2026-11-11"
        assert (await typed("next_action_date: vendredi 14h"))["vendredi 14h"] == "2026-11-13T14:00"
        assert (await typed("lint_ignore: ["))["KB503 until 2026-12-31: "] == '"KB503 until 2026-12-31: "'
        client.change(doc, f"{ACME}see [[be")
        assert await client.complete(doc, ACME.count("\n"), 8) == {"beta": "beta]]"}
        assert "language" in await client.complete(client.open(board.root / "board.yml", "la"), 0, 2)
        board_yml = lsp.TextDocumentIdentifier((board.root / "board.yml").as_uri())
        client.change(board_yml, f"{BOARD}  - {{key: x, kind: ")
        assert list(await client.complete(board_yml, BOARD.count("\n"), 20)) == ["open", "won", "lost", "parked"]
        client.change(board_yml, f"{BOARD}commitment: ")
        assert "prospects" in await client.complete(board_yml, BOARD.count("\n"), 12)
        client.change(board_yml, BOARD)
        client.change(doc, ACME)

    async def hover(client: Client) -> None:
        doc = client.open(board.root / "prospects/acme.md")
        assert await client.hover(doc, 1, 3) == "**Account** `account` – the customer\n\nACME 🦊 SAS"
        assert "Thursday 12 November 2026 at 10:00, in 2 days" in await client.hover(doc, 3, 20)
        assert "€28,000 × 40\u00a0% = €11,200" in await client.hover(doc, 4, 2)
        head = await client.hover(doc, 0, 1)
        assert "acme lacks for Offer:" in head
        assert "- not ticked: the need is explicit" in head
        assert "- Offer is full" in head or "1" in head
        assert "8 days in the column" in head
        assert "**Beta** · Offer" in await client.hover(doc, 11, 8)
        settings = client.open(board.root / "board.yml")
        assert "the most cards the column may hold" in await client.hover(settings, 9, 5)

    async def hints_symbols_folds_links_and_colours(client: Client) -> None:
        doc = client.open(board.root / "prospects/acme.md")
        everything = lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))
        hints = await client.raw.text_document_inlay_hint_async(lsp.InlayHintParams(doc, everything))
        told = {one.position.line: one.label for one in hints or ()}
        assert told == {
            0: "8 days in the column · 9 days old · idle for 8 days",
            3: "Thursday 12 November 2026, in 2 days",
            4: "× 40\u00a0% = €11,200",
        }
        symbols = await client.raw.text_document_document_symbol_async(lsp.DocumentSymbolParams(doc))
        assert [one.name for one in symbols or ()] == ["ACME 🦊 SAS", "Why they call"]
        assert symbols
        assert isinstance(symbols[1], lsp.DocumentSymbol)
        notes = (symbols[1].children or [])[0]
        assert (notes.name, [one.name for one in notes.children]) == ("Notes", ["2026-11-02"])
        folds = await client.raw.text_document_folding_range_async(lsp.FoldingRangeParams(doc))
        assert [(one.start_line, one.end_line) for one in folds or ()] == [(0, 7), (9, 17), (13, 17), (15, 17)]
        links = await client.raw.text_document_document_link_async(lsp.DocumentLinkParams(doc))
        beta = (board.root / "offer/beta.md").as_uri()
        assert [one.target for one in links or ()] == [beta, beta]
        at = lsp.DefinitionParams(doc, lsp.Position(11, 8))
        found = await client.raw.text_document_definition_async(at)
        assert getattr(found, "uri", "") == beta
        tokens = await client.raw.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(doc))
        assert tokens is not None
        assert list(tokens.data[:10]) == [1, 0, 7, 0, 0, 0, 9, 11, 4, 0]

    talk(board.root, completion, hover, hints_symbols_folds_links_and_colours)


def test_quick_fixes_are_those_of_the_linter(board: GitFolder) -> None:
    text = ACME.replace("owner: Zoé", "montant: 5 k€\nowner: Zoé").replace("amount: 28 k€\n", "")

    async def task(client: Client) -> None:
        doc = client.open(board.root / "prospects/acme.md")
        client.change(doc, text)
        await client.at_rest(doc)
        fixes = await client.actions(doc, 5, [lsp.CodeActionKind.QuickFix.value])
        (fix,) = fixes.values()
        assert fix.is_preferred
        (edits,) = fix.edit.changes.values()  # type: ignore[union-attr]  # every fix of ours is an edit of files
        assert applied(text, list(edits)) == text.replace("montant:", "amount:")
        (every,) = (await client.actions(doc, 0, ["source.fixAll"])).values()
        (edits,) = every.edit.changes.values()  # type: ignore[union-attr]  # the same
        assert applied(text, list(edits)) == text.replace("montant:", "amount:")

    talk(board.root, task)


def applied(text: str, edits: list[lsp.TextEdit]) -> str:
    """The text after edits, as an editor makes them."""
    lines = text.split("\n")

    def offset(at: lsp.Position) -> int:
        line = lines[at.line].encode("utf-16-le")[: at.character * 2].decode("utf-16-le")
        return sum(len(one) + 1 for one in lines[: at.line]) + len(line)

    for edit in sorted(edits, key=lambda one: offset(one.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


def test_gestures_are_the_verbs_with_their_refusals(board: GitFolder) -> None:
    async def task(client: Client) -> None:
        acme = client.open(board.root / "prospects/acme.md")
        found = await client.actions(acme)
        refused = found["Move to Offer"].disabled
        assert refused is not None
        assert "not ticked: the need is explicit → `kanban tick acme need-explicit`" in refused.reason
        assert "Lost: price" in found
        assert "Touch: call" in found
        assert await run(client, found["Tick: the need is explicit"]) == 0
        assert "acme: ticked need-explicit" in client.messages[-1]
        beta = client.open(board.root / "offer/beta.md")
        assert await run(client, (await client.actions(beta))["Record as won"]) == 0
        assert client.shown == [(board.root / "won/beta.md").as_uri()]
        gamma = client.open(board.root / "prospects/gamma.md")
        assert await run(client, (await client.actions(gamma))["Move to Offer"]) == 0
        acme = client.open(board.root / "prospects/acme.md")
        action = (await client.actions(acme))["Move to Offer"]
        assert action.disabled is not None
        assert await run(client, action) == 1, "a client that offers it all the same is told why"
        assert "acme may not go to Offer" in client.messages[-1]
        client.change(acme, ACME + "unsaved")
        (only,) = (await client.actions(acme, only=["refactor"])).values()
        assert only.disabled is not None
        assert "save the file first" in only.disabled.reason
        params = lsp.ExecuteCommandParams("kanban.gesture", [acme.uri, "lint", "--fix"])
        with pytest.raises(Exception, match="there is no such gesture here"):
            await client.raw.workspace_execute_command_async(params)

    talk(board.root, task)
    assert board.git("log", "--format=%s", "-4").splitlines() == [
        "gamma: prospects → offer",
        "beta: offer → won",
        "acme: tick",
        "board",
    ]


async def run(client: Client, action: lsp.CodeAction) -> int:
    """Make a gesture as an editor does; the verb's exit code."""
    assert action.command is not None
    params = lsp.ExecuteCommandParams(action.command.command, action.command.arguments)
    done = await client.raw.workspace_execute_command_async(params)
    return int(done["code"] if isinstance(done, dict) else done.code)


def test_an_editor_that_can_ask_is_given_what_to_ask(board: GitFolder) -> None:
    async def task(client: Client) -> None:
        doc = client.open(board.root / "prospects/acme.md")
        block = (await client.actions(doc))["Block…"].command
        assert block is not None
        uri, verb, options = block.arguments or ()
        assert (uri, list(verb), list(options)) == (doc.uri, ["block", "acme"], ["--cause", "--next", "--who"])

    talk(board.root, task, asks=True)


def test_a_rename_goes_over_the_whole_board(board: GitFolder) -> None:
    async def task(client: Client) -> None:
        doc = client.open(board.root / "offer/beta.md")
        held = "unsaved first line\n" + ACME
        client.open(board.root / "prospects/acme.md", held)
        at = lsp.RenameParams(doc, lsp.Position(1, 2), "beta-crm")
        edit = await client.raw.text_document_rename_async(at)
        assert edit is not None
        texts = {uri.as_uri(): text for uri, text in ((board.root / "offer/beta.md", BETA),)}
        texts[(board.root / "prospects/acme.md").as_uri()] = held
        for change in edit.document_changes or ():
            if isinstance(change, lsp.TextDocumentEdit):
                edits = [one for one in change.edits if isinstance(one, lsp.TextEdit)]
                texts[change.text_document.uri] = applied(texts[change.text_document.uri], edits)
        acme, beta = (board.root / name for name in ("prospects/acme.md", "offer/beta.md"))
        assert "Like [[beta-crm]], see [[beta-crm|their sister]]." in texts[acme.as_uri()]
        assert texts[acme.as_uri()].startswith("unsaved first line\n")
        assert texts[beta.as_uri()] == BETA.replace("class: standard\n", "class: standard\nformerly: [beta]\n")
        (moved,) = [one for one in edit.document_changes or () if isinstance(one, lsp.RenameFile)]
        assert (moved.old_uri, moved.new_uri) == (beta.as_uri(), (board.root / "offer/beta-crm.md").as_uri())
        with pytest.raises(Exception, match="there is or was a card acme already"):
            await client.raw.text_document_rename_async(lsp.RenameParams(doc, lsp.Position(1, 2), "acme"))
        files = [lsp.FileRename(beta.as_uri(), (board.root / "offer/other.md").as_uri())]
        by_hand = await client.raw.workspace_will_rename_files_async(lsp.RenameFilesParams(files))
        assert by_hand is not None
        assert len(by_hand.document_changes or ()) == 2

    talk(board.root, task)
    assert not board.git("status", "--porcelain")


def test_it_speaks_french_on_request(board: GitFolder) -> None:
    async def task(client: Client) -> None:
        doc = client.open(board.root / "prospects/acme.md")
        assert await client.hover(doc, 1, 3) == "**Compte** `account` – le client\n\nACME 🦊 SAS"
        assert "Passer en Offer" in await client.actions(doc)

    talk(board.root, task, words=("--lang", "fr"))
