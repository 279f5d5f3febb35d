"""How long the encoder takes for a text."""

from __future__ import annotations

import time
from pathlib import Path

from .engine import Engine
from .tokens import CLS, SEP

TOKENS = 64
RUNS = 60


def forward_ms(out: Path) -> float:
    """Milliseconds of one text of `TOKENS` tokens on one thread of native onnxruntime: the shortest of many runs, so that other programs do not count."""
    engine = Engine.open(out, threads=1)
    window = [CLS, *range(2000, 2000 + TOKENS - 2), SEP]
    shortest = float("inf")
    for _ in range(RUNS):
        began = time.perf_counter()
        engine.forward([window])
        shortest = min(shortest, time.perf_counter() - began)
    return shortest * 1000
