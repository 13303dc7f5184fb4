"""How fast a call is drawn and scrolled in Chromium, against an empty page of the same bytes, and what its data costs.

    python tests/bench/view.py [ROUNDS]

Of each call in turn, interleaved in one browser: until it is drawn (navigation start to the second frame after the page
stands), by the clock and in the main thread's own time, which a busy machine does not lengthen; the main thread's time for
a frame while the page is scrolled, of which 60 a second leave 16.7 ms; and the processor time of the timeline as JSON
beyond the page that `get_agent_call` gives of the same fresh record. Needs a Chromium.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).parents[1])]
from browser import chromium
from playwright.sync_api import Browser, CDPSession

from vobiz_mcp.digest.page.condense import condense
from vobiz_mcp.digest.verbatim.transcript import transcript
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.sandbox import Sandbox
from vobiz_mcp.sandbox.transport import connect
from vobiz_mcp.saved_files import calls_in
from vobiz_mcp.view.html import whole_page
from vobiz_mcp.view.look import LookAt
from vobiz_mcp.view.timeline import call_timeline

NOON = 1_795_262_400.0
HOUR = Path(__file__).parents[3] / "shared/bench/cases/sgd__65min.json.gz"
FIVE_MINUTES = Path(__file__).parents[3] / "shared/bench/cases/tau__airline-015.json.gz"
DRAWN = """
window.drawn = new Promise(done => {
  const look = () => document.querySelector('.page, .empty')
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))) : requestAnimationFrame(look);
  look();
});
"""
SCROLLED = """() => new Promise(done => {
  const begun = performance.now();
  let frames = 0;
  const step = now => { frames += 1; scrollBy(0, 66); now - begun < 2000 ? requestAnimationFrame(step) : done(frames) };
  requestAnimationFrame(step);
})"""
"""Four thousand pixels a second, as fast as a flick of the finger."""


def pages() -> Iterator[tuple[str, str]]:
    """Pages by name: of calls in the sandbox, and of the bench's where they are."""
    with connect(Sandbox(lambda: NOON)) as client:
        for name in ("call_one_way", "call_support"):
            picture, words = client.answer(LookAt(name))
            yield f"{name}, {picture.length / 60:.0f} min", whole_page(picture, words)
    for file in (FIVE_MINUTES, HOUR):
        if file.exists():
            call = saved(file)
            picture = call_timeline(call, NOON)
            yield f"{file.name.partition('.')[0]}, {picture.length / 60:.0f} min", whole_page(picture, transcript(call))


def saved(file: Path) -> AgentCall:
    [call] = calls_in(str(file))
    if not isinstance(call, AgentCall):
        raise call
    return call


def empty(page: str) -> str:
    """A page of the same bytes with nothing on it."""
    size = len(page.encode())
    return (
        f'<!doctype html><title>empty</title><p class="empty">empty</p><script type="text/plain">{"x" * size}</script>'
    )


@dataclass(frozen=True)
class Drawn:
    """Milliseconds until a page is drawn, by the clock and of the main thread; of the latter, for a frame of scrolling."""

    clock: float
    thread: float
    frame: float


def drawn(browser: Browser, file: Path) -> Drawn:
    """One look at a page."""
    with browser.new_context(viewport={"width": 1280, "height": 860}) as context:
        page = context.new_page()
        inside = context.new_cdp_session(page)
        inside.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.add_init_script(DRAWN)
        page.goto(file.as_uri())
        clock: float = page.evaluate("window.drawn")
        first = thread_ms(inside)
        frames: int = page.evaluate(SCROLLED)
        return Drawn(clock, first, (thread_ms(inside) - first) / frames)


def thread_ms(inside: CDPSession) -> float:
    """What the main thread has worked so far."""
    found = {each["name"]: each["value"] for each in inside.send("Performance.getMetrics")["metrics"]}
    return float(found["TaskDuration"]) * 1000


def cost(make: Callable[[], AgentCall], rounds: int) -> tuple[float, float]:
    """Milliseconds of processor for the page of a fresh record, and for its timeline after it; medians."""
    answers, pictures = [], []
    for _ in range(rounds):
        call = make()
        begun = time.process_time()
        condense(call)
        between = time.process_time()
        call_timeline(call, NOON).model_dump_json()
        answers.append(between - begun)
        pictures.append(time.process_time() - between)
    return median(answers) * 1000, median(pictures) * 1000


def main() -> None:
    rounds = int(sys.argv[1]) if sys.argv[1:] else 7
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for name, page in pages():
            full, bare = Path(folder, "full.html"), Path(folder, "bare.html")
            full.write_text(page)
            bare.write_text(empty(page))
            took = [(drawn(browser, full), drawn(browser, bare)) for _ in range(rounds)]
            ours, empty_page = ([one[place] for one in took] for place in (0, 1))
            clock, thread = (median(getattr(one, kind) for one in ours) for kind in ("clock", "thread"))
            ratio = clock / median(one.clock for one in empty_page)
            print(
                f"{name}, {len(page.encode()) / 1000:.0f} kB: drawn in {clock:.0f} ms by the clock, {ratio:.1f} x an empty "
                f"page; main thread {thread:.0f} ms, {median(one.frame for one in ours):.1f} ms a frame of scrolling"
            )
    for file in (FIVE_MINUTES, HOUR):
        if file.exists():
            answer, picture = cost(lambda file=file: saved(file), rounds)  # type: ignore[misc]
            print(
                f"{file.name.partition('.')[0]}: page {answer:.1f} ms of processor, timeline after it {picture:.1f} ms"
            )


if __name__ == "__main__":
    main()
