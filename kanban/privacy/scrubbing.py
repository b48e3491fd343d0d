"""Free text for strangers: only everyday words of the trade stay, everything else becomes `…`.

Who is named in a text cannot be known from a list of names: a colleague of the contact, a town, a product stand in no
field. So the list is one of words that may stay (`everyday.txt`, and `site.public_words` of the board), never one of
words that must go. Of that list goes what names somebody on this board, now or earlier.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files

from kanban.privacy.words import Names, folded

GAP = "…"
_PART = re.compile(r"(?:[cdjlmnst]|qu)['’](?=\w)|[^\W\d_]+|\s+|[.,;:!?()«»\"'’/&–—-]|.", re.IGNORECASE | re.DOTALL)
_GAPS = re.compile(r"…(?:[^\w,;:…]*…)+")
_BETWEEN = frozenset(
    ("after", "and", "avant", "avec", "chez", "dans", "des", "for", "from", "les", "par", "pour", "sans", "the", "with")
)
"""Words that hold a sentence together; that a name has one in it (`Centrale des Eaux`) does not make it a name."""

_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*|\S+\.[^\W\d_]{2,}\S*")
_SENTENCE_END = frozenset(".!?:")
_ALWAYS_LARGE = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "i"])


@cache
def everyday_words() -> frozenset[str]:
    """The words that the text of any board may show, folded."""
    text = files(__package__).joinpath("everyday.txt").read_text(encoding="utf-8")
    return frozenset(folded(text).split())


class Scrubber:
    """Takes out of a text all but everyday words. `names` is asked for when the first text comes."""

    def __init__(self, more: Iterable[str], names: Callable[[], Names]) -> None:
        self._allowed = everyday_words() | {folded(word) for word in more}
        self._names = names

    def scrubbed(self, text: str) -> str:
        """`Demo Quandrix with Helene, budget 271 k` → `Demo … with …, budget …`."""
        shown: list[str] = []
        begins = True
        for part in _PART.findall(_ADDRESS.sub(GAP, text)):
            shown.append(part if self._may_stay(part, begins=begins) else GAP)
            if not part.isspace():
                begins = part in _SENTENCE_END
        return " ".join(_GAPS.sub(GAP, "".join(shown)).split())

    def _may_stay(self, part: str, *, begins: bool) -> bool:
        """A word in the middle of a sentence that begins with a capital is a name, whatever else it may mean."""
        if not part[0].isalnum():
            return part.isspace() or part in ".,;:!?()«»\"'’/&–—-"
        if part[-1] in "'’":
            return True
        plain = folded(part)
        if plain not in self._allowed:
            return False
        if not begins and part[0].isupper() and not part.isupper() and plain not in _ALWAYS_LARGE:
            return False
        return len(plain) <= 2 or plain in _BETWEEN or not self._names().hold(plain)
