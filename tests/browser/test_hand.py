"""The board in the hand: dragged, typed, walked with keys and fingers in a real browser; what git has afterwards."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kanban.commands.publish.render import gather
from tests.browser.accessibility import violations
from tests.browser.conftest import some
from tests.conftest import Kanban
from tests.docs.day import AS_OF, demonstration, what_differs
from tests.web.serving import Served, serving

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.sweep, pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration board of the guides, made once."""
    return demonstration(tmp_path_factory)


@pytest.fixture
def served(demo: Path, tmp_path: Path) -> Iterator[Served]:
    folder = tmp_path / "board"
    shutil.copytree(demo, folder)
    with serving(folder, AS_OF) as found:
        yield found


@pytest.fixture
def board(served: Served, page: Page) -> Iterator[Page]:
    """The board's page, its hands at work; nothing may be wrong on its console."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(served.address)
    page.wait_for_selector("#new-line")
    yield page
    assert wrong == []


def git(served: Served, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(served.folder), *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def card(page: Page, name: str) -> Locator:
    return page.locator(f'[data-card="{name}"]')


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


SHIFTS = """() => new Promise(done => new PerformanceObserver(list =>
    done(list.getEntries().reduce((sum, one) => sum + one.value, 0))
).observe({ type: "layout-shift", buffered: true }) || setTimeout(done, 300, 0))"""
"""How much moved by itself; the entries of the past are told at once, where there are any."""


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_a_page_that_begins_says_so_and_nothing_moves_when_the_board_comes(
    demo: Path, page: Page, monkeypatch: pytest.MonkeyPatch, width: int, height: int
) -> None:
    read = threading.Event()
    monkeypatch.setattr("kanban.web.pages.gather", lambda *told, **more: read.wait(60) and gather(*told, **more))
    page.set_viewport_size({"width": width, "height": height})
    with serving(demo, AS_OF) as served:
        page.goto(served.address, wait_until="commit")
        page.wait_for_selector(".reading:text-is('The cards are being read…')")
        read.set()
        page.wait_for_selector("#new-line")
        assert page.locator(".reading").count() == 0
        assert page.evaluate(SHIFTS) < 0.02


def _box(section: Locator) -> Any:
    """Where a column is; in lanes its head stands for it. None while the page is being put in order."""
    head = section.locator("header")
    return section.bounding_box() or (head.bounding_box() if head.count() else None)


def _pointed_at(page: Page, name: str) -> bool:
    """The mouse on the card, as one sees before one presses: what was done just now may still put cards in order."""
    card(page, name).scroll_into_view_if_needed()
    one = card(page, name).bounding_box()
    if one is None:
        return False
    x, y = one["x"] + 40, one["y"] + 12
    page.mouse.move(x, y)
    found: str = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y)?.closest('[data-card]')?.dataset.card", [x, y]
    )
    return found == name


def hold(page: Page, name: str, column: str) -> None:
    """Take the card and hold it over the column, the button still down."""
    section = page.locator(f'.columns section[data-column="{column}"]')
    until(lambda: _box(section) is not None)
    until(lambda: _pointed_at(page, name))
    page.mouse.down()
    one, target = card(page, name).bounding_box(), _box(section)
    assert one is not None
    assert target is not None
    page.mouse.move(one["x"] + 60, one["y"] + 20)
    page.mouse.move(target["x"] + target["width"] / 2, target["y"] + min(60, target["height"] / 2), steps=4)
    page.wait_for_selector(f'section[data-column="{column}"].aimed', state="attached")
    page.wait_for_selector(".verdict")


def drag(page: Page, name: str, column: str) -> None:
    hold(page, name, column)
    page.mouse.up()


def said(page: Page) -> str:
    return page.locator(".toast").last.inner_text()


def in_column(page: Page, name: str, column: str) -> None:
    page.wait_for_selector(f'section[data-column="{column}"] [data-card="{name}"]')


def test_a_card_is_dragged_and_it_is_one_commit_of_one_file(served: Served, board: Page) -> None:
    before = git(served, "rev-parse", "HEAD")
    drag(board, "belmaure-insurance", "negotiation")
    in_column(board, "belmaure-insurance", "negotiation")
    assert git(served, "diff", "-M100%", "--name-status", before, "HEAD") == (
        "R100\toffer/belmaure-insurance.md\tnegotiation/belmaure-insurance.md"
    )
    assert git(served, "rev-list", "--count", f"{before}..HEAD") == "1"
    assert git(served, "log", "-1", "--format=%an <%ae>") == "Zoé Martin <zoe@example.org>"
    assert "belmaure-insurance: Offer sent → Negotiation" in said(board)
    board.locator(".toast button").last.click()
    in_column(board, "belmaure-insurance", "offer")
    assert git(served, "rev-parse", "HEAD^{tree}") == git(served, "rev-parse", f"{before}^{{tree}}")


def test_a_column_that_is_full_says_so_while_the_card_is_held_and_takes_nothing(
    served: Served, board: Page, kanban: Kanban
) -> None:
    drag(board, "belmaure-insurance", "negotiation")
    in_column(board, "belmaure-insurance", "negotiation")
    head = git(served, "rev-parse", "HEAD")
    told = kanban("-C", served.folder, "--lang", "en", "move", "arzille-valley", "negotiation", "--as-of", AS_OF).err
    hold(board, "arzille-valley", "negotiation")
    verdict = board.locator('section[data-column="negotiation"] .verdict')
    assert board.locator('section[data-column="negotiation"]').get_attribute("data-verdict") == "shut"
    reason = verdict.locator("li").first.inner_text()
    assert f"  - {reason}  → " in told
    assert reason.startswith("Negotiation is full: 5 cards for a limit of 5")
    board.mouse.up()
    board.wait_for_selector("dialog.ask")
    assert board.locator("dialog.ask .cards-first button").count() == 5
    assert board.locator("dialog.ask button.primary").count() == 0
    board.keyboard.press("Escape")
    assert git(served, "rev-parse", "HEAD") == head
    assert board.evaluate("document.activeElement.dataset.opens") == "arzille-valley"


def test_what_a_column_asks_is_ticked_where_the_card_was_dropped(served: Served, board: Page) -> None:
    before = git(served, "rev-parse", "HEAD")
    drag(board, "orsenne-mutual", "meeting")
    dialog = board.locator("dialog.ask")
    dialog.locator("button.primary").click()
    dialog.locator(".refused p:has-text('agenda has been sent')").wait_for()
    dialog.locator("input[type=checkbox]").first.check()
    dialog.locator("button.primary").click()
    in_column(board, "orsenne-mutual", "meeting")
    assert git(served, "rev-list", "--count", f"{before}..HEAD") == "1"
    assert "agenda-sent" in git(served, "show", "HEAD:meeting/orsenne-mutual.md")


def test_everything_by_keyboard_alone(served: Served, board: Page) -> None:
    board.evaluate(
        "window.heard = []; new MutationObserver(() => heard.push(document.querySelector('[role=status]').textContent))"
        ".observe(document.querySelector('[role=status]'), { childList: true })"
    )
    board.keyboard.press("/")
    board.keyboard.type("belmaure")
    board.keyboard.press("ArrowDown")
    assert board.evaluate("document.activeElement.dataset.opens") == "belmaure-insurance"
    board.keyboard.press("Space")
    board.wait_for_selector(".verdict")
    board.keyboard.press("ArrowRight")
    until(lambda: board.evaluate("heard.some((one) => one.includes('Negotiation: may go here'))"))
    board.keyboard.press("Escape")
    assert board.locator(".verdict").count() == 0
    assert git(served, "log", "-1", "--format=%s").count("belmaure") == 0
    board.keyboard.press("Space")
    board.wait_for_selector(".verdict")
    board.keyboard.press("ArrowRight")
    board.keyboard.press("Enter")
    in_column(board, "belmaure-insurance", "negotiation")
    assert board.evaluate("heard.some((one) => one.startsWith('Belmaure Insurance picked up.'))")
    until(lambda: board.evaluate("document.activeElement.dataset.opens") == "belmaure-insurance")
    board.keyboard.press("Enter")
    board.wait_for_selector("#pane textarea:focus")
    board.keyboard.type("called, all well")
    board.keyboard.press("Tab")
    board.keyboard.type("send the contract")
    board.keyboard.press("Tab")
    board.keyboard.type("friday 10:00")
    board.keyboard.press("Enter")
    until(lambda: "belmaure-insurance: note" in git(served, "log", "-1", "--format=%s"))
    assert "next_action_date: 2026-10-09T10:00" in git(served, "show", "HEAD:negotiation/belmaure-insurance.md")
    board.keyboard.press("Escape")
    assert board.locator("#pane").count() == 0


def typed_on(page: Page, name: str, text: str) -> None:
    """Goes on typing in a field, as somebody does whose last words are on their way."""
    page.locator(f"#pane [name='{name}']").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


SLOW = """const at_once = window.fetch; window.fetch = async (...asked) => {
    if (asked[1]?.method === "POST" && String(asked[0]).includes("gesture")) await new Promise((go) => setTimeout(go, 1500));
    return at_once(...asked); };"""


def test_who_types_on_while_a_gesture_is_recorded_loses_no_word(served: Served, board: Page) -> None:
    board.evaluate(SLOW)
    card(board, "belmaure-insurance").locator("a").first.focus()
    board.keyboard.press("Space")
    board.wait_for_selector(".verdict")
    board.keyboard.press("ArrowRight")
    board.keyboard.press("Enter")
    board.locator("#new-line").focus()
    board.keyboard.type("Acme Nord")
    in_column(board, "belmaure-insurance", "negotiation")
    board.wait_for_timeout(300)
    assert board.evaluate("document.activeElement.id") == "new-line"
    board.keyboard.press("Enter")
    board.wait_for_timeout(600)
    board.keyboard.type(" Beta demo tomorrow")
    board.wait_for_selector('[data-card="acme-nord"]')
    until(lambda: board.input_value("#new-line") == "Beta demo tomorrow")
    assert board.evaluate("document.activeElement.id") == "new-line"
    assert "Beta" not in git(served, "log", "-2", "--format=%B")


def test_what_is_typed_in_the_pane_while_it_is_saved_stays_and_is_sent_after_it(served: Served, board: Page) -> None:
    """Slow answers, Enter pressed again and again, the card changed by others, a refusal: no word is lost or said twice."""
    board.evaluate(SLOW)
    commits = lambda: int(git(served, "rev-list", "--count", "HEAD"))  # noqa: E731
    begun, value = commits(), lambda name: board.input_value(f"#pane [name='{name}']")
    card(board, "belmaure-insurance").locator("a").click()
    board.fill("#pane [name='note:bullets']", "called")
    save = board.locator("#pane form[data-form=note] button.primary")
    save.click()
    save.click()
    typed_on(board, "note:bullets", "\nsecond point")
    typed_on(board, "note:next_action", "call Bob")
    until(lambda: commits() == begun + 1)
    until(lambda: value("note:bullets") == "second point")
    assert (value("note:next_action"), board.evaluate("document.activeElement.name")) == (
        "call Bob",
        "note:next_action",
    )
    board.fill("#pane [name='set:amount=']", "70 k€")
    board.locator("#pane form.fields button.primary").click()
    board.fill("#pane [name='set:amount=']", "75 k€")
    board.keyboard.press("Enter")
    until(lambda: commits() == begun + 3)
    until(lambda: not board.locator("#pane form[aria-busy]").count())
    assert (value("set:amount="), value("note:bullets")) == ("75 k€", "second point")
    assert "amount: 75 k€" in git(served, "show", "HEAD:offer/belmaure-insurance.md")
    assert git(served, "show", "HEAD:offer/belmaure-insurance.md").count("called") == 1
    board.locator("#pane .kinds button:has-text('Block')").click()
    board.fill("#pane [name='block:cause']", "their law")
    opened = served.server.desk.make("block", {"card": "belmaure-insurance", "cause": "audit", "next_action": "ask"})
    assert opened.ok
    news = board.locator("#pane .news")
    news.wait_for()
    assert "is now: blocked since 5 Oct · audit\u00a0· Zoé" in news.inner_text()
    assert value("block:cause") == "their law", "the form stays though the card cannot be asked that any more"
    board.keyboard.press("Escape")
    board.locator("#search").type("acme ")
    (served.folder / "prospects/another.md").write_text("---\naccount: Acme Nord\n---\n", "utf-8")
    card(board, "another").wait_for()
    board.locator("#search").type("nord")
    assert board.input_value("#search") == "acme nord"


def test_what_a_line_can_mean_is_asked_below_it(served: Served, board: Page) -> None:
    board.fill("#new-line", "Delta demo friday 12/10")
    board.locator(".understood button", has_text="Thursday 10 December 2026").click()
    assert board.input_value("#new-line") == "Delta demo 2026-12-10"
    board.wait_for_selector(".understood dd:has-text('2026-12-10')")
    assert board.locator(".understood button").count() == 0
    board.keyboard.press("Enter")
    in_column(board, "delta", "prospects")
    assert "next_action_date: 2026-12-10\n" in git(served, "show", "HEAD:prospects/delta.md") + "\n"


def test_a_column_with_more_cards_than_a_page_begins_with(served: Served, page: Page) -> None:
    for number in range(40):
        text = f"---\naccount: Zebra {number}\nnext_action: call\nnext_action_date: 2026-10-09\n---\n"
        (served.folder / f"prospects/many-{number:02}.md").write_text(text, "utf-8")
    page.goto(served.address + "#card-many-39")
    assert page.locator("#column-prospects .count b").inner_text() == "47"
    page.wait_for_selector("#card-many-39:target")
    until(lambda: bool(page.evaluate("document.querySelector(':target').getBoundingClientRect().top < innerHeight")))
    page.goto("about:blank")
    page.goto(served.address + "#q=zebra")
    page.wait_for_selector("#new-line")
    until(lambda: page.locator("#column-prospects .count b").inner_text() == "40 of 47")
    page.click(".tools .clear")
    assert page.locator("#column-prospects .count b").inner_text() == "47"
    assert page.locator("#column-prospects .card").count() == 47
    page.evaluate("scrollTo(0, 0)")
    page.locator("#column-prospects .card").first.hover()
    page.mouse.down()
    page.mouse.move(600, 890, steps=4)
    until(lambda: page.evaluate("scrollY") > 500)  # the hand is still, the page goes on under it
    page.keyboard.press("Escape")
    page.mouse.up()


def test_a_server_that_stopped_is_said_and_so_is_its_return(demo: Path, tmp_path: Path, page: Page) -> None:
    """The same address again goes on by itself; another start has another key, which the page cannot know."""
    folder = tmp_path / "board"
    shutil.copytree(demo, folder)
    with serving(folder, AS_OF) as first:
        port = first.server.port
        page.goto(first.address)
        page.wait_for_selector("#new-line")
        card(page, "belmaure-insurance").locator("a").click()
        page.fill("#pane [name='note:bullets']", "half a sen")
    page.wait_for_selector(".trouble:has-text('does not answer')")
    page.locator("#pane form[data-form=note] button.primary").click()
    page.wait_for_selector("#pane .refused:has-text('does not answer')")
    page.locator("#pane .ticks input").first.click()
    assert page.input_value("#pane [name='note:bullets']") == "half a sen"
    with serving(folder, AS_OF, port=port, key="other"):
        page.wait_for_selector(".trouble:has-text('started anew')")
    with serving(folder, AS_OF, port=port):
        page.wait_for_selector(".trouble", state="hidden")
        page.locator("#pane form[data-form=note] button.primary").click()
        page.wait_for_selector(".toast:has-text('noted')")


def test_with_a_finger_on_a_phone(served: Served, phone: Page) -> None:
    phone.goto(served.address + "#column-offer")
    phone.wait_for_selector("#new-line")
    phone.locator('.jumps a[href="#column-offer"]').tap()
    card(phone, "belmaure-insurance").scroll_into_view_if_needed()
    box = card(phone, "belmaure-insurance").bounding_box()
    assert box is not None
    finger = phone.context.new_cdp_session(phone)

    def touch(kind: str, x: float = 0, y: float = 0) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}] if x else []})

    x, y = box["x"] + 80, box["y"] + 20
    touch("touchStart", x, y)
    phone.wait_for_selector(".tray [data-verdict=free]")
    touch("touchEnd")
    assert phone.locator(".tray").is_visible(), "lifting the finger where it was keeps the card in the hand"
    phone.locator(".tray .leave").tap()
    touch("touchStart", x, y)
    phone.wait_for_selector('.tray [data-column="negotiation"][data-verdict=free]')
    place = phone.locator('.tray [data-column="negotiation"]').bounding_box()
    assert place is not None
    for step in (0.5, 1):
        touch("touchMove", x + (place["x"] + 40 - x) * step, y + (place["y"] + 20 - y) * step)
    touch("touchEnd")
    until(lambda: git(served, "log", "-1", "--format=%s") == "belmaure-insurance: offer → negotiation")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_others_do_is_on_the_screen_and_what_i_type_stays(served: Served, board: Page) -> None:
    card(board, "almadine-group").locator("a").click()
    board.fill("#pane [name='note:bullets']", "half a sen")
    board.fill("#pane [name='set:amount=']", "70 k€")
    file = served.folder / "negotiation/almadine-group.md"
    text = file.read_text("utf-8")
    file.write_text(re.sub("amount: .*", "amount: 66 k€", re.sub("account: .*", "account: Almadine SA", text)), "utf-8")
    board.wait_for_selector('[data-card="almadine-group"] a:has-text("Almadine SA")')
    news = board.locator("#pane .news")
    news.wait_for()
    assert "it is now: 66 k€" in news.inner_text()
    assert "you typed: 70 k€" in news.inner_text()
    board.reload()
    board.wait_for_selector("#pane")
    assert board.input_value("#pane [name='note:bullets']") == "half a sen"
    assert board.input_value("#pane [name='set:amount=']") == "70 k€"
    board.fill("#new-line", "Delta demo")
    board.reload()
    board.wait_for_selector("#new-line")
    assert board.input_value("#new-line") == "Delta demo"


def test_a_card_that_is_gone_when_it_is_drawn_away_is_not_held(served: Served, board: Page) -> None:
    """The mouse is pressed on a card, somebody takes the card off the board, the mouse moves: nothing hangs on it."""
    box = card(board, "belmaure-insurance").locator("a").bounding_box()
    assert box is not None
    board.mouse.move(box["x"] + 5, box["y"] + 5)
    board.mouse.down()
    next(served.folder.glob("*/belmaure-insurance.md")).unlink()
    card(board, "belmaure-insurance").wait_for(state="detached")
    board.mouse.move(box["x"] + 60, box["y"] + 60, steps=4)
    board.wait_for_selector(".toast:has-text('not there any more')")
    assert board.locator("body.holding, .ghost").count() == 0
    board.mouse.up()
    hold(board, "almadine-group", "meeting")
    board.keyboard.press("Escape")
    board.mouse.up()


def test_a_card_changed_in_the_hand_or_under_a_question_says_what_was_seen(served: Served, board: Page) -> None:
    def change(name: str, amount: str) -> None:
        file = next(served.folder.glob(f"*/{name}.md"))
        file.write_text(re.sub("(?m)^amount: .*", f"amount: {amount}", file.read_text("utf-8")), "utf-8")

    change("belmaure-insurance", "50 k€")
    change("orsenne-mutual", "20 k€")
    hold(board, "belmaure-insurance", "negotiation")
    change("belmaure-insurance", "51 k€")
    board.wait_for_selector(".toast:has-text('Amount: you saw: 50 k€ · it is now: 51 k€')")
    board.mouse.up()
    in_column(board, "belmaure-insurance", "negotiation")
    drag(board, "orsenne-mutual", "meeting")
    board.locator("dialog.ask input[type=checkbox]").first.check()
    change("orsenne-mutual", "21 k€")
    board.wait_for_selector("dialog.ask .news:has-text('Amount: you saw: 20 k€ · it is now: 21 k€')")
    board.locator("dialog.ask button.primary").click()
    in_column(board, "orsenne-mutual", "meeting")


@pytest.mark.parametrize(
    "moment", ["pressed before the change", "pressed while the answer is on its way", "pressed after it"]
)
@pytest.mark.parametrize("what", ["a card", "a tick", "a button"])
def test_a_click_goes_where_it_was_aimed_while_the_page_is_redrawn(
    served: Served, board: Page, moment: str, what: str
) -> None:
    """The card that is clicked, and the one whose pane is open, are changed by others between pressing and letting go."""
    name = "belmaure-insurance"
    aimed = card(board, name).locator("a")
    if what != "a card":
        aimed.click()
        board.wait_for_selector("#pane .told > section")
        aimed = board.locator(
            "#pane .ticks input" if what == "a tick" else "#pane .kinds button[aria-pressed=false]"
        ).first
    file = next(served.folder.glob(f"*/{name}.md"))
    aimed.scroll_into_view_if_needed()
    title = aimed.inner_text()

    def press() -> None:
        box = aimed.bounding_box()
        assert box is not None
        board.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        board.mouse.down()

    def change() -> None:
        file.write_text(re.sub("account: .*", "account: Belmaure SA", file.read_text("utf-8")), "utf-8")

    if moment == "pressed before the change":
        press()
        with board.expect_response(re.compile("hand/wall")):
            change()
        board.wait_for_timeout(100)
    elif moment == "pressed while the answer is on its way":
        board.route(re.compile("hand/wall"), lambda route: (press(), route.continue_()))
        with board.expect_response(re.compile("hand/wall")):
            change()
        board.wait_for_timeout(100)
    else:
        change()
        card(board, name).locator("a:has-text('Belmaure SA')").wait_for()
        press()
    board.mouse.up()
    if what == "a card":
        board.wait_for_selector('#pane[data-of="belmaure-insurance"]')
    elif what == "a tick":
        board.wait_for_selector(".toast:has-text('tick')")  # done, or refused with its reasons: it was heard
    else:
        board.locator("#pane .kinds button[aria-pressed=true]", has_text=title).wait_for()
    card(board, name).locator("a:has-text('Belmaure SA')").wait_for()


def test_two_windows_agree(served: Served, board: Page) -> None:
    other = board.context.new_page()
    other.goto(served.address)
    other.wait_for_selector("#new-line")
    drag(board, "belmaure-insurance", "negotiation")
    in_column(other, "belmaure-insurance", "negotiation")


def test_many_windows_that_nobody_sees_hold_no_other_one_up(served: Served, board: Page) -> None:
    """A browser has six connections to one server: a stream in each window of eight would leave none for a gesture."""
    hide = (
        "hidden => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    for number in range(8):
        other = board.context.new_page()
        other.goto(served.address + ("" if number % 2 else "cards/belmaure-insurance.html"))
        other.wait_for_selector("#new-line" if number % 2 else "main")
        other.evaluate(hide, True)
    drag(board, "belmaure-insurance", "negotiation")
    in_column(board, "belmaure-insurance", "negotiation")
    assert other.locator('#column-offer [data-card="belmaure-insurance"]').count() == 1, "nobody sees it"
    other.evaluate(hide, False)
    in_column(other, "belmaure-insurance", "negotiation")


def test_filters_lanes_and_sums_follow(board: Page) -> None:
    whole = board.locator("#column-offer .sums").inner_text()
    board.select_option("[data-filter=owner]", "zoe")
    part = board.locator("#column-offer .sums").inner_text()
    assert part != whole
    board.select_option("[data-filter=source]", index=1)
    board.click(".tools .clear")
    assert board.locator("#column-offer .sums").inner_text() == whole
    board.select_option("[data-lanes]", "owner")
    assert board.locator(".lane").count() == 4
    drag(board, "belmaure-insurance", "negotiation")
    board.wait_for_selector('#column-negotiation .cell [data-card="belmaure-insurance"]')
    assert board.locator(".lane").count() == 4


def test_a_meeting_is_walked_and_ends_with_what_was_decided(served: Served, board: Page) -> None:
    board.click("[data-meeting=daily]")
    dialog = board.locator("dialog.meeting")
    assert re.match(r"1 / \d+ · ", dialog.locator(".count").inner_text())
    board.keyboard.press("n")
    dialog.locator("textarea").fill("asked again")
    dialog.locator("form button").click()
    until(lambda: dialog.locator(".count").inner_text().startswith("2 /"))
    board.evaluate(SLOW)
    board.keyboard.press("n")
    dialog.locator("textarea").fill("asked too")
    dialog.locator("form button").click()
    board.keyboard.press("s")  # the next one, while this is being recorded
    until(lambda: git(served, "log", "-2", "--format=%s").count(": note") == 2)
    until(lambda: board.evaluate("hand.decided.length") == 2)
    assert dialog.locator(".count").inner_text().startswith("3 /"), "none is passed over"
    board.keyboard.press("s")
    board.keyboard.press("q")
    assert "noted" in dialog.locator(".decided").inner_text()
    assert git(served, "log", "-1", "--format=%s").endswith(": note")


def test_share_counts_what_waits_and_shares_it(served: Served, page: Page, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "-q", "--bare", str(served.folder), str(tmp_path / "shared.git")], check=True)
    git(served, "remote", "add", "origin", str(tmp_path / "shared.git"))
    git(served, "fetch", "-q", "origin")
    git(served, "branch", "-q", "-u", "origin/main")
    page.goto(served.address)
    page.wait_for_selector(".bar .share:visible")
    drag(page, "belmaure-insurance", "negotiation")
    page.wait_for_selector(".share:has-text('1 not shared yet')")
    page.click(".share")
    page.wait_for_selector(".toast:has-text('1 change shared')")
    page.wait_for_selector(".share:not(:has-text('not shared yet'))")
    shared = ["git", "-C", str(tmp_path / "shared.git"), "log", "-1", "--format=%s"]
    assert "belmaure-insurance" in subprocess.run(shared, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_only_a_person_can_decide_is_asked_in_the_page(
    demo: Path, page: Page, tmp_path: Path, language: str, kanban: Kanban
) -> None:
    """Two people changed one amount: the page asks, both answers can be read, the one that is chosen is shared."""
    shared, mine, theirs = tmp_path / "shared.git", tmp_path / "mine", tmp_path / "theirs"
    subprocess.run(["git", "clone", "-q", "--bare", str(demo), str(shared)], check=True)
    for folder in (mine, theirs):
        subprocess.run(["git", "clone", "-q", str(shared), str(folder)], check=True)
        for key, value in (("user.name", folder.name), ("user.email", f"{folder.name}@example.org")):
            subprocess.run(["git", "-C", str(folder), "config", key, value], check=True)
        file = folder / "board.yml"
        text = re.sub("(?m)^language: .*", f"language: {language}", file.read_text("utf-8"))
        file.write_text(text, "utf-8")
        subprocess.run(["git", "-C", str(folder), "commit", "-qam", "language"], check=False)
    kanban("-C", theirs, "set", "belmaure-insurance", "amount=51 k€")
    kanban("-C", theirs, "sync")
    with serving(mine) as served:
        page.goto(served.address)
        page.wait_for_selector(".bar .share:visible")
        card(page, "belmaure-insurance").locator("a").click()
        page.fill("#pane [name='set:amount=']", "52 k€")
        page.locator("#pane form.fields button.primary").click()
        page.wait_for_selector(".toast")
        head = git(served, "rev-parse", "HEAD")
        page.click(".bar .share")
        dialog = page.locator("dialog.sync")
        dialog.wait_for()
        assert violations(page) == []
        told = dialog.inner_text()
        assert "51" in told
        assert "52" in told
        assert git(served, "rev-parse", "HEAD") == head, "a question changes nothing"
        page.keyboard.press("Escape")
        page.click(".bar .share")
        page.wait_for_selector("dialog.sync")
        page.locator("dialog.sync p.tick").nth(1).locator("input").check()
        page.locator("dialog.sync button.primary").click()
        page.wait_for_selector("dialog.sync", state="detached")
        until(lambda: git(served, "rev-parse", "HEAD") == git(served, "rev-parse", "origin/main"))
        there = ["git", "-C", str(shared), "show", "HEAD:offer/belmaure-insurance.md"]
        assert "amount: 51" in subprocess.run(there, capture_output=True, text=True, check=True).stdout


def test_a_board_on_the_wall_is_only_looked_at(demo: Path, tmp_path: Path, page: Page) -> None:
    shutil.copytree(demo, tmp_path / "board")
    with serving(tmp_path / "board", AS_OF, read_only=True) as served:
        page.goto(served.address)
        page.wait_for_selector(".stamp .audience:has-text('read only')")
        assert page.locator("#new-line, [data-meeting]").count() == 0
        card(page, "belmaure-insurance").locator("a").click()
        page.wait_for_selector("#pane")
        assert page.locator("#pane form, #pane input").count() == 0
        status, told = served.hand("gesture", {"gesture": "park", "words": {"cards": ["acme-sso"]}})
        assert (status, told["refused"]["message"]) == (422, "this board is shown to be read only")


def test_what_a_card_says_is_only_text(served: Served, page: Page) -> None:
    evil = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>\"'{n}"
    text = f'---\naccount: {evil!r}\nnext_action: "<b>x</b>"\nnext_action_date: 2026-10-09\ncontact: "<svg onload=1>"\n---\n## {evil}\n'
    (served.folder / "prospects/evil.md").write_text(text, "utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served.address)
    page.wait_for_selector("#new-line")
    card(page, "evil").locator("a").click()
    page.wait_for_selector("#pane .told")
    hold(page, "evil", "qualified")
    page.mouse.up()
    page.wait_for_selector("dialog.ask")
    page.keyboard.press("Escape")
    page.fill("#new-line", "<img src=x onerror=document.title='owned'> demo tomorrow 40% 12k")
    page.wait_for_selector(".understood dd")
    assert "owned" not in page.title()
    assert page.locator("#main img, #pane img, .ghost img").count() == 0
    assert {url.split("/")[2] for url in asked} == {served.address.split("/")[2]}


def _opened_pane(page: Page) -> None:
    page.evaluate("hand.open('pradelou-seeds')")
    page.wait_for_selector("#pane .past")


def _places(page: Page) -> None:
    page.evaluate("hand.open('orsenne-mutual')")
    page.click("#pane .kinds button:last-child")
    page.click("#pane .places summary >> nth=1")
    page.wait_for_selector("#pane .places details[open] .reasons")


def _held(page: Page) -> None:
    page.evaluate(
        "document.querySelector('.jumps [href=\"#column-qualified\"]').click()"
    )  # on a phone one column is seen
    page.evaluate("document.querySelector('[data-opens=orsenne-mutual]').focus()")
    page.keyboard.press("Space")
    page.wait_for_selector(".verdict", state="attached")
    page.keyboard.press("ArrowRight")


def _asked(page: Page) -> None:
    _held(page)
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.ask")


def _refused(page: Page) -> None:
    _asked(page)
    page.click("dialog.ask button.primary")
    page.wait_for_selector("dialog.ask .refused:visible")


def _told(page: Page) -> None:
    page.evaluate("hand.toast(['said'], { undo: 'acme-sso' }); hand.toast(['refused'], { bad: true })")
    page.evaluate("hand.trouble(['The server does not answer.'])")


def _line(page: Page) -> None:
    page.fill("#new-line", "Delta demo tomorrow 10:00 28k 40%")
    page.wait_for_selector(".understood dd")


def _decided(page: Page) -> None:
    page.click("[data-meeting=weekly]")
    page.wait_for_selector("dialog.meeting h2")


def _meeting_form(page: Page) -> None:
    page.click("[data-meeting=daily]")
    page.wait_for_selector("dialog.meeting h2")
    page.keyboard.press("n")
    page.wait_for_selector("dialog.meeting form")


def _searched(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("bel")
    page.wait_for_selector(".card[hidden]", state="attached")


READ_ONLY = ("read only", "read only pane")
STATES: dict[str, Callable[[Page], None]] = {
    "board": lambda _page: None, "pane": _opened_pane, "places": _places, "held": _held, "asked": _asked,
    "refused": _refused, "told": _told, "line": _line, "meeting": _decided, "meeting form": _meeting_form,
    "search open": _searched, "read only": lambda _page: None, "read only pane": _opened_pane,
}  # fmt: skip


@pytest.mark.sweep
@pytest.mark.parametrize("width", [390, 768, 1024, 1280, 1440, 1920])
def test_axe_finds_nothing_serious(served: Served, page: Page, width: int, request: pytest.FixtureRequest) -> None:
    """In each state of the page, light and dark."""
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for name in some(request, tuple(STATES), 5):
        served.server.desk.read_only = name in READ_ONLY
        page.goto(served.address)
        page.wait_for_selector(".bar[role]" if name in READ_ONLY else "#new-line", state="attached")
        STATES[name](page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        found[name] = violations(page, [(width, "light"), (width, "dark")])
        page.evaluate("sessionStorage.clear()")  # else the card that was open opens again
    assert found == {name: [] for name in found}


@pytest.mark.sweep(only=True)
def test_a_salespersons_day_by_hand_leaves_what_the_commands_leave(
    served: Served, board: Page, kanban: Kanban, tmp_path: Path, demo: Path
) -> None:
    """The gestures of `docs/a-day.md`, no card's name typed: the same repository as after the commands."""
    page = board

    def opened(name: str) -> Locator:
        if page.locator("#pane").count():
            page.click("#pane .close")
        card(page, name).locator("a").click()
        page.wait_for_selector(f'#pane a[href$="/{name}.html"]')
        return page.locator("#pane")

    def form(pane: Locator, gesture: str, typed: dict[str, str]) -> None:
        before = git(served, "rev-parse", "HEAD")
        pane.locator(f".kinds button:has-text('{gesture}')").first.click()
        for name, text in typed.items():
            field = pane.locator(f"form.gesture:not(.fields) [name$=':{name}']")
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(text)
            else:
                field.fill(text)
        pane.locator("form.gesture:not(.fields) button.primary").click()
        until(lambda: git(served, "rev-parse", "HEAD") != before)

    def fields(pane: Locator, typed: dict[str, str]) -> None:
        before = git(served, "rev-parse", "HEAD")
        for name, text in typed.items():
            pane.locator(f"[name='set:{name}=']").fill(text)
        pane.locator("form.fields button.primary").click()
        until(lambda: git(served, "rev-parse", "HEAD") != before)

    def tick(pane: Locator, name: str) -> None:
        before = git(served, "rev-parse", "HEAD")
        pane.locator(f"#tick-{name}").click()
        until(lambda: git(served, "rev-parse", "HEAD") != before)
        page.wait_for_selector(f"#pane #tick-{name}:checked")

    note = {
        "bullets": "received the offer, likes phase 1\nboard meets on Thursday",
        "next_action": "call after the board",
    }
    form(opened("belmaure-insurance"), "Note", note | {"on": "friday 10:00"})
    page.click("#pane .close")
    drag(page, "belmaure-insurance", "negotiation")
    in_column(page, "belmaure-insurance", "negotiation")
    page.select_option("[name=template]", "discovery")
    page.fill("#new-line", "Delmont Papers discovery tomorrow 14:00 @zoé")
    page.click(".new button.primary:enabled")
    in_column(page, "delmont-papers", "prospects")
    need = {"contact": "Ms Roy", "need": "three sites, three spreadsheets", "decision_maker": "Ms Roy"}
    fields(opened("delmont-papers"), need | {"amount": "14k", "probability": "20%"})
    page.wait_for_selector(".toast:has-text('decision_maker')")
    for name in ("contact-opt-in", "need-explicit"):
        tick(page.locator("#pane"), name)
    page.click("#pane .close")
    drag(page, "delmont-papers", "qualified")
    in_column(page, "delmont-papers", "qualified")
    block = {"cause": "their lawyer is away", "next_action": "call on her return", "who": "Zoé"}
    form(opened("pradelou-seeds"), "Block", block | {"since": "-3d"})
    page.click("#pane .close")
    drag(page, "arzille-valley", "negotiation")
    page.wait_for_selector("dialog.ask:has-text('Negotiation is full')")
    page.keyboard.press("Escape")
    drag(page, "studio-percevent", "won")
    page.fill("dialog.ask [name$=':note']", "signed")
    page.click("dialog.ask button.primary")
    page.wait_for_selector("dialog.ask", state="detached")
    drag(page, "arzille-valley", "negotiation")
    in_column(page, "arzille-valley", "negotiation")
    form(opened("vauclair-joinery"), "touch", {"channel": "mail", "next_action": "LinkedIn", "on": "+2d"})
    form(opened("pradelou-seeds"), "Unblock", {"next_action": "send the clause", "on": "tomorrow"})
    form(opened("sogelium-industries"), "Lose", {"reason": "price", "note": "half our price elsewhere"})
    form(opened("hestival-group"), "Park", {"until": "2027-01-11", "note": "new budget in January"})
    reopen = {"reason": "budget found after all", "next_action": "call", "on": "tomorrow"}
    form(page.locator("#pane"), "Reopen", reopen)
    fields(opened("acme-sso"), {"amount": "2800"})
    page.click("#pane .close")
    page.locator(".toast:has-text('acme-sso') button").last.click()
    page.wait_for_selector(".toast:has-text('undone')")
    assert what_differs(served.folder, demo, tmp_path / "typed", kanban) == ""
