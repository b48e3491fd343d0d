"""A real language client over standard input and output, and the board that it opens."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Union

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient
from pygls.protocol import default_converter

from tests.conftest import in_a_loop

AS_OF = "2026-11-10"

BOARD = """\
title: Pipeline
language: en
timezone: Europe/Paris
owners: [Zoé, Karim]
sources: [inbound, trade-show]
columns:
  - {key: prospects, name: Prospects}
  - key: offer
    name: Offer
    wip: 1
    ageing: {amber: 3, red: 9}
    dor:
      - {id: need-explicit, label: the need is explicit}
  - {key: won, name: Won, kind: won}
  - {key: lost, name: Lost, kind: lost}
  - {key: parked, name: Parked, kind: parked}
"""
ACME = """\
---
account: ACME 🦊 SAS
next_action: call
next_action_date: 2026-11-12T10:00
amount: 28 k€
probability: 40 %
owner: Zoé
---

# Why they call

Like [[beta]], see [[beta|their sister]].

## Notes

### 2026-11-02

- hello
"""
BETA = """\
---
account: Beta
next_action: send the offer
next_action_date: 2026-11-20
owner: Karim
class: standard
---

After [[acme]] and [[acme#notes]].
"""
GAMMA = "---\naccount: Gamma\nnext_action: call\nnext_action_date: 2026-11-20\ndor: [need-explicit]\n---\n"


def _converter() -> Any:
    """The library takes an action for a command as soon as it holds one."""
    converter = default_converter()

    def either(found: dict[str, Any], _kind: object) -> Any:
        is_command = isinstance(found.get("command"), str)
        return converter.structure(found, lsp.Command if is_command else lsp.CodeAction)

    converter.register_structure_hook(Union[lsp.Command, lsp.CodeAction], either)  # noqa: UP007 - its own key
    return converter


class Client:
    """One editor. `told` are the last diagnostics by URI, `messages` what was shown."""

    def __init__(self) -> None:
        self.raw = LanguageClient("test", "1", converter_factory=_converter)
        self.told: dict[str, list[lsp.PublishDiagnosticsParams]] = {}
        self.messages: list[str] = []
        self.shown: list[str] = []
        self.version = 1
        self.raw.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(
            lambda one: self.told.setdefault(one.uri, []).append(one)
        )
        self.raw.feature(lsp.WINDOW_SHOW_MESSAGE)(lambda one: self.messages.append(one.message))
        self.raw.feature(lsp.WINDOW_LOG_MESSAGE)(lambda one: self.messages.append(one.message))

        @self.raw.feature(lsp.WINDOW_SHOW_DOCUMENT)
        def _shown(params: lsp.ShowDocumentParams) -> lsp.ShowDocumentResult:
            self.shown.append(params.uri)
            return lsp.ShowDocumentResult(success=True)

    def open(self, file: Path, text: str | None = None) -> lsp.TextDocumentIdentifier:
        """Open a file; `text` is what the editor holds of it."""
        content = file.read_bytes().decode() if text is None else text
        item = lsp.TextDocumentItem(file.as_uri(), "markdown", self.version, content)
        self.raw.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return lsp.TextDocumentIdentifier(file.as_uri())

    def change(self, doc: lsp.TextDocumentIdentifier, text: str) -> None:
        """Type."""
        self.version += 1
        named = lsp.VersionedTextDocumentIdentifier(self.version, doc.uri)
        whole = [lsp.TextDocumentContentChangeWholeDocument(text)]
        self.raw.text_document_did_change(lsp.DidChangeTextDocumentParams(named, whole))

    async def at_rest(self, doc: lsp.TextDocumentIdentifier) -> list[lsp.Diagnostic]:
        """What is shown once the server has had its say about the last text."""
        for _try in range(400):
            await asyncio.sleep(0.02)
            found = [one for one in self.told.get(doc.uri, ()) if one.version == self.version]
            if len(found) > 1:  # the first is said while somebody may still type
                return list(found[-1].diagnostics)
        raise AssertionError("the server said nothing")

    async def actions(
        self, doc: lsp.TextDocumentIdentifier, line: int = 0, only: list[str] | None = None
    ) -> dict[str, lsp.CodeAction]:
        """The actions on a line, by title."""
        place = lsp.Range(lsp.Position(line, 0), lsp.Position(line, 99))
        context = lsp.CodeActionContext([], only=only)  # type: ignore[arg-type]  # kinds of our own
        found = await self.raw.text_document_code_action_async(lsp.CodeActionParams(doc, place, context))
        return {one.title: one for one in found or () if isinstance(one, lsp.CodeAction)}

    async def complete(self, doc: lsp.TextDocumentIdentifier, line: int, character: int) -> dict[str, Any]:
        """The offered words, each with the text that it puts in."""
        at = lsp.CompletionParams(doc, lsp.Position(line, character))
        found = await self.raw.text_document_completion_async(at)
        assert isinstance(found, lsp.CompletionList)
        return {one.label: getattr(one.text_edit, "new_text", None) for one in found.items}

    async def hover(self, doc: lsp.TextDocumentIdentifier, line: int, character: int) -> str:
        """What is told under the pointer."""
        found = await self.raw.text_document_hover_async(lsp.HoverParams(doc, lsp.Position(line, character)))
        return found.contents.value if found is not None and isinstance(found.contents, lsp.MarkupContent) else ""


Task = Callable[[Client], Awaitable[None]]


def talk(root: Path, *tasks: Task, words: Sequence[str] = (), **options: Any) -> None:
    """One session of a client with `kanban lsp`, the tasks one after the other."""

    async def session() -> None:
        client = Client()
        os.environ["KANBAN_AS_OF"] = AS_OF
        try:
            await client.raw.start_io(sys.executable, "-P", "-m", "kanban", "-C", str(root), *words, "lsp")
        finally:
            del os.environ["KANBAN_AS_OF"]
        params = lsp.InitializeParams(lsp.ClientCapabilities(), root_uri=root.as_uri(), initialization_options=options)
        await client.raw.initialize_async(params)
        client.raw.initialized(lsp.InitializedParams())
        for task in tasks:
            await task(client)
        await asyncio.wait_for(client.raw.shutdown_async(None), 10)
        client.raw.exit(None)

    in_a_loop(session())
