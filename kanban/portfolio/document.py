"""What several boards answer, as data."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypedDict


class PortfolioDocument(TypedDict):
    """The boards' own documents side by side."""

    schema: Literal["kanban-portfolio/1"]
    boards: Annotated[dict[str, dict[str, Any]], "by name: what the same verb prints for the board alone"]
    failed: Annotated[dict[str, str], "by name: why a board cannot answer"]
