"""The views of an SQLite export: the usual questions, answered in SQL over the exported tables.

They follow the same definitions as the report (docs/metrics.md), so each gives the same figures; the tests compare.
"""

from kanban.i18n import N_
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """One view: its name, the question it answers, its query."""

    name: str
    question: str
    query: str


VIEWS = (
    View(
        "wip_now",
        N_("How many cards stand in each open column, and what is its limit?"),
        """
        SELECT c.position, c.column, c.name, count(k.card) AS cards, c.wip_limit,
               CASE WHEN c.wip_limit IS NULL THEN 'none' WHEN count(k.card) > c.wip_limit THEN 'red'
                    WHEN count(k.card) = c.wip_limit THEN 'amber' ELSE 'green' END AS light
        FROM columns c LEFT JOIN cards k ON k.column = c.column AND k.outcome = 'open'
        WHERE c.kind = 'open' GROUP BY c.column ORDER BY c.position
        """,
    ),
    View(
        "wip_daily",
        N_("How many cards stood in each open column at the end of each day?"),
        """
        WITH RECURSIVE days(day) AS (
            SELECT min(day) FROM events UNION ALL
            SELECT date(day, '+1 day') FROM days WHERE day < (SELECT value FROM facts WHERE name = 'as_of')),
        steps(day, column, cards) AS (
            SELECT since, column, 1 FROM stays UNION ALL
            SELECT until, column, -1 FROM stays WHERE until IS NOT NULL),
        daily AS (SELECT day, column, sum(cards) AS cards FROM steps GROUP BY day, column)
        SELECT d.day, c.column, coalesce(sum(s.cards) OVER (PARTITION BY c.column ORDER BY d.day), 0) AS cards
        FROM days d CROSS JOIN columns c LEFT JOIN daily s ON s.day = d.day AND s.column = c.column
        WHERE c.kind = 'open' AND d.day IS NOT NULL ORDER BY d.day, c.position
        """,
    ),
    View(
        "throughput_weekly",
        N_("How many cards were won, lost, parked or deleted per complete week, and how many arrived?"),
        """
        SELECT w.week, w.monday,
               (SELECT count(*) FROM cards WHERE ended_week = w.week AND outcome = 'won') AS won,
               (SELECT count(*) FROM cards WHERE ended_week = w.week AND outcome = 'lost') AS lost,
               (SELECT count(*) FROM cards WHERE ended_week = w.week AND outcome = 'parked') AS parked,
               (SELECT count(*) FROM cards WHERE ended_week = w.week AND outcome = 'deleted'
                                             AND started IS NOT NULL) AS deleted,
               (SELECT count(*) FROM cards WHERE started BETWEEN w.monday AND w.sunday) AS arrivals
        FROM weeks w ORDER BY w.monday
        """,
    ),
    View(
        "cycle_time",
        N_("How long did won cards take? Nearest-rank percentiles of inclusive days."),
        """
        WITH ranked AS (SELECT cycle_days, row_number() OVER (ORDER BY cycle_days) AS place, count(*) OVER () AS n
                        FROM cards WHERE outcome = 'won' AND cycle_days IS NOT NULL)
        SELECT coalesce(max(n), 0) AS n,
               min(CASE WHEN place * 100 >= 50 * n THEN cycle_days END) AS p50,
               min(CASE WHEN place * 100 >= 70 * n THEN cycle_days END) AS p70,
               min(CASE WHEN place * 100 >= 85 * n THEN cycle_days END) AS p85,
               min(CASE WHEN place * 100 >= 95 * n THEN cycle_days END) AS p95
        FROM ranked
        """,
    ),
    View(
        "time_in_column",
        N_("How many days did each card spend in each column, ended visits only?"),
        """
        SELECT card, column, sum(days) AS days, count(*) AS visits
        FROM stays WHERE until IS NOT NULL GROUP BY card, column
        """,
    ),
    View(
        "conversion",
        N_("Of the cards that entered a column: how many went on, left the board, or are undecided?"),
        """
        WITH first AS (SELECT s.card, s.column, min(s.number) AS number FROM stays s
                       JOIN columns c ON c.column = s.column WHERE c.kind = 'open' GROUP BY s.card, s.column),
        fate AS (SELECT f.column,
                        CASE WHEN EXISTS (
                                 SELECT 1 FROM stays later JOIN columns l ON l.column = later.column
                                 JOIN columns here ON here.column = f.column
                                 WHERE later.card = f.card AND later.number > f.number
                                   AND (l.kind = 'won' OR l.kind = 'open' AND l.position > here.position))
                             THEN 'advanced'
                             WHEN k.outcome = 'open' THEN 'open' ELSE 'exited' END AS fate
                 FROM first f JOIN cards k ON k.card = f.card)
        SELECT c.position, c.column, count(f.fate) AS entered, coalesce(sum(f.fate = 'advanced'), 0) AS advanced,
               coalesce(sum(f.fate = 'exited'), 0) AS exited, coalesce(sum(f.fate = 'open'), 0) AS open,
               1.0 * sum(f.fate = 'advanced') / nullif(sum(f.fate <> 'open'), 0) AS rate
        FROM columns c LEFT JOIN fate f ON f.column = c.column
        WHERE c.kind = 'open' GROUP BY c.column ORDER BY c.position
        """,
    ),
    View(
        "weighted_pipeline",
        N_("What is amount × probability of the open cards, by month of the close date?"),
        """
        SELECT currency,
               CASE WHEN close_date IS NULL THEN 'undated'
                    WHEN close_date < (SELECT value FROM facts WHERE name = 'as_of') THEN 'past_due'
                    ELSE substr(close_date, 1, 7) END AS bucket,
               round(sum(amount * probability), 2) AS weighted, count(*) AS cards
        FROM cards WHERE outcome = 'open' AND amount IS NOT NULL AND probability IS NOT NULL
        GROUP BY currency, bucket ORDER BY currency, bucket
        """,
    ),
    View(
        "without_next_action",
        N_("Which open cards owe a dated next action, or are late with it?"),
        """
        SELECT card, column, owner, next_action, next_action_date,
               CASE WHEN next_action_date < (SELECT value FROM facts WHERE name = 'as_of') THEN 'late'
                    ELSE 'missing' END AS trouble
        FROM cards WHERE outcome = 'open'
          AND (next_action IS NULL OR next_action_date IS NULL
               OR next_action_date < (SELECT value FROM facts WHERE name = 'as_of'))
        ORDER BY next_action_date IS NOT NULL, next_action_date, card
        """,
    ),
    View(
        "lost_reasons",
        N_("Why were deals lost, and how much with them?"),
        """
        SELECT lost_reason, currency, count(*) AS cards, round(sum(amount), 2) AS amount
        FROM cards WHERE outcome = 'lost' GROUP BY lost_reason, currency ORDER BY cards DESC, lost_reason
        """,
    ),
    View(
        "owners",
        N_("Who won and lost how much? Closed cards count for the owner they were closed by."),
        """
        SELECT coalesce(owner_at_close, owner) AS owner, sum(outcome = 'open') AS open, sum(outcome = 'won') AS won,
               sum(outcome = 'lost') AS lost, currency,
               round(sum(CASE WHEN outcome = 'won' THEN amount ELSE 0 END), 2) AS won_amount
        FROM cards WHERE outcome <> 'deleted'
        GROUP BY coalesce(owner_at_close, owner), currency ORDER BY won DESC, 1
        """,
    ),
)
"""Every view, in the order of the guide."""
