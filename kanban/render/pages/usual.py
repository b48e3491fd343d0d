"""How long cards usually stay in each column: what the days on a card stand against."""

import json
from collections.abc import Mapping

from kanban.metrics.base.percentiles import is_the_maximum
from kanban.render.pages.numbers import numbers_key
from kanban.render.site_input import Material


def usual_days(material: Material) -> Mapping[str, int]:
    """Column → the days within which 85% of the cards left it, where enough have; worked out once a commit and day."""
    key = numbers_key(material)
    name = f"usual {key}"
    if not key or name not in material.known:
        rows = material.report.time_in_column if material.report is not None else ()
        found = {one.column: one.p85 for one in rows if one.p85 and not is_the_maximum(one.n, 85)}
        if not key:
            return found
        material.known[name] = json.dumps(found)
    read: dict[str, int] = json.loads(material.known[name])
    return read
