"""Readers that are none of ours: what a Markdown parser, a forge, a browser and a terminal see in a page."""

from __future__ import annotations

import re
import unicodedata
from importlib.util import find_spec

import html5lib
from markdown_it import MarkdownIt
from markdown_it.token import Token

GAP = "\u200b"
FORGE = re.compile(
    r"""(?<![\w`])@\w | \w@\w                     # who is called, a mail address, a commit of another repository
    | [\w/]?[#!&]\d | [~%]\w | [~%]" | \*iteration:
    | \bgh-\d
    | :[\w+-]*[a-z_+-][\w+-]*: | :100:
    | mailto:\w | \w://\w | //\w | www\.\w
    | \[\[ | [\[{][+-] | \[\w+:
    | \$\w | \]\(""",
    re.IGNORECASE | re.VERBOSE,
)
"""What GitHub, GitLab, Forgejo and chats look for in a text, code left out."""

COMMAND_OF_A_BOT = re.compile(r"^\s*/\w", re.MULTILINE)
ESCAPED_OR_CODE = re.compile(r"\\.|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
FENCED = re.compile(r"^(`{3,})\n.*?^\1$", re.MULTILINE | re.DOTALL)
OURS = re.compile(r"<!-- [\w /.:-]* -->|</?(?:sub|summary|details)>")
HIDDEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\U000e0000-\U000e007f]")


def tokens_of(text: str) -> list[Token]:
    """Every token, those of a line among those of the blocks."""
    parser = MarkdownIt("gfm-like", {"linkify": find_spec("linkify_it") is not None, "html": True})
    if parser.linkify is not None:
        parser.linkify.set({"fuzzy_link": False})
    return [token for block in parser.parse(text) for token in (block, *(block.children or ()))]


def skeleton(text: str) -> list[str]:
    """What the page is made of, whatever its words: every element, code and piece of HTML, in order."""
    words = ("text", "text_special", "inline")
    told = [one for one in tokens_of(text) if one.type not in words]
    return [f"{one.type} {one.tag} {one.level} {one.content if 'html' in one.type else ''}" for one in told]


def words_of(text: str) -> str:
    """What a reader of the page sees, without code."""
    return "".join(token.content for token in tokens_of(text) if token.type in ("text", "text_special"))


def code_in(text: str) -> list[str]:
    """What stands in the page as code."""
    return [token.content for token in tokens_of(text) if token.type in ("code_inline", "fence", "code_block")]


def check_markdown(text: str) -> None:
    """Nothing in it is a link, an image or foreign HTML; nobody is called and nothing named; code can be copied."""
    foreign = {"link_open", "image", "s_open", "hardbreak", "softbreak", "hr", "blockquote_open", "code_block"}
    assert [token.type for token in tokens_of(text) if token.type in foreign] == []
    for token in tokens_of(text):
        left = OURS.sub("", token.content) if token.type.startswith("html") else ""
        assert not set("<>") & set(left), token.content
        assert not FORGE.search(left), token.content
    blocks = [block for block in tokens_of(text) if block.type == "inline"]
    for block in blocks:
        said = "".join(one.content for one in block.children or () if one.type != "code_inline")
        assert not FORGE.search(said), said
        assert not set("$[]{}") & set(ESCAPED_OR_CODE.sub("", block.content.removeprefix("[ ] "))), block.content
    assert not COMMAND_OF_A_BOT.search(FENCED.sub("", text))
    assert all(GAP not in code for code in code_in(text))
    check_characters(text.replace(GAP, ""))


def check_characters(text: str) -> None:
    """Nothing in it steers a terminal or hides from the eye."""
    assert not [sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") and sign != "\n"]
    assert not HIDDEN.search(text)


def tags_of(page: str) -> list[tuple[str, ...]]:
    """The elements of an HTML page in order, with their attributes."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return [(str(element.tag), *map(str, element.attrib.items())) for element in tree.iter()]


def text_of(page: str) -> str:
    """The words of an HTML page."""
    return "".join(html5lib.parse(page, namespaceHTMLElements=False).itertext())
