"""The page of many calls in a browser, and what stands in it. Run this file to write its pictures anew."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1])]
from browser import chromium, needs_chromium, visiting
from playwright.sync_api import Browser, expect
from reviewed_rows import DAY_S, NOW, rows

from vobiz_mcp.reviews.row import Row, Used
from vobiz_mcp.view.report.groups import MOST_OPENED
from vobiz_mcp.view.report.report import Fleet, report_page
from vobiz_mcp.view.report.tables import Cell, Report

PICTURES = Path(__file__).with_name("pictures")
EVIL = "</script><img src=x onerror=alert(1)>"


def of(given: list[Row]) -> Report:
    fleet = Fleet()
    for row in given:
        fleet.add(row)
    return fleet.report()


def cells(report: Report) -> Iterator[Cell]:
    return (cell for table in report.tables for line in table.lines for cell in line.cells)


def test_what_went_wrong_stands_by_week_and_adds_up_to_the_calls() -> None:
    given = rows(400)
    report = of(given)
    table = report.tables[0]
    assert table.title == "What went wrong, by week"
    line = next(line for line in table.lines if line.means == "error_end")
    assert sum(int(cell.text.split()[0]) for cell in line.cells) == sum(
        any(found.code == "error_end" and found.severity != "info" for found in row.found) for row in given
    )
    assert sum(int(cell.text.split()[-1]) for cell in line.cells) == len(given)


def test_every_share_lies_in_its_interval_and_opens_its_newest_calls() -> None:
    report = of(rows(300))
    for cell in cells(report):
        if cell.share is not None:
            assert cell.low <= cell.share <= cell.high
            assert bool(cell.calls) == (cell.share > 0)
            started = [report.calls[place].started for place in cell.calls]
            assert started == sorted(started, reverse=True)


def test_versions_stand_side_by_side_and_tools_with_their_failures() -> None:
    report = of(rows(200))
    titles = {table.title: table for table in report.tables}
    assert titles["Agents and versions side by side"].columns == [
        f"{agent} {version}" for agent in ("agent_billing", "agent_front_desk") for version in ("14", "15")
    ]
    assert [line.name for line in titles["Tools"].lines] == ["find_slot"]


def test_a_tool_used_more_than_once_on_a_call_opens_that_call_and_claims_no_others() -> None:
    used = tuple(Used("book", outcome, 1.0, 2, "went on") for outcome in ("failed", "failed", "failed softly", "ok"))
    report = of([Row(call_id=f"c{number}", started=NOW, tools=used) for number in range(MOST_OPENED + 3)])
    [line] = next(table for table in report.tables if table.title == "Tools").lines
    uses, failed, softly, *_ = line.cells
    assert (uses.text, failed.text, softly.text) == ("60", "45 of 60", "15 of 45")
    assert [(len(cell.calls), cell.more) for cell in (uses, failed, softly)] == [(MOST_OPENED, 3)] * 3


def test_what_has_no_room_is_counted_and_not_left_out_in_silence() -> None:
    given = [Row(call_id=f"c{n}", agent_id=f"agent_{n}", started=NOW - 7 * n * DAY_S, found=()) for n in range(9)]
    notes = {table.title: table.note for table in of(given).tables}
    assert notes["Agents and versions side by side"].endswith("; 6 of 9 agents and versions are shown")
    assert notes["Waits, by week"].endswith("; 8 of 9 weeks are shown")
    assert not [table for table in of(given[:2]).tables if "shown" in table.note]


def test_what_could_not_be_read_is_said_and_no_calls_are_no_all_clear() -> None:
    assert of([Row(error="it is empty")]).facts == ["0 calls", "1 not read: it is empty"]
    assert of([]).tables == []


def test_the_page_of_many_calls_is_hardly_larger_than_that_of_some() -> None:
    some, many = (len(report_page(rows(count))) for count in (1000, 8000))
    assert many < some * 1.3


@needs_chromium
@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_a_number_opens_its_calls(browser: Browser, tmp_path: Path, width: int) -> None:
    file = tmp_path / "report.html"
    file.write_text(
        report_page([*rows(200), Row(call_id=EVIL, agent_name=EVIL, started=NOW - DAY_S, ended_as="normal")])
    )
    with visiting(browser, width) as visitor:
        visitor.page.goto(file.as_uri())
        visitor.page.locator("button.number").first.click()
        expect(visitor.page.locator("dialog .opened").first).to_contain_text("vobiz-mcp view call_")
        visitor.page.get_by_role("button", name="close").click()
        expect(visitor.page.locator("dialog")).to_have_count(0)
        assert visitor.page.evaluate("document.scrollingElement.scrollWidth") <= width
        assert visitor.page.locator("img").count() == 0
        assert visitor.complaints == []
        assert [url for url in visitor.requests if not url.startswith("file://")] == []


@needs_chromium
@pytest.mark.long
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_the_report(browser: Browser, tmp_path: Path, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    file = tmp_path / "report.html"
    file.write_text(report_page(rows(200)))
    with visiting(browser, color_scheme=theme) as visitor:
        visitor.page.goto(file.as_uri())
        visitor.page.locator("button.number").first.click()
        found = axe.Axe().run(visitor.page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")] == []


def test_the_data_of_the_page_is_json_that_no_name_ends_early() -> None:
    page = report_page([Row(call_id=EVIL, agent_name=EVIL, started=NOW)])
    data = re.search(r'<script type="application/json" id="report">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert EVIL in {call["call_id"] for call in json.loads(data[1])["calls"]}


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with chromium() as running:
        file = PICTURES / "report.html"
        file.write_text(report_page(rows(600)))
        for width, theme in ((1280, "light"), (390, "dark")):
            with visiting(running, width, 860, color_scheme=theme) as visitor:
                visitor.page.goto(file.as_uri())
                visitor.page.screenshot(path=PICTURES / f"report-{width}.jpg", type="jpeg", quality=70, full_page=True)
        file.unlink()
