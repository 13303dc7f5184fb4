from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import textwrap
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import langchain_vobiz
import pytest
from inline_snapshot import snapshot
from langchain.agents import create_agent
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.tools import BaseTool
from langchain_vobiz import VobizToolkit, result_of
from langgraph.checkpoint.memory import InMemorySaver
from upstream import Upstream, settings_environment

from vobiz_mcp.errors import InvalidArguments, NotFound, VobizError
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.agent_call_list import AgentCallList
from vobiz_mcp.records.call_record import CallRecord, CallRecordList
from vobiz_mcp.records.live_call import LiveCall, LiveCallList
from vobiz_mcp.records.record import Record
from vobiz_mcp.records.stream import Stream, StreamList
from vobiz_mcp.sandbox import SCENARIOS, Sandbox
from vobiz_mcp.sandbox.transport import connect, connect_async
from vobiz_mcp.settings import Settings, WrongSettings
from vobiz_mcp.tools import TOOLS

NOON = 1_795_262_400.0
STREAM = {"stream_id": "s1", "status": "completed", "end_time": "2026-01-02T03:04:05Z"}
ANSWER = "completed · target not stated"
IDS = {"call_uuid": "c1", "stream_id": "s1"}

EXAMPLES: list[tuple[type[Record], str, dict[str, object]]] = [
    (LiveCall, "get_live_call", {"call_uuid": "one-way-leg"}),
    (LiveCall, "get_live_call", {"call_uuid": "no-answer-leg"}),
    (Stream, "get_stream", {"call_uuid": "one-way-leg", "stream_id": "one-way-audio"}),
    (StreamList, "list_streams", {"call_uuid": "support-leg"}),
    (CallRecord, "get_call_record", {"call_uuid": "no-answer-leg"}),
    (CallRecordList, "list_call_records", {"call_direction": "inbound"}),
    (LiveCallList, "list_live_calls", {"limit": 1}),
    (AgentCallList, "list_agent_calls", {"status": "ended"}),
    *(
        (AgentCall, "get_agent_call", dict[str, object](call_id=scenario.call_id))
        for scenario in SCENARIOS
        if not scenario.agent.private
    ),
]


def tool(name: str, toolkit: VobizToolkit | None = None) -> BaseTool:
    return next(each for each in (toolkit or VobizToolkit(sandbox=True)).get_tools() if each.name == name)


def asked(name: str, **arguments: object) -> dict[str, object]:
    return {"type": "tool_call", "id": "1", "name": name, "args": arguments}


@pytest.fixture
def get_stream(upstream: Upstream) -> BaseTool:
    upstream.serve("Call/c1/Stream/s1/", STREAM)
    return tool("get_stream", VobizToolkit(upstream.settings))


def test_an_answer_is_the_digest_with_the_record_as_json_beside_it() -> None:
    kept = connect(Sandbox(lambda: NOON))
    message = tool("get_live_call", VobizToolkit(client=kept)).invoke(asked("get_live_call", call_uuid="one-way-leg"))
    assert message.content == snapshot("""\
[sandbox] ACTIVE · inbound from +13035550119 to +13035550105
placed 2026-11-21 11:56:00, answered 11:56:05 (zone not stated) · 3 min 55 s since answer
STIR verified, attestation A\
""")
    assert {key: value for key, value in message.artifact.items() if value} == snapshot(
        {
            "sandbox": True,
            "call_uuid": "one-way-leg",
            "state": "ACTIVE",
            "direction": "inbound",
            "from_number": "+13035550119",
            "to_number": "+13035550105",
            "initiation_time": "2026-11-21 11:56:00",
            "answer_time": "2026-11-21 11:56:05",
            "call_duration": 235.0,
            "stir_verification": "verified",
            "stir_attestation": "A",
            "source_ip": "192.0.2.20",
        }
    )


@pytest.mark.parametrize(("record", "name", "arguments"), EXAMPLES)
def test_a_record_is_the_same_after_its_message_was_stored_as_json(
    record: type[Record], name: str, arguments: dict[str, object]
) -> None:
    sandbox = Sandbox(lambda: NOON)
    message = tool(name, VobizToolkit(client=connect(sandbox))).invoke(asked(name, **arguments))
    question = next(each for each in TOOLS if each.tool_name() == name)
    restored = ToolMessage.model_validate_json(message.model_dump_json())
    assert result_of(restored, record) == connect(sandbox).answer(question.of(arguments)).record


def test_a_message_of_another_tool_is_refused_instead_of_read_as_an_empty_record() -> None:
    message = tool("list_streams").invoke(asked("list_streams", call_uuid="one-way-leg"))
    with pytest.raises(ValueError, match=r"the message holds no LiveCall; it says: \[sandbox\] 1 running, 0 ended"):
        result_of(message, LiveCall)


def test_an_error_message_is_refused_with_what_it_says() -> None:
    message = tool("get_agent_call").invoke(asked("get_agent_call", call_id="nope"))
    with pytest.raises(ValueError, match=r"the message holds no AgentCall; it says: \[sandbox\] not_found: "):
        result_of(message, AgentCall)


def test_the_speech_of_an_opted_out_call_is_in_no_artifact_because_artifacts_are_stored() -> None:
    message = tool("get_agent_call").invoke(asked("get_agent_call", call_id="call_private"))
    call = result_of(message, AgentCall)
    assert call.opt_out_sensitive_data_storage
    assert (call.transcript, call.transcript_object, call.transcript_with_tool_calls) == (None, [], [])
    assert "Celeste" not in message.model_dump_json()
    assert "https://" not in message.model_dump_json()


def test_an_agent_reads_answers_and_errors_and_its_messages_pass_a_checkpointer() -> None:
    script = iter(
        [
            AIMessage("", tool_calls=[asked("get_live_call", call_uuid="one-way-leg")]),
            AIMessage("", tool_calls=[asked("get_live_call", call_uuid="../x")]),
            AIMessage("done"),
        ]
    )
    agent: Any = create_agent(
        Scripted(messages=script), VobizToolkit(sandbox=True).get_tools(), checkpointer=InMemorySaver()
    )
    thread: Any = {"configurable": {"thread_id": "1"}}
    agent.invoke({"messages": "What is happening?"}, thread)
    answer, error = (m for m in agent.get_state(thread).values["messages"] if isinstance(m, ToolMessage))
    assert result_of(answer, LiveCall).direction == "inbound"
    assert (error.status, error.text.partition(":")[0]) == ("error", "invalid_arguments")


class Scripted(GenericFakeChatModel):
    """Says its messages one after another, whatever the tools."""

    def bind_tools(self, *_: object, **__: object) -> Any:
        return self


@pytest.mark.anyio
async def test_fifty_calls_at_once_are_all_answered(get_stream: BaseTool) -> None:
    answers = await asyncio.gather(*(get_stream.ainvoke(IDS) for _ in range(50)))
    assert {answer.splitlines()[0] for answer in answers} == {ANSWER}


def test_one_event_loop_after_another_is_answered_and_each_closes_what_it_opened(get_stream: BaseTool) -> None:
    answers = [asyncio.run(get_stream.ainvoke(IDS)) for _ in range(3)]
    gc.collect()  # a socket that was left open would warn here, and a warning is an error in tests
    assert {answer.splitlines()[0] for answer in answers} == {ANSWER}


def test_a_loop_that_was_closed_without_shutting_down_is_forgotten() -> None:
    get_live_call = tool("get_live_call")

    def ask() -> weakref.ref[asyncio.AbstractEventLoop]:
        loop = asyncio.new_event_loop()
        answer = loop.run_until_complete(get_live_call.ainvoke({"call_uuid": "one-way-leg"}))
        loop.close()
        assert answer.startswith("[sandbox] ACTIVE")
        return weakref.ref(loop)

    first, second = ask(), ask()
    gc.collect()
    assert (first(), second() is None) == (None, False)


@pytest.mark.anyio
async def test_synchronous_calls_work_inside_a_running_loop_as_in_a_notebook(get_stream: BaseTool) -> None:
    assert get_stream.invoke(IDS).startswith(ANSWER)
    assert (await get_stream.ainvoke(IDS)).startswith(ANSWER)


def test_synchronous_calls_from_many_threads_are_all_answered(get_stream: BaseTool) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(get_stream.invoke, [IDS] * 40))
    assert {answer.splitlines()[0] for answer in answers} == {ANSWER}


def test_calls_share_one_connection(get_stream: BaseTool, upstream: Upstream) -> None:
    each = [{**IDS, "stream_id": f"s{number}"} for number in range(3)]
    for ids in each:
        upstream.serve(f"Call/c1/Stream/{ids['stream_id']}/", {"stream_id": ids["stream_id"], "status": "completed"})

    async def three_times() -> None:
        for ids in each:
            await get_stream.ainvoke(ids)

    asyncio.run(three_times())
    for ids in each:
        get_stream.invoke(ids)
    assert len(upstream.requests) == 6
    assert len(upstream.connections) == 2


@pytest.mark.anyio
async def test_with_only_a_synchronous_client_asynchronous_calls_ask_it_in_a_thread() -> None:
    get_live_call = tool("get_live_call", VobizToolkit(client=connect(Sandbox())))
    assert (await get_live_call.ainvoke({"call_uuid": "one-way-leg"})).startswith("[sandbox] ACTIVE")


@pytest.mark.anyio
async def test_with_only_an_asynchronous_client_synchronous_calls_say_that_they_cannot() -> None:
    get_live_call = tool("get_live_call", VobizToolkit(async_client=connect_async(Sandbox())))
    assert (await get_live_call.ainvoke({"call_uuid": "one-way-leg"})).startswith("[sandbox] ACTIVE")
    with pytest.raises(NotImplementedError, match="does not support sync"):
        get_live_call.invoke({"call_uuid": "one-way-leg"})


@pytest.mark.parametrize(
    ("arguments", "error"), [({"call_id": "nope"}, NotFound), ({"call": "x"}, InvalidArguments), ({}, InvalidArguments)]
)
def test_raise_errors_raises_the_error_itself(arguments: dict[str, object], error: type[VobizError]) -> None:
    strict = tool("get_agent_call", VobizToolkit(sandbox=True, raise_errors=True))
    with pytest.raises(error):
        strict.invoke(arguments)
    with pytest.raises(error):
        asyncio.run(strict.ainvoke(arguments))


def test_raise_errors_raises_a_defect_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(TOOLS[0], "steps", explode)
    with pytest.raises(ZeroDivisionError):
        tool("get_live_call", VobizToolkit(sandbox=True, raise_errors=True)).invoke({"call_uuid": "c"})


def test_an_error_that_is_raised_is_told_to_callbacks_too() -> None:
    told: list[BaseException] = []

    class Listener(BaseCallbackHandler):
        def on_tool_error(self, error: BaseException, **_: object) -> None:
            told.append(error)

    strict = tool("get_agent_call", VobizToolkit(sandbox=True, raise_errors=True))
    with pytest.raises(InvalidArguments):
        strict.invoke({}, {"callbacks": [Listener()]})
    assert [type(error) for error in told] == [InvalidArguments]


def test_a_text_instead_of_arguments_is_the_first_argument() -> None:
    assert tool("get_agent_call").invoke("call_booking").startswith("[sandbox] agent call call_booking · ENDED")


def test_tools_are_chosen_by_name_and_keep_their_order() -> None:
    toolkit = VobizToolkit(sandbox=True, tools=["get_agent_call", "get_live_call"])
    assert [each.name for each in toolkit.get_tools()] == ["get_live_call", "get_agent_call"]


def test_a_tool_that_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="there is no tool hang_up; the tools are get_live_call, list_live_calls"):
        VobizToolkit(sandbox=True, tools=["hang_up"])


def test_tags_and_metadata_reach_the_callbacks_beside_our_own() -> None:
    seen: list[object] = []

    class Listener(BaseCallbackHandler):
        def on_tool_start(self, *_: object, tags: object = None, metadata: object = None, **__: object) -> None:
            seen.extend((tags, metadata))

    toolkit = VobizToolkit(sandbox=True, tags=["desk-7"], metadata={"tenant": "larkfield"})
    tool("get_live_call", toolkit).invoke({"call_uuid": "one-way-leg"}, {"callbacks": [Listener()]})
    assert seen == [["vobiz", "desk-7"], {"title": "Live call", "read_only": True, "tenant": "larkfield"}]


def test_from_env_asks_the_account_that_the_environment_names(
    upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    upstream.serve("Call/c1/Stream/s1/", STREAM)
    for name, value in settings_environment(upstream.base_url).items():
        monkeypatch.setenv(name, value)
    assert tool("get_stream", VobizToolkit.from_env()).invoke(IDS).startswith(ANSWER)


def test_from_env_names_a_wrong_variable_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOBIZ_BASE_URL", "ftp://secret")
    with pytest.raises(WrongSettings, match="VOBIZ_BASE_URL must be an https URL"):
        VobizToolkit.from_env()


@pytest.mark.parametrize("given", [{}, {"settings": Settings(), "sandbox": True}])
def test_a_toolkit_asks_exactly_one_source(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="give one of settings, clients of your own, or sandbox=True"):
        VobizToolkit(**given)


def test_no_key_is_in_any_representation(upstream: Upstream) -> None:
    toolkit = VobizToolkit(upstream.settings)
    shown = repr(toolkit) + repr(toolkit.get_tools()) + str(toolkit.model_dump())
    assert not any(secret in shown for secret in ("test-token", "sk_test", "s3cr3t_test"))


def modules_after(code: str) -> set[str]:
    """What a fresh interpreter has imported once the code has run."""
    run = [sys.executable, "-c", f"{textwrap.dedent(code)}\nimport sys; print(*sys.modules)"]
    return set(subprocess.run(run, capture_output=True, text=True, check=True).stdout.split())


def test_a_toolkit_at_work_never_imports_mcp() -> None:
    imported = modules_after("""
        from langchain_vobiz import VobizToolkit
        VobizToolkit(sandbox=True).get_tools()[0].invoke({"call_uuid": "one-way-leg"})
    """)
    assert "vobiz_mcp.tools.get_live_call" in imported
    assert not {"mcp", "mcp_types", "vobiz_mcp.serving.server"} & imported


def test_importing_the_toolkit_imports_nothing_heavy_of_ours() -> None:
    imported = modules_after("from langchain_vobiz import VobizToolkit, result_of")
    assert not {"vobiz_mcp.tools", "vobiz_mcp.client"} & imported


def test_the_server_never_imports_langchain() -> None:
    imported = modules_after(
        "import vobiz_mcp.serving.server, vobiz_mcp.serving.stdio.serve, vobiz_mcp.serving.connection; vobiz_mcp.serving.server.build()"
    )
    assert not {name for name in imported if name.startswith(("langchain", "langgraph", "langsmith"))}


def test_every_public_name_is_there_and_no_other() -> None:
    assert [getattr(langchain_vobiz, name) for name in langchain_vobiz.__all__] == [VobizToolkit, result_of]
    with pytest.raises(AttributeError, match="no attribute 'VobizTool'"):
        _ = langchain_vobiz.VobizTool


def test_importing_without_langchain_says_which_extra_to_install() -> None:
    code = "import sys; sys.modules['langchain_core'] = None; import langchain_vobiz"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "ModuleNotFoundError: langchain_vobiz needs langchain-core: pip install 'vobiz-mcp[langchain]'"
    )
