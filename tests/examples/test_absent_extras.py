"""An example whose libraries are not installed says which extra brings them."""

from __future__ import annotations

import runpy
import sys

import pytest
from places import ROOT


@pytest.mark.parametrize(
    ("file", "library", "extra"), [("support_web.py", "gradio", "examples"), ("review_with_ray.py", "ray", "ray")]
)
def test_an_example_without_its_libraries_names_the_extra(
    file: str, library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [library, *(name for name in sys.modules if name.startswith(f"{library}."))]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(SystemExit, match=rf"pip install 'vobiz-mcp\[{extra}\]'"):
        runpy.run_path(str(ROOT / "examples" / file))
