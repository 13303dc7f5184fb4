from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from any_tree import KEYS, RECORDS, TREES, names
from hypothesis import given
from hypothesis import strategies as st

from vobiz_mcp.api import body
from vobiz_mcp.errors import UnreadableAnswer
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.records.record import DEEPEST, Record


@pytest.mark.parametrize("record", RECORDS)
def test_a_null_is_the_same_as_a_missing_key_in_every_field(record: type[Record]) -> None:
    nulls: Any = dict.fromkeys(names(record))
    assert record.read(nulls) == record.read({})


@pytest.mark.parametrize("tree", [None, 5, "text", True, [], [{}]])
def test_what_is_no_object_is_no_record(tree: Any) -> None:
    with pytest.raises(UnreadableAnswer):
        LiveCall.read(tree)


@pytest.mark.parametrize("levels", [DEEPEST - 2, DEEPEST + 1, 5000])
def test_nesting_beyond_reason_is_refused_and_all_else_can_be_written(levels: int) -> None:
    tree: Any = "leaf"
    for _ in range(levels):
        tree = {"a": tree}
    if levels > DEEPEST:
        with pytest.raises(UnreadableAnswer):
            LiveCall.read(tree)
    else:
        LiveCall.read(tree).model_dump_json()


OBJECTS = st.dictionaries(st.sampled_from(KEYS), TREES, max_size=8)


@given(st.sampled_from(RECORDS), OBJECTS | TREES)
def test_any_tree_is_a_record_that_can_be_written_or_is_unreadable(record: type[Record], tree: Any) -> None:
    before = deepcopy(tree)
    try:
        read = record.read(tree)
    except UnreadableAnswer:
        return
    finally:
        assert repr(tree) == repr(before)
    dumped = read.model_dump(mode="json")
    assert json.loads(json.dumps(dumped, allow_nan=False)) == dumped == json.loads(read.model_dump_json())


@given(st.binary() | TREES.map(lambda tree: json.dumps(tree).encode()))
def test_any_bytes_are_a_tree_of_valid_text_or_are_unreadable(content: bytes) -> None:
    try:
        tree = body.parse(content)
    except UnreadableAnswer:
        return
    json.dumps(tree, ensure_ascii=False).encode()
