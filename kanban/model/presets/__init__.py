"""Ready-made boards: the text of `board.yml` that `kanban init` writes, per preset and language."""

from importlib import resources

PRESETS = ("b2b", "phone")


def preset_text(preset: str, language: str) -> str:
    """The `board.yml` of a preset in a language, comments included. Raises KeyError for an unknown pair."""
    if preset not in PRESETS or language not in ("en", "fr"):
        raise KeyError((preset, language))
    return resources.files(__name__).joinpath(f"{preset}.{language}.yml").read_text(encoding="utf-8")
