"""The page of a call in a real browser. Run this file to write the pictures of all states anew, and look at them."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).parents[1])]
from browser import Visit, chromium, needs_chromium, visiting
from planted_calls import Line, Pressed, Used, agent, answer, caller, record, retell
from playwright.sync_api import Browser, expect
from view_host import NO_CALLS, host, sandboxed_server

from vobiz_mcp.api.agent_calls import agent_call
from vobiz_mcp.api.wire import ask
from vobiz_mcp.digest.verbatim.transcript import transcript
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import connect
from vobiz_mcp.view.html import page, policy, whole_page
from vobiz_mcp.view.look import LookAt
from vobiz_mcp.view.loopback import Look, Server, serve
from vobiz_mcp.view.timeline import call_timeline

pytestmark = [needs_chromium, pytest.mark.long]

NOON = 1_795_262_400.0
PICTURES = Path(__file__).with_name("pictures")
IN_DOCS = Path(__file__).parents[2] / "docs" / "call_dispute.png"
WIDTHS = (320, 390, 1280, 2000)
EVIL = "</script><img src=x onerror=alert(1)><b>bold</b> &amp; `${1}` {0}"
Make = Callable[[], AgentCall]


class _Whole:
    def __init__(self, call_id: str) -> None:
        self.call_id = call_id

    def steps(self) -> Any:
        return (yield from ask(agent_call(self.call_id)))


def sandboxed(call_id: str) -> Make:
    def make() -> AgentCall:
        with connect(Sandbox(lambda: NOON)) as client:
            found: AgentCall = client.answer(_Whole(call_id))
        return found

    return make


def planted(*lines: Line, **fields: Any) -> Make:
    return lambda: record(retell(*lines, call_id="c", **fields))


STATES: dict[str, tuple[Make, str]] = {
    "dispute": (sandboxed("call_dispute"), "Said to be done, and no tool did it"),
    "hour": (sandboxed("call_support"), "Chapters"),
    "live": (sandboxed("call_one_way"), "so far"),
    "opted_out": (sandboxed("call_private"), "What was said is not kept"),
    "empty": (sandboxed("call_no_answer"), "Nothing was said or done that the API has sent"),
    "no_timings": (
        planted(
            agent("Hello, how can I help?", timed=0),
            caller("I would like to book a table.", timed=0),
            Used("book_table", answer(people=2), answer(success=False, error="no table is free"), timed=False),
            agent("I have booked it for you.", timed=0),
        ),
        "No times were sent",
    ),
    "no_tools": (planted(agent("Hello, how can I help?"), caller("Wrong number, sorry.")), "No tool was used"),
    "failing": (
        planted(
            agent("Hello, how can I help?"),
            caller("Please book the blue room for Monday."),
            *(
                Used("book_room", answer(day="Monday"), answer(error="no such room"), successful=False)
                for _ in range(5)
            ),
            agent("I have booked **the blue room** for you."),
            caller("Thank you, goodbye.", -0.8),
            Used("end_call", result=None),
        ),
        "×5",
    ),
    "hostile": (
        planted(agent(EVIL), caller(EVIL), Used(EVIL, answer(x=EVIL), answer(error=EVIL)), agent_name=EVIL),
        "onerror=alert(1)",
    ),
}


def html(make: Make) -> str:
    call = make()
    return whole_page(call_timeline(call, NOON), transcript(call))


@pytest.fixture
def shown(browser: Browser, tmp_path: Path) -> Callable[..., Any]:
    def show(state: str, width: int = 1280, height: int = 860, **context: Any) -> Any:
        file = tmp_path / f"{state}.html"
        file.write_text(html(STATES[state][0]))
        return opened(browser, file, width, height, **context)

    return show


def opened(browser: Browser, file: Path, width: int, height: int, **context: Any) -> Any:
    visit = visiting(browser, width, height, **context)
    visitor = visit.__enter__()
    visitor.page.goto(file.as_uri())
    visitor.page.locator(".page").wait_for()
    return visitor


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_drawn_without_a_request_or_a_complaint(shown: Callable[..., Visit], state: str) -> None:
    visitor = shown(state)
    assert STATES[state][1] in visitor.page.locator("#view").inner_text()
    assert [url for url in visitor.requests if not url.startswith("file://")] == []
    assert visitor.complaints == []


@pytest.mark.parametrize("state", STATES)
def test_no_width_makes_the_page_scroll_sideways(shown: Callable[..., Visit], state: str) -> None:
    visitor = shown(state)
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 800})
        assert visitor.page.evaluate("document.scrollingElement.scrollWidth") <= width


@pytest.mark.long
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_serious(shown: Callable[..., Visit], state: str, width: int, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    visitor = shown(state, width, color_scheme=theme)
    visitor.page.keyboard.press("n")
    found = axe.Axe().run(visitor.page).response["violations"]
    told = {each["id"]: [node["html"][:160] for node in each["nodes"][:3]] for each in found}
    assert {each["id"]: told[each["id"]] for each in found if each["impact"] in ("serious", "critical")} == {}


def test_what_others_said_is_text_and_makes_no_element(shown: Callable[..., Visit]) -> None:
    visitor = shown("hostile")
    assert EVIL in visitor.page.locator(".turn p").first.inner_text()
    assert visitor.page.locator("#view img, #view b:has-text('bold') b, #view script").count() == 0
    assert visitor.page.locator("body > *").count() == 3


def test_the_policy_has_no_exception_and_stops_what_is_put_in(shown: Callable[..., Visit]) -> None:
    assert "unsafe" not in policy("embedded")
    visitor = shown("dispute")
    with pytest.raises(Exception, match="TrustedHTML"):
        visitor.page.evaluate("document.body.innerHTML = '<b>x</b>'")
    with visitor.page.expect_console_message(lambda said: "Content Security Policy" in said.text):
        visitor.page.evaluate(
            "document.body.append(Object.assign(document.createElement('img'), {src: 'http://127.0.0.1:9/x'}))"
        )


def chosen(visitor: Visit) -> str:
    return visitor.page.locator(".turn.on .who").text_content() or ""


def test_a_click_on_the_timeline_goes_to_the_turn_and_back(shown: Callable[..., Visit]) -> None:
    visitor = shown("hour", 1280, 700)
    visitor.page.locator(".said[data-turn='60']").click(force=True)
    row = visitor.page.locator(".turn.on")
    assert chosen(visitor).endswith("t60")
    expect(row).to_be_in_viewport()
    for _ in range(4):
        visitor.page.get_by_role("button", name="Zoom in").click()
    visitor.page.evaluate("document.querySelector('.scroll').scrollLeft = 1e6")
    row.locator("p").click()
    expect(visitor.page.locator(".said.on")).to_be_in_viewport()


def test_a_click_on_a_finding_goes_to_its_turn(shown: Callable[..., Visit]) -> None:
    visitor = shown("dispute")
    visitor.page.get_by_role("button", name="t10 · 1:05").first.click()
    assert chosen(visitor).endswith("t10")
    expect(visitor.page.locator(".card.on")).to_have_count(1)
    visitor.page.locator(".mark.critical").last.click()
    expect(visitor.page.locator(".card.on b")).to_have_text("Said to be done, and no tool did it")
    assert chosen(visitor).endswith("t11")
    visitor.page.locator(".tool").first.click()
    assert chosen(visitor).endswith("t5")


def test_keys_walk_through_turns_and_findings_and_search(shown: Callable[..., Visit]) -> None:
    visitor = shown("dispute")
    keys = visitor.page.keyboard
    walked = []
    for key in ("j", "j", "k", "n", "n", "N"):
        keys.press(key)
        walked.append(chosen(visitor).split()[-1])
    assert walked == ["t1", "t2", "t1", "t11", "t10", "t11"]
    keys.press("/")
    keys.type("refund")
    assert visitor.page.locator(".count").inner_text() == "2 turns"
    keys.press("Enter")
    assert visitor.page.locator(".turn.on mark").count() == 1
    keys.press("Escape")
    assert visitor.page.locator("mark").count() == 0


def landed(visitor: Visit, chosen: str = ".turn.on") -> bool:
    """Whether what was chosen stands in view, below what covers the top."""
    found: bool = visitor.page.evaluate(
        """(chosen) => {
            const row = document.querySelector(chosen).getBoundingClientRect();
            return row.top >= document.querySelector('.time').getBoundingClientRect().bottom - 1 && row.top < innerHeight - 20;
        }""",
        chosen,
    )
    return found


@pytest.mark.parametrize("width", [390, 1280])
def test_a_jump_in_an_hour_long_call_arrives_at_once(shown: Callable[..., Visit], width: int) -> None:
    visitor = shown("hour", width, 844)
    visitor.page.locator(".card .where.link").first.click()
    assert landed(visitor)
    visitor.page.locator(".said").last.click(force=True)
    assert landed(visitor)
    visitor.page.keyboard.press("n")
    assert landed(visitor)


@pytest.mark.parametrize("state", ["dispute", "hour", "opted_out"])
def test_the_transcript_begins_with_what_was_said_first(shown: Callable[..., Visit], state: str) -> None:
    visitor = shown(state)
    first = visitor.page.locator(".transcript li:not(.chapter)").first
    assert (first.get_attribute("class") or "").startswith("turn")
    assert "what tools changed" not in visitor.page.locator(".transcript").inner_text()


def test_every_finding_is_reached_both_ways_the_worst_first(shown: Callable[..., Visit]) -> None:
    visitor = shown("dispute")
    cards = visitor.page.locator(".card")
    walked: dict[str, list[str | None]] = {}
    for key in ("n", "N"):
        walked[key] = []
        for _ in range(cards.count()):
            visitor.page.keyboard.press(key)
            walked[key].append(visitor.page.locator(".card.on").get_attribute("data-key"))
    in_order = [card.get_attribute("data-key") for card in cards.all()]
    assert walked["n"] == in_order
    assert walked["N"] == [*in_order[-2::-1], in_order[-1]]


def test_what_failed_five_times_at_one_turn_is_one_card(shown: Callable[..., Visit]) -> None:
    visitor = shown("failing")
    titles = visitor.page.locator(".card > .title").all_inner_texts()
    assert len([title for title in titles if "A tool failed ×5" in title]) == 1
    assert not [title for title in titles if title.startswith("A tool failed\n")]
    notes = visitor.page.locator(".turn .note").all_inner_texts()
    assert [note for note in notes if note.startswith("A tool failed")] == ["A tool failed ×5"]
    severities = [(card.get_attribute("class") or "").split()[1] for card in visitor.page.locator(".card").all()]
    assert severities == sorted(severities, key=["critical", "warn", "info"].index)


def test_a_card_is_marked_only_while_it_is_what_was_chosen(shown: Callable[..., Visit]) -> None:
    visitor = shown("dispute")
    visitor.page.locator(".card .where.link").first.click()
    expect(visitor.page.locator(".card.on")).to_have_count(1)
    visitor.page.locator(".tool").first.click()
    expect(visitor.page.locator(".card.on")).to_have_count(0)


def test_a_tool_leads_to_what_it_answered(shown: Callable[..., Visit]) -> None:
    visitor = shown("failing", 390, 844)
    visitor.page.locator(".tool").nth(3).click(force=True)
    expect(visitor.page.locator(".call").nth(3)).to_have_class(re.compile(r"\bon\b"))
    assert landed(visitor, ".call.on")
    assert visitor.page.locator(".tool.on").count() == 1


@pytest.mark.parametrize("state", ["failing", "hour"])
def test_nothing_in_the_lanes_reaches_beyond_their_frame(shown: Callable[..., Visit], state: str) -> None:
    visitor = shown(state, 390)
    beyond = (
        "(() => { const lanes = document.querySelector('.scroll'); return lanes.scrollWidth - lanes.clientWidth; })()"
    )
    assert visitor.page.evaluate(beyond) == 0
    visitor.page.locator(".tool").last.click(force=True)
    assert visitor.page.evaluate("document.querySelector('.scroll').scrollLeft") == 0


def test_zooming_keeps_what_was_chosen_in_view(shown: Callable[..., Visit]) -> None:
    visitor = shown("hour")
    visitor.page.locator(".said").last.click(force=True)
    for _ in range(5):
        visitor.page.get_by_role("button", name="Zoom in").click()
    expect(visitor.page.locator(".said.on").first).to_be_in_viewport()


def test_a_long_wait_is_drawn_as_wide_as_it_lasted(shown: Callable[..., Visit]) -> None:
    style = "getComputedStyle(document.querySelector('.reply[title^=\"11.2 s\"]'))"
    visitor = shown("dispute")
    assert visitor.page.evaluate(f"[{style}.padding, {style}.marginInlineStart]") == ["0px", "0px"]


def test_a_silence_stands_before_what_ran_in_it(shown: Callable[..., Visit]) -> None:
    visitor = shown("dispute")
    kinds = visitor.page.locator(".turn:has-text('t10') ~ li").evaluate_all(
        "all => all.slice(0, 2).map(row => row.classList[0])"
    )
    assert kinds == ["quiet", "call"]


def test_what_was_said_has_no_marks_of_bold(shown: Callable[..., Visit]) -> None:
    visitor = shown("failing")
    assert "I have booked the blue room for you." in visitor.page.locator(".transcript").inner_text()
    assert "**" not in visitor.page.locator("#view").inner_text()


def test_of_a_call_without_a_word_it_is_shown_what_else_happened(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "keys.html"
    route = Used("route", answer(to="1"), answer(error="nowhere"), successful=False)
    file.write_text(html(planted(Pressed("1"), route, Pressed("2"))))
    visitor = opened(browser, file, 1280, 800)
    rows = visitor.page.locator(".transcript li").evaluate_all("all => all.map(row => row.classList[0])")
    assert rows == ["other", "call", "other"]
    assert "undefined" not in visitor.page.locator("#view").inner_text()


def test_where_both_speak_at_once_is_hatched(shown: Callable[..., Visit]) -> None:
    visitor = shown("failing")
    assert visitor.page.locator(".both").evaluate_all("all => all.map(part => part.title)") == ["both spoke for 0.7 s"]


def test_the_header_says_in_a_sentence_what_went_worst_and_how_it_ended(shown: Callable[..., Visit]) -> None:
    said = shown("dispute").page.locator("header").inner_text()
    assert 'agent said "Alright, that is all taken care of for you."' in said
    assert "the caller hung up" in said
    assert "hung up after goodbyes" in shown("failing").page.locator("header").inner_text()


def test_a_print_keeps_what_went_wrong_in_the_ledger(shown: Callable[..., Visit]) -> None:
    visitor = shown("hour")
    visitor.page.emulate_media(media="print")
    bad = visitor.page.locator(".deed:has(.bad)").evaluate_all("all => all.map(row => row.offsetHeight > 0)")
    assert bad == [True] * len(bad)
    assert visitor.page.locator(".deed:visible").count() == 8


@pytest.mark.parametrize(("width", "least"), [(390, 2), (1280, 4)])
def test_tools_that_failed_are_named_first(shown: Callable[..., Visit], width: int, least: int) -> None:
    visitor = shown("hour", width)
    named = "all => all.filter(name => !name.hidden).length"
    bad = ":is(.failed, .soft_failure, .unanswered)"
    assert visitor.page.locator(f".tool{bad} b").evaluate_all(named) >= least


def test_a_narrow_page_has_room_below_what_stays_on_top(shown: Callable[..., Visit]) -> None:
    visitor = shown("hour", 320, 640)
    assert visitor.page.evaluate("document.querySelector('.time').offsetHeight") <= 640 / 3
    fits = "box => { box.value = box.placeholder; return box.scrollWidth <= box.clientWidth; }"
    assert visitor.page.locator("input").evaluate(fits)


def test_the_wheel_zooms_where_it_points_and_an_hour_has_a_minimap(shown: Callable[..., Visit]) -> None:
    visitor = shown("hour")
    page = visitor.page
    assert page.locator(".mini").is_visible()
    width = "document.querySelector('.canvas').offsetWidth"
    before = page.evaluate(width)
    box = page.locator(".scroll").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -480)
    page.keyboard.up("Control")
    expect(page.locator(".mini .window")).to_be_visible()
    assert page.evaluate(width) > before * 3
    page.keyboard.press("0")
    assert page.evaluate(width) == before


def test_the_ruler_of_an_hour_is_drawn_where_it_is_looked_at(shown: Callable[..., Visit]) -> None:
    page = shown("hour").page
    for _ in range(12):
        page.keyboard.press("+")
    page.evaluate("document.querySelector('.scroll').scrollLeft = 1e6")
    last = page.locator(".ruler span").last
    expect(last).to_have_text(re.compile(r"^58:0\d$"))
    expect(last).to_be_in_viewport()
    assert page.locator(".ruler span").count() < 60


def test_two_fingers_zoom(shown: Callable[..., Visit]) -> None:
    visitor = shown("dispute", 390, has_touch=True)
    visitor.page.evaluate("""() => {
        const scroll = document.querySelector('.scroll');
        for (const apart of [40, 120]) {
            const finger = (identifier, x) => new Touch({identifier, target: scroll, clientX: x, clientY: 200});
            const touches = [finger(1, 200 - apart), finger(2, 200 + apart)];
            scroll.dispatchEvent(new TouchEvent('touchmove', {touches, cancelable: true, bubbles: true}));
        }
    }""")
    assert (
        visitor.page.evaluate(
            "document.querySelector('.canvas').offsetWidth / document.querySelector('.scroll').offsetWidth"
        )
        > 2.5
    )


def test_nothing_moves_where_motion_is_to_be_reduced(shown: Callable[..., Visit]) -> None:
    assert shown("live").page.evaluate("document.getAnimations().length") > 0
    assert shown("live", reduced_motion="reduce").page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("state", ["dispute", "hour"])
def test_it_prints_on_one_page(shown: Callable[..., Visit], state: str) -> None:
    printed = shown(state).page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_a_live_call_grows_on_the_page_and_what_was_chosen_stays(browser: Browser) -> None:
    moments = [NOON - 60]
    with (
        connect(Sandbox(lambda: moments[0])) as client,
        looked_at(lambda: client.answer(LookAt("call_one_way"))) as server,
        visiting(browser) as visitor,
    ):
        visitor.page.goto(server.address)
        expect(visitor.page.locator("header")).to_contain_text("so far")
        visitor.page.locator(".turn").nth(2).click()
        turns = visitor.page.locator(".turn").count()
        moments[0] += 40
        expect(visitor.page.locator(".turn").nth(turns)).to_be_attached()
        assert chosen(visitor).endswith("t3")
        assert visitor.complaints == []


def test_a_live_call_that_grows_leaves_its_reader_in_peace(browser: Browser) -> None:
    moments = [NOON - 60]
    with (
        connect(Sandbox(lambda: moments[0])) as client,
        looked_at(lambda: client.answer(LookAt("call_one_way"))) as server,
        visiting(browser, 1280, 500) as visitor,
    ):
        page = visitor.page
        page.goto(server.address)
        page.locator(".turn").nth(2).wait_for()
        for _ in range(3):
            page.get_by_role("button", name="Zoom in").click()
        page.evaluate("document.querySelector('.scroll').scrollLeft = 200")
        width = "document.querySelector('.lane.marks').clientWidth"
        before = page.evaluate(width) / (first := seconds_shown(page))
        page.locator(".call summary, .panel summary").last.click()
        unfolded, lasted = page.locator("details[open]").count(), page.inner_text(".facts")
        page.keyboard.press("/")
        page.keyboard.type("hear me")
        page.keyboard.press("ArrowLeft")
        page.evaluate("scrollTo(0, 120)")
        moments[0] += 40
        expect(page.locator(".facts")).not_to_have_text(lasted)
        assert seconds_shown(page) > first
        assert page.evaluate(width) / seconds_shown(page) == pytest.approx(before, rel=0.02)
        assert page.evaluate("document.querySelector('.scroll').scrollLeft") == 200
        assert page.evaluate("scrollY") == 120
        assert page.locator("details[open]").count() == unfolded
        page.keyboard.type("!")
        assert page.locator("input").input_value() == "hear m!e"


def seconds_shown(page: Any) -> float:
    """How long a call is by the last label of its ruler, which stands at its place."""
    return float(
        page.locator(".ruler span").last.evaluate(
            "tick => tick.textContent.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) / parseFloat(tick.style.left) * 100"
        )
    )


def test_what_is_sought_is_marked_where_it_stands(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "found.html"
    file.write_text(html(planted(agent("Ben İİİ İstanbul'dan (a.b) arıyorum."), caller("ISTANBUL?"))))
    visitor = opened(browser, file, 1280, 800)
    for sought, marked in (("stanbul", ["stanbul", "STANBUL"]), ("(a.b)", ["(a.b)"]), ("\\", [])):
        visitor.page.locator("input").fill(sought)
        assert visitor.page.locator("mark").all_inner_texts() == marked


def test_keys_move_the_focus_to_what_they_choose(shown: Callable[..., Visit]) -> None:
    keys = (page := shown("dispute").page).keyboard
    focused = "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent)"
    names = []
    for key in ("j", "j", "n"):
        keys.press(key)
        names.append(page.evaluate(focused))
    assert names == ["turn 1, agent at 0:07", "turn 2, caller at 0:13", "t11 · 1:16"]


@contextmanager
def looked_at(look: Look) -> Iterator[Server]:
    with serve(look) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def test_what_cannot_be_shown_says_so(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "served.html"
    file.write_text(page("served"))
    with visiting(browser) as visitor:
        visitor.page.goto(file.as_uri())
        visitor.page.get_by_role("alert").wait_for()
        assert "This call cannot be shown" in visitor.page.locator("#view").inner_text()


def test_the_page_of_a_chat_is_small() -> None:
    assert len(page("host").encode()) <= 60_000


def test_the_file_of_an_hour_is_small() -> None:
    assert len(html(STATES["hour"][0]).encode()) <= 400_000


def take_pictures(browser: Browser) -> None:
    """Every state in two widths and themes, what cannot be shown, and a chat that lets its view ask nothing."""
    file = PICTURES / "call.html"
    for name, (make, _) in STATES.items():
        file.write_text(html(make))
        for width, theme in ((1280, "light"), (390, "dark")):
            visitor = opened(browser, file, width, 860, color_scheme=theme)
            visitor.page.screenshot(path=PICTURES / f"{name}-{width}.jpg", type="jpeg", quality=70)
            if (name, width) == ("dispute", 1280):
                visitor.page.screenshot(path=IN_DOCS)
            visitor.page.close()
    file.write_text(page("served"))
    with visiting(browser, 720, 300) as visitor:
        visitor.page.goto(file.as_uri())
        visitor.page.get_by_role("alert").wait_for()
        visitor.page.screenshot(path=PICTURES / "error-720.jpg", type="jpeg", quality=70)
    file.unlink()
    for tool, arguments in (("get_agent_call", {"call_id": "call_dispute"}), ("review_calls", {})):
        with visiting(browser, 720, 720) as visitor, sandboxed_server() as server:
            host(visitor.page, server, NO_CALLS, tool, **arguments).view.locator(".page").wait_for()
            visitor.page.screenshot(path=PICTURES / f"chat_text_{tool}-720.jpg", type="jpeg", quality=70)


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with chromium() as running:
        take_pictures(running)
