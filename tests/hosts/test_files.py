"""An entry goes into a host's file and out of it, and every other byte stays where it is."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from vobiz_mcp.hosts import json_file, toml_file, yaml_file

PATH = ("servers", "vobiz")
ENTRY = {"command": "/opt/vobiz-mcp", "args": [], "env": {"VOBIZ_AUTH_ID": "MA_1"}}


def put(form: ModuleType, text: str) -> str:
    changed: str = form.put(text, PATH, ENTRY)
    assert form.read(changed)["servers"]["vobiz"] == ENTRY
    assert form.put(changed, PATH, ENTRY) == changed
    return changed


def test_comments_and_trailing_commas_of_a_json_file_stay() -> None:
    text = """\
{
  // which servers there are
  "servers": {
    "other": { "command": "x" }, // keep me
    /* and me */
  },
  "theme": "dark", // me too
}
"""
    changed = put(json_file, text)
    assert changed == snapshot("""\
{
  // which servers there are
  "servers": {
    "other": { "command": "x" }, // keep me
    "vobiz": {
      "command": "/opt/vobiz-mcp",
      "args": [],
      "env": {
        "VOBIZ_AUTH_ID": "MA_1"
      }
    },
    /* and me */
  },
  "theme": "dark", // me too
}
""")
    assert json_file.read(json_file.take(changed, PATH)) == json_file.read(text)
    assert "// keep me\n    /* and me */" in json_file.take(changed, PATH)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("", "{\n"),
        (" \n", "{\n"),
        ("// mine", "// mine\n{\n"),
        ("/* mine */\n", "/* mine */\n{\n"),
        ("// mine\r\n", "// mine\r\n{\r\n"),
    ],
)
def test_a_json_file_of_nothing_but_remarks_keeps_them_above_the_entry(text: str, begins: str) -> None:
    assert put(json_file, text).startswith(begins)


def test_a_trailing_comma_after_the_last_server_is_there_again_after_remove() -> None:
    text = '{\n  "servers": {\n    "other": { "command": "x" }, // keep me\n  },\n}\n'
    changed = put(json_file, text)
    assert "\n    },\n  },\n}\n" in changed
    assert json_file.take(changed, PATH) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", '{\n  "servers": {\n    "vobiz": {}\n  }\n}\n'),
        ("// mine", '// mine\n{\n  "servers": {\n    "vobiz": {}\n  }\n}\n'),
        ("{}", '{\n  "servers": {\n    "vobiz": {}\n  }\n}'),
        ('{"a": 1}', '{"a": 1,\n  "servers": {\n    "vobiz": {}\n  }}'),
        ('{"a": [1, {"b": 2}] // c\n}', '{"a": [1, {"b": 2}], // c\n  "servers": {\n    "vobiz": {}\n  }\n}'),
        ('{\r\n\t"servers": {}\r\n}\r\n', '{\r\n\t"servers": {\r\n\t  "vobiz": {}\r\n\t}\r\n}\r\n'),
        ('{\n  "servers": { // none\n  }\n}', '{\n  "servers": { // none\n    "vobiz": {}\n  }\n}'),
        ('{"servers": {"vobiz": {"old": "}"}, "z": 1}}', '{"servers": {"vobiz": {}, "z": 1}}'),
    ],
)
def test_an_entry_finds_its_place_in_any_json_file(text: str, shown: str) -> None:
    assert json_file.put(text, PATH, {}) == shown


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(
    data=st.dictionaries(st.text(max_size=6), _VALUES, max_size=4),
    others=st.dictionaries(st.text(max_size=6), _VALUES, max_size=3),
    indent=st.sampled_from([None, 2, "\t"]),
)
def test_whatever_else_a_json_file_holds_is_the_same_afterwards(
    data: dict[str, Any], others: dict[str, Any], indent: int | str | None
) -> None:
    others.pop("vobiz", None)
    before = {**data, "servers": others}
    text = json.dumps(before, indent=indent, ensure_ascii=False)
    changed = put(json_file, text)
    assert json_file.read(changed) == {**before, "servers": {**others, "vobiz": ENTRY}}
    assert json_file.read(json_file.take(changed, PATH)) == before


@given(st.text(alphabet='{}[]",:/*\\ \na1', max_size=30))
def test_text_that_is_no_json_is_refused_and_nothing_else_happens(text: str) -> None:
    try:
        json_file.read(text)
    except ValueError:
        return
    try:
        changed = json_file.put(text, PATH, ENTRY)
    except ValueError:
        return
    assert json_file.read(changed)["servers"]["vobiz"] == ENTRY


def test_comments_and_order_of_a_toml_file_stay() -> None:
    text = """\
model = "o9" # the good one

[servers.other]
command = 'x'  # keep me

[history]
persistence = "none"
"""
    changed = put(toml_file, text)
    assert changed == snapshot("""\
model = "o9" # the good one

[servers.other]
command = 'x'  # keep me

[servers.vobiz]
command = "/opt/vobiz-mcp"
args = []

[servers.vobiz.env]
VOBIZ_AUTH_ID = "MA_1"

[history]
persistence = "none"
""")
    assert toml_file.take(changed, PATH).rstrip() == text.rstrip()


def test_comments_quotes_and_blocks_of_a_yaml_file_stay() -> None:
    text = """\
GOOSE_MODEL: 'o9'   # the good one
notes: |
  two

  lines
extensions: {}
servers:
  # the first
  other:
    cmd: "x"
    list:
    - a   # keep me
last: null
"""
    changed = put(yaml_file, text)
    assert changed == snapshot("""\
GOOSE_MODEL: 'o9'   # the good one
notes: |
  two

  lines
extensions: {}
servers:
  vobiz:
    command: /opt/vobiz-mcp
    args: []
    env:
      VOBIZ_AUTH_ID: MA_1
  # the first
  other:
    cmd: "x"
    list:
    - a   # keep me
last: null
""")
    assert yaml_file.take(changed, PATH) == text


@pytest.mark.parametrize(
    "text", ["", "a: 1", "servers: {}\n", "servers:\n", "servers:\n    deep:\n        x: 1\nb: 2\n"]
)
def test_an_entry_finds_its_place_in_any_yaml_file(text: str) -> None:
    before = yaml_file.read(text)
    after = yaml_file.read(yaml_file.take(put(yaml_file, text), PATH))
    assert after == {"servers": {}, **before}


@pytest.mark.parametrize("text", ["servers: {}   # mine\na: 1\n", "a: 1\nservers: {} # mine"])
def test_what_is_remarked_on_an_empty_list_of_a_yaml_file_stays(text: str) -> None:
    changed = put(yaml_file, text)
    assert "# mine\n  vobiz:\n" in changed
    assert yaml_file.take(changed, PATH).rstrip() == text.rstrip()


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (json_file, "[1]"),
        (json_file, "{'a': 1}"),
        (json_file, '{"a": 1'),
        (json_file, '{"a": 1 2}'),
        (json_file, '{"a": tr ue}'),
        (toml_file, "a = "),
        (yaml_file, "- a"),
        (yaml_file, "a: [1"),
    ],
)
def test_a_file_that_is_broken_or_of_another_kind_cannot_be_read(form: ModuleType, text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        form.read(text)
