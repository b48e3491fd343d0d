"""The sales sheet as a table: each row with what does it, how to see it, and how it is broken.

`tools/sheet_page.py` makes docs/sheet.md of it; `test_rows.py` goes through every way of every row on boards of both
presets in both languages. Columns are called as in `stage.COLUMNS`; `{meeting}` in a command is the folder's name.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Cards = dict[str, dict[str, str]]
"""`column/card` → the fields that differ from those of an ordinary card; `body` is its text."""

B2B = ("b2b",)
BOTH = ("b2b", "phone")


@dataclass(frozen=True)
class Row:
    """One row. Every way that it has is tried.

    `see`: a command whose answer holds a text. `right`: typed in turn, each works. `wrong`: typed on the board with
    `cards`, refused with these words. `hand`: written by hand, with the code that lint then gives; `hook`: the hook
    refuses it too. `moved`: a card moved by plain git, `card column`, and the code that lint then gives the commit.
    `site`: a page, and what stands there.
    """

    id: str
    what: str
    does: str
    see: tuple[str, str] = ("", "")
    presets: tuple[str, ...] = BOTH
    cards: Cards = field(default_factory=dict)
    right: tuple[str, ...] = ()
    wrong: tuple[str, str] = ("", "")
    hand: Cards = field(default_factory=dict)
    code: str = ""
    hook: bool = False
    moved: tuple[str, str] = ("", "")
    site: tuple[str, str] = ("", "")


TICKED = {"dor": "[contact-opt-in, need-explicit, agenda-sent, brief-validated]", "decision_maker": "Roy"}
HELD = {**TICKED, "dod": "[meeting-held, receipt-acknowledged]"}
EIGHT = {f"offer/o{number}": HELD for number in range(8)}
TEN = {f"meeting/m{number}": TICKED for number in range(10)}
LABEL = {"blocked_since": "2026-09-28", "blocked_cause": "legal", "blocked_next": "call", "blocked_owner": "Zoé"}
FOUR = "\n## Notes\n\n### 2026-10-01\n\n- one\n- two\n- three\n- four\n"
ACTION = {"next_action": "", "next_action_date": ""}
FOLLOWED = {**HELD, "next_action_date": "2026-10-08"}

ROWS = (
    Row("D01", "B2B board", "`kanban init --preset b2b`", ("board", "/15"), B2B, site=("index.html", "15")),
    Row("D02", "phone board", "`kanban init --preset phone`", ("board", "/30"), ("phone",), site=("index.html", "30")),
    Row(
        "D03",
        "WIP limits",
        "`wip:` in board.yml; refused by `move`, `pull`, `set`, `new`; KB304",
        ("board", "/10"),
        cards=TEN | {"before/z": {**HELD, "amount": "9000"}},
        right=("new Beta",),
        wrong=("move z {meeting}", "10"),
        moved=("z {meeting}", "KB304"),
        hand={"meeting/late": TICKED},
        code="KB304",
        hook=True,
        site=("index.html", "10"),
    ),
    Row(
        "D04",
        "pull from upstream",
        "`kanban move`, `kanban pull`; KB401",
        ("ready x", "kanban |Appelé|Called"),
        cards={"prospects/x": {}, "prospects/y": {**HELD, "amount": "9000"}},
        right=("move y {next}",),
        wrong=("move x {meeting}", "--reason"),
        moved=("y {meeting}", "KB401"),
        site=("cards/y.html", "Prêt|Ready|Avant|Before"),
    ),
    Row(
        "D05",
        "catch up first",
        "`kanban next` ranks it, `new`, `move` and `pull` say it",
        ("next", "late"),
        cards={"meeting/late": {**TICKED, "next_action_date": "2026-10-01T10:00"}},
        right=("new Beta",),
        site=("meetings/daily.html", "late"),
    ),
    Row(
        "D06",
        "pull stop",
        "`policies.pull_stop`; refused by `move` and `pull`; KB409",
        ("daily", "bare"),
        cards={"prospects/bare": ACTION, "prospects/x": HELD},
        right=("set bare next_action=call next_action_date=+2d", "set x amount=9000", "move x {next}"),
        wrong=("move x {next}", "bare"),
        moved=("x {next}", "KB409"),
        site=("meetings/daily.html", "bare"),
    ),
    Row(
        "D07",
        "fields of a card",
        "`kanban new`, `set`, `show`; KB2xx",
        ("show x", "28"),
        cards={"prospects/x": {"amount": "28 k€", "probability": "40 %", "role": "AE"}},
        right=("set x amount='30 k€' next_action_date='2026-10-12 10:00' role=sdr risk=haute",),
        wrong=("set x role=XYZ", "SDR"),
        hand={"prospects/y": {"amount": "a lot"}},
        code="KB202",
        hook=True,
        site=("cards/x.html", "28"),
    ),
    Row(
        "D08",
        "the reference card",
        "`kanban demo`: acme-sso",
        ("show x", "28"),
        cards={"meeting/x": {**TICKED, "amount": "28 k€", "contact": "M. Dubois", "source": "Salon IT"}},
        site=("cards/x.html", "Dubois"),
    ),
    Row(
        "D09",
        "discovery card",
        "`kanban new … --template discovery`",
        ("show x", "three tools"),
        cards={"prospects/x": {"need": "three tools", "persona": "CTO", "budget": "30 k€"}},
        right=("new Y --template discovery", "new Z --template inbound", "lint"),
        wrong=("new Y --template zzz", "zzz"),
        hand={"prospects/y": {"next_action_date": "someday"}},
        code="KB205",
        hook=True,
        site=("cards/x.html", "CTO"),
    ),
    Row(
        "D10",
        "outbound card, three touches",
        "`kanban new … --template outbound`, `touch`, `park`; KB526",
        ("next", "park x"),
        cards={"prospects/x": {"touches": "3"}},
        right=("new Y --template outbound", "touch y", "touch y mail", "touch y linkedin", "park y"),
        wrong=("touch x", "park x"),
        hand={"prospects/z": {"touches": "4"}},
        code="KB526",
        site=("cards/x.html", "3"),
    ),
    Row(
        "D11",
        "offer card",
        "`kanban new … --template offer`",
        ("show x", "two sites"),
        cards={"prospects/x": {"scope": "two sites", "risk": "high", "follow_up_date": "2026-10-20"}},
        right=("new Y --template offer", "set y risk=faible"),
        wrong=("set x risk=enormous", "enormous"),
        hand={"prospects/y": {"risk": "enormous"}},
        code="KB206",
        hook=True,
        site=("cards/x.html", "two sites"),
    ),
    Row(
        "D12",
        "negotiation card",
        "`kanban new … --template negotiation`; KB530",
        see=("show x", "lock-in"),
        cards={"prospects/x": {"objections": "[price, lock-in]", "signature_plan": "by the board"}},
        right=("new Y --template negotiation", "set y objections='price, delay, lock-in'"),
        wrong=("lose x --reason 'they vanished'", "--note"),
        site=("cards/x.html", "by the board"),
        hand={"prospects/z": {"objections": "[a, b, c, d]"}},
        code="KB530",
    ),
    Row(
        "D13",
        "Definition of Ready",
        "`dor:` in board.yml; `kanban ready`, `move`; KB511, KB406",
        ("ready x", "agenda-sent"),
        B2B,
        cards={"qualified/x": {**TICKED, "dor": "[contact-opt-in, need-explicit]"}},
        wrong=("move x {meeting}", "agenda-sent"),
        hand={"meeting/y": {}},
        code="KB511",
        hook=True,
        site=("print/banners.html", "Definition of Ready|prêt|To enter|Pour entrer"),
    ),
    Row(
        "D14",
        "Definition of Done",
        "`dod:` in board.yml; `kanban tick`, `move`; KB407, KB411",
        ("ready x", "meeting-held"),
        cards={"meeting/x": TICKED},
        wrong=("tick x meeting-held", "2026-10-12"),
        moved=("x {won}", "KB407"),
        right=("note x early --next offer --on +2d --tick meeting-held",),
        site=("print/banners.html", "Definition of Done|terminé|To leave|Pour sortir"),
    ),
    Row(
        "D15",
        "call notes in three bullets",
        "`kanban note`; KB506",
        see=("show x", "- SSO"),
        cards={"prospects/x": {"body": "\n## Notes\n\n### 2026-10-01\n\n- SSO\n"}},
        right=("note x one two three",),
        wrong=("note x one two three four", "3"),
        site=("cards/x.html", "SSO"),
        hand={"prospects/y": {"body": FOUR.replace("### 2026-10-01\n\n", "").replace("Notes", "Call notes")}},
        code="KB506",
        hook=True,
    ),
    Row(
        "D16",
        "block label",
        "`kanban block`, `unblock`; red in every view; KB510",
        ("next", "legal"),
        cards={"prospects/x": LABEL},
        right=("unblock x --next call --on +2d", "block x --cause legal --next call --who Zoé"),
        wrong=("block x --cause legal", "--who"),
        hand={"prospects/y": {"blocked_cause": "legal"}},
        code="KB510",
        hook=True,
        site=("print/blocks.html", "legal"),
    ),
    Row(
        "D17",
        "classes of service",
        "`classes:` in board.yml; limits in `set`, `new`, `move`; KB305, KB512–KB516",
        see=("list", "Expedite"),
        cards={"prospects/x": {"class": "expedite"}, "prospects/y": {}},
        right=("new P --class partner", "set y class=fixed-date fixed_date=2026-10-30"),
        wrong=("set y class=expedite", "Expedite"),
        hand={"prospects/z": {"class": "expedite"}},
        code="KB305",
        hook=True,
        site=("index.html", "Expedite"),
    ),
    Row(
        "D18",
        "normalised lost reasons",
        "`kanban lose --reason`; KB505",
        cards={"prospects/x": {}, "prospects/y": {}},
        right=("lose y --reason prix",),
        moved=("x {lost}", "KB505"),
        site=("cards/x.html", "x"),
        wrong=("lose x --reason 'trop cher du tout'", "--note"),
        hand={"lost/z": {"lost_reason": "trop cher du tout"}},
        code="KB505",
        hook=True,
    ),
    Row(
        "D19",
        "daily, 10 minutes",
        "`kanban daily`",
        ("daily", "legal"),
        cards={"prospects/x": LABEL},
        site=("meetings/daily.html", "legal"),
    ),
    Row(
        "D20",
        "weekly, 30 minutes",
        "`kanban weekly`",
        ("weekly", "kanban park x"),
        cards={"prospects/x": {"created": "2026-08-20"}},
        site=("meetings/weekly.html", "X"),
    ),
    Row(
        "D21",
        "flow review, 20 minutes",
        "`kanban review`",
        ("review --json", "bottleneck"),
        site=("meetings/review.html", "20"),
    ),
    Row(
        "D22",
        "objection workshop",
        "`kanban workshop`",
        ("workshop --json", "replays"),
        cards={"lost/x": {"lost_reason": "price"}},
        site=("meetings/workshop.html", "."),
    ),
    Row("D23", "start-up checklist", "`kanban init` prints it, `kanban doctor` checks it", ("doctor", "wip|WIP")),
    Row("D24", "throughput", "`kanban metrics`", ("metrics --json", '"won_per_week"'), site=("metrics.html", ".")),
    Row("D25", "cycle time", "`kanban metrics`", ("metrics --json", '"cycle_time"'), site=("metrics.html", ".")),
    Row(
        "D26",
        "conversion per stage",
        "`kanban metrics`",
        ("metrics --json", '"conversion"'),
        site=("metrics.html", "."),
    ),
    Row(
        "D27",
        "card age",
        "`kanban list`, `board`, `metrics`; KB503",
        ("list", "12"),
        cards={"prospects/x": {"created": "2026-09-23"}},
        hand={"prospects/y": {"created": "2026-09-23"}},
        code="KB503",
        site=("cards/x.html", "12"),
    ),
    Row(
        "D28",
        "weighted pipeline",
        "`kanban metrics`, by month and by quarter",
        ("metrics", "[QT]4 2026"),
        cards={"prospects/x": {"amount": "10000", "probability": "40", "close_date": "2026-10-30"}},
        site=("metrics.html", "[QT]4 2026"),
    ),
    Row(
        "D29",
        "light in Negotiation, escalated on day 7",
        "`ageing:`, `escalate:` in board.yml; `next`, `weekly`; KB508",
        ("next", "escalated="),
        B2B,
        cards={"negotiation/x": {**FOLLOWED, "created": "2026-09-28"}},
        right=("set x escalated=today",),
        hand={"negotiation/y": {**FOLLOWED, "created": "2026-09-28"}},
        code="KB508",
        site=("index.html", "7"),
    ),
    Row(
        "D30",
        "cards without a next action",
        "`kanban metrics`, `next`; KB501",
        ("metrics --json", '"share_missing"'),
        cards={"prospects/x": ACTION},
        hand={"prospects/y": ACTION},
        code="KB501",
        hook=True,
        site=("metrics.html", "100"),
    ),
    Row("D31", "Little's law", "`kanban metrics`", ("metrics --json", '"little"')),
    Row("D32", "targets and baselines", "`targets:` in board.yml; `kanban metrics`", ("metrics --json", '"targets"')),
    Row("D33", "wins forecast", "`kanban forecast`", ("forecast --json", '"sheet_rule"'), site=("metrics.html", ".")),
    Row("D34", "inputs shown", "`kanban forecast`", ("forecast --json", '"lead_time_p50"')),
    Row("D35", "stress test", "`kanban forecast`", ("forecast --json", '"stress"')),
    *(
        Row(code, what, "`kanban diagnose`", ("diagnose --json", f'"{code}"'), site=("meetings/diagnosis.html", "."))
        for code, what in (
            ("D36", "many offers, few wins"),
            ("D37", "meetings cancelled"),
            ("D38", "fixed dates at risk"),
            ("D39", "many meetings, few offers"),
            ("D40", "offers stuck"),
            ("D41", "endless negotiation"),
            ("D42", "too many Expedites"),
            ("D43", "erratic forecasts"),
        )
    ),
    Row(
        "D44",
        "mail after an offer",
        "`kanban mail CARD follow-up`",
        ("mail x follow-up", "Ana"),
        B2B,
        cards={
            "offer/x": {**FOLLOWED, "amount": "9000", "first_name": "Ana", "points": "[scope, price]", "owner": "Zoé"}
        },
        right=("mail x relance",),
        wrong=("mail y follow-up", "points="),
        hand={"offer/y": {**FOLLOWED}},
        site=("cards/x.html", "scope"),
    ),
    Row(
        "D45",
        "mail the day before a meeting",
        "`kanban mail CARD meeting-reminder`",
        ("mail x meeting-reminder", "Ana"),
        cards={
            "meeting/x": {
                **TICKED,
                "next_action_date": "2026-10-06T10:00",
                "first_name": "Ana",
                "owner": "Zoé",
                "video_link": "https://example.org/v",
            },
            "meeting/y": TICKED,
        },
        right=("mail x rappel-rdv",),
        wrong=("mail y meeting-reminder", "video_link="),
        site=("cards/x.html", "example.org/v"),
    ),
    Row(
        "D46",
        "price objection",
        "`kanban script CARD price-objection`",
        ("script x price-objection", "three tools"),
        cards={
            "meeting/x": {
                **TICKED,
                "contact": "Ana Roy",
                "pain": "three tools",
                "roi": "two days",
                "close_date": "2026-10-30",
            },
            "meeting/y": TICKED,
        },
        right=("script x objection-prix",),
        wrong=("script y price-objection", "pain="),
        site=("cards/x.html", "three tools"),
    ),
    Row(
        "D47",
        "printable board",
        "`kanban render`, print/poster-a3 and -a4, filled or empty",
        site=("print/poster-a3.html", "∞"),
    ),
    Row("D48", "column banner", "`README.md` in each column; print/banners", site=("print/banners.html", "10")),
    Row(
        "D49",
        "block label on paper",
        "print/blocks",
        cards={"prospects/x": LABEL},
        site=("print/blocks.html", "legal"),
    ),
    Row(
        "D50",
        "micro-rule ticket",
        "`kanban experiment new`, `show`, `decide`; print/tickets",
        right=("experiment new 'CR sous 24 h' --problem oublis --target '70 %'", "experiment show cr"),
        wrong=("experiment new T --problem p", "--target"),
        site=("print/tickets.html", "."),
    ),
    Row(
        "D51",
        "a dated next action",
        "asked of every gesture; KB501",
        cards={"prospects/x": {}},
        right=("new Beta", "lint --select KB501"),
        see=("show x", "call"),
        wrong=("set x next_action=", "next_action_date"),
        site=("cards/x.html", "call"),
        hand={"prospects/y": ACTION},
        code="KB501",
        hook=True,
    ),
    Row(
        "D52",
        "WIP is respected",
        "as D03; KB304",
        presets=B2B,
        cards=EIGHT | {"negotiation/z": FOLLOWED},
        wrong=("move z {offer} --reason back", "8"),
        moved=("z {offer}", "KB304"),
        site=("index.html", "8"),
        hand={"offer/late": HELD},
        code="KB304",
        hook=True,
    ),
    Row(
        "D53",
        "prospects silent for 30 days",
        "`kanban weekly`, `park`; KB504",
        ("weekly", "kanban park x"),
        cards={"prospects/x": {"created": "2026-08-20"}},
        right=("park x",),
        hand={"prospects/y": {"created": "2026-08-20"}},
        code="KB504",
        site=("meetings/weekly.html", "kanban park"),
    ),
    Row(
        "D54",
        "notes of three bullets",
        "as D15; KB506",
        cards={"prospects/x": {}},
        wrong=("note x a b c d", "3"),
        hand={"prospects/y": {"body": FOUR}},
        code="KB506",
        hook=True,
    ),
    Row(
        "D55",
        "lost reasons",
        "as D18",
        cards={"prospects/x": {}},
        wrong=("lose x --reason bof", "--note"),
        right=("lose x --reason concurrence",),
        hand={"lost/z": {"lost_reason": "bof"}},
        code="KB505",
        hook=True,
        moved=("x {lost}", "KB505"),
    ),
    Row(
        "D56",
        "ten meetings a day",
        "`policies.meetings_per_day`; `move`, `set`, `note`; KB507",
        cards=TEN | {"before/z": HELD},
        wrong=("move z {meeting}", "11"),
        hand={"meeting/late": TICKED},
        code="KB507",
        hook=True,
    ),
    Row(
        "D57",
        "offers followed up at D+2 and D+7",
        "`follow_up:` in board.yml; `next`, `daily`, `weekly`, `mail --due`; KB509",
        ("next", "kanban note x"),
        B2B,
        cards={"offer/x": {**HELD, "amount": "9000", "next_action_date": "2026-12-01", "created": "2026-09-03"}},
        right=("note x called --next call --on +2d",),
        hand={"offer/y": {**HELD, "amount": "9000", "next_action_date": "2026-12-01", "created": "2026-09-03"}},
        code="KB509",
        site=("meetings/weekly.html", "[DJ]\\+7"),
    ),
)
