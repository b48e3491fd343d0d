"""From a card file's bytes to its characters: size, encoding, byte order mark."""

import codecs

from kanban.i18n import _
from kanban.model.text.problem import LINE_BREAK, Problem, line_and_column
from kanban.model.text.recoding import recoded

MAX_FILE = 256 * 1024

_UTF16 = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


def decode_card(data: bytes, *, mends: bool = True) -> tuple[str, bool, list[Problem], bool]:
    """The text of a card file without its byte order mark, whether it had one, the problems, and whether the text
    says exactly what the bytes do. Text that is not UTF-8 is read as it was meant (`recoded`), which `--fix`
    saves where it `mends` such files; else it comes back with U+FFFD for each byte that cannot be read.
    """
    problems: list[Problem] = []
    faithful = len(data) <= MAX_FILE
    if not faithful:
        problems.append(_too_large(len(data)))
        data = data[:MAX_FILE]
    meant = recoded(data) if mends else None
    if meant is not None:
        return meant[0], False, [*problems, _other_encoding(data, *meant)], False
    if data[:2] in _UTF16:
        message = _("the file is encoded as {encoding}").format(encoding=_UTF16[data[:2]])
        problems.append(_not_utf8(1, 1, message))
        return data.decode("utf-16", "replace"), False, problems, False
    bom = data.startswith(codecs.BOM_UTF8)
    if bom:
        data = data[len(codecs.BOM_UTF8) :]
        message = _("an invisible byte order mark begins the file: other tools then find no front matter")
        problems.append(Problem("", 1, 1, "bom", message, _("save the file as UTF-8 without BOM")))
    try:
        return data.decode(), bom, problems, faithful
    except UnicodeDecodeError as error:
        if b"\0" in data:
            message = _("the file is not text: it holds zero bytes and bytes that are not UTF-8")
            problems.append(Problem("", 1, 1, "binary", message, _("keep attachments elsewhere and link to them")))
            return "", bom, problems, False
        if faithful or error.start < MAX_FILE - 4:
            problems.append(_undecodable(data, error))
        return data.decode(errors="replace"), bom, problems, False


def _too_large(size: int) -> Problem:
    message = _("the file has {size} KiB; a card has {limit} KiB at most").format(
        size=-(-size // 1024), limit=MAX_FILE // 1024
    )
    return Problem("", 1, 1, "too-large", message, _("keep attachments elsewhere and link to them"))


def _other_encoding(data: bytes, text: str, name: str) -> Problem:
    """Told at the first byte that is not UTF-8; of UTF-16 all are."""
    line, column, message = 1, 1, _("the file is encoded as {encoding}").format(encoding=name)
    if name != "UTF-16":
        before = data[: _first_odd(data)].decode()
        line, column = line_and_column(before, len(before))
        said = _("byte {byte} is not UTF-8; in {encoding} the line reads `{text}`")
        word = LINE_BREAK.split(text)[line - 1][max(0, column - 21) : column + 19]
        message = said.format(byte=f"0x{data[_first_odd(data)]:02X}", encoding=name, text=word.strip())
    cure = _("save the file as UTF-8: `kanban lint --fix` does it")
    return Problem("", line, column, "other-encoding", message, cure)


def _first_odd(data: bytes) -> int:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _undecodable(data: bytes, error: UnicodeDecodeError) -> Problem:
    before = data[: error.start].decode(errors="replace")
    line, column = line_and_column(before, len(before))
    return _not_utf8(line, column, _("byte {byte} is not UTF-8").format(byte=f"0x{data[error.start]:02X}"))


def _not_utf8(line: int, column: int, message: str) -> Problem:
    return Problem("", line, column, "not-utf8", message, _("save the file as UTF-8"))
