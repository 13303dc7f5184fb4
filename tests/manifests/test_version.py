"""A new version is one command, which leaves no place with the old one."""

from __future__ import annotations

from datetime import date

import pytest
import version
from places import ROOT

from vobiz_mcp import server_info

DAY = date(2026, 12, 1)


def test_what_is_unreleased_gets_the_version_and_its_date() -> None:
    told = "# Changelog\n\n## Unreleased\n\n- new\n\n## 0.1.0 (2026-01-01)\n\n- old\n"
    assert version.released(told, "0.2.0", DAY) == (
        "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-12-01)\n\n- new\n\n## 0.1.0 (2026-01-01)\n\n- old\n"
    )


@pytest.mark.parametrize(
    "told",
    ["# Changelog\n", "## Unreleased\n\n## 0.1.0 (2026-01-01)\n", "## Unreleased\n\n- new\n\n## 0.2.0 (2026-01-01)\n"],
)
def test_nothing_is_released_twice_or_of_nothing(told: str) -> None:
    with pytest.raises(ValueError, match="nothing unreleased"):
        version.released(told, "0.2.0", DAY)


def test_only_the_version_changes_in_the_definition() -> None:
    source = (ROOT / "vobiz_mcp" / "server_info.py").read_text()
    changed = version.versioned(source, "9.9.9")
    assert changed == source.replace(f'VERSION = "{server_info.VERSION}"', 'VERSION = "9.9.9"')
    assert changed != source


@pytest.mark.parametrize("told", ["latest", "1.0", "v1.0.0", "1.0.0; rm"])
def test_what_is_no_version_is_refused(told: str) -> None:
    with pytest.raises(SystemExit, match="three numbers"):
        version.main(told)


def test_every_released_version_in_the_changelog_has_its_date() -> None:
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text().splitlines() if line.startswith("## ")]
    assert headings[0] == "## Unreleased"
    for heading in headings[1:]:
        date.fromisoformat(heading.split("(")[1].rstrip(")"))
