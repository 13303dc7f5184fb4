"""How many examples hypothesis draws for a test that is dearer than most."""

from __future__ import annotations

from hypothesis import settings

dear = settings(max_examples=settings().max_examples // 5)
"""A fifth of what the profile says: for tests of a tenth of a second an example, or more."""
