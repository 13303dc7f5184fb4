from __future__ import annotations

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

from planted_calls import Used, agent, caller, record, retell

from vobiz_mcp.digest import examined_call
from vobiz_mcp.digest.examined_call import examined
from vobiz_mcp.digest.page.condense import condense
from vobiz_mcp.digest.timeline.items import Timeline
from vobiz_mcp.digest.watch.changes import Changes
from vobiz_mcp.digest.watch.cursor import Cursor
from vobiz_mcp.digest.watch.snapshot import Snapshot
from vobiz_mcp.digest.watch.story import happened
from vobiz_mcp.records.agent_call import AgentCall


def call() -> AgentCall:
    asked = caller("Cancel my booking, please.")
    return record(retell(agent("How can I help?"), asked, Used("cancel_booking", "{}", "done")))


def test_one_record_is_examined_once_for_all_who_ask() -> None:
    one, like_it = call(), call()
    assert examined(one) is examined(one)
    assert examined(one).findings is examined(one).findings
    assert examined(one).shown().deeds is examined(one).shown().deeds
    assert examined(one).shown("agent") is examined(one).shown("agent")
    assert examined(one) is not examined(like_it)
    assert examined(one).findings == examined(like_it).findings


def test_a_changed_copy_is_examined_by_itself() -> None:
    one = call()
    before = condense(one)
    hidden = one.model_copy(update={"transcript_with_tool_calls": [], "transcript_object": []})
    assert "Cancel my booking" in before
    assert "Cancel my booking" not in condense(hidden)


def test_what_is_derived_goes_with_its_record_at_once() -> None:
    gc.disable()
    try:
        one = call()
        condense(one, 200)
        condense(one, find="booking")
        derived = weakref.ref(examined(one))
        known = len(examined_call._EXAMINED)
        del one
        assert derived() is None
        assert len(examined_call._EXAMINED) == known - 1
    finally:
        gc.enable()


def test_what_all_who_watch_share_is_made_once_and_goes_with_the_record() -> None:
    gc.disable()
    try:
        one, known = call(), len(happened)
        for _ in range(3):
            assert Changes(Snapshot(None, None, one, 0.0), Cursor()).events
        assert len(happened) == known + 1
        del one
        assert len(happened) == known
    finally:
        gc.enable()


def test_threads_that_ask_at_once_get_one_object() -> None:
    one, start = call(), threading.Barrier(8)

    def ask(_: int) -> object:
        start.wait()
        return examined(one)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))
    assert all(each is found[0] for each in found)


def test_an_opted_out_call_is_judged_whole_and_shown_without_a_word() -> None:
    one = call().model_copy(update={"opt_out_sensitive_data_storage": True})
    assert len(examined(one).told.utterances) == 2
    assert examined(one).shown().told.utterances == []
    (deed,) = examined(one).shown().deeds
    assert (deed.tool.name, deed.tool.arguments, deed.tool.result) == ("cancel_booking", "", "")
    assert isinstance(examined(one).shown().told, Timeline)
