"""Words a person picks: yes or no, one of a list, a whole number, a list of words."""

import re
from collections.abc import Mapping, Sequence

from kanban.i18n import _, in_every_language
from kanban.model.text.plain import nearest
from kanban.model.typed.numerals import numeral_readings
from kanban.model.typed.result import Read, bare, shown, unaccented

_TRUE = frozenset({"yes", "oui", "true", "vrai"})
_FALSE = frozenset({"no", "non", "false", "faux"})
_LONGEST = 18
_COUNTS = {
    word: number
    for number, words in enumerate(
        (
            "zero aucun aucune none",
            "un une one",
            "deux two",
            "trois three",
            "quatre four",
            "cinq five",
            "six",
            "sept seven",
            "huit eight",
            "neuf nine",
            "dix ten",
            "onze eleven",
            "douze twelve",
        )
    )
    for word in words.split()
}


def fold(text: str) -> str:
    """A word without case, accents or the difference between space, hyphen and underscore: `RDV-pris` = `rdv pris`."""
    return re.sub(r"[ _-]+", " ", unaccented(text)).strip()


def read_integer(text: str, *, minimum: int = 0, maximum: int | None = None) -> Read[int]:
    """Read a whole number, in digits or a small one in words, from `minimum` to `maximum`.

    Both are included; there is no upper bound when `maximum` is None.

    Problem codes: `integer-unreadable`, `integer-out-of-range`.
    """
    plain = str(_COUNTS.get(unaccented(text), bare(text)))
    digits = plain.removeprefix("-").removeprefix("−")
    readings = numeral_readings(digits, "") if len(plain) <= _LONGEST and not set(".,") & set(digits) else ()
    if not readings:
        message = _("`{text}` is not a whole number").format(text=shown(text))
        return Read(None, "integer-unreadable", message, _("write it in digits, like 15"))
    number = int(readings[0]) * (1 if digits == plain else -1)
    if number < minimum or (maximum is not None and number > maximum):
        return Read(None, "integer-out-of-range", *_range_texts(text, minimum, maximum))
    return Read(number)


def _range_texts(text: str, minimum: int, maximum: int | None) -> tuple[str, str]:
    if maximum is None:
        message = _("`{text}` is too small: the least is {minimum}").format(text=shown(text), minimum=minimum)
        return message, _("write {minimum} or more").format(minimum=minimum)
    message = _("`{text}` is out of range").format(text=shown(text))
    return message, _("write a number from {minimum} to {maximum}").format(minimum=minimum, maximum=maximum)


def read_bool(text: str) -> Read[bool]:
    """Read yes or no, in words, in either language. Problem code: `yes-no-unreadable`."""
    word = fold(text)
    if word in _TRUE or word in _FALSE:
        return Read(word in _TRUE)
    message = _("`{text}` is neither yes nor no").format(text=shown(text))
    return Read(None, "yes-no-unreadable", message, _("write yes or no"))


def read_choice(text: str, choices: Sequence[str] | Mapping[str, str]) -> Read[str]:
    """Find which of `choices` is meant, whatever the case, accents and hyphens; the value is the choice as listed.

    A word is understood in either language, whichever is in force, and by its other names (`also_said`). `choices`
    may be a mapping from key to the board's own label: that is understood too, the key is the value.
    Problem codes: `choice-unknown` (with what this reader may type as cure), `choice-ambiguous`.
    """
    labels = dict(choices) if isinstance(choices, Mapping) else {choice: choice for choice in choices}
    folded = fold(text)
    named = [bare(text)] if bare(text) in labels else [key for key in labels if fold(key) == folded]
    labelled = [key for key, label in labels.items() if fold(label) == folded]
    if named or len(labelled) == 1:
        return Read((named or labelled)[0])
    meant = labelled or [key for key, words in _spoken(labels).items() if folded in words]
    if len(meant) == 1:
        return Read(meant[0])
    if meant:
        message = _("`{text}` fits several: {choices}").format(text=shown(text), choices=", ".join(meant))
        return Read(None, "choice-ambiguous", message, _("write one of them exactly"))
    message = _("`{text}` is not among the choices").format(text=shown(text))
    return Read(None, "choice-unknown", message, _did_you_mean(folded, labels))


def choice_said(key: str, label: str = "") -> str:
    """A choice as this reader types it: by the board's own label, else in the language in force."""
    return label if label and label != key else _(key)


def _spoken(labels: Mapping[str, str]) -> dict[str, set[str]]:
    """Every way in which each choice is said, folded."""
    return {
        key: {fold(word) for said in (key, label) for word in (said, *in_every_language(said))}
        for key, label in labels.items()
    }


def _did_you_mean(folded: str, labels: Mapping[str, str]) -> str:
    shown = {key: choice_said(key, label) for key, label in labels.items()}
    spellings = {word: shown[key] for key, words in _spoken(labels).items() for word in sorted(words)}
    near = dict.fromkeys(spellings[match] for match in nearest(folded[:80], spellings, most=3, alike=0.55))
    if near:
        return _("did you mean {choices}?").format(choices=", ".join(near))
    return _("write one of: {choices}").format(choices=", ".join(dict.fromkeys(shown.values())))


def read_list(text: str | Sequence[str]) -> tuple[str, ...]:
    """The words of a text separated by commas or semicolons (or of a list already split), in order, each once.

    Nothing here can be refused: blanks and repeats are dropped.
    """
    parts = re.split(r"[,;\n]", text) if isinstance(text, str) else text
    return tuple(dict.fromkeys(item for item in map(bare, parts) if item))
