from __future__ import annotations

from pathlib import Path

from example_programs import program
from fleet_files import saved_fleet


def test_a_program_of_ones_own_counts_rows_and_says_what_could_not_be_read(tmp_path: Path) -> None:
    saved_fleet(tmp_path, 40)
    done = program("review_calls.py", str(tmp_path))
    assert done.returncode == 0, done.stderr
    counted = dict(line.split(": ") for line in done.stdout.splitlines())
    assert sum(int(told.split(" ")[2]) for told in counted.values()) == 40
    assert counted["agent_tables"].startswith("8 of ")
    (tmp_path / "broken.json").write_text("{")
    again = program("review_calls.py", str(tmp_path))
    assert (again.returncode, again.stdout.splitlines()[-1]) == (
        1,
        "could not be read: 0 of 1 calls with something critical",
    )
