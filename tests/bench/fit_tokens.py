"""Fit the constants of `vobiz_mcp/digest/tokens/piece_costs.py`, which `estimate` counts tokens with.

    python tests/bench/fit_tokens.py            fit, write the table, and say how far off the estimates are
    python tests/bench/fit_tokens.py --check    only say how far off they are

What is fitted, all on true o200k counts of single pieces (a piece is what o200k's own pattern splits off):
- Latin words: a cost for each pair of neighbouring letters, one table for words in small letters and one for words
  in capitals, and a bias for what stands before the word. Learned by adaptive gradient descent on
  max(1, sum), from the shared bench dialogues cast into answer-like lines, Python's own documentation,
  German sentences and random letters, which must come out dear.
- signs: the runs of ASCII signs that are one token and occur most.
- whole words: those that stay one token without a space before them, among the most frequent.
- spaced words: the most frequent of those that are one token after a space; the letter pairs are learned without them.
- other scripts: the letter pairs that o200k's own vocabulary knows best, and what a known and an unknown pair cost.
"""

import argparse
import collections
import gzip
import json
import math
import random
import re
import string
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from pydoc_data.topics import topics
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

import regex  # type: ignore[import-untyped]
from o200k import PIECES, count, ranks
from spoken import BY_SCRIPT, GERMAN

from vobiz_mcp.cli.tools import wire
from vobiz_mcp.digest.tokens import cost as tokens
from vobiz_mcp.sandbox import SCENARIOS, Sandbox
from vobiz_mcp.sandbox.transport import connect
from vobiz_mcp.tools import TOOLS, GetAgentCall, GetLiveCall, GetStream, ListStreams, Question

CASES = Path(__file__).parents[3] / "shared/bench/cases"
TABLE = Path(tokens.__file__).with_name("piece_costs.py")
FIRSTS, SECONDS = "^abcdefghijklmnopqrstuvwxyz'~", "abcdefghijklmnopqrstuvwxyz'~"
STEPS, LOWEST = 32, -24  # one printable character holds a cost in 1/32 token, from -24/32 upwards
SCRIPTS = {
    "devanagari": 0x0900, "bengali": 0x0980, "gurmukhi": 0x0A00, "gujarati": 0x0A80, "tamil": 0x0B80,
    "telugu": 0x0C00, "kannada": 0x0C80, "malayalam": 0x0D00, "arabic": 0x0600,
}  # fmt: skip
ACCENTED = {"~~": 36, "~": 27, "": 4}
"""What an accented letter adds after another one, after a plain letter, and to the plain letter behind it."""
Weights = dict[tuple[str, str], float]


def answers() -> Iterator[str]:
    """Texts that look like our answers: a header and a sample of tool and transcript lines of each case."""
    for path in sorted(CASES.glob("*.json.gz")):
        call = json.loads(gzip.decompress(path.read_bytes()))["call"]
        lines = list(_lines(call))
        rng = random.Random(path.name)
        for size in (12, 40, 120):
            for _ in range(3):
                chosen = sorted(rng.sample(range(len(lines)), min(size, len(lines))))
                yield "\n".join([_head(call), *(lines[i] for i in chosen)])


def _head(call: dict[str, Any]) -> str:
    head = f"{call['call_status']} · {call['disconnection_reason']} after {call['call_duration'] / 1000:.1f} s · "
    head += f"{call['direction']} {call['from_number']} → {call['to_number']} · {call['call_id']}\n"
    return head + "\n".join(
        f"{name}: p50 {s['p50']} · p95 {s['p95']} · max {s['max']} ms (n={s['num']})"
        for name, s in call["latency"].items()
    )


def _lines(call: dict[str, Any]) -> Iterator[str]:
    turn = 0
    for entry in call["transcript_with_tool_calls"]:
        seconds = (entry["timestamp"] - call["start_timestamp"]) // 1000
        at = f"{seconds // 60}:{seconds % 60:02d}"
        if entry["role"] == "tool_call_invocation":
            yield f"  {at} tool {entry['name']} {entry['arguments']}"
        elif entry["role"] == "tool_call_result":
            yield f"  {at} → {entry['content']}"
        else:
            turn += 1
            who = "caller" if entry["role"] == "user" else "agent"
            yield f"t{turn} {at} {who}: {' '.join(entry['content'].split())}"


def random_words(rng: random.Random) -> Iterator[str]:
    alphabets = [string.ascii_lowercase] * 2 + [string.ascii_uppercase] * 2 + [string.ascii_letters]
    for _ in range(9000):
        letters = rng.choices(rng.choice(alphabets), k=rng.choice([1, 2, 3, 4, 5, 6, 7, 8, 10, 14, 20]))
        yield rng.choice(["", " ", rng.choice(string.punctuation)]) + "".join(letters)


def pieces_of(texts: Iterable[str]) -> collections.Counter[str]:
    split = regex.compile(PIECES)
    return collections.Counter(piece for text in texts for piece in split.findall(text))


def features(piece: str) -> list[tuple[str, str]] | None:
    """The weights whose sum is the cost of a Latin word; None where the piece is something else."""
    match = tokens.WORD.fullmatch(piece)
    if not match:
        return None
    shape = tokens.shape_of(*match.groups())
    return [("bias", shape.kind), *((shape.table, pair) for pair in shape.pairs)]


def learn(counted: dict[str, float], rounds: int = 25) -> Weights:
    rng = random.Random(1)
    data = [(f, count(p), weight) for p, weight in sorted(counted.items()) if (f := features(p))]
    weights: Weights = collections.defaultdict(lambda: 0.15)
    slope: Weights = collections.defaultdict(lambda: 1e-2)
    for _ in range(rounds):
        rng.shuffle(data)
        for keys, true, weight in data:
            error = sum(weights[k] for k in keys) - true
            if error < 0 and true == 1:
                continue
            pull = error * weight * (3 if error < 0 else 1)
            for key in keys:
                gradient = pull + 0.002 * weights[key]
                slope[key] += gradient * gradient
                weights[key] -= 0.3 * gradient / math.sqrt(slope[key])
    return weights


def packed(weights: Weights, table: str) -> str:
    pairs = [a + b for a in FIRSTS for b in SECONDS]
    costs = [
        ACCENTED[pair[pair[0] != "~" :] if pair[1] == "~" else ""]
        if "~" in pair
        else round(weights.get((table, pair), 0.9) * STEPS)
        for pair in pairs
    ]
    codes = "".join(chr(35 + min(91, max(0, cost - LOWEST))) for cost in costs)
    return codes.replace("\\", "]")  # a 1/32 dearer, and nothing to escape


def signs(counted: dict[str, int]) -> list[str]:
    runs = collections.Counter(
        {p: n for p, n in counted.items() if tokens.SIGNS.fullmatch(p) and len(p.lstrip(" ")) > 1 and count(p) == 1}
    )
    return sorted(p for p, _ in runs.most_common(150))


def whole_words(counted: dict[str, int]) -> list[str]:
    seen: collections.Counter[str] = collections.Counter()
    for piece, n in counted.items():
        match = tokens.WORD.fullmatch(piece)
        if match and match[1] != " " and match[2].islower() and len(match[2]) > 1:
            seen[match[2]] += min(n, 200)
    return sorted([w for w, _ in seen.most_common() if count(w) == count("_" + w) == 1][:400])


def spaced_words(counted: dict[str, int]) -> list[str]:
    seen: collections.Counter[str] = collections.Counter()
    for piece, n in counted.items():
        if re.fullmatch(" [A-Za-z]{2,}", piece) and count(piece) == 1:
            seen[piece[1:]] += n
    return sorted(word for word, _ in seen.most_common(3000))


def ours() -> list[str]:
    """What this project itself says: every answer about the sandbox's calls, and the definitions of the tools."""
    scenarios = [scenario for scenario in SCENARIOS if scenario.name != "live"]
    calls = [{"call_id": s.call_id} for s in scenarios]
    legs = [{"call_uuid": s.call_uuid} for s in scenarios]
    streams = [{"call_uuid": s.call_uuid, "stream_id": name} for s in scenarios for name in s.stream_ids]
    asked: list[tuple[type[Question], list[dict[str, str]]]]
    asked = [(GetAgentCall, calls), (GetLiveCall, legs), (ListStreams, legs), (GetStream, streams)]
    with connect(Sandbox(lambda: 1_795_262_400.0)) as client:
        answers = [client.answer(tool.of(arguments)).text for tool, some in asked for arguments in some]
    return [*answers, *(json.dumps(wire(tool), separators=(",", ":")) for tool in TOOLS)] * 20


def known_pairs(first: int) -> dict[str, str]:
    """Letter pairs of one script that stand in most of the vocabulary's tokens: letter → the letters after it."""
    score: collections.Counter[str] = collections.Counter()
    last = first + (0xFF if first == 0x600 else 0x7F)
    for token, rank in ranks().items():
        text = token.decode(errors="ignore").strip()
        if len(text) > 1 and all(first <= ord(c) <= last for c in text):
            score.update(dict.fromkeys(map("".join, pairwise(text)), 1e6 / rank))
    enough, total, after = 0.88 * sum(score.values()), 0.0, collections.defaultdict[str, str](str)
    for pair, points in score.most_common():
        if total > enough:
            break
        after[pair[0]] += pair[1]
        total += points
    return {letter: "".join(sorted(followers)) for letter, followers in sorted(after.items())}


def common_letters() -> Iterator[str]:
    for name, first in {**SCRIPTS, "oriya": 0x0B00}.items():
        yield from (
            c
            for c in map(chr, range(first, first + (0x100 if first == 0x600 else 0x80)))
            if count(c) == 1 or c in BY_SCRIPT[name]
        )


def script_costs(first: int, sentences: str, after: dict[str, str]) -> tuple[int, int, int]:
    """Costs of a start, a known pair and an unknown pair: right on average on speech and on random syllables."""
    letters = sorted({c for c in sentences if first <= ord(c) <= first + 0xFF})
    rng = random.Random(2)
    noise = ["".join(rng.choices(letters, k=6)) for _ in range(800)]
    spoken = [word for word in sentences.split() if word[0] in letters]
    start = 0.5
    rows = []
    for sample, lean in ((spoken, 1.06), (noise, 1.03)):
        words = ["".join(c for c in word if c in letters) for word in sample]
        known = sum(b in after.get(a, "") for w in words for a, b in pairwise(w))
        true = sum(count(" " + word) for word in words) * lean - start * len(words)
        rows.append((known, sum(map(len, words)) - len(words) - known, true))
    (k1, u1, t1), (k2, u2, t2) = rows
    joined = (t1 * u2 - t2 * u1) / (k1 * u2 - k2 * u1)
    joined = max(joined, 0.1)
    apart = (t2 - k2 * joined) / u2
    return round(start * STEPS), round(joined * STEPS), math.ceil(apart * STEPS)


def write_table(counted: collections.Counter[str]) -> None:
    rng = random.Random(3)
    weighed: dict[str, float] = {piece: min(n, 300) ** 0.5 for piece, n in counted.items()}
    weighed |= {p: 6.0 for word in random_words(rng) for p in pieces_of([word]) if p not in weighed}
    spaced = spaced_words(counted)
    weights = learn({piece: weight for piece, weight in weighed.items() if piece not in {" " + w for w in spaced}})
    after = {letter: f for first in SCRIPTS.values() for letter, f in known_pairs(first).items()}
    scripts = {first >> 7: script_costs(first, BY_SCRIPT[name], after) for name, first in SCRIPTS.items()}
    scripts[0x680 >> 7] = scripts[0x600 >> 7]
    bias = {kind: round(weights["bias", kind] * STEPS) for kind in sorted(k for t, k in weights if t == "bias")}
    whole = whole_words(counted)
    TABLE.write_text(
        '"""What pieces of text cost, in 1/32 token. Fitted and written by `tests/bench/fit_tokens.py`; do not edit."""\n\n'
        "from typing import Final\n\n"
        f'_FIRSTS: Final = "{FIRSTS}"\n_SECONDS: Final = "{SECONDS}"\n_LOWEST: Final = {LOWEST}\n\n\n'
        "def _unpacked(costs: str) -> dict[str, int]:\n"
        "    pairs = (a + b for a in _FIRSTS for b in _SECONDS)\n"
        "    return {pair: ord(code) - 35 + _LOWEST for pair, code in zip(pairs, costs, strict=True)}\n\n\n"
        f"PAIRS: Final = {{\n{_wrapped({t: packed(weights, t) for t in 'lU'})}}}\n"
        f"BIAS: Final = {bias}\n"
        f"_WHOLE = (\n{_quoted(' '.join(whole))}\n)\n"
        "WHOLE: Final = frozenset(_WHOLE.split())\n"
        f"_SPACED = (\n{_quoted(' '.join(word for word in spaced if word not in whole))}\n)\n"
        "SPACED: Final = frozenset(_SPACED.split())\n"
        f"SIGNS: Final = frozenset({signs(counted)})\n"
        f"CHEAP: Final = frozenset({''.join(c for c in CHEAP if count(c) == count(' ' + c) == 1)!r})\n"
        f"SCRIPT: Final = {scripts}\nOTHER_SCRIPT: Final = (40, 40, 40)\n"
        f"_AFTER = (\n{_quoted(' '.join(map(''.join, after.items())))}\n)\n"
        "AFTER: Final = {letters[0]: letters[1:] for letters in _AFTER.split()}\n"
        f"COMMON: Final = frozenset({''.join(common_letters())!r})\n"
    )


CHEAP = "–—‘’“”…·→•°£€₹×✓\u00a0©®½।\u200d\u200c\ufe0f"


def _quoted(text: str) -> str:
    chunks = [text[i : i + 96] for i in range(0, len(text), 96)]
    return "\n".join(f'    "{chunk}"' for chunk in chunks)


def _wrapped(tables: dict[str, str]) -> str:
    return "".join(f'    "{name}": _unpacked(\n{_quoted(codes)}\n    ),\n' for name, codes in tables.items())


def report() -> None:
    texts = {"answers": list(answers()), "documentation": list(topics.values()), "german": [GERMAN]}
    texts |= {name: [sentences] for name, sentences in BY_SCRIPT.items()}
    rng = random.Random(5)
    texts["random words"] = [" ".join(random_words(rng))[:4000] for _ in range(5)]
    print(f"{'text':15}{'n':>5}{'least':>8}{'mean':>8}{'most':>8}  estimate / true, percent")
    for name, some in texts.items():
        ratios = sorted(100 * tokens.estimate(t) / count(t) for t in some if count(t) >= 50)
        print(f"{name:15}{len(ratios):5}{ratios[0]:8.1f}{sum(ratios) / len(ratios):8.1f}{ratios[-1]:8.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="measure only")
    if not parser.parse_args().check:
        write_table(pieces_of([*answers(), *topics.values(), GERMAN, *ours()]))
        sys.exit(print("table written; measure it with --check"))
    report()


if __name__ == "__main__":
    main()
