"""What of a call may be shown, with what every answer draws from it, each made once and only when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from vobiz_mcp.digest.deeds.deeds import Deed, deeds, lookups
from vobiz_mcp.digest.speech.call_values import CallValues
from vobiz_mcp.digest.speech.cutting import whole
from vobiz_mcp.digest.speech.sentence import Sentence, sentence_of
from vobiz_mcp.digest.speech.sentences import sentences
from vobiz_mcp.digest.speech.subject_changes import changes_of_subject
from vobiz_mcp.digest.speech.topic_words import words
from vobiz_mcp.digest.timeline.items import Timeline, ToolCall, Utterance


@dataclass(frozen=True, eq=False)
class ShownCall:
    """A call as it may be shown: `told` holds nothing that nobody may see."""

    told: Timeline

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """The ledger: every tool call that changed something, or tried to, in order, each with what came back."""
        return tuple(deeds(self.told))

    @cached_property
    def lookups(self) -> tuple[ToolCall, ...]:
        """The tool calls that only read."""
        return tuple(lookups(self.told))

    @cached_property
    def values(self) -> CallValues:
        """Finds the values in what was said."""
        return CallValues(text for tool in self.told.tool_calls for _, text in (*tool.asked, *tool.answered))

    @cached_property
    def sentences(self) -> dict[int, tuple[Sentence, ...]]:
        """What was said at each turn, sentence by sentence; of a turn when it is asked for."""
        return _Sentences(self.told.utterances, self.values)

    @cached_property
    def changes_of_subject(self) -> dict[int, float]:
        """The places between turns where something new may begin, each with how sure that is."""
        return changes_of_subject([words(said.text) for said in self.told.utterances])


class _Sentences(dict[int, tuple[Sentence, ...]]):
    def __init__(self, turns: Sequence[Utterance], values: CallValues) -> None:
        self._texts, self._values = {said.turn: said.text for said in turns}, values
        self._known: dict[str, Sentence] = {}  # agents say many a sentence again and again

    def __missing__(self, turn: int) -> tuple[Sentence, ...]:
        texts = sentences(whole(self._texts[turn]))
        for text in texts:
            if text not in self._known:
                self._known[text] = sentence_of(text, self._values)
        found = self[turn] = tuple(self._known[text] for text in texts)
        return found
