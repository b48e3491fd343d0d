"""Which rules a word means, and which word wins."""

from __future__ import annotations

import pytest

from kanban.errors import NotFound
from kanban.lint.rules import RULES
from kanban.lint.selection import Selection, fits, rules_named

ALL = len(RULES)
FAMILY = [rule for rule in RULES if rule.code.startswith("KB5")]


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("KB501", ["missing-next-action"]),
        ("kb501", ["missing-next-action"]),
        ("missing-next-action", ["missing-next-action"]),
        ("KB5", [rule.name for rule in FAMILY]),
        ("KB5xx", [rule.name for rule in FAMILY]),
        ("KB50", [rule.name for rule in FAMILY if rule.code.startswith("KB50")]),
        ("ALL", [rule.name for rule in RULES]),
        ("KB", [rule.name for rule in RULES]),
    ],
)
def test_a_word_means_rules(word: str, names: list[str]) -> None:
    assert [rule.name for rule in rules_named(word)] == names


@pytest.mark.parametrize("word", ["KB999", "KB9", "nonsense", "", "KB5011", "missing", "B501"])
def test_a_word_that_means_nothing_is_refused(word: str) -> None:
    with pytest.raises(NotFound):
        rules_named(word)


@pytest.mark.parametrize(
    ("word", "said"),
    [("missing-next-step", "`missing-next-action`"), ("KB5O1", "`KB501`"), ("wip-exceded", "`wip-exceeded`")],
)
def test_a_near_miss_is_helped(word: str, said: str) -> None:
    with pytest.raises(NotFound) as refused:
        rules_named(word)
    assert said in refused.value.cure


@pytest.mark.parametrize(
    ("select", "ignore", "extend", "count"),
    [
        ((), (), (), ALL),
        (("KB5",), (), (), len(FAMILY)),
        (("KB5",), ("KB501",), (), len(FAMILY) - 1),
        (("KB501",), ("KB5",), (), 1),
        (("KB501",), ("KB501",), (), 0),
        (("ALL",), ("KB5",), ("KB503",), ALL - len(FAMILY) + 1),
        ((), ("KB5",), ("stale-card",), ALL - len(FAMILY) + 1),
        (("KB50",), ("KB5",), (), sum(rule.code.startswith("KB50") for rule in RULES)),
    ],
)
def test_the_more_exact_word_wins_and_ignore_wins_a_tie(
    select: tuple[str, ...], ignore: tuple[str, ...], extend: tuple[str, ...], count: int
) -> None:
    assert len(Selection(select, ignore, extend).rules()) == count


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("gagne/**", "gagne/2026/acme.md", True),
        ("gagne/*", "gagne/acme.md", True),
        ("gagne/*.md", "gagne/2026/acme.md", False),
        ("gagne", "gagne/2026/acme.md", True),
        ("gagne/", "gagne/acme.md", True),
        ("*.md", "offre/acme.md", True),
        ("acme*", "offre/acme-sso.md", True),
        ("offre/acme.md", "offre/acme.md", True),
        ("offre", "offres/acme.md", False),
        ("**/acme.md", "acme.md", True),
        ("off?e", "offre/acme.md", True),
        ("./offre", "offre/acme.md", True),
        ("a+b", "a+b/x.md", True),
    ],
)
def test_a_pattern_fits_paths(pattern: str, path: str, expected: bool) -> None:
    assert fits(path, pattern) is expected
