"""The built-in card templates: each in both languages a card with front matter, and no other name reads a file."""

import pytest

from kanban.model.templates import TEMPLATES, template_text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_is_a_card_with_front_matter(language: str) -> None:
    assert all(template_text(name, language).startswith(b"---\n") for name in TEMPLATES)


@pytest.mark.parametrize(("name", "language"), [("discovery", "de"), ("nothing", "en"), ("../presets/b2b", "en")])
def test_no_other_file_is_read(name: str, language: str) -> None:
    with pytest.raises(KeyError):
        template_text(name, language)
