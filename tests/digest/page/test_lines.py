"""The lines of a page: what taking a part of one costs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vobiz_mcp.digest.page.lines import Line

PARTS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=5
)


@given(PARTS, st.data())
def test_what_parts_cost_at_least_is_never_more_than_what_they_cost(parts: list[str], data: st.DataObject) -> None:
    whole = [" ".join(part.split()) or "word" for part in parts]
    taken = data.draw(st.lists(st.sampled_from(range(len(whole))), min_size=1, unique=True))
    assert Line(7, "t7 caller:", whole).least_price(taken) <= Line(7, "t7 caller:", whole).price(taken)
