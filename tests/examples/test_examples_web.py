"""The web page in a real browser. Run this file to take the documentation's screenshot anew."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1])]
from browser import Visit, chromium, needs_chromium
from playwright.sync_api import Browser, expect

EXAMPLES = Path(__file__).parents[2] / "examples"
SCREENSHOT = EXAMPLES / "support_web.png"
QUESTION = "Type a message..."
pytestmark = [
    pytest.mark.skipif(find_spec("gradio") is None, reason="needs Gradio: pip install -e '.[examples]'"),
    needs_chromium,
]


@contextmanager
def running_page(proxy: str = "", program: str = "support_web.py") -> Iterator[str]:
    """The address of the page, served by the example as a person starts it, or by a program of the tests."""
    environment = {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "GRADIO_SERVER_PORT": str(free_port()),
        "NO_PROXY": "127.0.0.1,localhost",
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), proxy),
    }
    command = [sys.executable, str(EXAMPLES / program)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        try:
            address = next(filter(None, (re.search(r"http://\S+", line) for line in process.stdout)))
            yield address[0]
        finally:
            process.terminate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


class Visitor(Visit):
    """Somebody who asks the assistant."""

    def ask(self, question: str) -> None:
        self.page.get_by_placeholder(QUESTION).fill(question)
        self.page.keyboard.press("Enter")


@contextmanager
def visit(browser: Browser, address: str, width: int = 1280, height: int = 860) -> Iterator[Visitor]:
    visitor = Visitor(browser.new_page(viewport={"width": width, "height": height}))
    visitor.page.goto(address)
    yield visitor
    visitor.page.close()


@pytest.fixture(scope="module")
def outside() -> Iterator[socket.socket]:
    """Where every request of the server's own would go that leaves the machine."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        yield listening


@pytest.fixture(scope="module")
def address(outside: socket.socket) -> Iterator[str]:
    with running_page(f"http://127.0.0.1:{outside.getsockname()[1]}") as served:
        yield served


def test_a_question_is_answered_with_its_step_folded_and_no_request_leaves_the_machine(
    browser: Browser, address: str, outside: socket.socket
) -> None:
    with visit(browser, address) as visitor:
        visitor.ask("Which tool failed, and what did it say?")
        visitor.page.get_by_text("Its tools, and what they answered:").wait_for()
        told = visitor.page.get_by_text("agent call call_dispute · ENDED").last
        told.wait_for(state="hidden")
        visitor.page.get_by_text("get_agent_call(call_id='call_dispute')").click()
        told.wait_for(state="visible")
        assert [url for url in visitor.requests if not url.startswith((address, "data:", "blob:"))] == []
        assert visitor.complaints == []
    with pytest.raises(BlockingIOError):
        outside.accept()


def test_the_picker_chooses_the_call_that_a_question_is_about(browser: Browser, address: str) -> None:
    with visit(browser, address) as visitor:
        visitor.page.get_by_role("combobox", name="Call").click()
        visitor.page.get_by_role("option", name=re.compile("call_one_way")).click()
        visitor.page.get_by_text("Is audio flowing, and where to?").click()
        visitor.page.get_by_text("list_streams(call_uuid='one-way-leg')").wait_for()
        visitor.page.get_by_text("Its audio streams:").wait_for()


def test_an_answer_is_streamed_piece_by_piece(browser: Browser, address: str) -> None:
    with visit(browser, address) as visitor:
        visitor.page.evaluate("""() => {
            window.lengths = new Set();
            const look = () => window.lengths.add(document.body.innerText.length);
            new MutationObserver(look).observe(document.body, {childList: true, subtree: true, characterData: true});
        }""")
        visitor.ask("What did the caller want, and was it done?")
        visitor.page.get_by_text("In short:").wait_for()
        visitor.page.wait_for_function("window.lengths.size > 10")


def test_the_page_stands_in_the_middle_at_every_width(browser: Browser, address: str) -> None:
    with visit(browser, address) as visitor:
        for width in (390, 1024, 1280, 1920):
            visitor.page.set_viewport_size({"width": width, "height": 860})
            box = visitor.page.locator(".contain").first.bounding_box()
            assert box is not None
            assert box["x"] == pytest.approx(width - box["x"] - box["width"], abs=2)


def test_the_call_is_drawn_beside_the_chat_and_follows_the_picker(browser: Browser, address: str) -> None:
    with visit(browser, address) as visitor:
        shown = visitor.page.frame_locator(".call iframe")
        expect(shown.get_by_text("Said to be done, and no tool did it").first).to_be_visible()
        visitor.page.get_by_role("combobox", name="Call").click()
        visitor.page.get_by_role("option", name=re.compile("call_booking")).click()
        expect(shown.get_by_role("heading", name="agent_front_desk")).to_be_visible()
        assert visitor.complaints == []


def test_a_finding_is_a_chip_with_its_severity(browser: Browser, address: str) -> None:
    with visit(browser, address) as visitor:
        visitor.ask("What did the caller want, and was it done?")
        expect(visitor.page.locator(".chip.critical").first).to_have_text("◆ critical claim without deed")
        expect(visitor.page.locator(".chip.warn").first).to_have_text("▲ warn tool soft failure")


def test_the_page_fits_a_phone(browser: Browser, address: str) -> None:
    with visit(browser, address, 360, 740) as visitor:
        visitor.ask("Which tool failed, and what did it say?")
        visitor.page.get_by_text("Its tools, and what they answered:").wait_for()
        assert visitor.page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")
        assert visitor.page.locator("textarea").is_visible()


def test_what_others_said_is_shown_as_text_and_makes_the_page_load_nothing(browser: Browser) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as evil,
        running_page(program=str(Path(__file__).parents[1] / "hostile_page.py")) as served,
        visit(browser, served) as visitor,
    ):
        evil.settimeout(0)
        said = f"<img src=http://127.0.0.1:{evil.getsockname()[1]}/x> <b>bold</b> &amp; 'quoted'"
        visitor.ask(said)
        answer = visitor.page.locator("[data-testid=bot]", has_text="The caller said")
        answer.last.wait_for()
        visitor.page.get_by_text("ask(question=").click()
        visitor.page.get_by_text("A tool said: " + said).wait_for()
        assert said in answer.last.inner_text()
        shown = visitor.page.locator("[data-testid=bot]")
        assert shown.locator("img[src*='/x'], b").count() == 0
        with pytest.raises(BlockingIOError):
            evil.accept()


def test_the_page_may_load_nothing_from_another_address_whatever_stands_in_it(browser: Browser, address: str) -> None:
    made = "name => document.body.append(Object.assign(document.createElement(name), {src: 'http://127.0.0.1:9/x'}))"
    with visit(browser, address) as visitor:
        for element in ("img", "script", "iframe"):
            with visitor.page.expect_console_message(lambda said: "Content Security Policy" in said.text):
                visitor.page.evaluate(made, element)


def test_the_page_says_that_a_script_answers(browser: Browser, address: str) -> None:
    with visit(browser, address) as visitor:
        visitor.page.get_by_text("A script answers here, not a model").wait_for()


if __name__ == "__main__":
    with running_page() as served, chromium() as started, visit(started, served) as visitor:
        visitor.ask("What did the caller want, and was it done?")
        visitor.page.get_by_text("In short:").wait_for()
        visitor.page.locator("[data-testid=status-tracker]:not(.hide)").first.wait_for(state="hidden")
        visitor.page.screenshot(path=SCREENSHOT)
