"""Every French text, read by machine for the faults that a reader stumbled over: each is a class, and each class is shown red.

What is asked of a person is an imperative (`écrivez`), what a verb or an option does is an infinitive, words are those of
`docs/glossary.md`, names to fill in are French, and gender and number agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from kanban.cli import VERBS, cli

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "kanban/i18n/locale/fr/LC_MESSAGES"
Pair = tuple[str, str]


def every_text() -> Iterator[Pair]:
    """Each text in English and in French, form by form; French has one form for 0 and 1."""
    for path in sorted(FOLDER.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="fr"):
                english = [message.id] if isinstance(message.id, str) else list(message.id)
                french = [message.string] if isinstance(message.string, str) else list(message.string or ())
                yield from zip(english, french, strict=True) if english != [""] else ()


TEXTS = list(every_text())
CODE = re.compile(
    r"`[^`]*`|\{[^}]*\}|“[^”]*”|«[^»]*»|\bboard\.yml\b|--[a-z-]+|^(?:kanban [a-z]+|printf|git config) .*?(?:  |$)"
)

ASKS = re.compile(
    r"^(?:add|agree|answer|ask|begin|call|change|check|choose|close|commit|correct|declare|delete|do|drop|empty|export|fill|find"
    r" out|finish|fix|follow|free|give|indent|install|keep|leave|let|list|look|make|map|move|name|pull|push|put|rename|remove"
    r"|replace|reinstall|run|save|say|see|set|settle|shorten|sign|split|start|take|tell|try|type|undo|use|wait|write)\b(?! mean)"
)
DO = r"(?:n[’']en |n[’']y |y |en |le |la |les |lui |leur |l[’']|s[’']|se )*"
INFINITIVE = re.compile(
    rf"(?:^|[;.] |\u202f; |, (?:ou |puis |et )?|\bou |\bpuis ){DO}(?!1er|1re)(\w+(?:er|ir|re|oir))\b"
)
NOUNS = frozenset(
    [
        "autre",
        "dernier",
        "premier",
        "première",
        "fichier",
        "dossier",
        "tiers",
        "entre",
        "contre",
        "votre",
        "notre",
        "titre",
        "caractère",
        "caractères",
        "centre",
        "arrière",
        "affaire",
        "heure",
        "libre",
        "octobre",
        "manager",
        "linter",
        "hier",
        "ordre",
        "nombre",
        "membre",
        "lettre",
        "chiffre",
        "derrière",
        "faire",
    ]
)
CHOICES = frozenset(
    (
        "take it back all the same",
        "try it for two weeks",
        "leave it as it is shared",
        "leave that out here as well",
        "share it again",
        "make it the team’s own, then edit it",
        "name the file: TAB completes what is there",
        "make contact",
        "pull from {column} only while there is room",
        "follow up at {days}",
        "pull it",
        "drop",
        "keep",
        "finish before you start",
        "pull while the column is under its WIP limit",
        "park it",
    )
)
"""Answers to choose from, the rules of a banner and the remedies of the diagnosis: what one may do, not what to type."""
ADVISED = frozenset({"diagnosis", "metrics", "rituals"})


@cache
def advised() -> frozenset[str]:
    """What a diagnosis, a red figure or a meeting advises a team: infinitives, as in a list of things to do."""
    texts = set()
    for name in ADVISED:
        with (FOLDER / f"{name}.po").open("rb") as file:
            texts |= {one.id for one in read_po(file) if isinstance(one.id, str)}
    return frozenset(texts) | CHOICES


def infinitives(english: str, french: str) -> list[str]:
    """The infinitives of a cure, where an imperative is due."""
    if not ASKS.match(english) or english in advised():
        return []
    return [one for one in INFINITIVE.findall(CODE.sub("_", french)) if one not in NOUNS]


def test_what_is_asked_is_an_imperative() -> None:
    assert {french: found for english, french in TEXTS if (found := infinitives(english, french))} == {}


THIRD = re.compile(
    r"^(?:Réunit|Compare|Vérifie|Explique|Cherche|Remplit|Prévoit|Parcourt|Installe|Énumère|Crée|Fait|Mesure|Fusionne|Ouvre"
    r"|Donne|Propose|Rappelle|Rejoue|Revoit|Montre|Reprend|Écrit|Ajoute|Ramène|Nomme|Range|Met|Tire|Pose|Fixe|Prend"
    r"|Retire|Coche|Sert|Revient|Répond|Dit|Supprime)\b "
)


def test_what_a_verb_does_is_an_infinitive() -> None:
    assert [french for _english, french in TEXTS if THIRD.match(french)] == []


NAMES = re.compile(
    r"(?<![A-Za-z_=/{`.-])(?:CARD|CARDS|COLUMN|FILE|FOLDER|DIR|ACCOUNT|ADDRESS|NAME|OLD|NEW|TEXT|VALUE|WORDS|REASON|DAY|RULE|PATH"
    r"|OWNER|FICHE|TICK|REQUIREMENT|COMMAND|SEARCH)\b"
)


def test_names_to_fill_in_are_french() -> None:
    assert [french for _english, french in TEXTS if NAMES.search(french)] == []


NOT_OURS = {
    r"\bmétriques?\b": "indicateur",
    r"\bune dispense\b|\bla dispense\b|\bdispensés\b": "dérogation",
    r"\bopportunités?\b": "affaire",
    r"\be-mails?\b|\bcourriels?\b": "mail",
    r"\bsévérité\b": "gravité",
    r"\bbandeaux?\b|\bpanneaux?\b": "bannière",
    r"\bmises? (?:de côté|au frais)\b|\ben veille jusqu|\ben attente jusqu": "nurturing",
    r"\bcommitter\b|\bcommis\b|\bversionn\w+|\bvalide[rz] par un commit\b": "commiter",
    r"\bfront matter\b": "en-tête",
    r"\bmotif de perte\b": "raison de perte",
    r"\bdéfinition de\b|\bDéfinitions?\b": "Definition of Ready, Definition of Done",
    r"\bgains?\b(?! en)(?<!taux de gain)(?<!Taux de gain)(?<!chances de gain)(?<!taux-de-gain)": "vente",
    r"\bformateur\b": "outil de mise en forme",
    r"\bprises? de contact\b": "touche",
    r"\bpoint quotidien\b|\bWeekly\b": "daily, hebdo",
    r"\brécrire\b|\brécri\w+": "réécrire",
}


@pytest.mark.parametrize("word", NOT_OURS)
def test_one_word_for_one_thing(word: str) -> None:
    said = re.compile(word, re.IGNORECASE if "[A-Z]" not in word and "Déf" not in word and "Wee" not in word else 0)
    found = [french for _english, french in TEXTS if said.search(CODE.sub("_", french))]
    assert found == [], f"the glossary says: {NOT_OURS[word]}"


ALSO = {
    "perdu": "perte|perd|ferm",
    "gagné": "gain|vente|won",
    "blocage": "bloqu|bloc",
    "carte": "elle|une|celles?",
    "tirer": "tir",
    "déplacer": "mouvement|pas|étape|avance|sort|écart|emmen|mett",
    "touche": "approch|modifi",
    "prochaine action": "suite|prochaines actions",
    "prévision": "prévoi",
    "âge": "âgé|ancien",
    "commit": "enregistr",
    "tableau": "site",
    "responsable": "propriétaire",
    "limite": "délai",
    "dérogation": "dérog",
    "débit": "throughput",
    "nurturing": "park",
    "linter": "linter",
    "sortie": "code",
    "revue": "relecture|revoir|examin|fusion",
    "daily": "daily",
}
"""Other words that may stand for the glossary's, by its French word: another form, or a turn of phrase."""
TERMS = ("board", "column", "card", "tick", "touch", "block", "owner", "close date", "won", "lost", "nurturing", "parked", "metric",
         "throughput", "cycle time", "forecast", "finding", "baseline", "waiver", "banner", "commit", "hook", "clone",
         "next action", "opportunity", "deal", "experiment", "weekly")  # fmt: skip
FREE = re.compile(
    r"lost to|in place of a report|nobody is working|texts and site|a person’s data|have the card blocked|: open, won, lost or parked|"
    r"longer|is ever lost|anybody's notes is lost|is lost slowly|where a deal is lost|settled|No line of|deals will take|Who won|"
    r"to be touched|get rid of|weekly wins|[Ww]eekly digest|by close date; parked|named scripts|may waive|in the baseline|Won, of decided"
)
"""What says the thing without its word, or says another thing with it."""


def glossary() -> dict[str, str]:
    """The French of each English word of the glossary's table."""
    rows = [
        line.split("|")[1:3] for line in (ROOT / "docs/glossary.md").read_text("utf-8").splitlines() if line[:2] == "| "
    ]
    words: dict[str, str] = {}
    for english, french in rows[1:]:
        ours, theirs = english.strip().split(", "), french.strip().split(", ")
        words |= {one: theirs[at] if len(theirs) == len(ours) else theirs[0] for at, one in enumerate(ours)}
    return words


def unsaid(term: str, word: str, texts: list[Pair]) -> list[Pair]:
    """The texts that say the term in English and not the glossary's word in French."""
    said = re.compile(rf"\b{term.removesuffix('y')}(?:s|y|ies|e?d|ted|ked)?\b", re.IGNORECASE)
    ours = re.compile(rf"{word[: max(4, len(word) - 2)]}|{ALSO.get(word, word)}", re.IGNORECASE)
    return [
        (english, french)
        for english, french in texts
        if said.search(CODE.sub("_", english)) and not ours.search(french) and not FREE.search(english)
    ]


@pytest.mark.parametrize("term", TERMS)
def test_the_words_of_the_glossary(term: str) -> None:
    assert (
        unsaid(
            term, glossary()[term], [pair for pair in TEXTS if not pair[0].startswith(("kanban ", "git ", "board:"))]
        )
        == []
    )


def test_every_example_is_told_in_french() -> None:
    """The examples of twelve verbs once stood in English in the help of a French board."""
    known = {english for english, _french in TEXTS}
    context = click.Context(cli)
    shown = [command for name in VERBS if (command := cli.get_command(context, name))]
    shown += [one for group in shown if isinstance(group, click.Group) for one in group.commands.values()]
    assert [one for command in shown for one in getattr(command, "examples", ()) if one not in known] == []


FEMININE = "cartes?|colonnes?|affaires?|prochaines? actions?|offres?|négociations?|relances?|touches?|coches?|raisons?|ventes?|Expedite"
MASCULINE = "tableaux?|constats?|montants?|responsables?|champs?|fichiers?|dossiers?|commits?|blocages?|essais?|mails?"
DISAGREES = re.compile(
    rf"\b(?:{FEMININE}) (?:ouvert|fermé|clos|gagné|perdu|bloqué|déplacé|supprimé|archivé|ajouté|lu|prêt|daté|dû|modifié|créé)s?\b"
    rf"|\b(?:{MASCULINE}) (?:\w+é|ouvert|perdu|dû|lu|prêt)e(?:s)?\b"
    rf"|\b(?:un|ce|cet|du|au) (?:carte|colonne|affaire|offre|négociation|touche|coche|raison|Expedite)\b"
    rf"|\b(?:une|cette|la) (?:tableau|constat|montant|champ|fichier|dossier|commit|blocage|essai|mail)\b"
    rf"|\b(?:de les|de le|à les|à le|que il|si il|que on)\b(?! (?:\w+er|\w+ir|\w+re)\b)"
)


def test_gender_agrees() -> None:
    wrong = {french: found[0] for _english, french in TEXTS if (found := DISAGREES.search(CODE.sub("_", french)))}
    assert wrong == {}


MANY = re.compile(r"^\{(?:count|n|days)\} (\w+)")
SAME = frozenset(["rendez", "mois", "fois", "pas", "sous", "de", "à", "se"])


def test_number_agrees() -> None:
    """`{count} cartes` says one card only in the plural, and the plural says several."""
    wrong = []
    for path in sorted(FOLDER.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="fr"):
                if isinstance(message.id, str):
                    continue
                one, many = message.string
                for form, ends in ((one, False), (many, True)):
                    word = MANY.match(form)
                    if word and (word[1][-1] in "sx") != ends and word[1] not in SAME:
                        wrong.append(form)
    assert wrong == []


SPACED = re.compile(
    r"(?<=\w)[\u00a0 ](?=[;!?](?:\s|$))|(?<=\w) (?=:(?:\s|$))|«(?!\u00a0)|(?<!\u00a0)»|'|(?<=\d) (?=%|Mo\b|Kio\b)|\.\.\.(?!B)"
)


def test_spaces_hold() -> None:
    assert [
        french for _english, french in TEXTS if SPACED.search(re.sub(r"`[^`]*`|\{[^}]*\}", "_", shown(french)))
    ] == []


def shown(french: str) -> str:
    """The text without the command of an example, which is typed as it stands."""
    return re.sub(
        r"^(?:kanban [a-z-]+|printf|git config|EDITOR=\S+|eval) .*?(?:  |$)|^(?:move|new|note|set) .*", "", french
    )


@pytest.mark.parametrize(
    ("english", "french", "found"),
    [
        ("write the banner", "écrire la bannière", ["écrire"]),
        ("remove it; or park it", "l’enlever\u202f; ou la mettre en nurturing", ["enlever", "mettre"]),
        ("choose one, or write `x`", "choisissez-en un, ou écrire `x`", ["écrire"]),
        ("write the day", "écrivez le jour", []),
        ("A card moves.", "Déplacer une carte.", []),
    ],
)
def test_an_infinitive_is_found(english: str, french: str, found: list[str]) -> None:
    assert infinitives(english, french) == found


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("carte fermé", DISAGREES),
        ("le tableau ouverte", DISAGREES),
        ("une fichier", DISAGREES),
        ("`kanban resolve` FICHE COLONNE", NAMES),
        ("dans CARD", NAMES),
        ("Compare deux tableaux", THIRD),
        ("git a refusé : {reason}", SPACED),
        ("vraiment\u00a0?", SPACED),
        ("« oui »", SPACED),
        ("40 %", SPACED),
    ],
)
def test_a_fault_is_found(fault: str, rule: re.Pattern[str]) -> None:
    assert rule.search(re.sub(r"\{[^}]*\}", "_", fault))


def test_a_term_that_is_not_the_glossary_s_is_found() -> None:
    assert unsaid("waiver", "dérogation", [("an expired waiver", "une dispense échue")]) != []
    assert unsaid("waiver", "dérogation", [("an expired waiver", "une dérogation échue")]) == []
