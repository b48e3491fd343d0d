"""JSON that others wrote: whatever is wrong with it is one error."""

from __future__ import annotations

import json
from typing import Any


def foreign_json(text: str | bytes) -> Any:
    """What the text says. Raises ValueError for all that is no JSON, brackets within brackets without end included."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested without end") from error
