"""The lines of a page: what taking a part of one costs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vobiz_mcp.digest.deeds.deeds import Deed
from vobiz_mcp.digest.page.lines import Line, Table
from vobiz_mcp.digest.timeline.items import ToolCall
from vobiz_mcp.digest.tokens.cost import cost

PARTS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=5
)


@given(PARTS, st.data())
def test_what_parts_cost_at_least_is_never_more_than_what_they_cost(parts: list[str], data: st.DataObject) -> None:
    whole = [" ".join(part.split()) or "word" for part in parts]
    taken = data.draw(st.lists(st.sampled_from(range(len(whole))), min_size=1, unique=True))
    assert Line(7, "t7 caller:", whole).least_price(taken) <= Line(7, "t7 caller:", whole).price(taken)


def rented(turn: int, car: str, offered: str = "") -> Deed:
    tool = ToolCall("rent", f'{{"day": "{turn}th"}}', after_turn=turn, result=f'{{"car": "{car}", "price": 3{turn}}}')
    return Deed((tool,), offered=("car", offered) if offered else None)


def test_a_row_without_room_for_what_had_been_offered_says_that_it_is_not_that() -> None:
    table = Table([rented(1, "Fiat Panda"), rented(2, "Kia Ceed", "Fiat Panda"), rented(3, "Fiat Panda")])
    day, price, car = 0, table.parts.index("price"), table.parts.index("car")
    table.taken |= {day, price}
    assert table.text().split("\n") == [
        "  rent(day) → price | …:", "  t1 1th → 31", "  t2 2th → 32 (not as offered)", "  t3 3th → 33"
    ]  # fmt: skip
    assert cost(table.text()) <= table.base + table.cost(day) + table.cost(price)
    table.taken.add(car)
    assert "  t2 2th → Kia Ceed (Fiat Panda was offered) | 32" in table.text().split("\n")
    assert "not as offered" not in table.text()
