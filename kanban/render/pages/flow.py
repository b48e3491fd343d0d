"""The pages that follow the commit and not the folder: the numbers, and the meetings about the flow.

What they rest on, a report of all cards and a walk over all weeks that were, is worked out beside the other pages, with
what these tell of it.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import cast

from kanban.beside import Beside
from kanban.render.pages.meetings import MeetingRoom
from kanban.render.pages.numbers import Numbers, outlook_of
from kanban.render.pages.people import people_numbers
from kanban.render.pages.screen import screen_numbers
from kanban.render.pages.usual import usual_days
from kanban.render.plan import PlannedFile, digest
from kanban.render.site_input import Material

NUMBERS = "metrics.html"


def flow_pages(material: Material) -> Iterator[PlannedFile]:
    """`metrics.html`, and of an internal site with a whole history some of `meetings/….html`."""
    flow = Flow(material)
    key = material.numbers_key
    of_meetings = digest(key, sorted(material.board.files.items())) if key else ""
    for address, write in flow.pages.items():
        asked = partial(material.begun.page, address, write)
        is_first = address == NUMBERS
        yield PlannedFile(address, asked, key if is_first else of_meetings, begin=flow.begin if is_first else None)


class Flow:
    """What these pages share."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.numbers = Numbers(material)
        self.pages: dict[str, Callable[[], bytes]] = {NUMBERS: self.numbers.write}
        if material.has_past and not material.is_public:
            self.pages |= MeetingRoom(material).flow_pages()

    def begin(self) -> None:
        """Have all of it worked out; what reads files and rows of the index is read before."""
        material = self.material
        if material.numbers_key and material.report is not None:
            material.versions, material.clocks  # noqa: B018
            work = Beside(self._work)
            material.begun.begin(lambda: self._settled(work.answer()))
            if work.is_begun:
                material.__dict__.pop("report")  # as large as the cards, and asked by nobody here any more

    def _work(self) -> bytes:
        """The pages, and what was noted of the numbers meanwhile or asked for among what is known."""
        material = self.material
        before = list(material.known)
        self.numbers.begin()
        if not material.is_public:
            outlook_of(material), usual_days(material), people_numbers(material)
            screen_numbers(material)
        made = {address: write() for address, write in reversed(self.pages.items())}
        asked = asked_since(before, list(material.known))
        return marshal.dumps((made, [(name, material.known[name]) for name in asked]))

    def _settled(self, told: bytes) -> Mapping[str, bytes]:
        made, noted = marshal.loads(told)  # noqa: S302 - written by ourselves, in a file without a name
        self.material.known.update(noted)
        return cast("dict[str, bytes]", made)


def asked_since(before: Sequence[str], after: Sequence[str]) -> Sequence[str]:
    """Those that are new, or were asked for: each of these went behind the others, which stand as they stood."""
    stood = 0
    for one in before:
        stood += stood < len(after) and after[stood] == one
    return after[stood:]
