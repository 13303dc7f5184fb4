"""The only I/O: two drivers that answer a question's steps, one synchronous, one asynchronous.

The `synchronous` one drives the `asynchronous` one on a `background` event loop. A request goes to its `address` by
way of `sharing` (one for all who ask the same), and is tried by `exchange` as often as the policy in `retrying` allows,
its body read within the bounds of `reading`.
"""

from vobiz_mcp.client.address import NEEDED, missing
from vobiz_mcp.client.asynchronous import Answers, Asks, AsyncVobiz
from vobiz_mcp.client.retrying import DEADLINE_S, Pace
from vobiz_mcp.client.synchronous import Vobiz

__all__ = ["DEADLINE_S", "NEEDED", "Answers", "Asks", "AsyncVobiz", "Pace", "Vobiz", "missing"]
