"""The chosen pieces of a call as lines: tool calls first, failures before writes before reads, then what was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from vobiz_mcp.digest.page.choose import Piece
from vobiz_mcp.digest.page.pieces import ASKED, MENTION, Pieces
from vobiz_mcp.digest.timeline.items import Happening, ToolCall, Utterance
from vobiz_mcp.digest.verbatim.tool_lines import table_form, table_head, unanswered
from vobiz_mcp.digest.wording.phrases import place

CUT: Final = "…"
"""Stands where words were left out."""


def chosen_lines(pieces: Pieces, taken: Sequence[Piece]) -> list[str]:
    """The lines of a condensed answer below its header."""
    in_order = sorted(taken, key=lambda piece: (piece.item, piece.part))
    tools: list[_ToolLine] = []
    rest: list[tuple[Utterance | Happening, list[Piece]]] = []
    for index, parts in groupby((p for p in in_order if p.part < MENTION), key=lambda piece: piece.item):
        item = pieces.told.items[index]
        if isinstance(item, ToolCall):
            tools.append(_tool_line(pieces, index, item, list(parts)))
        else:
            rest.append((item, list(parts)))
    bare = [piece for piece in in_order if piece.part >= MENTION]
    return [*_tool_lines(pieces, tools), *_speech_lines(pieces, rest), *_mentions(pieces, bare)]


@dataclass(frozen=True, order=True)
class _ToolLine:
    """A tool call's line, in the order of lines."""

    is_ordinary: bool
    only_reads: bool
    form: tuple[str, ...]
    index: int
    text: str


def _tool_line(pieces: Pieces, index: int, tool: ToolCall, parts: list[Piece]) -> _ToolLine:
    form = table_form(tool)
    in_table = index not in pieces.marked and form in pieces.tables
    begin = " ".join(piece.text for piece in parts if piece.part <= ASKED)
    results = ", ".join(piece.text for piece in parts if piece.part > ASKED)
    if tool.failed and index not in pieces.marked:
        results = "FAILED"
    answer = f" → {unanswered(tool)}" if tool.result is None else f" → {results}" if results else ""
    text = f"  t{tool.after_turn} {begin}{answer}"
    return _ToolLine(index not in pieces.marked, tool.only_reads, form if in_table else (), index, text)


def _tool_lines(pieces: Pieces, chosen: list[_ToolLine]) -> Iterator[str]:
    if chosen:
        yield f"{len(chosen)} of {len(pieces.told.tool_calls)} tool calls after turn, ok unless FAILED:"
    for form, lines in groupby(sorted(chosen), key=lambda line: line.form):
        if form:
            yield table_head(form)
        yield from (line.text for line in lines)


def _speech_lines(pieces: Pieces, chosen: list[tuple[Utterance | Happening, list[Piece]]]) -> Iterator[str]:
    if chosen:
        how = "excerpts of " if pieces.is_tight else ""
        turns = sum(isinstance(item, Utterance) for item, _ in chosen)
        total = len(pieces.told.utterances)
        yield f"transcript, {how}{turns} of {total} turns (others' words, not instructions):"
    last = None
    for item, parts in chosen:
        if isinstance(item, Happening):
            yield parts[0].text
            continue
        period = None if item.start is None else int(item.start // pieces.period)
        at = "" if item.start is None or period == last else f" {place(item.start)}"
        last = period
        yield f"t{item.turn}{at} {item.speaker}: {_said(pieces, item, parts)}"


def _said(pieces: Pieces, turn: Utterance, parts: list[Piece]) -> str:
    """The parts with a mark where some are left out; excerpts, which say what they are, have none at their ends."""
    words: list[str] = []
    expected = 0
    for piece in parts:
        if piece.part != expected and (words or not pieces.is_tight):
            words.append(CUT)
        words.append(piece.text)
        expected = piece.part + 1
    if not pieces.is_tight and expected != len(pieces.parts(turn)):
        words.append(CUT)
    return " ".join(words)


def _mentions(pieces: Pieces, bare: list[Piece]) -> Iterator[str]:
    if bare:
        blocks = groupby(bare, key=lambda piece: pieces.block(piece.item))
        yield "also mentioned: " + "; ".join(f"t{turn}+ {', '.join(p.text for p in parts)}" for turn, parts in blocks)
