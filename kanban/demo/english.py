"""The demonstration in English: the same story, commit for commit, told with other words and in other folders.

What happened, when and to whom is planned once, in the words of the example board. Told in English, each field, bullet,
heading and reason is looked up whole in `english.txt`; cards and folders get the names an English team would give them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from importlib import resources

from kanban.again.files import FILES
from kanban.demo.casting import slug
from kanban.demo.market import NAMES, TRADES
from kanban.demo.plan import PlannedCommit
from kanban.errors import BadBoard
from kanban.model.presets import preset_text
from kanban.model.settings.board_yml import BOARD_FILE, read_config
from kanban.pull.banner import BANNER_FILE, banner

FOLDERS = {
    "qualifies": "qualified",
    "rdv": "meeting",
    "offre": "offer",
    "negociation": "negotiation",
    "gagne": "won",
    "perdu": "lost",
}
README = """\
# Sales pipeline: a board to look around in

A team of four (Zoé and Karim, AE; Inès and Paul, SDR) sells maintenance software to companies.
Every company and every person is invented; numbers and addresses lead nowhere.

Start with `kanban board`, then `kanban next`.
"""
_DAYS = {"lundi": "Monday", "mardi": "Tuesday", "mercredi": "Wednesday", "jeudi": "Thursday", "vendredi": "Friday"}
_LOOSE = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b|(?<![\d/])[0-3]\d/[01]\d(?![\d/])")
_FIELD = re.compile(r"([a-z_]+: )([\"']?)(.*?)([\"']?)(   ?# .*)?")
_HEADING = re.compile(r"(### [\d-]+ — )(.*)")
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WHOLE = 7
_THOUSANDS, _AMOUNT = re.compile(r"(\d+) k€"), re.compile(r"(\d{1,3}) (\d{3}) €")


def in_english(commits: Sequence[PlannedCommit]) -> list[PlannedCommit]:
    """The planned commits in English."""
    words = Words()
    return [
        replace(commit, message=words.message(commit.message), changes=tuple(map(words.change, commit.changes)))
        for commit in commits
    ]


class Words:
    """What the demonstration is called in English. A text that has no line in `english.txt` stays as it is."""

    @cached_property
    def phrases(self) -> Mapping[str, str]:
        """A whole French text, its days made alike → the English one."""
        return {_LOOSE.sub("%", french): english for french, english in _lines()} | self._companies

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What stands as one word in paths, trailers and addresses: folders and cards."""
        known = dict(_lines())
        cards = {slug(french): slug(english) for french, english in self._companies.items()}
        return (
            FOLDERS | cards | {french: known[french] for french in known if _WORD.fullmatch(french) and "-" in french}
        )

    @cached_property
    def _companies(self) -> dict[str, str]:
        """The invented companies of the market: each trade with each name."""
        trades = {french: english for french, english in _lines() if "…" in french}
        pairs = ((f"{trade} …", name) for trade, _titles in TRADES for name in NAMES)
        return {trade.replace("…", name): trades[trade].replace("…", name) for trade, name in pairs}

    def text(self, french: str) -> str:
        """One field, bullet, heading or reason."""
        french = french.replace("\u00a0", " ").replace("\u202f", " ")
        held = iter(_LOOSE.findall(french))
        found = self.phrases.get(_LOOSE.sub("%", french))
        if found is not None:
            return _LOOSE.sub(lambda _one: _day(next(held)), found)
        plain = re.sub(r"^M\. ", "Mr ", re.sub(r"^Mme ", "Ms ", french))
        plain = _AMOUNT.sub(r"€\1,\2", _THOUSANDS.sub(r"€\1k", plain))
        return re.sub(r"(\d) %", r"\1%", plain) if "@" not in plain else self._named(plain)

    def _named(self, text: str) -> str:
        return _WORD.sub(lambda word: self.names.get(word[0], word[0]), text)

    def path(self, path: str) -> str:
        """A path of the board."""
        names = path.removesuffix(".md").split("/")
        return "/".join(self.names.get(name, name) for name in names) + (".md" if path.endswith(".md") else "")

    def change(self, change: tuple[str, bytes | None]) -> tuple[str, bytes | None]:
        """One file of a commit."""
        path, data = change
        if path == "README.md":
            return path, README.encode()
        if data is None or path.startswith("."):
            return self.path(path), data
        if path == BOARD_FILE:
            return path, self._board(data.decode()).encode()
        if path.endswith(f"/{BANNER_FILE}"):
            return self.path(path), self._banners[self.path(path)]
        if path.startswith(f"{FILES}/"):
            cells = ([self.phrases.get(cell, cell) for cell in line.split(";")] for line in data.decode().split("\n"))
            return self.path(path), "\n".join(map(";".join, cells)).encode()
        return self.path(path), "\n".join(map(self.line, data.decode().split("\n"))).encode()

    def line(self, line: str) -> str:
        """One line of a card."""
        if f"](../{FILES}/" in line:
            return self._named(line)
        if line.startswith("## "):
            return "## " + self.phrases.get(line[3:], line[3:])
        if line.startswith("- "):
            return "- " + self.text(line[2:])
        if heading := _HEADING.fullmatch(line):
            return heading[1] + self.text(heading[2])
        if field := _FIELD.fullmatch(line):
            comment = field[5] or ""
            told = "   # " + self.text(comment.lstrip(" #")) if comment else ""
            return f"{field[1]}{field[2]}{self.text(field[3])}{field[4]}{told}"
        return line

    def message(self, message: str) -> str:
        """Subject and trailers of a commit."""
        return "\n".join(map(self._message_line, message.split("\n")))

    def _message_line(self, line: str) -> str:
        head, colon, rest = line.partition(": ")
        if head in ("Override", "Reason"):
            rule, mark, reason = rest.rpartition(": ")
            return f"{head}: {rule}{mark}{self.text(reason)}"
        if many := re.fullmatch(r"(.*) : (\d+) cartes", line):
            return f"{self.text(many[1])}: {many[2]} cards"
        said = self.text(rest)
        return self._named(head) + colon + (self._named(rest) if said == rest else said)

    def _board(self, french: str) -> str:
        """The preset in English, with what the example board has beyond it."""
        preset = preset_text("b2b", "en").replace("Europe/London", "Europe/Paris")
        preset = re.sub(
            "(?m)^sources: .*$", "sources: [inbound, outbound, trade-show, IT show, referral, partner]", preset
        )
        extra = french[french.index("\nowners:") : french.index("\nrituals:")] + french[french.index("\ncompany:") :]
        for said, english in _lines():
            if said == "Concurrent" or (" " in said and len(said) > _WHOLE):
                extra = extra.replace(said, english)
        return preset.rstrip("\n") + "\n" + extra

    @cached_property
    def _banners(self) -> Mapping[str, bytes]:
        config, _problems = read_config(preset_text("b2b", "en").encode())
        if config is None:
            raise BadBoard(BOARD_FILE)
        return {f"{column.directory}/{BANNER_FILE}": banner(column, config) for column in config.columns}


def _lines() -> Iterator[tuple[str, str]]:
    text = resources.files(__package__).joinpath("english.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        french, arrow, english = line.partition(" => ")
        if arrow and not line.startswith("#"):
            yield french, english


def _day(said: str) -> str:
    return _DAYS.get(said, said)
