"""Which rules are checked: by code, name or prefix, the more exact word winning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cache

from kanban.errors import NotFound
from kanban.i18n import _
from kanban.lint.rule import Rule
from kanban.lint.rules import RULES
from kanban.model.text.plain import nearest
from kanban.values import dataclass

ALL = "ALL"
_BY_WORD = {word: rule for rule in RULES for word in (rule.code.casefold(), rule.name)}
_SLIPS = str.maketrans("OLI", "011")


def rule_named(name: str) -> Rule | None:
    """The rule with this code or name."""
    return _BY_WORD.get(name.strip().casefold())


@cache
def rules_named(selector: str) -> tuple[Rule, ...]:
    """The rules a selector means: a code, a name, a prefix such as `KB5`, or `ALL`. Raises NotFound."""
    text = selector.strip()
    if text.upper() == ALL:
        return RULES
    one = rule_named(text)
    if one is not None:
        return (one,)
    if re.fullmatch(r"KB\d{0,2}", text.upper().rstrip("Xx")):
        found = tuple(rule for rule in RULES if rule.code.startswith(text.upper().rstrip("X")))
        if found:
            return found
    raise NotFound(_("there is no rule “{name}”").format(name=selector), cure=suggestion(text))


def rule_cure(selector: str) -> str:
    """What to type instead of a word that fits no rule, "" for one that does."""
    try:
        rules_named(selector)
    except NotFound as error:
        return error.cure
    return ""


def suggestion(name: str) -> str:
    """What to type instead of a rule nobody knows."""
    slip = rule_named(name.upper().translate(_SLIPS))
    if slip is not None:
        return _("did you mean {names}?").format(names=f"`{slip.code}`")
    known = [word for rule in RULES for word in (rule.name, rule.code)]
    close = nearest(name.casefold(), known, most=2) or nearest(name.upper(), known, most=2)
    if close:
        return _("did you mean {names}?").format(names=" / ".join(f"`{one}`" for one in close))
    return _("`kanban rules` lists them")


@dataclass(frozen=True, slots=True)
class Selection:
    """Rules chosen by words. Where `select` and `ignore` both fit, the more exact one wins, and `ignore` a tie.

    An empty `select` means all rules. Raises NotFound, when built, for a word that fits no rule.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    per_path: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for words in (self.select, self.ignore, self.extend, *self.per_path.values()):
            for word in words:
                rules_named(word)

    @classmethod
    def known(cls, select: Iterable[str], ignore: Iterable[str], per_path: Mapping[str, Iterable[str]]) -> Selection:
        """What a board declares, words that fit no rule left out: those are a finding of their own."""
        kept = {pattern: _known(words) for pattern, words in per_path.items()}
        return cls(_known(select), _known(ignore), per_path=kept)

    def rules(self) -> tuple[Rule, ...]:
        """The rules to check, in the order of their codes."""
        wanted = (*(self.select or (ALL,)), *self.extend)
        return tuple(rule for rule in RULES if _exactness(rule, wanted) > _exactness(rule, self.ignore))

    def ignores(self, rule: Rule, paths: Iterable[str]) -> bool:
        """Whether the rule is left out for one of these paths."""
        return any(
            rule.code in _codes(word)
            for pattern, words in self.per_path.items()
            if any(fits(path, pattern) for path in paths)
            for word in words
        )


def _known(words: Iterable[str]) -> tuple[str, ...]:
    found = []
    for word in words:
        try:
            rules_named(word)
        except NotFound:
            continue
        found.append(word)
    return tuple(found)


@cache
def _codes(word: str) -> frozenset[str]:
    return frozenset(rule.code for rule in rules_named(word))


def _exactness(rule: Rule, words: Sequence[str]) -> int:
    """How exactly the nearest of `words` names the rule: 0 not at all, 1 `ALL`, longer prefixes more, 9 by itself."""
    best = 0
    for word in words:
        if rule.code in _codes(word):
            whole = rule_named(word) is not None
            best = max(best, 9 if whole else 1 if word.upper() == ALL else len(word))
    return best


def fits(path: str, pattern: str) -> bool:
    """Whether a posix path fits a pattern: `*` is any text without `/`, `**` any, and a folder stands for its files."""
    return _compiled(pattern.strip().removeprefix("./")).fullmatch(path) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    text = pattern.rstrip("/")
    parts = re.split(r"(\*\*/?|\*|\?)", text)
    known = {"**/": r"(?:.*/)?", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}
    body = "".join(known.get(part, re.escape(part)) for part in parts)
    anywhere = "" if "/" in text else r"(?:.*/)?"
    return re.compile(rf"{anywhere}{body}(?:/.*)?", re.DOTALL)
