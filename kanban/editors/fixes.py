"""The fixes of `kanban lint --fix` as quick fixes: edits of the text as it is open, nothing written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    CreateFile,
    Diagnostic,
    OptionalVersionedTextDocumentIdentifier,
    Position,
    Range,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from kanban.editors.draft import Draft
from kanban.editors.features.links import uri_of
from kanban.editors.text import Text
from kanban.errors import EditConflict
from kanban.i18n import _
from kanban.lint.finding import Finding, Fix
from kanban.lint.fixes import changes_of

FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.kanban"


def quick_fixes(draft: Draft, findings: Sequence[Finding], shown: Sequence[Diagnostic]) -> Iterator[CodeAction]:
    """A fix for each finding that has one and is `shown` where the person stands."""
    wanted = {one.data.get("fingerprint"): one for one in shown if isinstance(one.data, dict)}
    for finding in findings:
        fix, at = finding.hit.fix, wanted.get(finding.fingerprint)
        if fix is None or at is None:
            continue
        edit = _workspace_edit(draft, fix)
        if edit is not None:
            title = fix.label if fix.safe else _("{label} (look at it afterwards)").format(label=fix.label)
            yield CodeAction(
                title, kind=CodeActionKind.QuickFix, diagnostics=[at], is_preferred=fix.safe or None, edit=edit
            )


def fix_all(draft: Draft, findings: Sequence[Finding]) -> CodeAction | None:
    """All safe fixes of the text at once; None where there are none."""
    own = [one for one in findings if one.hit.fix is not None and one.hit.fix.path == draft.path]
    changes = changes_of(own, lambda _path: draft.data, unsafe=False)
    after = changes.files.get(draft.path)
    if after is None:
        return None
    edit = WorkspaceEdit(changes={draft.uri: edits_between(draft.text, after)})
    return CodeAction(_("Make all safe fixes of this file"), kind=FIX_ALL, edit=edit)


def _workspace_edit(draft: Draft, fix: Fix) -> WorkspaceEdit | None:
    """The fix as an edit; None where it cannot be made, or would take a file away."""
    mine = fix.path == draft.path
    file = draft.desk.source.files.get(fix.path)
    before = draft.data if mine else file.data if file is not None else None
    try:
        after = changes_proved(fix, before)
    except EditConflict:
        return None
    if after is None or after == before:
        return None
    if mine:
        return WorkspaceEdit(changes={draft.uri: edits_between(draft.text, after)})
    uri = uri_of(draft, fix.path)
    if before is not None:
        text = Text(before.decode("utf-8", "replace"), draft.encoding)
        return WorkspaceEdit(changes={uri: edits_between(text, after)})
    start = Range(Position(0, 0), Position(0, 0))
    identifier = OptionalVersionedTextDocumentIdentifier(uri)
    content = TextDocumentEdit(identifier, [TextEdit(start, after.decode("utf-8", "replace"))])
    return WorkspaceEdit(document_changes=[CreateFile(uri), content])


def changes_proved(fix: Fix, before: bytes | None) -> bytes | None:
    """What the fix makes of the bytes. Raises EditConflict."""
    return fix.change(before)


def edits_between(text: Text, after: bytes) -> list[TextEdit]:
    """The edit of lines that turns the open text into `after`: what stays the same is not touched."""
    new, old = after.decode("utf-8", "replace"), text.text
    bom = new.startswith("\ufeff")
    new = new.removeprefix("\ufeff")
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    place = text.range(head, len(old) - tail)
    if head == 0 and not bom:
        place = Range(Position(0, 0), place.end)  # a mark that begins the file goes with the first characters
    return [TextEdit(place, new[head : len(new) - tail])]


def _alike(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
