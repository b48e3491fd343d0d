"""`kanban diagnose` as people call it: both languages, the demo's commands really run, thresholds that do not exist."""

from __future__ import annotations

from pathlib import Path

import jsonschema

from kanban.commands.setup.schema import schema_of
from tests.conftest import GitFolder, Kanban
from tests.golden_nine import AS_OF, BOARD

SCHEMA = schema_of("diagnose")


def test_it_answers_in_both_languages_and_as_data(kanban: Kanban, golden_nine: Path) -> None:
    english = kanban("-C", golden_nine, "diagnose", "--as-of", AS_OF, "--lang", "en")
    assert english.code == 0, english.err
    assert "No symptom found." in english.out
    assert "Too little data" in english.out
    french = kanban("-C", golden_nine, "diagnose", "--as-of", AS_OF, "--lang", "fr").out
    assert "Aucun symptôme trouvé." in french
    document = kanban("-C", golden_nine, "diagnose", "--as-of", AS_OF, "--json").json
    jsonschema.validate(document, SCHEMA)
    assert [one["id"] for one in document["symptoms"]] == [f"D{number}" for number in range(36, 44)]


def test_found_symptoms_give_commands_that_run(kanban: Kanban, git_folder: GitFolder) -> None:
    settings = BOARD.replace("key: n, name: Negotiation", "key: n, name: Negotiation, stage: negotiation")
    git_folder.write("board.yml", settings + "diagnosis: {thresholds: {offer-dayz: 3}}\n")
    card = "---\naccount: A\nnext_action: call\nnext_action_date: 2025-03-01\n---\n"
    git_folder.write("n/a.md", card)
    git_folder.write("n/b.md", card)
    git_folder.commit("two negotiations", date="2025-01-06T10:00:00+01:00")
    said = kanban("-C", git_folder.root, "diagnose", "--as-of", "2025-02-03", "--lang", "en")
    assert "D41  Endless negotiation" in said.out
    assert "offer-dayz" in said.err
    document = kanban("-C", git_folder.root, "diagnose", "--as-of", "2025-02-03", "--json").json
    jsonschema.validate(document, SCHEMA)
    (found,) = [one for one in document["symptoms"] if one["state"] == "found"]
    commands = [action["text"].split() for action in found["actions"] if action["kind"] == "command"]
    assert [words[:3] for words in commands] == [["kanban", "set", "a"], ["kanban", "set", "b"]]
    for words in commands:
        run = kanban("-C", git_folder.root, *words[1:], "--dry-run", "--as-of", "2025-02-03")
        assert run.code == 0, run.err
