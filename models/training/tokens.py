"""The tokenizer, and the windows that a text's tokens are read in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Tokenizer

from .shape import OVERLAP, WINDOW
from .weights import start_folder

CLS, SEP, PAD = 101, 102, 0

TOKENIZER_CONFIG = {
    "tokenizer_class": "BertTokenizer",
    "do_lower_case": True,
    "model_max_length": WINDOW,
    "unk_token": "[UNK]",
    "sep_token": "[SEP]",
    "pad_token": "[PAD]",
    "cls_token": "[CLS]",
    "mask_token": "[MASK]",
}


def tokenizer_json() -> bytes:
    """The tokenizer as shipped: cutting and padding are left to the engine."""
    tokenizer = json.loads((start_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = None
    tokenizer["padding"] = None
    return (json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def load_tokenizer(path: Path | None = None) -> Tokenizer:
    """The shipped tokenizer of `path`, or the one it is made from."""
    return Tokenizer.from_str(path.read_text(encoding="utf-8") if path else tokenizer_json().decode())


def content_ids(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    """Token ids of each text, without [CLS] and [SEP]."""
    return [entry.ids for entry in tokenizer.encode_batch(texts, add_special_tokens=False)]


def batches(lengths: list[int], budget: int) -> Iterator[tuple[int, list[int]]]:
    """Groups of like length, longest first: the longest length of a group, and whose they are.

    With padding a group has at most `budget` tokens, or one sequence.

    >>> list(batches([3, 9, 8], 18))
    [(9, [1, 2]), (3, [0])]
    """
    order = sorted(range(len(lengths)), key=lambda n: -lengths[n])
    at = 0
    while at < len(order):
        length = lengths[order[at]]
        group = order[at : at + max(1, budget // length)]
        yield length, group
        at += len(group)


def windows(count: int, window: int = WINDOW, overlap: int = OVERLAP) -> list[tuple[int, int, int]]:
    """(start, end, new) of each window over `count` tokens; `new` tokens were in no window before.

    >>> windows(300)
    [(0, 254, 254), (222, 300, 46)]
    """
    core = window - 2
    result = [(0, min(core, count), min(core, count))]
    while result[-1][1] < count:
        start = result[-1][1] - overlap
        end = min(start + core, count)
        result.append((start, end, end - result[-1][1]))
    return result
