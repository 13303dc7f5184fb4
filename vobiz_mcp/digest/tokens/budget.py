"""What an answer may cost a model, in tokens of o200k."""

from __future__ import annotations

from typing import Final

FEWEST_TOKENS: Final = 200
"""A page of an agent call below this says nothing."""
USUAL_TOKENS: Final = 1500
"""What an answer may cost where nobody says otherwise."""
MOST_TOKENS: Final = 8000
"""Above this, hosts begin to cut: no answer of any tool costs more, whatever the API sends."""
