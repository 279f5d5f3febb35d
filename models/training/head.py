"""The head as an ONNX graph: labels attend to the tokens of a text."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto

from .graph import Graph
from .shape import DIMENSIONS


def free_head(beta: float) -> tuple[np.ndarray, np.ndarray]:
    """A head without training: the two maps [384,384] that `head_graph` takes, β·1 and 1."""
    one = np.eye(DIMENSIONS, dtype=np.float32)
    return one * np.float32(beta), one


def head_graph(attention: np.ndarray, value: np.ndarray) -> onnx.ModelProto:
    """Maps A, V [384,384] -> a graph that does two things, each on inputs of its own.

    labels [N,384] -> asks = A·l and gives = V·l of each, which can be kept.
    token_states [B,T,384], asked, given [L,384] -> attention, value [B,T,L]: with h a token's state at unit length,
    h·A·l before the softmax over the tokens, and h·V·l.
    """
    g = Graph("classer-embed-head")
    states = g.input("token_states", TensorProto.FLOAT, ["batch", "tokens", DIMENSIONS])
    labels = g.input("labels", TensorProto.FLOAT, ["mapped", DIMENSIONS])
    unit = g.add("LpNormalization", states, axis=-1, p=2)
    for part, map_, told, kept in (("attention", attention, "asked", "asks"), ("value", value, "given", "gives")):
        g.output(kept, ["mapped", DIMENSIONS])
        g.output(part, ["batch", "tokens", "labels"])
        factor = _factor(map_)
        if factor is None:
            g.add("MatMul", labels, g.constant(f"{part}.map", map_.T.astype(np.float32)), out=kept)
        else:
            g.add("Mul", labels, g.constant(f"{part}.factor", np.array(factor, dtype=np.float32)), out=kept)
        mapped = g.input(told, TensorProto.FLOAT, ["labels", DIMENSIONS])
        g.add("MatMul", unit, g.add("Transpose", mapped, perm=[1, 0]), out=part)
    return g.model()


def _factor(map_: np.ndarray) -> float | None:
    """The number x when the map is x times the identity."""
    x = float(map_[0, 0])
    return x if np.array_equal(map_, np.eye(len(map_), dtype=map_.dtype) * map_[0, 0]) else None
