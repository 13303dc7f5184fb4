from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from commands import command, command_here
from fleet_files import fleet_bodies

from vobiz_mcp import Summary
from vobiz_mcp.reviews.batch.run import reviewed
from vobiz_mcp.reviews.batch.shards import FILES_A_SHARD, shards
from vobiz_mcp.saved_files import files_below

Review = Callable[..., subprocess.CompletedProcess[str]]


@cache
def bodies() -> dict[str, bytes]:
    return fleet_bodies(70)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Calls in a folder and below it: packed, in lines, in a list; one file is cut off and one empty."""
    folder = tmp_path / "saved"
    (folder / "older").mkdir(parents=True)
    found = [*bodies().items()]
    for name, body in found[:40]:
        (folder / "older" / f"{name}.json").write_bytes(body)
    for name, body in found[40:50]:
        (folder / f"{name}.json.gz").write_bytes(gzip.compress(body))
    (folder / "dump.jsonl").write_bytes(b"\n".join(body for _, body in found[50:60]))
    listed = [json.loads(body)["data"] for _, body in found[60:]]
    (folder / "list.json").write_text(json.dumps({"calls": listed}))
    (folder / "broken.json").write_bytes(found[0][1][:500])
    (folder / "nothing.json").write_bytes(b"")
    (folder / "notes.txt").write_text("no call")
    return folder


@pytest.fixture
def review(capsys: pytest.CaptureFixture[str]) -> Review:
    """`vobiz-mcp review` in this process."""

    def run(*arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        jobs = () if "--jobs" in arguments else ("--jobs", "1")
        return command_here(capsys, "review", *arguments, *jobs, environment=environment)

    return run


def test_a_folder_is_reviewed_whatever_is_in_it_and_the_exit_code_says_what_could_not_be_read(saved: Path) -> None:
    done = command("review", str(saved), "--jobs", "2")
    assert done.returncode == 1
    first, *rest = done.stdout.splitlines()
    assert first.startswith(
        "70 of 72 calls read, 2 could not be (1 it is empty; 1 it is no JSON: line 1 breaks at character 491), "
    )
    assert "what went wrong, calls (share, 95 % interval); worst example to open:" in rest
    refused = sorted(line.rpartition("/")[2] for line in done.stderr.splitlines())
    assert refused == ["broken.json: it is no JSON: line 1 breaks at character 491", "nothing.json: it is empty"]


def test_one_process_and_two_and_standard_input_count_the_same(saved: Path, review: Review) -> None:
    assert review(str(saved)).stdout == command("review", str(saved), "--jobs", "2").stdout
    listed = review(str(saved / "list.json"))
    assert (listed.returncode, listed.stdout[:21]) == (0, "10 of 10 calls read, ")


def test_what_is_done_stays_done_and_a_file_that_was_mended_is_read_again(
    saved: Path, review: Review, tmp_path: Path
) -> None:
    pytest.importorskip("duckdb")
    out = tmp_path / "out"
    first = review(str(saved), "--out", str(out), "--jobs", "1")
    kept = {file: file.stat().st_mtime_ns for file in (out / "rows").iterdir()}
    tables = {name: (out / name).stat().st_size for name in ("calls.parquet", "findings.parquet", "tools.parquet")}
    assert all(tables.values())
    assert json.loads((out / "summary.json").read_text())["calls"] == 70
    assert review(str(saved), "--out", str(out)).stdout == first.stdout
    assert {file: file.stat().st_mtime_ns for file in (out / "rows").iterdir()} == kept
    (saved / "broken.json").write_bytes(next(iter(bodies().values())))
    assert review(str(saved), "--out", str(out)).stdout.startswith("71 of 72 calls read, 1 could not be")
    assert len(list((out / "rows").iterdir())) == len(kept) + 1


def test_what_a_review_wrote_below_the_folder_is_not_read_as_calls(saved: Path, review: Review) -> None:
    pytest.importorskip("duckdb")
    out = saved / "reviews"
    pages = [review(str(saved), "--out", str(out)).stdout for _ in range(3)]
    assert pages[0].startswith("70 of 72 calls read")
    assert pages == [pages[0]] * 3
    [rows, *_] = (out / "rows").iterdir()
    for written, kind in ((rows, "a row of a review"), (out / "summary.json", "the summary of a review")):
        refused = review(str(written))
        assert refused.returncode == 1
        assert f"it looks like {kind}, not an agent call" in refused.stderr


def test_strict_privacy_puts_stand_ins_in_the_place_of_callers_numbers(
    saved: Path, review: Review, tmp_path: Path
) -> None:
    duckdb = pytest.importorskip("duckdb")
    out = tmp_path / "out"
    plainly = review(str(saved), "--out", str(out)).stdout
    query = f"SELECT DISTINCT caller FROM '{out / 'calls.parquet'}' WHERE caller <> ''"
    numbers = duckdb.sql(query).fetchall()
    told = [review(str(saved), "--out", str(out), environment={"VOBIZ_PRIVACY": "strict"}) for _ in range(2)]
    assert [each.stdout for each in told] == [plainly] * 2
    stand_ins = duckdb.sql(query).fetchall()
    assert len(stand_ins) == len(numbers) > 10
    (out / "rows" / "callers.key").write_bytes(b"")
    review(str(saved), "--privacy", "strict", "--out", str(out))
    assert len(set(duckdb.sql(query).fetchall()) - set(numbers)) == len(numbers)
    assert all(caller.startswith("caller_") for (caller,) in stand_ins)
    refused = review(str(saved), environment={"VOBIZ_PRIVACY": "strikt"})
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "VOBIZ_PRIVACY must be" in refused.stderr


def test_what_comes_on_standard_input_is_in_the_tables_too(saved: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    out, count = tmp_path / "out", f"SELECT count(*) FROM '{tmp_path / 'out' / 'calls.parquet'}'"
    body = next(iter(bodies().values())).decode()
    for others, calls in ((), 1), ([str(saved / "list.json")], 11):
        done = command("review", "-", *others, "--out", str(out), given=body)
        assert (done.returncode, done.stdout.partition(" call")[0]) == (0, f"{calls} of {calls}"), done.stderr
        assert duckdb.sql(count).fetchall() == [(calls,)]


def test_a_file_whose_name_is_no_text_is_kept_like_any_other(saved: Path, review: Review, tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    (saved / os.fsdecode(b"caf\xe9.json")).write_bytes(next(iter(bodies().values())))
    first, again = (review(str(saved), "--out", str(tmp_path / "out")) for _ in range(2))
    assert first.stdout.startswith("71 of 73 calls read"), first.stderr
    assert again.stdout == first.stdout


def test_a_broken_line_of_a_dump_is_named_by_its_number(saved: Path, review: Review) -> None:
    lines = [next(iter(bodies().values())), b"", b'{"call_id": ', b'{"greeting": "hello"}']
    (saved / "broken.jsonl").write_bytes(b"\n".join(lines))
    done = review(str(saved / "broken.jsonl"))
    assert done.stdout.startswith("1 of 3 calls read")
    first, second = (line.rpartition("/")[2] for line in done.stderr.splitlines())
    assert first == "broken.jsonl line 3: it is no JSON: it breaks at character 13"
    assert second.startswith("broken.jsonl line 4: it is no agent call")


def test_a_folder_that_is_none_or_somebody_elses_is_refused_and_left_alone(
    saved: Path, review: Review, tmp_path: Path
) -> None:
    pytest.importorskip("duckdb")
    (tmp_path / "report.html").write_text("mine")
    for out, told in ((tmp_path, "has a report.html that no review wrote"), (saved / "list.json", "is a file")):
        done = review(str(saved), "--out", str(out))
        assert (done.returncode, done.stdout) == (2, "")
        assert told in done.stderr
    assert (tmp_path / "report.html").read_text() == "mine"


def test_a_clock_that_is_ahead_and_a_call_without_a_time_are_told_and_stretch_no_period(
    saved: Path, review: Review
) -> None:
    call = json.loads(next(iter(bodies().values())))
    data = call["data"] | {"call_id": "undated"}
    ahead = data | {"call_id": "ahead", "start_timestamp": 4_000_000_000_000, "end_timestamp": 4_000_000_020_000}
    for name in ("start_timestamp", "end_timestamp"):
        data.pop(name, None)
    (saved / "undated.json").write_text(json.dumps({"data": data}))
    (saved / "ahead.json").write_text(json.dumps({"data": ahead}))
    told = review(str(saved)).stdout
    assert "1 without a time: counted in any period" in told
    assert "2096" not in told.splitlines()[0]


def test_a_run_that_was_interrupted_leaves_only_whole_shards(saved: Path, tmp_path: Path) -> None:
    work = shards(list(files_below([str(saved)])))
    assert len(work) == 2
    folder = tmp_path / "rows"
    folder.mkdir()
    next(reviewed(work, 1, folder))
    (folder / f"{work[1].key}.77.part").write_bytes(b"half")
    assert sum(len(rows) for _, rows in reviewed(work, 1, folder)) == 72
    assert sum(shard.kept_in(folder).exists() for shard in work) == 2


@pytest.mark.parametrize("cut", [0, 5, 300, -9])
def test_rows_that_a_lost_disk_cut_off_are_made_again(cut: int, saved: Path, tmp_path: Path) -> None:
    [work, *_] = shards(list(files_below([str(saved)])))
    whole = list(reviewed([work], 1, tmp_path))
    kept_in = work.kept_in(tmp_path)
    kept_in.write_bytes(kept_in.read_bytes()[:cut])
    assert list(reviewed([work], 1, tmp_path)) == whole == list(reviewed([work], 1, tmp_path))


def test_aggregates_over_the_tables_are_those_of_the_sums(saved: Path, review: Review, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    out = tmp_path / "out"
    review(str(saved), "--out", str(out))
    assert (out / "report.html").read_text().startswith("<!doctype html>")
    summary = Summary.of(row for _, rows in reviewed(shards(list(files_below([str(saved)]))), 1) for row in rows)
    calls, findings, tools = (f"'{out / name}.parquet'" for name in ("calls", "findings", "tools"))
    wrong = duckdb.sql(
        f"SELECT code, count(DISTINCT call_id) FROM {findings} WHERE severity <> 'info' GROUP BY code"
    ).fetchall()
    assert dict(wrong) == {code: summary.wrong(code) for code, _ in summary.found if summary.wrong(code)}
    assert duckdb.sql(f"SELECT count(*) FROM {calls} WHERE error <> ''").fetchall() == [(2,)]
    assert dict(duckdb.sql(f"SELECT name, count(*) FROM {tools} GROUP BY name").fetchall()) == {
        name: tool.calls for name, tool in summary.tools.items()
    }
    [(cost,)] = duckdb.sql(f"SELECT sum(cost) FROM {calls}").fetchall()
    assert cost == pytest.approx(summary.cost)


def test_files_go_to_shards_by_name_so_that_one_more_changes_one_shard() -> None:
    names = [f"call_{number}.json" for number in range(20 * FILES_A_SHARD)]
    before = {shard.key for shard in shards(names)}
    after = {shard.key for shard in shards([*names, "new.json"])}
    assert len(after - before) == 1
    assert sorted(file for shard in shards(names) for file in shard.files) == sorted(names)
    assert len(shards(["same.json"] * 3 * FILES_A_SHARD)) == 1


def test_however_many_files_there_are_one_more_changes_one_shard_or_parts_it_in_two() -> None:
    names = [f"call_{number}.json" for number in range(4 * FILES_A_SHARD)]
    before: set[str] = set()
    for count in range(len(names)):
        after = {shard.key for shard in shards(names[:count])}
        assert len(after - before) <= 2
        before = after
    assert max(len(shard.files) for shard in shards(names)) <= FILES_A_SHARD


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["{empty}"], 1, "no_agent_call: {empty} holds no files of calls. Calls are .json or .jsonl files."),
        (["{saved}/nothing.json"], 1, "nothing.json: it is empty"),
        (["{saved}/absent.json"], 1, "absent.json: there is no such file"),
        (["{saved}", "--since", "2026-11-20", "--until", "2026-11-18"], 2, "since 2026-11-20 is not before until"),
        (["{saved}", "--since", "tomorrow"], 2, "since takes a day, a moment or how long ago, such as 7d"),
        (["{saved}/list.json", "--agent", "nobody"], 2, "no call of nobody was read: the agents are agent_"),
        (["{saved}/list.json", "--compare", "99"], 2, "compare takes previous, an agent or a version: the agents are"),
        (["{saved}", "--compare", "previous"], 2, "--compare previous needs --since"),
        (["{saved}", "--jobs", "0"], 2, "it takes a whole number from 1 to 256"),
    ],
)
def test_bad_input_gets_one_clear_line_and_no_all_clear(
    arguments: list[str], code: int, told: str, saved: Path, review: Review
) -> None:
    places = {"saved": saved, "empty": saved.with_name("empty")}
    places["empty"].mkdir()
    done = review(*(each.format(**places) for each in arguments))
    assert done.returncode == code
    assert told.format(**places) in done.stderr
    assert len(done.stderr.splitlines()) <= 3
    assert "nothing" not in done.stdout
    assert "what went wrong" not in done.stdout


def test_a_call_that_is_saved_twice_is_told(saved: Path, review: Review) -> None:
    pytest.importorskip("duckdb")
    (saved / "again.json").write_bytes(next(iter(bodies().values())))
    done = review(str(saved), "--out", str(saved / "out"))
    assert done.stdout.startswith("71 of 73 calls read")
    twice = "saved twice and counted twice, by call_id and start: 1 call"
    assert twice in done.stdout
    assert json.loads((saved / "out" / "summary.json").read_text())["missing"] == [twice]
    assert twice in (saved / "out" / "report.html").read_text()
    assert f"vobiz-mcp: {twice}" in done.stderr.splitlines()


def test_calls_without_an_id_are_not_taken_for_one_saved_twice(review: Review, tmp_path: Path) -> None:
    call = json.loads(next(iter(bodies().values())))["data"]
    kept = {name: value for name, value in call.items() if name not in ("call_id", "id", "start_timestamp")}
    (tmp_path / "calls.json").write_text(json.dumps([kept, kept | {"agent_id": "agent_other"}]))
    done = review(str(tmp_path))
    assert done.stdout.startswith("2 of 2 calls read")
    assert "saved twice" not in done.stdout + done.stderr


def test_a_process_that_is_killed_costs_its_shard_and_no_call(saved: Path, tmp_path: Path) -> None:
    mark, program = tmp_path / "killed", tmp_path / "program.py"
    program.write_text(KILLED.format(mark=str(mark), saved=str(saved)))
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, mark.exists()) == ("72 rows of 2 shards\n", True), done.stderr


KILLED = """
import os, signal
from pathlib import Path

from vobiz_mcp.reviews.batch import run
from vobiz_mcp.reviews.batch.shards import shards
from vobiz_mcp.saved_files import files_below

read = run.rows_of_file


def dying(name):
    mark = Path({mark!r})
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return read(name)


run.rows_of_file = dying
if __name__ == "__main__":
    done = list(run.reviewed(shards(list(files_below([{saved!r}]))), jobs=2))
    print(sum(len(rows) for _, rows in done), "rows of", len({{shard.key for shard, _ in done}}), "shards")
"""
