"""What programs may import from the front doors, and that it is there, said and all there is."""

from __future__ import annotations

import inspect
from importlib import import_module
from types import ModuleType

import pytest
from project_docs import PAGES

PUBLIC = {
    "vobiz_mcp": {
        *("AgentCall", "AsyncVobiz", "Finding", "Row", "Summary", "Thresholds", "Vobiz", "VobizError"),
        *("condense", "examine", "review", "review_many"),
    },
    "langchain_vobiz": {"VobizToolkit", "result_of"},
}
NAMES = [(package, name) for package, names in PUBLIC.items() for name in sorted(names)]


@pytest.mark.parametrize("package", PUBLIC)
def test_a_package_offers_its_public_names_and_no_other(package: str) -> None:
    offered: dict[str, object] = {}
    exec(f"from {package} import *", offered)
    assert offered.keys() - {"__builtins__"} == PUBLIC[package]


@pytest.mark.parametrize(("package", "name"), NAMES)
def test_a_public_name_says_what_it_is_and_stands_in_the_documentation(package: str, name: str) -> None:
    assert inspect.getdoc(getattr(import_module(package), name))
    assert any(f"`{name}" in page.read_text() or f"import {name}" in page.read_text() for page in PAGES)


@pytest.mark.parametrize("package", PUBLIC)
def test_a_name_that_is_not_there_is_refused_as_python_does(package: str) -> None:
    module: ModuleType = import_module(package)
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'nothing'"):
        module.nothing  # noqa: B018
