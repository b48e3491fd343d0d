"""How long an editor waits for `kanban lsp`: a real client over standard input and output.

    python -m benchmarks.editors FOLDER --cards 10000 --open 1500

Prints medians and the slowest of twenty rounds, in milliseconds, beside the budget.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from pathlib import Path
from statistics import median

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from benchmarks.boards import AS_OF, make

ROUNDS = 20


class Wait:
    """The moment at which findings of each version came, the first and the last."""

    def __init__(self) -> None:
        self.first: dict[int, float] = {}
        self.last: dict[int, float] = {}

    def told(self, params: lsp.PublishDiagnosticsParams) -> None:
        """Findings came."""
        if params.version in self.first:
            self.last[params.version or 0] = time.perf_counter()
        self.first.setdefault(params.version or 0, time.perf_counter())


async def measured(folder: Path) -> dict[str, tuple[list[float], float]]:
    """What is waited for → seconds, and the budget in milliseconds."""
    client, wait = LanguageClient("benchmark", "1"), Wait()
    client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: wait.told(params))  # noqa: PLW0108
    began = time.perf_counter()
    await client.start_io(sys.executable, "-m", "kanban", "-C", str(folder), "lsp")
    await client.initialize_async(lsp.InitializeParams(lsp.ClientCapabilities(), root_uri=folder.as_uri()))
    client.initialized(lsp.InitializedParams())
    ready = time.perf_counter()
    card = min((folder / "negociation").glob("[a-z]*.md"))
    text, doc = card.read_text("utf-8"), lsp.TextDocumentIdentifier(card.as_uri())
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(doc.uri, "markdown", 0, text)))
    while 0 not in wait.last:
        await asyncio.sleep(0.01)
    found: dict[str, tuple[list[float], float]] = {
        "the server answers": ([ready - began], 1000),
        "the first card is open, the board read": ([wait.first[0] - ready], 3000),
    }
    for what, line in (("a field", "ow"), ("an owner", "owner: "), ("a day", "close_date: "), ("a card", "[[carte-0")):
        found[f"completion of {what}"] = ([await complete(client, doc, text, line, at) for at in range(ROUNDS)], 50)
    quick, whole = [], []
    for version in range(1000, 1000 + ROUNDS):
        began = time.perf_counter()
        change(client, doc, version, text.replace("owner:", f"owner: X{version} #"))
        while version not in wait.last:
            await asyncio.sleep(0.005)
        quick.append(wait.first[version] - began)
        whole.append(wait.last[version] - began)
    found["findings after a change"] = quick, 100
    found["the same with all other cards, after the rest of 300 ms"] = whole, 700
    await client.shutdown_async(None)
    client.exit(None)
    return found


def change(client: LanguageClient, doc: lsp.TextDocumentIdentifier, version: int, text: str) -> None:
    """Type."""
    named = lsp.VersionedTextDocumentIdentifier(version, doc.uri)
    whole = [lsp.TextDocumentContentChangeWholeDocument(text)]
    client.text_document_did_change(lsp.DidChangeTextDocumentParams(named, whole))


async def complete(client: LanguageClient, doc: lsp.TextDocumentIdentifier, text: str, line: str, at: int) -> float:
    """Seconds until the words come."""
    lines = text.split("\n")
    change(client, doc, at + 1, "\n".join([lines[0], line, *lines[1:]]))
    began = time.perf_counter()
    await client.text_document_completion_async(lsp.CompletionParams(doc, lsp.Position(1, len(line))))
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("folder", type=Path)
    reading.add_argument("--cards", type=int, default=10_000)
    reading.add_argument("--open", type=int, default=1_500)
    asked = reading.parse_args()
    os.environ["KANBAN_AS_OF"] = AS_OF.isoformat()
    folder = make(asked.folder.resolve(), asked.cards, asked.open)
    print(f"| {asked.cards:,} cards | median | slowest | budget |\n|---|---:|---:|---:|")
    for what, (seconds, budget) in asyncio.run(measured(folder)).items():
        print(f"| {what} | {median(seconds) * 1000:.0f} ms | {max(seconds) * 1000:.0f} ms | {budget:.0f} ms |")


if __name__ == "__main__":
    main()
