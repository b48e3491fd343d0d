"""The card templates of the sheet (D09–D12): which fields a kind of opportunity needs, and when it is pulled on.

A template is a card with empty fields. A board's own `templates/<name>.md` comes before the one in the package.
"""

from pathlib import Path

from kanban.i18n import N_

TEMPLATES = (N_("discovery"), N_("outbound"), N_("offer"), N_("negotiation"))


def template_text(name: str, language: str) -> bytes:
    """The bytes of a built-in template. Raises KeyError for an unknown name or language."""
    if name not in TEMPLATES or language not in ("en", "fr"):
        raise KeyError((name, language))
    return Path(__file__).with_name(f"{name}.{language}.md").read_bytes()
