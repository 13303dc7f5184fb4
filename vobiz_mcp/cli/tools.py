"""`vobiz-mcp tools`: the tools as a model sees them, and what else the server offers."""

from __future__ import annotations

import json
from collections.abc import Iterable

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vobiz_mcp.digest.tokens.cost import estimate
from vobiz_mcp.prompts import PROMPTS
from vobiz_mcp.resources import RESOURCES
from vobiz_mcp.serving.server import definition
from vobiz_mcp.tools import TOOLS
from vobiz_mcp.tools.steps.question import Question


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the definitions as tools/list sends them.")
def command(*, as_json: bool) -> int:
    """Print the tools as a model sees them, with their cost in tokens."""
    console = Console(highlight=False)
    wires = [wire(tool) for tool in TOOLS]
    if as_json:
        console.print_json(json.dumps(wires))
        return 0
    for tool, sent in zip(TOOLS, wires, strict=True):
        console.print(Text.assemble((tool.tool_name(), "bold cyan"), f"  {tool.title}, about {cost(sent)} tokens"))
        console.print(Padding(Text(tool.description), (0, 2)))
        console.print(Padding(_parameters(tool), (0, 2, 1, 2)))
    console.print(f"{len(TOOLS)} tools, about {cost(wires)} tokens in tools/list\n")
    console.print("Resources, for programs:", _rows((each.template, each.title) for each in RESOURCES))
    console.print(
        "Prompts, for people:", _rows((f"{each.name}({each.argument})", each.description) for each in PROMPTS)
    )
    return 0


def _rows(pairs: Iterable[tuple[str, str]]) -> Padding:
    table = Table.grid(padding=(0, 2))
    for name, meaning in pairs:
        table.add_row(Text(name, "green"), Text(meaning))
    return Padding(table, (0, 2, 1, 2))


def wire(tool: type[Question]) -> dict[str, object]:
    """One definition as `tools/list` sends it."""
    sent: dict[str, object] = definition(tool).model_dump(mode="json", by_alias=True, exclude_none=True)
    return sent


def cost(sent: object) -> int:
    """Tokens of a definition, or of several, as compact JSON."""
    return estimate(json.dumps(sent, separators=(",", ":")))


def _parameters(tool: type[Question]) -> Table:
    table = Table.grid(padding=(0, 2))
    for name, field in tool.input_schema()["properties"].items():
        default = f"= {json.dumps(field['default'])}" if "default" in field else "required"
        table.add_row(Text(name, "green"), Text(default, "dim"), Text(field["description"] + _bounds(field)))
    return table


def _bounds(field: dict[str, object]) -> str:
    if "enum" in field:
        return f" One of {json.dumps(field['enum'])[1:-1]}."
    low, high = field.get("minimum"), field.get("maximum")
    if isinstance(low, int | float) and isinstance(high, int | float):
        return f" {low:,.0f} to {high:,.0f}."
    return ""
