"""Every feature of `kanban lsp` on the French demo board: half a year of history, thirty open cards, hundreds closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from tests.conftest import GitFolder, Kanban
from tests.editors.client import AS_OF, Client, talk
from tests.editors.test_lsp import linted, run, shown

pytestmark = pytest.mark.slow


@pytest.fixture
def demo(tmp_path: Path, kanban: Kanban) -> GitFolder:
    assert kanban("--lang", "fr", "demo", tmp_path / "demo", "--as-of", AS_OF).code == 0
    return GitFolder(tmp_path / "demo")


def test_every_feature_answers(demo: GitFolder, kanban: Kanban) -> None:
    cards = kanban("-C", demo.root, "list", "--json").json["cards"]
    path = min(card["path"] for card in cards if card["column"] == "offre")
    text = (demo.root / path).read_text("utf-8")
    lines = text.split("\n")
    amount, action = (
        next(n for n, line in enumerate(lines) if line.startswith(key)) for key in ("amount", "next_action:")
    )

    async def task(client: Client) -> None:
        doc = client.open(demo.root / path)
        assert shown(await client.at_rest(doc), text) == linted(demo.root, path, text)
        assert "Prochaine action" in await client.hover(doc, action, 3)
        assert "€" in await client.hover(doc, amount, 2)
        assert "Négociation" in await client.hover(doc, 0, 1)
        every = lsp.Range(lsp.Position(0, 0), lsp.Position(len(lines), 0))
        hints = await client.raw.text_document_inlay_hint_async(lsp.InlayHintParams(doc, every))
        assert amount in {one.position.line for one in hints or ()}
        symbols = await client.raw.text_document_document_symbol_async(lsp.DocumentSymbolParams(doc))
        assert symbols
        assert "Notes" in [one.name for one in symbols]
        folds = await client.raw.text_document_folding_range_async(lsp.FoldingRangeParams(doc))
        assert (0, lines.index("---", 1)) in [(one.start_line, one.end_line) for one in folds or ()]
        tokens = await client.raw.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(doc))
        assert tokens is not None
        assert len(tokens.data) >= 5 * lines.index("---", 1)
        assert {"Passer en Négociation", "Marquer comme gagnée"} & set(await client.actions(doc))

        typed = text.replace(lines[action], "next_action:").replace(
            "## Notes", "Voir [[acme-sso]] et [[acme-s\n\n## Notes"
        )
        client.change(doc, typed)
        assert shown(await client.at_rest(doc), typed) == linted(demo.root, path, typed)
        row = next(n for n, line in enumerate(typed.split("\n")) if line.startswith("Voir"))
        assert "acme-sso" in await client.complete(doc, row, len("Voir [[acme-sso]] et [[acme-s"))
        links = await client.raw.text_document_document_link_async(lsp.DocumentLinkParams(doc))
        assert any((one.target or "").endswith("/acme-sso.md") for one in links or ())
        params = lsp.DefinitionParams(doc, lsp.Position(row, 9))
        assert await client.raw.text_document_definition_async(params)
        client.change(doc, text)

    async def gestures(client: Client) -> None:
        doc = client.open(demo.root / path)
        await client.at_rest(doc)
        before = demo.git("rev-parse", "HEAD")
        code = await run(client, (await client.actions(doc))["Passer en Négociation"])
        moved = demo.git("rev-parse", "HEAD") != before
        assert moved == (code == 0)
        assert moved == (not (demo.root / path).exists())
        assert moved or client.messages  # a refusal is shown

    talk(demo.root, task)
    assert not demo.git("status", "--porcelain")
    talk(demo.root, gestures)


@pytest.mark.sweep
def test_a_card_gets_another_name_over_the_whole_board(demo: GitFolder) -> None:
    path = demo.root / next((demo.root / "rdv").glob("acme-sso.md"), demo.root / "rdv/acme-sso.md")

    async def task(client: Client) -> None:
        doc = client.open(path)
        params = lsp.RenameParams(doc, lsp.Position(1, 2), "acme-industrie")
        edit = await client.raw.text_document_rename_async(params)
        assert edit is not None
        assert "acme-industrie.md" in str(edit.document_changes)
        assert "formerly" in str(edit.document_changes)

    talk(demo.root, task)
    assert not demo.git("status", "--porcelain")
