"""Keep the French catalogues in step with the code.

    python tools/catalogues.py            extract, update every `.po`, compile every `.mo`
    python tools/catalogues.py model      the same for one area (or several)
    python tools/catalogues.py --check    change nothing; exit 1 and say which area lacks what

An area is the second name of a path under `kanban/` (`kanban/model/cards/card.py` → `model`) and has
one `kanban/i18n/locale/fr/LC_MESSAGES/<area>.po`. Translations are typed there, in any order and wrapping; an update
puts the file in its one form (sorted, no dates, no line numbers), keeps what is translated, carries a translation along
when a text moves to another area, drops texts the code no longer has, and sets French typography. When git cannot merge
a `.po`, keep both sides' translations, in any order, and run this again. A `.mo` is made from its `.po`, never kept.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from kanban.i18n.compiling import StableCatalog, compile_catalogues
from kanban.lint.manual import read_manual

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "fr"
FOLDER = f"kanban/i18n/locale/{LANGUAGE}/LC_MESSAGES"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
TEMPLATE_SUFFIXES = {".html", ".j2", ".jinja", ".txt", ".xml", ".svg", ".md", ".css"}

Identity = str | tuple[str, ...]
Text = str | tuple[str, ...] | list[str]


@dataclass
class Area:
    """One area's texts: as the code has them, and as its `.po` file has them."""

    name: str
    po: Path
    texts: dict[Identity, list[str]] = field(default_factory=dict)
    known: dict[Identity, Message] = field(default_factory=dict)


def areas(root: Path) -> dict[str, Area]:
    """Every area that has texts in the code or a `.po` file, by name."""
    folder = root / FOLDER
    found: dict[str, Area] = {}
    for path, identity in extracted(root):
        name = path.relative_to(root / "kanban").parts[0].removesuffix(".py")
        area = found.setdefault(name, Area(name, folder / f"{name}.po"))
        where = area.texts.setdefault(identity, [])
        where += [at for at in [path.relative_to(root).as_posix()] if at not in where]
    for po in sorted(folder.glob("*.po")):
        area = found.setdefault(po.stem, Area(po.stem, po))
        with po.open("rb") as file:
            area.known = {hashable(message.id): message for message in read_po(file, locale=LANGUAGE) if message.id}
    return dict(sorted(found.items()))


def extracted(root: Path) -> Iterator[tuple[Path, Identity]]:
    """Every text marked in the code and in the page templates."""
    templates = root / "kanban/render/templates"
    for path in sorted((root / "kanban").rglob("*")):
        if path.suffix == ".py":
            yield from ((path, text) for text in python_texts(path))
        elif path.name == "reading_problems.md":
            yield from (
                (path, text)
                for page in path.read_text("utf-8").split("\n## KB")[1:]
                for text in prose(page.partition("\n")[2])
            )
        elif path.suffix in TEMPLATE_SUFFIXES and templates in path.parents:
            found = extract_from_file("jinja2.ext:babel_extract", path, KEYWORDS, options={"silent": "false"})
            yield from ((path, hashable(text)) for _line, text, *_rest in found)


def python_texts(path: Path) -> Iterator[Identity]:
    """Texts marked in a module, also those inside f-strings, which token-based extraction misses before Python 3.12.

    The prose of a lint rule's docstring is text too: `kanban rules` shows it in the reader's language.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if any(map(_brings_a_verb, tree.body)) or path.name == "cli.py":
        yield from help_texts(tree)
    if "gestures" in path.parts:
        yield from gesture_texts(tree)
    if path.parent.match("model/settings"):
        yield from setting_texts(tree)
    if path.parent.parent.match("lint/rules") and path.name != "__init__.py":
        yield from prose(ast.get_docstring(tree) or path.stem)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            wanted = node.args[: 2 if node.func.id == "ngettext" else 1]
            texts = [one.value for one in wanted if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if any(isinstance(one, ast.JoinedStr) for one in wanted):
                sys.exit(f"{path}:{node.lineno}: an f-string cannot be translated; use .format() on the result")
            if texts and len(texts) == len(wanted):
                yield texts[0] if len(texts) == 1 else tuple(texts)


def prose(doc: str) -> tuple[str, str, str, str]:
    """What is read in the reader's language of a rule's manual page."""
    manual = read_manual(doc)
    return manual.summary, manual.why, manual.flags, manual.cure


def help_texts(tree: ast.Module) -> Iterator[str]:
    """What `kanban VERB --help` says: the docstring of a command, `help=` of its options, its `examples`, and VERBS."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(map(_makes_command, node.decorator_list)):
            yield ast.get_docstring(node) or node.name
        elif isinstance(node, ast.keyword) and node.arg in ("help", "examples"):
            yield from constants(node.value)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and target.id in ("EXAMPLES", "VERBS") and node.value is not None:
                yield from constants(node.value)


def gesture_texts(tree: ast.Module) -> Iterator[str]:
    """What a gesture says of itself and of each `Word` that is typed for it, which is the help of its verb."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and [one.arg for one in node.args.args] == ["at"] and node.args.kwonlyargs:
            yield ast.get_docstring(node) or node.name
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Word" and node.args:
            yield from constants(node.args[0])


def setting_texts(tree: ast.Module) -> Iterator[str]:
    """What each setting of board.yml means, and the first line of each record of settings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setting":
            yield from (one.value for one in node.args[1:2] if isinstance(one, ast.Constant))
        elif isinstance(node, ast.ClassDef) and "setting(" in ast.unparse(node):
            yield (ast.get_docstring(node) or node.name).splitlines()[0]


def _brings_a_verb(statement: ast.stmt) -> bool:
    """Whether a module imports what a verb is made with: click, or the hand of a gesture."""
    if isinstance(statement, ast.ImportFrom):
        return statement.module == "kanban.commands.base.hand"
    return isinstance(statement, ast.Import) and statement.names[0].name == "click"


def _makes_command(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in ("command", "group")


def constants(value: ast.expr) -> Iterator[str]:
    """The texts of a literal: itself, a tuple's items, a table's values (of a tuple there the last)."""
    items = value.values if isinstance(value, ast.Dict) else getattr(value, "elts", [value])
    items = [one.elts[-1] if isinstance(one, ast.Tuple) else one for one in items]
    yield from (one.value for one in items if isinstance(one, ast.Constant) and isinstance(one.value, str))


def catalogue(area: Area, elsewhere: dict[Identity, Message]) -> StableCatalog:
    """The area's texts with the translations that exist, here or (for a text that moved) in another area."""
    result = StableCatalog(locale=LANGUAGE, header_comment=f"# French texts of git-kanban: {area.name}.", fuzzy=False)
    for identity, where in area.texts.items():
        known = area.known.get(identity)
        if known is None or not translated(known):
            known = elsewhere.get(identity, known)
        result.add(
            identity,
            typeset(known.string or "") if known else None,
            locations=[(path, 0) for path in where],
            flags=known.flags & {"fuzzy"} if known else (),
        )
    return result


def translated(message: Message) -> bool:
    """True when every form has a translation."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(forms) and all(forms)


def typeset(text: Text) -> str | tuple[str, ...]:
    """French typography (curved apostrophes, spaces that hold) outside `code` and the command of an example."""
    if not isinstance(text, str):
        return tuple(str(typeset(form)) for form in text)
    parts = re.split(r"(^(?:kanban [a-z]+|git config|printf)(?: .*?)?(?:  |$)|`[^`]*`|\{[^}]*\})", text)
    return "".join(part if at % 2 else _typeset_prose(part) for at, part in enumerate(parts))


def _typeset_prose(text: str) -> str:
    text = re.sub(r"(?<! )[ \u00a0](?=[;!?](?:\s|$|[)»*_]))", "\u202f", text.replace("'", "\u2019"))
    text = re.sub(r"(?<=[\d}]) (?=(?:h|s|min|Kio|Ko|Mo|k€|€)\b)", "\u00a0", text)
    text = re.sub(r" (?=:(?:\s|$))| (?=»)| (?=%(?:\W|$))", "\u00a0", text)
    return re.sub(r"(?<=«) ", "\u00a0", text)


def written(result: Catalog) -> bytes:
    """The bytes of the `.po`."""
    po = io.BytesIO()
    write_po(po, result, width=110, sort_output=True, include_lineno=False)
    return po.getvalue()


def built(root: Path) -> dict[Path, bytes]:
    """Every `.po` file as it ought to be, by path."""
    every = areas(root)
    known = [pair for area in reversed(every.values()) for pair in area.known.items()]
    elsewhere = {identity: message for identity, message in known if translated(message)}
    files: dict[Path, bytes] = {}
    for area in every.values():
        if area.texts:
            files[area.po] = written(catalogue(area, elsewhere))
    return files


def update(root: Path, only: Collection[str] = ()) -> list[Path]:
    """Write what differs, remove catalogues of areas that are gone; returns what changed. `only` limits it to areas."""
    files = built(root)
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    stale = [path for path, data in files.items() if differs(path, data)]
    gone = [path for path in folder.iterdir() if path.suffix == ".po" and path not in files]
    changed = [path for path in [*stale, *gone] if not only or path.stem in only]
    for path in changed:
        if path in files:
            path.write_bytes(files[path])
        else:
            path.unlink()
    compile_catalogues(folder.parent.parent)
    return changed


def differs(path: Path, data: bytes) -> bool:
    return not path.exists() or path.read_bytes() != data


def check(root: Path) -> dict[str, list[str]]:
    """What is wrong, by area; an area in order has an empty list."""
    every = areas(root)
    files = built(root)
    wrong = {name: list(findings(area)) for name, area in every.items()}
    first: dict[Identity, tuple[str, Message]] = {}
    for name, area in every.items():
        for identity, message in area.known.items():
            other, earlier = first.setdefault(identity, (name, message))
            if translated(message) and translated(earlier) and earlier.string != message.string:
                wrong[name].append(f"translated differently in {other}: {short(identity)}")
        if area.po in files and not wrong[name]:
            wrong[name] += [f"stale: {area.po.name}"] if differs(area.po, files[area.po]) else []
    return wrong


def findings(area: Area) -> Iterator[str]:
    """What an area's translations lack."""
    for identity in area.texts:
        message = area.known.get(identity)
        if message is None or not translated(message):
            yield f"missing: {short(identity)}"
        elif message.fuzzy:
            yield f"fuzzy: {short(identity)}"
        else:
            yield from placeholder_findings(message)
    yield from (f"obsolete: {short(identity)}" for identity in area.known if identity not in area.texts)


def placeholder_findings(message: Message) -> Iterator[str]:
    """`{name}` in one language and not in the other. French has one form for 0 and 1, so it may keep the number."""
    english = [message.id] if isinstance(message.id, str) else list(message.id)
    french = [message.string] if isinstance(message.string, str) else list(message.string or ())
    wanted = [fields(form) for form in english]
    for at, form in enumerate(french):
        allowed = [wanted[-1]] if at or len(wanted) == 1 else wanted
        if fields(form) not in allowed:
            yield f"placeholders differ: {short(message.id)} → {form[:60]}"


def fields(text: str) -> frozenset[str] | None:
    """The names between braces; None for a text with braces that are not a format."""
    try:
        return frozenset(name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None)
    except ValueError:
        return None


def hashable(identity: Text) -> Identity:
    return identity if isinstance(identity, str) else tuple(identity)


def short(identity: Text) -> str:
    text = identity if isinstance(identity, str) else identity[0]
    return text if len(text) <= 90 else text[:89] + "…"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when something is lacking")
    parser.add_argument("areas", nargs="*", help="these areas alone (default: all)")
    arguments = parser.parse_args()
    if not arguments.check:
        sys.stdout.writelines(f"wrote {path.relative_to(ROOT)}\n" for path in update(ROOT, arguments.areas))
    wrong = {name: said for name, said in check(ROOT).items() if name in (arguments.areas or [name])}
    sys.stdout.writelines(f"{name}: {one}\n" for name, said in wrong.items() for one in said)
    return int(arguments.check and any(wrong.values()))


if __name__ == "__main__":
    sys.exit(main())
