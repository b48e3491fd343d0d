"""The numbers page."""

from __future__ import annotations

from collections.abc import Iterator

from kanban.render.material import Material
from kanban.render.plan import PlannedFile


def numbers_page(material: Material) -> Iterator[PlannedFile]:
    """`metrics.html`."""
    yield from ()
