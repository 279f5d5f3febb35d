"""What the linear layers of the encoder are fed with on ordinary texts: the ground for rounding their weights well."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

from .engine import Array
from .network import Encoder
from .rows import LabelSet
from .sample import some_rows
from .shape import INNER
from .tokens import CLS, SEP, content_ids, load_tokenizer
from .weights import Weights

Inputs = dict[str, Array]
"""Rows of input [N,width] by the name of the linear layer as the checkpoint has it."""

LINEAR = {
    "query": "attention.self.query",
    "mixed": "attention.output.dense",
    "inner": "intermediate.dense",
    "outer": "output.dense",
}
"""The layers that are watched; key and value see what the query sees."""


def ordinary_texts(sets: list[LabelSet], count: int = 200, seed: int = 5) -> list[str]:
    """One text of each of some sets, always the same."""
    texts = [some_rows(each, 1, seed)[0].text for each in sorted(sets, key=lambda each: each.name)]
    order = np.random.default_rng(seed).permutation(len(texts))
    return [texts[n] for n in order[:count]]


def watch(weights: Weights, texts: list[str], most_tokens: int = 62, most_rows: int = 4096) -> Inputs:
    """Runs the texts one by one in fp32 and keeps what each linear layer is fed with, for some of their tokens."""
    encoder = Encoder().load(weights).eval()
    rows = [torch.tensor([[CLS, *ids[:most_tokens], SEP]]) for ids in content_ids(load_tokenizer(), texts)]
    return watched(encoder, lambda: [encoder(row, torch.ones_like(row)) for row in rows], most_rows)


def watched(encoder: Encoder, run: Callable[[], object], most_rows: int = 4096) -> Inputs:
    """What each linear layer of an encoder is fed with while `run` uses it."""
    seen: dict[str, list[Array]] = {}
    hooks = []
    for number, layer in enumerate(encoder.layers):
        for ours, theirs in LINEAR.items():
            rows = seen.setdefault(f"encoder.layer.{number}.{theirs}", [])
            hook = getattr(layer, ours).register_forward_pre_hook(
                lambda _, given, rows=rows: rows.append(given[0].reshape(-1, given[0].shape[-1]).numpy())
            )
            hooks.append(hook)
    with torch.no_grad(), torch.autocast("cpu", enabled=False):
        run()
    for hook in hooks:
        hook.remove()
    result = {name: np.concatenate(rows) for name, rows in seen.items()}
    assert all(rows.shape[1] in (INNER, INNER // 4) for rows in result.values())
    keep = np.sort(np.random.default_rng(5).permutation(len(next(iter(result.values()))))[:most_rows])
    return {name: rows[keep] for name, rows in result.items()}
