"""The only I/O: two drivers that answer a question's steps, one synchronous, one asynchronous.

`drivers` holds both; the synchronous one borrows a `background` event loop. A request goes to its `address` by way of
`sharing` (one for all who ask the same), and is tried by `exchange` as often as the policy in `retrying` allows, its
body read within the bounds of `reading`.
"""

from vobiz_mcp.client.address import NEEDED, missing
from vobiz_mcp.client.drivers import Asks, AsyncVobiz, Vobiz
from vobiz_mcp.client.retrying import DEADLINE_S, Pace

__all__ = ["DEADLINE_S", "NEEDED", "Asks", "AsyncVobiz", "Pace", "Vobiz", "missing"]
