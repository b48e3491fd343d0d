"""Fixes as splices: the changes that rules offer, and the files they give."""

from collections.abc import Callable, Iterable, Mapping

from kanban.errors import EditConflict
from kanban.i18n import _
from kanban.lint.finding import Finding, Fix
from kanban.model.text.cardfile import parse_document
from kanban.values import dataclass

VEILING = frozenset({"KB102", "KB103", "KB106", "KB107", "KB109", "KB110", "KB111", "KB201"})
"""Rules of what cannot be read or is called otherwise: the values behind it are looked at once it is mended."""

Change = Callable[[bytes | None], bytes | None]


def setting_field(key: str, value: str | tuple[str, ...]) -> Change:
    """The change that sets one field of a card, and nothing else; an empty list removes it."""

    def change(data: bytes | None) -> bytes | None:
        from kanban.model.text.edit.splice import remove_field, set_field

        if data is None:
            return None
        return remove_field(data, key) if value == () else set_field(data, key, value)

    return change


def removing_field(key: str) -> Change:
    """The change that removes a field's line from a card."""
    return setting_field(key, ())


def replacing(old: str, new: str) -> Change:
    """The change that replaces a text wherever it stands in the file."""

    def change(data: bytes | None) -> bytes | None:
        return None if data is None else data.replace(old.encode(), new.encode())

    return change


@dataclass(frozen=True, slots=True)
class Changes:
    """New contents by path (None: the file goes), the findings they cure, and what could not be done."""

    files: Mapping[str, bytes | None]
    cured: tuple[Finding, ...] = ()
    failed: tuple[str, ...] = ()


def changes_of(findings: Iterable[Finding], contents: Callable[[str], bytes | None], *, unsafe: bool) -> Changes:
    """Apply every fix that is safe (or all). `contents` gives a file's bytes, None when there is none."""
    before: dict[str, bytes | None] = {}
    after: dict[str, bytes | None] = {}
    cured: list[Finding] = []
    failed: list[str] = []
    for finding in findings:
        fix = finding.hit.fix
        if fix is None or not (fix.safe or unsafe):
            continue
        if fix.path not in before:
            before[fix.path] = after[fix.path] = contents(fix.path)
        try:
            changed = _proved(after[fix.path], fix.change(after[fix.path]))
        except EditConflict as error:
            failed.append(f"{fix.path}: {error.message}")
            continue
        if changed != after[fix.path]:
            after[fix.path] = changed
            cured.append(finding)
    files = {path: data for path, data in after.items() if data != before[path]}
    return Changes(files, tuple(cured), tuple(dict.fromkeys(failed)))


def _proved(before: bytes | None, after: bytes | None) -> bytes | None:
    """`after`, once it is shown that a card that could be read still can. Raises EditConflict."""
    if before is None or after is None or before == after:
        return after
    if parse_document(before).readable and not parse_document(after).readable:
        raise EditConflict(_("the card could not be read any more"))
    return after


def diff(path: str, before: bytes | None, after: bytes | None) -> str:
    """The change of one file as a unified diff."""
    from difflib import unified_diff

    old, new = (_lines(data) for data in (before, after))
    source = f"a/{path}" if before is not None else "/dev/null"
    target = f"b/{path}" if after is not None else "/dev/null"
    return "".join(unified_diff(old, new, source, target))


def _lines(data: bytes | None) -> list[str]:
    if data is None:
        return []
    lines = data.decode("utf-8", "replace").splitlines(keepends=True)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += "\n\\ No newline at end of file\n"
    return lines


def applicability(fix: Fix) -> str:
    """`safe` or `unsafe`."""
    return "safe" if fix.safe else "unsafe"
