"""How long cards usually stay in each column: what the days on a card stand against."""

import json
from collections.abc import Mapping

from kanban.metrics.base.percentiles import is_the_maximum
from kanban.render.site_input import Material


def usual_days(material: Material) -> Mapping[str, int]:
    """Column → the days within which 85% of the cards left it, where enough have."""

    def work() -> str:
        rows = material.report.time_in_column if material.report is not None else ()
        return json.dumps({one.column: one.p85 for one in rows if one.p85 and not is_the_maximum(one.n, 85)})

    read: dict[str, int] = json.loads(material.recalled("usual", work))
    return read
