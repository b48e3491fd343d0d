"""board.yml: what is read, what is defaulted, and what is said, with its line, when it cannot be."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
import yaml

from kanban.model.cards.assembly import read_board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.json_schema import board_schema, card_schema
from kanban.model.presets import PRESETS, preset_text
from kanban.model.settings.board_yml import BoardConfig, read_config

MINIMAL = """\
title: Pipeline commercial
columns:
  - {key: prospects, name: Prospects}
  - {key: qualifies, name: Qualifiés, wip: 15}
  - {key: gagne, name: Gagné, kind: won}
  - {key: perdu, name: Perdu, kind: lost}
"""


def config_of(text: str) -> BoardConfig:
    config, problems = read_config(text.encode())
    assert problems == ()
    assert config is not None
    return config


def test_the_smallest_board_has_defaults_for_everything_else() -> None:
    config = config_of(MINIMAL)
    assert [column.directory for column in config.columns] == ["prospects", "qualifies", "gagne", "perdu"]
    assert config.commitment_column.key == "prospects"
    assert (config.language, config.currency, config.timezone) == ("en", "EUR", "UTC")
    assert config.lost_reasons == ("price", "timing", "fit", "competition")
    assert config.policies.pull_stop == "block"
    assert {one.key: one.wip for one in config.classes} == {
        "standard": None,
        "fixed-date": None,
        "expedite": 1,
        "partner": None,
    }
    assert config.column("qualifies").wip_mode == "hard"


@pytest.mark.parametrize(
    ("added", "attribute", "expected"),
    [
        ("currency: CHF", "currency", "CHF"),
        ("calendar: {holidays: [2026-12-25], working_days: [mon, tue]}", "calendar.holidays", (date(2026, 12, 25),)),
        ("rituals: {daily: '9:05'}", "rituals.daily", time(9, 5)),
        ("rituals: {daily: 9h}", "rituals.daily", time(9)),
        ("policies: {pull_stop_share: 5 %}", "policies.pull_stop_share", Decimal("0.05")),
        ("policies: {pull_stop: warn}", "policies.pull_stop", "warn"),
        ("history: first-parent", "history.commits", "first-parent"),
        ("history: {imported: [1a2b3c4]}", "history.imported", ("1a2b3c4",)),
        ("history: {commits: first-parent, imported: 1a2b3c4}", "history.first_parent", True),
        ("targets: {throughput: {baseline: 1.2, weeks: 12}}", "targets", None),
    ],
)
def test_settings_are_typed(added: str, attribute: str, expected: object) -> None:
    value: Any = config_of(MINIMAL + added + "\n")
    for name in attribute.split("."):
        value = getattr(value, name)
    if attribute == "targets":
        assert value["throughput"].baseline == Decimal("1.2")
        assert value["throughput"].weeks == 12
    else:
        assert value == expected


@pytest.mark.parametrize("typed", ["900000", "900 k€", "900k", '"900 000,00 €"', "0,9 M€", "EUR 900k", '"900 k EUR"'])
def test_a_quota_is_written_like_the_amount_of_a_card(typed: str) -> None:
    config = config_of("language: fr\n" + MINIMAL + f"quotas:\n  - period: 2026-Q4\n    amount: {typed}\n")
    assert config.quotas[0].amount == 900_000


def test_a_quota_is_in_the_boards_currency_wherever_that_stands() -> None:
    config = config_of(MINIMAL + "quotas: [{period: 2026, amount: CHF 900k}]\ncurrency: CHF\n")
    assert config.quotas[0].amount == 900_000


@pytest.mark.parametrize(
    ("text", "line", "code", "words"),
    [
        (MINIMAL + "colums: 3\n", 7, "config-unknown-key", "`columns`"),
        (MINIMAL + "language: de\n", 7, "config-value", "`en`, `fr`"),
        (MINIMAL + "timezone: Paris\n", 7, "config-value", "Europe/Paris"),
        (MINIMAL + "currency: euro\n", 7, "config-value", "EUR"),
        (MINIMAL + "currency: ZZZ\n", 7, "config-value", "EUR"),
        (MINIMAL + "timezone: ../../etc/passwd\n", 7, "config-value", "Europe/Paris"),
        (MINIMAL + "policies: {touches: many}\n", 7, "config-value", "from 1 to 50"),
        (MINIMAL + "commitment: nowhere\n", 7, "config-value", "key of one of the columns"),
        (MINIMAL.replace("wip: 15", "wip: -1"), 4, "config-value", "0 to"),
        (MINIMAL.replace("kind: lost", "kind: dead"), 6, "config-value", "`parked`"),
        (MINIMAL + "quotas: [{period: 2026, amount: 12 k$}]\n", 7, "config-value", "EUR"),
        (MINIMAL + "quotas: [{period: 2026, amount: much}]\n", 7, "config-value", "28"),
        (MINIMAL + "title: again\n", 7, "yaml-duplicate-key", "line 1"),
        (MINIMAL + 'manager: "Zo\\e[2Jé"\n', 7, "config-value", "U+001B"),
        (MINIMAL + 'company: "a\\u202eb"\n', 7, "config-value", "RIGHT-TO-LEFT OVERRIDE"),
        (MINIMAL + 'lost_reasons: [price, "a\\x9bb"]\n', 7, "config-value", "U+009B"),
        (MINIMAL + 'fields: {"a\\0b": text}\n', 7, "config-value", "U+0000"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line_and_the_rest_is_kept(
    text: str, line: int, code: str, words: str
) -> None:
    config, problems = read_config(text.encode())
    assert config is not None
    assert len(config.columns) == 4
    assert [(problem.path, problem.line, problem.code) for problem in problems] == [("board.yml", line, code)]
    assert words in problems[0].message + problems[0].cure


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r'"a\e]52;c;x\a b"', "a\ufffd]52;c;x\ufffd b"),
        (r'"a\u202eb"', "a\ufffdb"),
        (r'"a\r\nb"', "a b"),
        (r'"👩\u200d💻 été"', "👩\u200d💻 été"),
    ],
)
def test_a_name_is_text_that_cannot_steer_what_shows_it(written: str, read: str) -> None:
    config, _problems = read_config((MINIMAL + f"company: {written}\n").encode())
    assert config is not None
    assert config.company == read


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        (b"", 1, "config-missing"),
        (b"title: x\n", 1, "config-missing"),
        (b"- a\n- b\n", 1, "config-shape"),
        (b"columns: [\n", 2, "yaml-syntax"),
        (b"title: \xff\n", 1, "not-utf8"),
        (b"columns: []\n", 1, "config-missing"),
        (b"columns: [{key: a}, {key: A}]\n", 1, "config-value"),
        (b"columns: [{key: a}, {key: b, folder: a}]\n", 1, "config-columns"),
        (b"columns: [{key: a, folder: ../b}]\n", 1, "config-value"),
        (b"columns: " + b"[" * 30_000, 1, "yaml-too-deep"),
    ],
)
def test_a_board_that_cannot_be_used_is_a_problem_not_a_crash(data: bytes, line: int, code: str) -> None:
    _config, problems = read_config(data)
    assert (problems[0].line, problems[0].code) == (line, code)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("preset", PRESETS)
def test_presets_are_clean_and_fit_the_schema(preset: str, language: str) -> None:
    text = preset_text(preset, language)
    config = config_of(text)
    assert config.language == language
    typed_as_text = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - keeps every scalar as text
    jsonschema.validate(typed_as_text, _as_typed_text(board_schema()))


def _as_typed_text(schema: object) -> object:
    """Numbers and flags as the text that BaseLoader gives: the schema's shape is what is checked here."""
    if isinstance(schema, dict):
        if schema.get("type") in ("integer", "number"):
            return {"type": "string", "pattern": r"^-?\d+$"}
        return {key: _as_typed_text(value) for key, value in schema.items()}
    return [_as_typed_text(item) for item in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize(
    ("preset", "keys"),
    [
        ("b2b", "prospects qualified meeting offer negotiation won lost nurturing"),
        ("phone", "to-call called call-back meeting-booked won lost nurturing"),
    ],
)
def test_an_english_board_has_english_folders_and_french_words_are_understood(preset: str, keys: str) -> None:
    board = read_board([BoardFile("board.yml", preset_text(preset, "en").encode())])
    assert [column.directory for column in board.config.columns] == keys.split()
    french = config_of(preset_text(preset, "fr"))
    for ours, theirs in zip(board.config.columns, french.columns, strict=True):
        assert board.column_named(theirs.key) == ours


def test_the_b2b_preset_is_the_sheets_board() -> None:
    config = config_of(preset_text("b2b", "fr"))
    assert [(column.key, column.name, column.wip, column.kind) for column in config.columns] == [
        ("prospects", "Prospects", None, "open"),
        ("qualifies", "Qualifiés", 15, "open"),
        ("rdv", "RDV programmé", 10, "open"),
        ("offre", "Offre envoyée", 8, "open"),
        ("negociation", "Négociation", 5, "open"),
        ("gagne", "Gagné", None, "won"),
        ("perdu", "Perdu", None, "lost"),
        ("nurturing", "Nurturing", None, "parked"),
    ]
    negotiation = config.column("negociation")
    assert [negotiation.ageing.light(days) for days in (0, 10, 11, 20, 21)] == [
        "green",
        "green",
        "amber",
        "amber",
        "red",
    ]
    assert negotiation.escalate == 7


def test_both_languages_of_a_preset_differ_in_words_only() -> None:
    """Their folders are words too; which step of the sale each is, is the same."""
    for preset in PRESETS:
        french, english = config_of(preset_text(preset, "fr")), config_of(preset_text(preset, "en"))
        shape = [
            [
                (c.effective_stage, c.wip, c.kind, c.follow_up, tuple(r.id for r in (*c.dor, *c.dod)))
                for c in config.columns
            ]
            for config in (french, english)
        ]
        assert shape[0] == shape[1]
        assert [c.key for c in french.classes] == [c.key for c in english.classes]


def test_the_card_schema_names_the_boards_own_words() -> None:
    config = config_of(MINIMAL + "fields: {segment: text, score: {type: number, label: Score}}\n")
    properties = card_schema(config)["properties"]
    assert properties["score"]["title"] == "Score"
    assert properties["class"]["examples"] == ["standard", "fixed-date", "expedite", "partner"]
    assert properties["lost_reason"]["examples"] == ["price", "timing", "fit", "competition"]
