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
    """Maps A, V [384,384] -> graph of token_states [B,T,384], labels [L,384] -> attention, value [B,T,L].

    With h a token's state at unit length and l a label's vector, attention is h·A·l before the softmax over the
    tokens, and value is h·V·l. The maps are applied to the labels, which are few, rather than to the tokens.
    """
    g = Graph("classer-embed-head")
    states = g.input("token_states", TensorProto.FLOAT, ["batch", "tokens", DIMENSIONS])
    labels = g.input("labels", TensorProto.FLOAT, ["labels", DIMENSIONS])
    g.output("attention", ["batch", "tokens", "labels"])
    g.output("value", ["batch", "tokens", "labels"])
    unit = g.add("LpNormalization", states, axis=-1, p=2)
    for name, map_ in (("attention", attention), ("value", value)):
        factor = _factor(map_)
        if factor is None:
            matrix = g.constant(f"{name}.map", map_.T.astype(np.float32))
            mapped = g.add("MatMul", labels, matrix)
        else:
            mapped = g.add("Mul", labels, g.constant(f"{name}.factor", np.array(factor, dtype=np.float32)))
        g.add("MatMul", unit, g.add("Transpose", mapped, perm=[1, 0]), out=name)
    return g.model()


def _factor(map_: np.ndarray) -> float | None:
    """The number x when the map is x times the identity."""
    x = float(map_[0, 0])
    return x if np.array_equal(map_, np.eye(len(map_), dtype=map_.dtype) * map_[0, 0]) else None
