"""The language server: what an editor asks, answered for the board around the file. It writes nothing to any card."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInternalError, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from kanban import __version__
from kanban.again.files import is_board_path
from kanban.editors import actions, fixes, renaming
from kanban.editors.desk import Desk
from kanban.editors.diagnostics import Verdict, diagnostics, quick_look, whole_look
from kanban.editors.draft import Draft
from kanban.editors.features import completion, hints, hover, links, outline, tokens
from kanban.errors import KanbanError
from kanban.folder.finding import find_board
from kanban.i18n import _

SOON = 0.04
"""Seconds between two looks while somebody types."""
REST = 0.3
"""Seconds without a change after which the rules that look at other cards are asked too."""

T = TypeVar("T")


class Room:
    """The boards whose files are open, and what was last found in each file."""

    def __init__(self, server: LanguageServer, language: str | None, as_of: str | None) -> None:
        self.server = server
        self.language, self.as_of = language, as_of
        self.asks = False
        self._desks: dict[Path, Desk] = {}
        self._verdicts: dict[str, Verdict] = {}
        self._changed: dict[str, float] = {}
        self._following: dict[str, asyncio.Task[None]] = {}

    def draft(self, uri: str) -> Draft | None:
        """The open file, or one on disk; None where there is no board around it."""
        path = to_fs_path(uri)
        if path is None:
            return None
        file = Path(os.path.abspath(path))
        desk = self.desk(file)
        if desk is None or not is_board_path(name := file.relative_to(desk.root).as_posix()):
            return None
        document = self.server.workspace.get_text_document(uri)
        encoding = str(getattr(self.server.workspace.position_encoding, "value", "utf-16") or "utf-16")
        is_open = self._is_open(uri)
        content = document.source if is_open or file.is_file() else ""
        if is_open:
            desk.held[name] = content
        desk.speak()
        return Draft(desk, uri, name, content, encoding, document.version)

    def _is_open(self, uri: str) -> bool:
        return unquote(uri) in self.server.workspace.text_documents

    def desk(self, file: Path) -> Desk | None:
        """The board around a file, read when it is first asked for; None where there is none that can be used."""
        try:
            folder = next((above for above in file.parents if above.is_dir()), file.parent)
            root = find_board(folder)
            if root not in file.parents:
                return None
            if root not in self._desks:
                desk = Desk(root, self.language, self.as_of)
                desk.look()
                self._desks[root] = desk
            return self._desks[root]
        except (KanbanError, OSError):
            return None

    def look_again(self) -> None:
        """Take in what changed outside the editor."""
        for desk in self._desks.values():
            try:
                desk.look()
            except (KanbanError, OSError):
                continue  # the board stays as it was until it can be read again

    def verdict(self, draft: Draft) -> Verdict:
        """What was found in the text, worked out where the last look was at another one."""
        known = self._verdicts.get(draft.uri)
        if known is None or known.content != draft.content:
            known = quick_look(draft, known)
        return known

    def follow(self, uri: str) -> None:
        """Look at a file as it changes, until it has rested."""
        self.draft(uri)  # what the editor holds counts from now on, for renames too
        self._changed[uri] = asyncio.get_running_loop().time()
        task = self._following.get(uri)
        if task is None or task.done():
            self._following[uri] = asyncio.create_task(self._follow(uri))

    async def _follow(self, uri: str) -> None:
        loop, told = asyncio.get_running_loop(), -1.0
        while self._is_open(uri):
            await asyncio.sleep(SOON)
            changed = self._changed.get(uri, 0.0)
            if changed != told:
                told = changed
                self._tell(uri, quick_look)
            elif loop.time() - changed >= REST:
                self.look_again()
                self._tell(uri, lambda draft, _before: whole_look(draft))
                if self._changed.get(uri, 0.0) == changed:
                    return

    def _tell(self, uri: str, look: Callable[[Draft, Verdict | None], Verdict]) -> None:
        """Publish what is found. An open file is never left with the findings of another text because of an error."""
        try:
            draft = self.draft(uri)
            if draft is None or not self._is_open(uri):
                return
            verdict = self._verdicts[uri] = look(draft, self._verdicts.get(uri))
            found = diagnostics(draft, verdict)
            self.server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found, draft.version))
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            self.server.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, said))

    def forget(self, uri: str) -> None:
        """The editor closed the file: nothing is shown for it any more."""
        path = to_fs_path(uri)
        for root, desk in self._desks.items():
            if path is not None and root in Path(path).parents:
                desk.held.pop(Path(path).relative_to(root).as_posix(), None)
        self._verdicts.pop(uri, None)
        self.server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))

    def everything_again(self) -> None:
        """What is on disk changed: every open file is looked at."""
        for document in self.server.workspace.text_documents.values():
            self.follow(document.uri)


def serve(language: str | None, as_of: str | None) -> None:
    """Answer the editor on standard input and output until it leaves."""
    server = LanguageServer("git-kanban", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
    room = Room(server, language, as_of)
    _documents(server, room)
    _questions(server, room)
    _changes(server, room)
    server.start_io()


def _documents(server: LanguageServer, room: Room) -> None:
    """Files that are opened, changed, saved and closed."""

    @server.feature(lsp.INITIALIZE)
    def _begin(params: lsp.InitializeParams) -> None:
        room.asks = bool((params.initialization_options or {}).get("asks")) if _is_map(params) else False

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def _opened(params: lsp.DidOpenTextDocumentParams) -> None:
        room.follow(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def _changed(params: lsp.DidChangeTextDocumentParams) -> None:
        room.follow(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def _saved(_params: lsp.DidSaveTextDocumentParams) -> None:
        room.everything_again()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def _outside(_params: lsp.DidChangeWatchedFilesParams) -> None:
        room.everything_again()

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def _closed(params: lsp.DidCloseTextDocumentParams) -> None:
        room.forget(params.text_document.uri)


def _is_map(params: lsp.InitializeParams) -> bool:
    return isinstance(params.initialization_options, dict)


def _questions(server: LanguageServer, room: Room) -> None:
    """What changes nothing."""

    def answered(uri: str, answer: Callable[[Draft], T]) -> T | None:
        draft = room.draft(uri)
        return answer(draft) if draft is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[":", " ", "[", ",", "-"]))
    def _completion(params: lsp.CompletionParams) -> lsp.CompletionList | None:
        return answered(params.text_document.uri, lambda draft: completion.complete(draft, params.position))

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def _hover(params: lsp.HoverParams) -> lsp.Hover | None:
        return answered(params.text_document.uri, lambda draft: hover.hover(draft, params.position))

    @server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
    def _hints(params: lsp.InlayHintParams) -> list[lsp.InlayHint] | None:
        return answered(params.text_document.uri, lambda draft: hints.hints(draft, params.range))

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def _symbols(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol] | None:
        return answered(params.text_document.uri, outline.symbols)

    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    def _folds(params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange] | None:
        return answered(params.text_document.uri, outline.folds)

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_LINK)
    def _links(params: lsp.DocumentLinkParams) -> list[lsp.DocumentLink] | None:
        return answered(params.text_document.uri, links.document_links)

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def _definition(params: lsp.DefinitionParams) -> lsp.Location | None:
        return answered(params.text_document.uri, lambda draft: links.definition(draft, params.position))

    @server.feature(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, tokens.LEGEND)
    def _tokens(params: lsp.SemanticTokensParams) -> lsp.SemanticTokens | None:
        return answered(params.text_document.uri, tokens.tokens)


def _changes(server: LanguageServer, room: Room) -> None:
    """What the editor may do with the answer: fixes and renames as edits, gestures as verbs of their own."""
    kinds = [lsp.CodeActionKind.QuickFix, fixes.FIX_ALL, lsp.CodeActionKind.Refactor]

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=kinds))
    def _actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        draft = room.draft(params.text_document.uri)
        return code_actions(room, draft, params) if draft is not None else []

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def _prepare(params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder | None:
        draft = room.draft(params.text_document.uri)
        return renaming.prepare(draft, params.position) if draft is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def _rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        room.look_again()
        draft = room.draft(params.text_document.uri)
        if draft is None:
            return None
        try:
            return renaming.renamed(draft, params.position, params.new_name)
        except KanbanError as error:
            raise JsonRpcInvalidParams(_told(error)) from error

    filters = [lsp.FileOperationFilter(lsp.FileOperationPattern("**/*.md"))]

    @server.feature(lsp.WORKSPACE_WILL_RENAME_FILES, lsp.FileOperationRegistrationOptions(filters))
    def _will_rename(params: lsp.RenameFilesParams) -> lsp.WorkspaceEdit | None:
        return renaming_of_files(room, params)

    @server.command(actions.COMMAND)
    async def _gesture(uri: str, *words: str) -> dict[str, Any]:
        return await make_gesture(server, room, uri, *words)


def code_actions(room: Room, draft: Draft, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Fixes for what is found where the person stands, and the gestures that fit the card."""
    verdict, wanted = room.verdict(draft), params.context.only

    def asked(kind: str) -> bool:
        return wanted is None or any(kind == one or kind.startswith(f"{_kind(one)}.") for one in map(_kind, wanted))

    found: list[lsp.CodeAction] = []
    if asked(lsp.CodeActionKind.QuickFix.value):
        shown = [one for one in diagnostics(draft, verdict) if _meet(one.range, params.range)]
        found += fixes.quick_fixes(draft, verdict.findings, shown)
    if asked(fixes.FIX_ALL) and (every := fixes.fix_all(draft, verdict.findings)) is not None:
        found.append(every)
    if asked(lsp.CodeActionKind.Refactor.value):
        found += actions.gestures(draft, asks=room.asks)
    return found


def _kind(kind: object) -> str:
    return str(getattr(kind, "value", kind))


def _meet(one: lsp.Range, other: lsp.Range) -> bool:
    return one.start.line <= other.end.line and other.start.line <= one.end.line


def renaming_of_files(room: Room, params: lsp.RenameFilesParams) -> lsp.WorkspaceEdit | None:
    """What goes with files that the editor is about to rename in place; a move to another column is a gesture."""
    room.look_again()
    changes: list[Any] = []
    for one in params.files:
        draft, new = room.draft(one.old_uri), to_fs_path(one.new_uri)
        card = draft.board.find(draft.card.id) if draft is not None and draft.card is not None else None
        if draft is None or card is None or new is None or Path(new).stem == card.id:
            continue
        try:
            changes += renaming.moved_by_hand(draft, card, Path(new).stem).document_changes or ()
        except KanbanError as error:
            room.server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, _told(error)))
    return lsp.WorkspaceEdit(document_changes=changes) if changes else None


async def make_gesture(server: LanguageServer, room: Room, uri: str, *words: str) -> dict[str, Any]:
    """Run a verb on the card of a file, say what it said, and show the card where it stands now."""
    room.look_again()
    draft = room.draft(uri)
    if draft is None or draft.card is None or not words or words[0] not in VERBS:
        raise JsonRpcInternalError(_("there is no such gesture here"))
    if not draft.is_saved:
        said, code = _("save the file first: gestures take what is saved"), 2
    else:
        done = await actions.make(str(draft.desk.root), words, room.language, room.as_of)
        said, code = done.said, done.code
    kind = lsp.MessageType.Info if code == 0 else lsp.MessageType.Warning
    server.window_show_message(lsp.ShowMessageParams(kind, said))
    room.look_again()
    room.everything_again()
    now = draft.board.find(draft.card.id)
    if code == 0 and now is not None and now.path != draft.path:
        with_it = lsp.ShowDocumentParams(links.uri_of(draft, now.path))
        await _quietly(server.window_show_document_async(with_it))
    return {"code": code, "said": said, "path": now.path if now is not None else None}


VERBS = frozenset({"move", "win", "lose", "park", "reopen", "tick", "block", "unblock", "touch", "note", "set", "pull"})
"""Verbs that the editor may run: gestures on one card, nothing that fixes, erases or shares."""


async def _quietly(answer: Awaitable[object]) -> None:
    """An editor that cannot show a file is no reason to fail; nor is one that never answers."""
    try:
        await asyncio.wait_for(asyncio.ensure_future(answer), 2)
    except Exception:
        return


def _told(error: KanbanError) -> str:
    return error.message + (f" → {error.cure}" if error.cure else "")
