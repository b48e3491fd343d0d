"""The French of what the tools write into the guides that they make; texts of the product are its catalogue's."""

from __future__ import annotations

from kanban.i18n import _
from kanban.i18n.catalogue import current_language

LANGUAGES = ("en", "fr")
_FRENCH = {
    # tools/reference.py
    "The command line": "La ligne de commande",
    "Made from the code by `python tools/reference.py`. `-C DIR`, `--lang en|fr` and `--color WHEN`\n"
    "may stand before or after any verb. Exit codes: 0 clean, 1 findings or a move refused by policy,\n"
    "2 could not be done, 130 interrupted. The variable `KANBAN_AS_OF` stands\n"
    "for `--as-of` wherever a verb has it.": (
        "Page faite à partir du code par `python tools/reference.py`. `-C DIR`, `--lang en|fr` et\n"
        "`--color QUAND` se mettent avant ou après le verbe. Codes de sortie : 0 tout va bien,\n"
        "1 des constats ou un déplacement refusé par une règle, 2 n’a pas pu être fait,\n"
        "130 interrompu. La variable `KANBAN_AS_OF` vaut `--as-of` partout où un verbe l’a."
    ),
    "option": "option",
    "meaning": "ce que c’est",
    "setting": "réglage",
    "default": "par défaut",
    "required": "obligatoire",
    "key": "clé",
    "type": "type",
    "label": "libellé",
    "board.yml and cards, field by field": "board.yml et les cartes, champ par champ",
    "Made from the code by `python tools/reference.py`. `kanban schema board` prints the same as a\n"
    "JSON Schema. A setting that cannot be used is reported with its line by `kanban lint`;\n"
    "the default then holds.": (
        "Page faite à partir du code par `python tools/reference.py`. `kanban schema board` dit la même chose\n"
        "en JSON Schema. Un réglage inutilisable est signalé, avec sa ligne, par `kanban lint` ;\n"
        "la valeur par défaut vaut alors."
    ),
    "Fields of a card": "Les champs d’une carte",
    "All are optional; unknown keys are kept for ever, byte for byte.": (
        "Tous sont facultatifs ; les clés inconnues sont gardées pour toujours, à l’octet près."
    ),
    # tools/rule_pages.py
    "Made from the code by `python tools/rule_pages.py`: change the rule, not this page.": (
        "Page faite à partir du code par `python tools/rule_pages.py` : changer la règle, pas cette page."
    ),
    "Waivers, baseline and settings": "Dérogations, état accepté et réglages",
    "The file and its YAML": "Le fichier et son YAML",
    "Fields and their types": "Les champs et leurs types",
    "The board": "Le tableau",
    "Steps over a range of commits": "Les pas d’une suite de commits",
    "Sales hygiene": "L’hygiène commerciale",
    "Privacy": "Les données personnelles",
    "References": "Les références",
    "the git history": "l’historique git",
    "a change to look at": "un changement à regarder",
    "what the other rules found": "ce que les autres règles ont trouvé",
    "nothing but the board": "rien que le tableau",
    "nothing": "rien",
    "a card or `board.yml`": "une carte ou `board.yml`",
    "`board.yml` only": "`board.yml` seul",
    ", so that a clock blocks nobody": ", pour que l’horloge ne bloque personne",
    "severity": "gravité",
    "looks at": "regarde",
    "needs": "demande",
    "fix": "correction",
    "waived by": "dérogation dans",
    "since": "depuis",
    "Why.": "Pourquoi.",
    "Flags.": "Signale.",
    "Cure.": "Remède.",
    "Flagged": "Signalé",
    "Not flagged": "Pas signalé",
    "code": "code",
    "name": "nom",
    "what it holds": "ce qu’elle tient",
    "safe": "sûre",
    "unsafe": "incertaine",
    # tools/sheet_page.py
    "Made from the tests by `python tools/sheet_page.py`: change tests/sheet/table.py, not this page.": (
        "Page faite à partir des tests par `python tools/sheet_page.py` : changer tests/sheet/table.py, pas cette page."
    ),
    "The sheet, row by row": "La fiche, ligne par ligne",
    "The sales sheet that the product carries out: what does each row, and how to see it. Every way in the table is\n"
    "typed by a test on real repositories: on {boards}. “Refused” is what a wrong word gets; “by hand” is what the\n"
    "linter says of a file written in an editor, and whether the commit hook refuses it; “moved” what it says of\n"
    "`git mv`. D24 to D43 are held against numbers counted from a told story (tests/sheet/test_figures.py).\n"
    "`x`, `y` and `z` are cards; `{{meeting}}` is the folder of a column.": (
        "La fiche commerciale que le produit applique : ce que fait chaque ligne, et comment le voir. Chaque commande\n"
        "du tableau est tapée par un test sur de vrais dépôts : {boards}. « Refusé » : ce qu’obtient un mot faux ;\n"
        "« à la main » : ce que dit le linter d’un fichier écrit dans un éditeur, et si le hook de commit le refuse ;\n"
        "« déplacé » : ce qu’il dit de `git mv`. De D24 à D43, les chiffres sont comparés à ceux\n"
        "d’une histoire racontée (tests/sheet/test_figures.py). `x`, `y` et `z` sont des cartes ;\n"
        "`{{meeting}}` est le dossier d’une colonne."
    ),
    "{preset} in {language}": "{preset} en {language}",
    "fr": "français",
    "en": "anglais",
    "row": "ligne",
    "what": "quoi",
    "what does it": "ce qui le fait",
    "to see it": "pour le voir",
    "refused": "refusé",
    "by hand": "à la main",
    "moved by plain git": "déplacé par git seul",
    "on the site": "sur le site",
}


def said(text: str) -> str:
    """A text of a tool in the language in force. Raises KeyError for one that has no French."""
    return _FRENCH[text] if current_language() == "fr" else text


def switch(name: str, deeper: str = "") -> str:
    """The line below a guide's title that leads to the same guide in the other language; `deeper` is its folder."""
    up = "../" * (1 + deeper.count("/"))
    if current_language() == "fr":
        return f"[English]({up}{deeper}{name}) · **Français**"
    return f"**English** · [Français]({'../' * deeper.count('/')}fr/{deeper}{name})"


def translated(text: str) -> str:
    """A text of the product, in the language in force."""
    return _(text)
