"""The tools, one question a file, in the order in which a model sees them."""

from vobiz_mcp.tools.diagnose_call import DiagnoseCall
from vobiz_mcp.tools.get_agent_call import GetAgentCall
from vobiz_mcp.tools.get_call_record import GetCallRecord
from vobiz_mcp.tools.get_live_call import GetLiveCall
from vobiz_mcp.tools.get_stream import GetStream
from vobiz_mcp.tools.list_agent_calls import ListAgentCalls
from vobiz_mcp.tools.list_call_records import ListCallRecords
from vobiz_mcp.tools.list_live_calls import ListLiveCalls
from vobiz_mcp.tools.list_streams import ListStreams
from vobiz_mcp.tools.review_calls import ReviewCalls
from vobiz_mcp.tools.steps.question import Question
from vobiz_mcp.tools.watch_call import WatchCall

__all__ = [
    "TOOLS",
    "DiagnoseCall",
    "GetAgentCall",
    "GetCallRecord",
    "GetLiveCall",
    "GetStream",
    "ListAgentCalls",
    "ListCallRecords",
    "ListLiveCalls",
    "ListStreams",
    "Question",
    "ReviewCalls",
    "WatchCall",
]

TOOLS: tuple[type[Question], ...] = (
    GetLiveCall,
    ListLiveCalls,
    GetStream,
    ListStreams,
    GetCallRecord,
    ListCallRecords,
    GetAgentCall,
    ListAgentCalls,
    WatchCall,
    DiagnoseCall,
    ReviewCalls,
)
