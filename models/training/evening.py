"""How the tokens that a layer reads are made easy to round: the same for the files and for training."""

from __future__ import annotations

import numpy as np

from .inputs import LINEAR, Inputs, watch
from .network import NAMES, Encoder
from .quantize import even_out
from .rounding import Rounding
from .shape import DIMENSIONS, INNER
from .weights import Weights

GELU_FLOOR = 0.17
"""GELU never falls below -0.16998: adding this makes its output non-negative, which frees the sign bit."""

READERS = tuple(f".{NAMES[name]}" for name in ("query", "key", "value"))
"""What reads a layer's tokens first."""

Evened = tuple[np.ndarray, np.ndarray]
"""Centre and spread [in]: a layer is given (x - centre) / spread."""


def evened(weights: Weights, inputs: Inputs, readers: list[str]) -> Evened:
    """For tokens [N,384] that these layers read; where there are none, nothing changes."""
    if not readers:
        return np.zeros(DIMENSIONS, dtype=np.float32), np.ones(DIMENSIONS, dtype=np.float32)
    weight = np.concatenate([weights[f"{name}.weight"].T for name in readers], axis=1)
    return even_out(inputs[readers[0]], weight)


def above_floor() -> Evened:
    """For tokens [N,1536] out of GELU, none of which is negative then."""
    return np.full(INNER, -GELU_FLOOR, dtype=np.float32), np.ones(INNER, dtype=np.float32)


def round_as_files(encoder: Encoder, texts: list[str]) -> None:
    """From now on the encoder rounds as the files made of its present weights would; some texts show what it has to do with."""
    weights = encoder.weights()
    inputs = watch(weights, texts)
    for number, layer in enumerate(encoder.layers):
        prefix = f"encoder.layer.{number}"
        ways = {
            "query": evened(weights, inputs, [prefix + name for name in READERS]),
            "mixed": evened(weights, inputs, []),
            "inner": evened(weights, inputs, [f"{prefix}.{LINEAR['inner']}"]),
            "outer": above_floor(),
        }
        ways |= {"key": ways["query"], "value": ways["query"]}
        for name, way in ways.items():
            linear = getattr(layer, name)
            weight = weights[f"{prefix}.{NAMES[name]}.weight"].T
            linear.rounding = Rounding(weight, *way, positive=name == "outer").to(linear.weight.device)
