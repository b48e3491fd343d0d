"""What the least program in Python needs for the same work: the limit beside which a missed budget is read.

None of them is right about anything difficult (merges, renames, quotes, several ways to write a date): each reads what
must be read, once, and says something that depends on all of it. What they need, no reading in Python goes below.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

HISTORY = """
import subprocess, sys
log = ("git", "-C", sys.argv[1], "log", "--raw", "-z", "--no-abbrev", "--no-renames", "--format=%x01%H %at")
told = subprocess.run(log, stdout=subprocess.PIPE).stdout.decode("utf-8", "surrogateescape")
where = {}
for commit in told.split("\\1")[1:]:
    head, *parts = commit.split("\\0")
    at = int(head[41:])
    for line, path in zip(parts[::2], parts[1::2]):
        folder, _slash, name = path.partition("/")
        where.setdefault(name, []).append((at, folder, line[-42:-2], line[-1]))
"""
"""Each card's steps, from one log."""

CARDS = """
import os, sys
cards = {}
for folder in os.scandir(sys.argv[1]):
    if folder.is_dir() and folder.name[0] != ".":
        for file in os.scandir(folder):
            if file.name.endswith(".md"):
                with open(file, encoding="utf-8") as card:
                    front = card.read().split("\\n---", 1)[0]
                cards[file.name] = dict(line.partition(": ")[::2] for line in front.split("\\n"))
"""
"""Each card's fields, from lines that are taken for `key: value`."""

TOLD = """
import collections, json
won = collections.Counter(steps[-1][1] for steps in where.values())
money = collections.Counter(card.get("owner") for card in cards.values())
print(json.dumps([won, money, [(name, len(steps), steps[0][0]) for name, steps in where.items()]]))
"""
"""Some figures of both."""

MORE = """
import click, json, sqlite3, subprocess, sys
folder = sys.argv[1]
kept = sqlite3.connect(folder + "/.git/kanban/index.sqlite")
rows = kept.execute("SELECT max(length(body)), body FROM rows WHERE kind = 'answer'").fetchall()
git = ("git", "-C", folder)
head = subprocess.run([*git, "rev-parse", "HEAD", "HEAD~1"], stdout=subprocess.PIPE, text=True).stdout.split()
subprocess.run([*git, "diff-tree", "-r", "--raw", *head], stdout=subprocess.PIPE)
subprocess.run([*git, "status", "--porcelain"], stdout=subprocess.PIPE)
print(json.dumps(json.loads(json.dumps([len(body or "") for _size, body in rows]))))
"""
"""One row of an index, the newest commit, and what lies in the folder."""

HOOK = """
import click, yaml, collections, subprocess, sys
git = ("git", "-C", sys.argv[1])
def ask(*words, data=b""):
    return subprocess.run([*git, *words], input=data, stdout=subprocess.PIPE).stdout
ask("diff-index", "--cached", "--raw", "-z", "HEAD")
columns = collections.defaultdict(list)
for line in ask("ls-files", "--stage", "-z").decode().split("\\0"):
    head, _tab, path = line.partition("\\t")
    columns[path.partition("/")[0]].append(head[7:47])
few = [blob for blobs in columns.values() if len(blobs) < 1000 for blob in blobs]
told = ask("cat-file", "--batch", data="\\n".join(few).encode()).decode()
print(collections.Counter(line for line in told.split("\\n") if line.startswith(("class:", "owner:"))))
"""
"""What the next commit changes, and how many open cards there are of each class and owner: what limits ask."""

AGAIN = """
import os, sqlite3, sys
folder, told = sys.argv[1], []
for place in os.scandir(folder):
    if place.is_dir() and place.name[0] != ".":
        for file in os.scandir(place):
            one = file.stat(follow_symlinks=False)
            told.append((file.name, one.st_size, one.st_mtime_ns, one.st_ino))
kept = sqlite3.connect(folder + "/.git/kanban/index.sqlite")
print(hash(tuple(told)), kept.execute("SELECT max(length(body)) FROM rows WHERE kind = 'answer'").fetchall())
"""
"""Every file looked at, and one row: what a question costs that was answered before."""

LIST = """
import click, os, sqlite3, sys
folder, told, lines = sys.argv[1], [], []
for place in os.scandir(folder):
    if place.is_dir() and place.name[0] != ".":
        for file in os.scandir(place):
            told.append((file.name, file.stat(follow_symlinks=False).st_mtime_ns))
            if place.name not in ("gagne", "perdu", "nurturing") and file.name.endswith(".md"):
                with open(file, encoding="utf-8") as card:
                    front = card.read().split("\\n---", 1)[0]
                said = dict(line.partition(": ")[::2] for line in front.split("\\n"))
                lines.append("  ".join((file.name, place.name, said.get("next_action", ""), said.get("amount", ""))))
click.echo("\\n".join(sorted(lines)))
"""
"""A line of each open card, every file looked at for whether it changed."""

NOTE = """
import click, subprocess, sys
from pathlib import Path
card = Path(sys.argv[1], "negociation", "carte-00999.md")
card.write_text(card.read_text("utf-8") + "- note\\n", "utf-8")
who = ("-c", "user.name=Z", "-c", "user.email=z@example.org")
subprocess.run(("git", "-C", sys.argv[1], *who, "commit", "-q", "-m", "note", "--", str(card)), check=True)
"""
"""A line more in one card, committed by git itself: no rule is asked, and nothing survives a kill in the middle."""

SITE = """
import click, sys, tempfile
from pathlib import Path
from jinja2 import Environment
from markdown_it import MarkdownIt
template = "<h1>{{ name }}</h1>{% for one in said %}<p>{{ one }}</p>{% endfor %}{{ notes|safe }}"
page = Environment(autoescape=True).from_string(template)
with tempfile.TemporaryDirectory() as out:
    for card in Path(sys.argv[1]).glob("*/carte-*.md"):
        front, _fence, body = card.read_text("utf-8").partition("\\n---\\n")
        made = page.render(name=card.stem, said=front.split("\\n"), notes=MarkdownIt().render(body))
        Path(out, card.stem + ".html").write_text(made * 4, "utf-8")
"""
"""A page of each card, without its past, its charts or its neighbours: Markdown, one template, one file."""

PAGES = f"""
import click, sqlite3, pathlib
from jinja2 import Environment, FileSystemLoader
folder = {str(ROOT / "kanban/render/templates")!r}
made = Environment(loader=FileSystemLoader(folder), extensions=["jinja2.ext.i18n", "jinja2.ext.do"])
for name in made.list_templates(filter_func=lambda name: name.endswith(".jinja")):
    made.get_template(name)
"""
"""The templates, compiled: whoever writes one page again needs a few of them."""


def command(folder: Path, *parts: str) -> list[str]:
    """The program made of these parts, asked about the board in a folder."""
    return [sys.executable, "-c", "".join(parts), str(folder)]
