"""The page as one HTML file without scripts, for a mail or an artifact."""

from __future__ import annotations

from html import escape

from kanban.i18n import _, current_language
from kanban.paper.page import Page, Section, more
from kanban.paper.plain import one_line

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1f24;"
    "background:#fff}table{border-collapse:collapse;margin:.5rem 0 1rem}th,td{border-bottom:1px solid #d0d7de;"
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
        f"<title>{_text(_('Pipeline change'))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    note = f"<p><em>{_text(page.note)}</em></p>\n" if page.note else ""
    body = "".join(_section(section) for section in page.sections)
    foot = f"<footer>{_text(page.source)}</footer>\n</body>\n</html>\n"
    return f"{head}<h1>{_text(page.verdict)}</h1>\n{note}{body}{foot}"


def _text(text: str) -> str:
    return escape(one_line(text))


def _section(section: Section) -> str:
    title = _text(section.title)
    left = f"<p>{_text(more(section))}</p>\n" if section.left_out else ""
    body = (_table(section) if section.rows else "") + left
    if section.folded:
        return f"<details><summary>{title} ({len(section.rows) + section.left_out})</summary>\n{body}</details>\n"
    return f"<h2>{title}</h2>\n{body}"


def _table(section: Section) -> str:
    if not section.head:
        return "<ul>\n" + "".join(f"<li>{_text(' '.join(row.cells))}</li>\n" for row in section.rows) + "</ul>\n"
    head = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in section.head)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row.cells) + "</tr>\n" for row in section.rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
