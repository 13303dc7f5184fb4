"""True o200k_base token counts, offline: the ranks come from the `bpe-openai` wheel."""

import base64
import gzip
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import tiktoken

_LOWER = r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_UPPER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"
_CONTRACTION = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
PIECES = "|".join(
    (
        rf"[^\r\n\p{{L}}\p{{N}}]?{_UPPER}*{_LOWER}+{_CONTRACTION}",
        rf"[^\r\n\p{{L}}\p{{N}}]?{_UPPER}+{_LOWER}*{_CONTRACTION}",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    )
)


@cache
def ranks() -> dict[bytes, int]:
    """The vocabulary: bytes of a token → its rank."""
    spec = find_spec("bpe_openai")
    assert spec
    assert spec.origin
    packed = Path(spec.origin).with_name("data").joinpath("o200k_base.tiktoken.gz").read_bytes()
    pairs = (line.split() for line in gzip.decompress(packed).splitlines() if line)
    return {base64.b64decode(token): int(rank) for token, rank in pairs}


@cache
def _encoding() -> tiktoken.Encoding:
    return tiktoken.Encoding("o200k_base", pat_str=PIECES, mergeable_ranks=ranks(), special_tokens={})


def count(text: str) -> int:
    """How many tokens `text` costs. A lone surrogate counts as the mark that replaces it."""
    return len(_encoding().encode_ordinary(text))
