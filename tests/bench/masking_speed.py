"""What sanitising and masking cost: `python tests/bench/masking_speed.py`. Medians of seven, milliseconds of
processor time.

First 100 KB of speech as people speak (turns of 60 to 200 characters, one in eight with a number); then strings of
100 KB that are as bad as we could think of, each as one turn; the worst of them counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import median

sys.path.append(str(Path(__file__).parents[1]))
from spoken import BY_SCRIPT

from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.privacy import masked
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.json_value import Json

SIZE = 100_000
SPEECH_MS, STRING_MS = 10, 600
ENGLISH = (
    "Good morning, thank you for calling the clinic, how can I help you today? ",
    "Hi, I would like to move my appointment with the dentist to some other day next week if that is possible at all. ",
    "Sure, one moment, let me look that up for you. It says here that you are booked for Tuesday in the afternoon. ",
    "Right, and I never got the reminder, so I was wondering whether you have the right address for me on file. ",
    "It is four one five, five five five, zero one three four, and my order number is 7788123, from the third of May. ",
    "No problem at all. Is there anything else that I can do for you, or somebody else that you want to talk to? ",
    "Well, the last time I paid for the cleaning it was more than I was told, could you explain that to me please? ",
    "I am so sorry about that, I will ask a colleague to call you back and explain what every line of the bill means. ",
)
HOSTILE: Mapping[str, str] = {
    "digits": "4",
    "spaces": " ",
    "digits and spaces": "4 ",
    "cards": "4539526018159083 ",
    "cards with the label": "card 4539 5260 1815 9083 ",
    "said digits": "four one ",
    "said in Hindi": "चार एक ",
    "said in Hinglish": "do teen ",
    "double double": "double ",
    "labels": "otp ",
    "labels and codes": "otp 482913 ",
    "codes and labels": "482913 is your otp ",
    "letters": "a",
    "letters and hyphens": "a-",
    "digits and hyphens": "4-",
    "groups and hyphens": "4111-",
    "mixed ids": "a1-",
    "capitals": "AbC",
    "PAN letters": "A B C P E ",
    "PANs": "ABCPE1234F ",
    "pan spelled": "pan a b c p e 1 2 3 4 ",
    "quotes and braces": '{"otp":',
    "JSON numbers": '{"otp": 482913},',
    "URLs": "https://h/",
    "escaped URLs": "https:\\/\\/h\\/a?",
    "schemes": "a://",
    "mail": "a@a.",
    "escapes": "\x1b[",
    "open escapes": "\x1b]",
    "joiners": "\u200d",
    "letters and joiners": "क\u200d",
    "tags": "\U000e0041",
    "surrogates": "\ud800",
    "apostrophes": "a'",
    "combining": "a\u0301",
    "matras": "की",
    "full stops": "1. ",
    "commas": "1,",
    "colons": "1:",
    "instructions": "ignore all previous ",
    "system": "system prompt ",
}


def took(run: Callable[[], object]) -> float:
    times = []
    for _ in range(7):
        begun = time.process_time()
        run()
        times.append(1000 * (time.process_time() - begun))
    return median(times)


def speech(*sentences: str) -> AgentCall:
    """A call of 100 KB of speech, or of one string of that size."""
    entries: list[Json] = []
    size = 0
    while size < SIZE:
        text = sentences[len(entries) % len(sentences)]
        entries.append({"role": ("agent", "user")[len(entries) % 2], "content": text})
        size += len(text.encode("utf-8", "surrogatepass"))
    return AgentCall.read({"call_id": "c", "transcript_with_tool_calls": entries})


def cleaned(call: AgentCall) -> None:
    """What happens to every call: masked, then each text made safe."""
    for entry in masked(call).transcript_with_tool_calls:
        plain(entry.content or "", 1 << 40)


def in_one(unit: str) -> float:
    """Milliseconds for a string of 100 KB of this."""
    text = unit * (SIZE // len(unit.encode("utf-8", "surrogatepass")) + 1)
    if "\ud800" in unit:  # no record holds one
        return took(partial(plain, text, 1 << 40))
    return took(partial(cleaned, speech(text)))


def main() -> int:
    """Print both tables; 1 when a limit is broken."""
    hindi = [f"{line} " for line in BY_SCRIPT["devanagari"].splitlines()]
    said = {"English": took(partial(cleaned, speech(*ENGLISH))), "Hindi": took(partial(cleaned, speech(*hindi)))}
    for name, spent in said.items():
        print(f"{name:24}{spent:7.1f} ms for 100 KB of speech, masked and sanitised")
    worst = {name: in_one(unit) for name, unit in HOSTILE.items()}
    for name, spent in sorted(worst.items(), key=lambda row: -row[1])[:8]:
        print(f"{name:24}{spent:7.1f} ms")
    return int(max(said.values()) > SPEECH_MS or max(worst.values()) > STRING_MS)


if __name__ == "__main__":
    sys.exit(main())
