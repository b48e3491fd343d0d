"""The page as one HTML file without scripts, for a mail or an artifact."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kanban.i18n import current_language
from kanban.paper.length import more
from kanban.paper.page import LIGHTS, Command, Entry, Link, Page, Section, Sentence
from kanban.paper.plain import one_line, unbroken

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1f24;"
    "background:#fff}table{border-collapse:collapse;margin:.5rem 0 1rem;display:block;max-width:100%;overflow-x:auto}"
    "th,td{border-bottom:1px solid #d0d7de;"
    "padding:.3rem .6rem;text-align:left;vertical-align:top}h1{font-size:1.25rem}h2{font-size:1rem;margin:1.5rem 0 0}"
    "summary{font-weight:600;margin-top:1.5rem}footer{color:#57606a;font-size:.85rem}"
    "@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}th,td{border-color:#30363d}"
    "footer{color:#9198a1}}"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html(page: Page) -> str:
    """The page. Card text is escaped everywhere, and nothing in it is fetched or run."""
    head = (
        f'<!DOCTYPE html>\n<html lang="{current_language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(page.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    body = "".join(part for section in page.sections for part in _section(section))
    lead = _element("p", page.lead)
    foot = f"{_element('footer', page.foot)}</body>\n</html>\n"
    note = _element("p", page.note, "em")
    return f"{head}{_element('h1', page.verdict or page.title)}{lead}{note}{body}{foot}"


def _text(text: str) -> str:
    if isinstance(text, Command):
        return f"<code>{escape(one_line(text))}</code>"
    if isinstance(text, Link):
        return f'<a href="{escape(text.address)}">{escape(one_line(text))}</a>'
    if isinstance(text, Sentence):
        return "".join(_text(Command(part)) if typed else _text(part) for part, typed in text.parts())
    return escape(unbroken(one_line(text)))


def _element(name: str, text: str, inner: str = "") -> str:
    """A line with the text in an element, "" for none."""
    said = f"<{inner}>{_text(text)}</{inner}>" if inner else _text(text)
    return f"<{name}>{said}</{name}>\n" if text else ""


def _section(section: Section) -> Iterator[str]:
    if section.folded:
        yield f"<details><summary>{_text(section.counted())}</summary>\n"
    else:
        yield _element("h2", section.title)
    yield _element("p", section.note, "em")
    yield _list(map(_entry, section.entries)) or _element("p", section.empty)
    yield _table(section) if section.head else _list(" ".join(map(_text, row.cells)) for row in section.rows)
    yield _element("p", more(section))
    if section.text:
        lines = "\n".join(map(_text, section.text.splitlines()))
        yield f"<pre>{lines}</pre>\n"
    if section.folded:
        yield "</details>\n"


def _entry(entry: Entry) -> str:
    light = f"{LIGHTS[entry.light]} " if entry.light else ""
    card = f"<strong>{_text(entry.card)}</strong> " if entry.card else ""
    under = [*map(_text, entry.lines), *(_text(Command(command)) for command in entry.commands)]
    return f"{light}{card}{_text(entry.head)}" + (f"\n{_list(under)}" if under else "")


def _list(items: Iterator[str] | list[str]) -> str:
    lines = "".join(f"<li>{item}</li>\n" for item in items)
    return f"<ul>\n{lines}</ul>\n" if lines else ""


def _table(section: Section) -> str:
    if not section.rows:
        return ""
    head = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in section.head)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row.cells) + "</tr>\n" for row in section.rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
