"""The page of a call in three profiles of chat hosts, each a browser page with a real server behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import Visit, needs_chromium, visiting
from playwright.sync_api import Browser, expect
from servers import Session
from view_host import CONTENT_ONLY, EVERYTHING, NO_CALLS, Profile, host, sandboxed_server

pytestmark = needs_chromium

TOOLS = [
    pytest.param("get_agent_call", {"call_id": "call_dispute"}, id="get_agent_call"),
    pytest.param("diagnose_call", {"call_uuid": "dispute-leg"}, id="diagnose_call"),
    pytest.param("watch_call", {"call_id": "call_dispute", "wait_seconds": 0}, id="watch_call"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[Session]:
    with sandboxed_server() as running:
        yield running


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    with visiting(browser, 720, 720) as visitor:
        yield visitor


@pytest.mark.parametrize("profile", [pytest.param(EVERYTHING, id="everything"), pytest.param(CONTENT_ONLY, id="text")])
@pytest.mark.parametrize(("tool", "arguments"), TOOLS)
def test_the_call_is_drawn_beside_the_answer(
    visit: Visit, server: Session, profile: Profile, tool: str, arguments: dict[str, object]
) -> None:
    shown = host(visit.page, server, profile, tool, **arguments)
    expect(shown.view.locator(".silence.long").first).to_be_visible()
    expect(shown.view.get_by_text("Said to be done, and no tool did it").first).to_be_visible()
    assert "tools/call" not in shown.asked
    assert visit.complaints == []
    assert [url for url in visit.requests if not url.startswith(("about:", "data:"))] == []


def test_where_nothing_can_be_asked_the_text_is_styled(visit: Visit, server: Session) -> None:
    shown = host(visit.page, server, NO_CALLS, "get_agent_call", call_id="call_dispute")
    expect(shown.view.locator(".card.critical").first).to_contain_text("claim without deed")
    expect(shown.view.locator(".turn").first).to_contain_text("Larkfield Gym")
    expect(shown.view.locator(".plain.first")).to_contain_text("agent call call_dispute · ENDED")
    assert visit.complaints == []


def test_where_a_host_never_answers_the_text_is_styled_too(visit: Visit, server: Session) -> None:
    shown = host(
        visit.page, server, Profile(reads=False, calls=False, refuses=False), "get_agent_call", call_id="call_dispute"
    )
    expect(shown.view.locator(".card.critical").first).to_contain_text("claim without deed")


def test_a_host_that_tells_of_its_theme_alone_has_the_height_that_it_had(visit: Visit, server: Session) -> None:
    shown = host(visit.page, server, Profile(highest=500), "get_agent_call", call_id="call_dispute")
    shown.view.locator(".page").wait_for()
    visit.page.evaluate("told('ui/notifications/host-context-changed', {theme: 'dark'})")
    expect(shown.view.locator("html")).to_have_attribute("data-theme", "dark")
    shown.view.locator("details:not([open]) > summary").first.click()
    shown.view.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert max(heights(visit)) == 500


def heights(visit: Visit) -> list[int]:
    """How high the view asked to be."""
    found: list[int] = visit.page.evaluate(
        "heard.filter(m => m.method === 'ui/notifications/size-changed').map(m => m.params.height)"
    )
    return found


def test_where_resources_cannot_be_read_the_tool_is_asked_for_more_of_the_text(visit: Visit, server: Session) -> None:
    shown = host(visit.page, server, Profile(reads=False), "get_agent_call", call_id="call_dispute", max_tokens=300)
    expect(shown.view.get_by_text("You've charged me twice this month.")).to_be_visible()
    assert shown.asked.count("tools/call") == 1


def test_a_review_of_many_calls_has_a_bar_for_each_share_and_opens_its_example_in_the_chat(
    visit: Visit, server: Session
) -> None:
    shown = host(visit.page, server, EVERYTHING, "review_calls")
    expect(shown.view.get_by_role("heading", name="what went wrong")).to_be_visible()
    assert shown.view.locator(".fact .part").count() > 5
    shown.view.get_by_role("button", name="call_dispute t11").first.click()
    expect(shown.view.get_by_text("asked").first).to_be_visible()
    assert shown.said == ["Show agent call call_dispute around t11: what went wrong, and why?"]
    assert visit.complaints == []


def test_a_finding_asks_the_chat_about_itself(visit: Visit, server: Session) -> None:
    shown = host(visit.page, server, EVERYTHING, "get_agent_call", call_id="call_dispute")
    shown.view.get_by_role("button", name="Ask about this").first.click()
    expect(shown.view.get_by_role("button", name="Asked")).to_be_visible()
    [said] = shown.said
    assert said.startswith("On agent call call_dispute, finding claim_without_deed at t11:")


def test_where_the_chat_takes_no_message_the_question_is_there_to_copy(visit: Visit, server: Session) -> None:
    shown = host(visit.page, server, Profile(chats=False), "get_agent_call", call_id="call_dispute")
    shown.view.get_by_role("button", name="Ask about this").first.click()
    expect(shown.view.locator("q.question, .ask:has-text('copied')")).to_be_visible()
    assert "ui/message" not in shown.asked


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_the_host_s_and_its_height_is_kept(visit: Visit, server: Session, theme: str) -> None:
    shown = host(visit.page, server, Profile(theme=theme), "get_agent_call", call_id="call_dispute")
    shown.view.locator(".page").wait_for()
    dark = shown.view.evaluate("getComputedStyle(document.body).colorScheme")
    assert dark == theme
    assert heights(visit)
    assert max(heights(visit)) <= 720


def test_an_unknown_call_leaves_the_tool_s_own_words(visit: Visit, server: Session) -> None:
    shown = host(visit.page, server, EVERYTHING, "get_agent_call", call_id="call_nowhere")
    expect(shown.view.locator(".plain.first")).to_contain_text("not_found")
