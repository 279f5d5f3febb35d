"""Writes the files of a model: graphs, tokenizer, manifest."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from .encoder import EncoderGraph
from .graph import bytes_of
from .head import head_graph
from .inputs import ordinary_texts, watch
from .manifest import NAME, entry, first_choices, write
from .rows import LabelSet
from .tokens import TOKENIZER_CONFIG, tokenizer_json
from .weights import Weights

LIMIT = 25_000_000
"""Bytes that encoder and head may take together."""
TEXTS, ROWS = 1500, 32768
"""Texts, and tokens of them, that the rounding is fitted on: with a tenth, a best label in 150 more changes."""


def export_files(out: Path, weights: Weights, head: tuple[np.ndarray, np.ndarray], sets: list[LabelSet]) -> None:
    """Writes encoder, head and tokenizer of `weights` under `out`, and a manifest to begin with.

    Some texts of `sets` are read to see what numbers the rounding has to do with.
    """
    folder = out / NAME
    folder.mkdir(parents=True, exist_ok=True)
    inputs = watch(weights, ordinary_texts(sets, TEXTS), most_rows=ROWS)
    encoder = bytes_of(EncoderGraph(weights, inputs).build())
    (folder / "encoder.onnx").write_bytes(encoder)
    export_head(out, head)
    total = len(encoder) + (folder / "head.onnx").stat().st_size
    if total > LIMIT:
        raise SystemExit(f"Encoder and head take {total:,} bytes; at most {LIMIT:,} are allowed.")
    (folder / "tokenizer.json").write_bytes(tokenizer_json())
    config = json.dumps(TOKENIZER_CONFIG, indent=2) + "\n"
    (folder / "tokenizer_config.json").write_text(config, encoding="utf-8")
    write(out, NAME, entry(out, "0.0.0", first_choices()))


def export_head(out: Path, head: tuple[np.ndarray, np.ndarray]) -> None:
    """Writes the head alone."""
    (out / NAME / "head.onnx").write_bytes(bytes_of(head_graph(*head)))
