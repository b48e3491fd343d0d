"""The board in the terminal, through Textual's pilot: keys, mouse, forms, refusals, what others do meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from textual import events
from textual.widgets import Input, OptionList, Select, Static

from kanban.i18n.catalogue import set_language
from kanban.terminal.app import Board
from kanban.terminal.columns import Column
from kanban.terminal.faces import card_face
from kanban.terminal.forms import Form
from kanban.terminal.lines import NewCard
from kanban.terminal.meeting import MeetingScreen
from kanban.terminal.pane import CardPane
from tests.boards import card_text
from tests.conftest import GitFolder, Kanban, in_a_loop
from tests.hands.test_desk import AS_OF, BOARD, CARDS, opened
from tests.terminal.pilot import board_of, choose, form, on_screen, run, said, type_in, until

pytestmark = pytest.mark.sweep(one_in=3)

HOSTILE = "[red]Evil[/] \x1b]8;;https://evil.example\x07 [@click=app.quit]x[/]"


@pytest.fixture
def repo(git_folder: GitFolder) -> GitFolder:
    git_folder.write("board.yml", BOARD)
    for path, data in CARDS.items():
        git_folder.write(path, data)
    git_folder.write(
        "prospects/evil.md", card_text(account=f'"{HOSTILE}"'.replace("\x1b", "\\e").replace("\x07", "\\a"))
    )
    git_folder.commit("begin", date="2026-10-01T09:00:00+02:00")
    return git_folder


@pytest.fixture(autouse=True)
def _english_after() -> Iterator[None]:
    yield
    set_language("en")


def test_a_card_is_held_led_and_put_down_by_keys(repo: GitFolder) -> None:
    async def day() -> None:
        async with on_screen(repo.root) as pilot:
            board = board_of(pilot)
            await choose(pilot, "ready")
            await pilot.press("space", "right")
            await until(pilot, lambda: "it may be put down here" in said(pilot))
            assert next(column.here.key for column in board.columns if column.has_class("place-free")) == "qualified"
            await pilot.press("space")
            await until(pilot, lambda: "ready: Prospects → Qualified" in said(pilot))

    run(day)
    assert repo.git("diff", "--name-status", "-M50", "HEAD~1..HEAD").split("\t")[1:] == [
        "prospects/ready.md",
        "qualified/ready.md\n",
    ]


def test_what_a_column_asks_is_filled_in_where_the_hand_is(repo: GitFolder) -> None:
    async def day() -> None:
        async with on_screen(repo.root, (80, 24)) as pilot:
            board = board_of(pilot)
            await choose(pilot, "acme")
            await pilot.press("greater_than_sign")
            await form(pilot, **{"opt-in": " ", "amount": "28k"})
            await until(pilot, lambda: "acme: Prospects → Qualified" in said(pilot))
            await until(pilot, lambda: board.column.here.key == "qualified")
            assert board.chosen is not None
            assert board.chosen.id == "acme", "the next key is meant for the card that was put down"

    run(day)
    assert "dor: [opt-in]\n" in repo.git("show", "HEAD:qualified/acme.md")
    assert "amount: 28k\n" in repo.git("show", "HEAD:qualified/acme.md")


def test_a_shut_column_says_every_reason_in_the_command_lines_words(repo: GitFolder, kanban: Kanban) -> None:
    told = kanban("-C", repo.root, "move", "beta", "offer", "--as-of", AS_OF).err

    async def day() -> None:
        async with on_screen(repo.root) as pilot:
            await choose(pilot, "beta")
            await pilot.press("space", "right")
            await until(pilot, lambda: "it may not be put down here" in said(pilot))
            for line in said(pilot).splitlines()[1:]:
                assert line.removeprefix("✗ ").split("  → ")[0] in told
            await pilot.press("escape")
            await until(pilot, lambda: board_of(pilot).held is None)

    run(day)
    assert repo.git("rev-list", "--count", "HEAD") == "1\n"


def test_the_mouse_drags_a_card(repo: GitFolder) -> None:
    async def day() -> None:
        async with on_screen(repo.root) as pilot:
            board = board_of(pilot)
            prospects, qualified = board.columns[0], board.columns[1]
            await choose(pilot, "ready")
            at = next(row for row, line in enumerate(_lines(prospects)) if "Ready" in line)
            await pilot.mouse_down(prospects.cards, offset=(3, at))
            for column in (prospects, qualified):
                board.post_message(Column.Over(column))
            await until(pilot, lambda: board.held is not None and board.column is qualified)
            await pilot.mouse_up(qualified.cards, offset=(3, 1))
            await until(pilot, lambda: "ready: Prospects → Qualified" in said(pilot))

    run(day)


def _lines(column: Column) -> list[str]:
    return [
        "".join(segment.text for segment in strip)
        for strip in column.cards.render_lines(column.cards.region.reset_offset)
    ]


def test_a_note_with_its_next_step_is_one_form_and_one_commit_told_while_it_is_typed(repo: GitFolder) -> None:
    async def day() -> None:
        async with on_screen(repo.root) as pilot:
            await choose(pilot, "beta")
            await pilot.press("n")
            await until(pilot, lambda: isinstance(pilot.app.screen, Form))
            await type_in(pilot, "likes it")
            await pilot.press("tab")
            await type_in(pilot, "call")
            await pilot.press("tab")
            await type_in(pilot, "tomorrow 10:00")
            await until(
                pilot, lambda: "Tuesday 6 October 2026" in str(pilot.app.screen.query_one(".answer", Static).content)
            )
            await pilot.press("enter")
            await until(pilot, lambda: "beta: noted" in said(pilot))

    run(day)
    text = repo.git("show", "HEAD:qualified/beta.md")
    assert "next_action: call\n" in text
    assert "- likes it" in text
    assert repo.git("rev-list", "--count", "HEAD") == "2\n"


def test_what_is_typed_while_a_form_is_on_its_way_is_meant_for_it(
    repo: GitFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the board `u` takes back and `x` loses: a quick hand, or a slow disk, must not make gestures of a note."""
    slow = threading.Event()

    async def day() -> None:
        async with on_screen(repo.root) as pilot:
            board = board_of(pilot)
            pane = board.desk.pane
            monkeypatch.setattr(board.desk, "pane", lambda card: slow.wait(20) and pane(card))
            await choose(pilot, "beta")
            for key in ("n", "b", "u", "x"):
                board.post_message(events.Key(key, key))
            await pilot.pause(0.1)
            assert len(board.screen_stack) == 1
            slow.set()
            await until(pilot, lambda: isinstance(pilot.app.screen, Form) and pilot.app.screen.fields[0].typed == "bux")

    run(day)
    assert repo.git("rev-list", "--count", "HEAD") == "1\n"


def test_a_refusal_leaves_what_was_typed(repo: GitFolder) -> None:
    async def day() -> None:
        async with on_screen(repo.root) as pilot:
            await choose(pilot, "beta")
            await pilot.press("n")
            await form(pilot, bullets="kept", on="never")
            await until(pilot, lambda: "never" in str(pilot.app.screen.query_one(".answer", Static).content))
            screen = pilot.app.screen
            assert isinstance(screen, Form)
            assert [field.typed for field in screen.fields][:3] == ["kept", "", "never"]

    run(day)
    assert repo.git("rev-list", "--count", "HEAD") == "1\n"


def test_a_colleagues_edit_is_on_the_screen_and_a_card_changed_under_the_hand_says_so(repo: GitFolder) -> None:
    async def day() -> None:
        async with on_screen(repo.root) as pilot:
            await choose(pilot, "beta")
            await pilot.press("n")
            await until(pilot, lambda: isinstance(pilot.app.screen, Form))
            await type_in(pilot, "mine")
            repo.write("qualified/beta.md", card_text(account="Beta Two", owner="Zoé", amount="11 k€", dor="[opt-in]"))
            await until(pilot, lambda: any(one.label.startswith("Beta Two") for one in board_of(pilot).wall.cards))
            await pilot.press("ctrl+s")
            answer = pilot.app.screen.query_one(".answer", Static)
            await until(pilot, lambda: "was changed while you looked at it" in str(answer.content))
            assert "Amount: you saw: 10 k€ · it is now: 11 k€" in str(answer.content)
            await pilot.press("ctrl+s")
            await until(pilot, lambda: "beta: noted" in said(pilot))
            await choose(pilot, "ready")
            await pilot.press("space")
            repo.write("prospects/ready.md", card_text(account="Ready", amount="29 k€", dor="[opt-in]"))
            await until(pilot, lambda: "Amount: you saw: 28 k€ · it is now: 29 k€" in said(pilot))
            assert board_of(pilot).held is not None

    run(day)


def test_what_is_typed_when_no_screen_is_up_goes_nowhere(repo: GitFolder) -> None:
    """As between the end of the last screen and that of the program, where a slow machine once ended in a traceback."""
    board = Board(opened(repo.root, AS_OF))

    in_a_loop(board.on_event(events.Key("space", " ")))

    assert not board.screen_stack


def test_a_key_pressed_twice_cuts_no_gesture_off(repo: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the first is recorded the next ones wait; each is told, and none is made of a card that was put down."""
    slow, told = threading.Event(), []

    async def day() -> None:
        async with on_screen(repo.root, as_of=None) as pilot:
            board = board_of(pilot)
            made = board.desk.make
            monkeypatch.setattr(board.desk, "make", lambda *one, **more: slow.wait(20) and made(*one, **more))
            monkeypatch.setattr(board, "tell", told.append)
            await choose(pilot, "ready")
            await pilot.press("space", "right", "space")
            assert board.held is None
            await pilot.press("space", "escape", "u", "a")
            await type_in(pilot, "Delta")
            slow.set()
            await until(pilot, lambda: isinstance(board.screen, NewCard) and board.screen._line.value == "Delta")
            slow.clear()
            for _twice in range(2):
                await pilot.press("enter")
            await pilot.press("escape")
            assert isinstance(board.screen, NewCard)
            slow.set()
            await until(pilot, lambda: len(told) == 3)

    run(day)
    assert [one.refused.message if one.refused else one.done[0] for one in told] == [
        "ready: Prospects → Qualified",
        "undone: ready: prospects → qualified",
        "delta added to Prospects (prospects/delta.md)",
    ]
    assert repo.git("rev-list", "--count", "HEAD") == "4\n"


@pytest.mark.sweep
def test_new_cards_search_filter_and_ticks(repo: GitFolder) -> None:
    async def day() -> None:
        async with on_screen(repo.root) as pilot:
            board = board_of(pilot)
            await pilot.press("a")
            await pilot.pause()
            await type_in(pilot, "Delmont, call tomorrow 10h, 14k @Karim")
            await pilot.press("enter")
            await until(pilot, lambda: "delmont added to Prospects" in said(pilot))
            await until(pilot, lambda: any(one.id == "delmont" for one in board.wall.cards))
            await pilot.press("slash")
            await pilot.pause()
            await type_in(pilot, "later")
            await until(pilot, lambda: bool(getattr(pilot.app.screen, "_found", ())))
            await pilot.press("enter")
            await until(pilot, lambda: board.chosen is not None and board.chosen.id == "later")
            await pilot.press("f")
            await pilot.pause()
            await type_in(pilot, "owner = Karim")
            await pilot.press("enter")
            await until(pilot, lambda: {one.id for one in board.wall.cards} == {"ready", "delmont"})
            assert board.wall.columns[0].sums.startswith("€42k")
            await choose(pilot, "delmont")
            await pilot.press("t")
            await form(pilot, **{"opt-in": " "})
            await until(pilot, lambda: "delmont: ticked opt-in" in said(pilot))

    run(day)


def test_what_a_line_can_mean_is_asked_and_a_template_stands_beside_it(repo: GitFolder) -> None:
    async def day() -> None:
        async with on_screen(repo.root, (80, 24)) as pilot:
            await pilot.press("a")
            await type_in(pilot, "Delmont demo friday 12/10")
            screen = pilot.app.screen
            meanings = ["Monday 12 October 2026", "Thursday 10 December 2026"]
            await until(pilot, lambda: meanings == [str(one.prompt) for one in screen.query_one(OptionList).options])
            screen.query_one(Select).value = "discovery"
            await pilot.press("enter")
            await until(pilot, lambda: screen.query_one(OptionList).has_focus)
            await pilot.press("down", "enter")
            assert screen.query_one(Input).value == "Delmont demo 2026-12-10"
            await pilot.press("enter")
            await until(pilot, lambda: "delmont added to Prospects" in said(pilot))

    run(day)
    text = repo.git("show", "HEAD:prospects/delmont.md")
    assert "next_action_date: 2026-12-10" in text
    assert "## " in text, "the template's sections"


def test_card_text_styles_and_does_nothing(repo: GitFolder) -> None:
    async def day() -> None:
        async with on_screen(repo.root) as pilot:
            await choose(pilot, "evil")
            await pilot.press("enter")
            await until(pilot, lambda: "Evil" in str(pilot.app.query_one("#pane Static", Static).content))
            column = board_of(pilot).columns[0]
            assert "[red]Evil[/]" in "\n".join(_lines(column))
            assert "\x1b]8" not in pilot.app.export_screenshot()
            assert "evil.example" not in "".join(
                str(strip.style.link)
                for line in column.cards.render_lines(column.cards.region.reset_offset)
                for strip in line
                if strip.style
            )

    run(day)


def test_in_a_narrow_column_days_and_counts_stay_whole(repo: GitFolder) -> None:
    """A line breaks at any space: the days stand first on theirs, the count beside a title that may be cut."""
    wall = opened(repo.root).wall()
    card = next(one for one in wall.cards if one.id == "beta")
    assert card_face(card).plain.splitlines()[-1] == "4\u2800d  €10k · 50% · Zoé"

    async def day() -> None:
        board = Board(opened(repo.root))
        async with board.run_test(size=(120, 30)) as pilot:
            await choose(pilot, "beta")
            qualified = board.columns[1]
            title, count, sums = qualified.query(Static)
            assert [part.content_region.height for part in (title, count, sums)] == [1, 1, 1]
            assert (str(count.render()), count.content_region.width) == ("1/3", 3)
            whole = qualified.region.width
            await pilot.press("enter")
            await until(pilot, lambda: qualified.region.right <= board.query_one(CardPane).region.x)
            assert qualified.region.width != whole, "the columns share what the open card leaves them"

    run(day)


def test_without_colours_the_card_under_the_cursor_is_seen(repo: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def day() -> None:
        async with on_screen(repo.root, (80, 24)) as pilot:
            await choose(pilot, "ready")
            cards = board_of(pilot).columns[0].cards
            ground = {
                segment.text.strip(): segment.style.bgcolor.get_truecolor().green
                for strip in cards.render_lines(cards.region.reset_offset)
                for segment in strip
                if segment.style and segment.style.bgcolor
            }
            assert ground["Ready"] - ground["ACME"] > 60

    run(day)


def test_a_read_only_board_is_not_changed(repo: GitFolder) -> None:
    async def day() -> None:
        board = Board(opened(repo.root, read_only=True))
        async with board.run_test(size=(80, 24)) as pilot:
            await choose(pilot, "ready")
            for key in ("greater_than_sign", "n", "space", "u", "D"):
                board.said.update("")
                await pilot.press(key)
                await until(pilot, lambda: "read only" in said(pilot))
                assert (len(board.screen_stack), board.held) == (1, None), "nobody types what nobody takes"

    run(day)
    assert repo.git("rev-list", "--count", "HEAD") == "1\n"


def test_without_a_terminal_it_says_so(repo: GitFolder, kanban: Kanban) -> None:
    answer = kanban("-C", repo.root, "ui")
    assert (answer.code, answer.out) == (2, "")
    assert "needs a terminal" in answer.err
    assert "kanban board" in answer.err


def test_every_key_is_explained(repo: GitFolder) -> None:
    async def day() -> None:
        async with on_screen(repo.root) as pilot:
            await pilot.press("question_mark")
            await pilot.pause()
            told = "\n".join(str(one.content) for one in pilot.app.screen.query(Static))
            assert "Take the card; again: put it down in the column under the cursor." in told
            await pilot.press("escape")
            await pilot.press("f")
            await pilot.pause()
            assert pilot.app.screen.query(Input)

    run(day)


def test_lanes_cut_the_columns_and_cards_stay_under_the_cursor(repo: GitFolder) -> None:
    async def walk() -> None:
        async with on_screen(repo.root) as pilot:
            board = board_of(pilot)
            whole = [card.id for card in board.columns[0].here.cards]
            await pilot.press("g")
            await until(pilot, lambda: board.by == "owner" and None in board.columns[0]._rows)
            assert "lanes by owner" in str(board.query_one("#head", Static).content)
            shown = [card for card in board.columns[0]._rows if card is not None]
            assert sorted(card.id for card in shown) == sorted(whole)
            owners = [card.owner for card in shown]
            assert owners == sorted(owners, key=lambda name: (not name, name.casefold()))
            assert board.chosen is not None
            for _again in range(len(whole)):
                await pilot.press("down")
                assert board.chosen is not None, "the cursor goes over the names of lanes"
            await pilot.press("g", "g", "g")
            await until(pilot, lambda: board.by == "" and [one and one.id for one in board.columns[0]._rows] == whole)

    run(walk)


def test_a_meeting_is_walked_by_letters_and_ends_with_what_was_decided(repo: GitFolder) -> None:
    repo.write("qualified/due.md", card_text(account="Due", next_action="call", next_action_date=AS_OF))
    repo.commit("one is due", date="2026-10-02T09:00:00+02:00")

    async def walk() -> None:
        async with on_screen(repo.root, (80, 24)) as pilot:
            board, before = board_of(pilot), repo.git("rev-parse", "HEAD").strip()
            await pilot.press("D")
            await until(pilot, lambda: isinstance(board.screen, MeetingScreen))
            meeting = board.screen
            assert isinstance(meeting, MeetingScreen)
            assert meeting.meeting.items
            chosen = next(one for one in meeting.meeting.items[0].answers if one.inputs)
            await pilot.press(chosen.letter)
            await until(pilot, lambda: isinstance(board.screen, Form))
            await pilot.press(*"tomorrow", "ctrl+s")
            await until(pilot, lambda: board.screen is meeting and meeting.at == 1)
            await pilot.press("q")
            assert "Decided today" in str(meeting._item.content)
            assert len(meeting.decided) == 1
            await pilot.press("enter")
            await until(pilot, lambda: board.screen is board.board)
            assert repo.git("rev-list", "--count", f"{before}..HEAD").strip() == "1"

    run(walk)
