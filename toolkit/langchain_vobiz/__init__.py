"""Call observability for LangChain agents: the tools of vobiz-mcp, made from the same definitions as over MCP."""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if find_spec("langchain_core") is None:
    raise ModuleNotFoundError(
        "langchain_vobiz needs langchain-core: pip install 'vobiz-mcp[langchain]'", name="langchain_core"
    )

if TYPE_CHECKING:
    from langchain_vobiz.result import result_of
    from langchain_vobiz.toolkit import VobizToolkit

__all__ = ["VobizToolkit", "result_of"]

_ROOMS = {"VobizToolkit": "toolkit", "result_of": "result"}


def __getattr__(name: str) -> object:
    """Public names are imported when they are first used, as LangChain imports its own."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
