"""The encoder as an int8 ONNX graph.

Every linear layer quantizes its input token by token, so that a token's numbers depend on its own text alone:
never on the texts beside it in a batch, nor on padding.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto

from .evening import GELU_FLOOR, READERS, above_floor, evened
from .graph import Graph
from .inputs import Inputs
from .quantize import quantize_fitted, quantize_rows
from .shape import DIMENSIONS, EPSILON, HEADS, LAYERS, WINDOW
from .weights import Weights


@dataclass(frozen=True)
class Rows:
    """Tokens [N,width] as unsigned bytes with one scale a token [N,1]."""

    integers: str
    scale: str
    zero: str


@dataclass(frozen=True)
class Tokens:
    """Tokens [N,384] as (x - centre) / spread, which rounds better than x; `centre` and `spread` are [384]."""

    name: str
    centre: np.ndarray
    spread: np.ndarray


@dataclass(frozen=True)
class Rounded:
    """A weight [in,out] in eight bits with its scales [out], and the bias [out] that goes with it."""

    integers: np.ndarray
    scale: np.ndarray
    bias: np.ndarray


class EncoderGraph:
    """Builds the graph from weights; see `build`."""

    name = "classer-embed-encoder"

    def __init__(self, weights: Weights, inputs: Inputs) -> None:
        self.weights = weights
        self.inputs = inputs
        self.graph = Graph(self.name)

    def _float(self, value: float) -> str:
        return self.graph.constant(f"f_{value:g}", np.array(value, dtype=np.float32))

    def _ints(self, name: str, values: list[int]) -> str:
        return self.graph.constant(name, np.array(values, dtype=np.int64))

    def _signed_rows(self, tokens: str) -> Rows:
        """tokens [N,384] -> bytes round(x / scale) + 128 with scale = max|x| / 127 of each token."""
        g = self.graph
        largest = g.add("ReduceMax", g.add("Abs", tokens), axes=[1], keepdims=1)
        scale = g.add("Mul", g.add("Max", largest, self._float(1e-9)), self._float(1 / 127))
        return self._rows(tokens, scale, 128)

    def _positive_rows(self, tokens: str) -> Rows:
        """tokens [N,1536], none negative -> bytes round(x / scale) with scale = max x / 255 of each token."""
        g = self.graph
        largest = g.add("ReduceMax", tokens, axes=[1], keepdims=1)
        scale = g.add("Mul", g.add("Max", largest, self._float(1e-9)), self._float(1 / 255))
        return self._rows(tokens, scale, 0)

    def _rows(self, tokens: str, scale: str, zero: int) -> Rows:
        g = self.graph
        flat = g.add("Reshape", scale, self._ints("flat", [-1]))
        byte = g.constant(f"zero_{zero}", np.array(zero, dtype=np.uint8))
        zeros = g.add("Expand", byte, g.add("Shape", flat))
        integers = g.add("QuantizeLinear", tokens, flat, zeros, axis=0)
        return Rows(integers, scale, byte)

    def _round(self, names: list[str], centre: np.ndarray, spread: np.ndarray) -> dict[str, Rounded]:
        """Rounds the weights of layers that read the same tokens, given as (x - centre) / spread.

        The bias makes up for the centre and for what rounding the weights does to the mean input.
        """
        seen = self.inputs[names[0]]
        parts = [self._part(name) for name in names]
        weight = np.concatenate([weight for weight, _ in parts], axis=1)
        bias = np.concatenate([bias for _, bias in parts])
        integers, scale = quantize_fitted(weight * spread[:, None], (seen - centre) / spread)
        rounded = integers * scale.astype(np.float64) / spread[:, None]
        bias = (bias + centre @ rounded - seen.mean(axis=0) @ (rounded - weight)).astype(np.float32)
        width = weight.shape[1] // len(names)
        columns = [slice(n * width, (n + 1) * width) for n in range(len(names))]
        return {name: Rounded(integers[:, c], scale[c], bias[c]) for name, c in zip(names, columns, strict=True)}

    def _linear(self, rows: Rows, name: str, rounded: Rounded) -> str:
        """Rows times a rounded weight -> [N,out], the bias still to add."""
        g = self.graph
        product = g.contrib(
            "MatMulIntegerToFloat",
            rows.integers,
            g.constant(f"{name}.weight", rounded.integers),
            self._float(1.0),
            g.constant(f"{name}.scale", rounded.scale),
            rows.zero,
        )
        return g.add("Mul", product, rows.scale)

    def _part(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """The weight of a linear layer as [in,out], and its bias."""
        return self.weights[f"{name}.weight"].T, self.weights[f"{name}.bias"]

    def _norm_constants(self, name: str, readers: list[str]) -> tuple[list[str], np.ndarray, np.ndarray]:
        """Scale and shift of a LayerNorm that gives (x - centre) / spread at once, as its readers want it."""
        g = self.graph
        centre, spread = evened(self.weights, self.inputs, readers)
        gamma = g.constant(f"{name}.gamma", self.weights[f"{name}.weight"] / spread)
        beta = g.constant(f"{name}.beta", (self.weights[f"{name}.bias"] - centre) / spread)
        return [gamma, beta], centre, spread

    def _norm(self, name: str, added: str, bias: np.ndarray, tokens: Tokens, readers: list[str]) -> Tokens:
        """LayerNorm(added + bias + tokens), for the layers that read it next."""
        g = self.graph
        constants, centre, spread = self._norm_constants(name, readers)
        before = g.add("Mul", tokens.name, g.constant(f"{name}.spread", tokens.spread))
        whole = g.constant(f"{name}.bias", (bias + tokens.centre).astype(np.float32))
        out = g.contrib("SkipLayerNormalization", added, before, *constants, whole, epsilon=EPSILON)
        return Tokens(out, centre, spread)

    def _widen(self, tokens: str) -> str:
        """tokens [B,T] -> [B,T'] with zeros up to the next multiple of four.

        The runtime's softmax adds up four numbers at a time and the rest one by one. With no rest, padding
        does not change the order of its sum, and so changes no bit of the answer.
        """
        g = self.graph
        length = g.add("Slice", g.add("Shape", tokens), self._ints("one", [1]), self._ints("two", [2]))
        rest = g.add("Mod", g.add("Neg", length), self._ints("four", [4]))
        pads = g.add("Concat", self._ints("pads", [0, 0, 0]), rest, axis=0)
        return g.add("Pad", tokens, pads)

    def _embed(self, ids: str, readers: list[str], kinds: str | None) -> Tokens:
        """ids, kinds [B,T] -> tokens [B*T,384]: word, position and kind of token added up, then normalised."""
        g = self.graph
        words, scales = quantize_rows(self.weights["embeddings.word_embeddings.weight"])
        flat = g.add("Reshape", ids, self._ints("flat", [-1]))
        integers = g.add("Gather", g.constant("words", words), flat, axis=0)
        scale = g.add("Gather", g.constant("words.scale", scales), flat, axis=0)
        word = g.add("Mul", g.add("Cast", integers, to=TensorProto.FLOAT), scale)

        places = self.weights["embeddings.position_embeddings.weight"][:WINDOW]
        types = self.weights["embeddings.token_type_embeddings.weight"]
        places = places + types[0]
        shape = g.add("Shape", ids)
        length = g.add("Slice", shape, self._ints("one", [1]), self._ints("two", [2]))
        place = g.add("Slice", g.constant("places", places), self._ints("zero", [0]), length, self._ints("zero", [0]))
        wide = g.add("Concat", shape, self._ints("width", [DIMENSIONS]), axis=0)
        summed = g.add("Add", g.add("Reshape", word, wide), place)
        if kinds is not None:
            second = g.add("Unsqueeze", g.add("Cast", kinds, to=TensorProto.FLOAT), self._ints("two", [2]))
            summed = g.add("Add", summed, g.add("Mul", second, g.constant("second", types[1] - types[0])))
        flat_sum = g.add("Reshape", summed, self._ints("rows", [-1, DIMENSIONS]))
        constants, centre, spread = self._norm_constants("embeddings.LayerNorm", readers)
        return Tokens(g.add("LayerNormalization", flat_sum, *constants, epsilon=EPSILON), centre, spread)

    def _attend(self, layer: str, tokens: Tokens, wide: str, mask: str) -> tuple[str, np.ndarray]:
        """Self-attention of the tokens -> [B*T,384], and the bias still to add."""
        g = self.graph
        rows = self._signed_rows(tokens.name)
        rounded = self._round([layer + name for name in READERS], tokens.centre, tokens.spread)
        split = [g.add("Reshape", self._linear(rows, name, part), wide) for name, part in rounded.items()]
        bias = g.constant(f"{layer}.qkv.bias", np.concatenate([part.bias for part in rounded.values()]))
        mixed = g.contrib("MultiHeadAttention", *split, bias, mask, num_heads=HEADS)
        flat = g.add("Reshape", mixed, self._ints("rows", [-1, DIMENSIONS]))
        name = f"{layer}.attention.output.dense"
        part = self._round([name], *evened(self.weights, self.inputs, []))[name]
        return self._linear(self._signed_rows(flat), name, part), part.bias

    def _feed(self, layer: str, tokens: Tokens) -> tuple[str, np.ndarray]:
        """The feed-forward part -> [N,384], and the bias still to add."""
        g = self.graph
        name = f"{layer}.intermediate.dense"
        part = self._round([name], tokens.centre, tokens.spread)[name]
        inner = self._linear(self._signed_rows(tokens.name), name, part)
        active = g.contrib("BiasGelu", inner, g.constant(f"{layer}.inner.bias", part.bias))
        rows = self._positive_rows(g.add("Add", active, self._float(GELU_FLOOR)))
        name = f"{layer}.output.dense"
        part = self._round([name], *above_floor())[name]
        return self._linear(rows, name, part), part.bias

    def _read(self, ids: str, mask: str, kinds: str | None = None) -> str:
        """ids, mask, kinds [B,T] -> token states [B,T,384]; T a multiple of four."""
        g = self.graph
        wide = g.add("Concat", g.add("Shape", ids), self._ints("width", [DIMENSIONS]), axis=0)
        mask32 = g.add("Cast", mask, to=TensorProto.INT32)
        layers = [f"encoder.layer.{number}" for number in range(LAYERS)]
        readers = [[layer + name for name in READERS] for layer in layers]
        tokens = self._embed(ids, readers[0], kinds)
        for layer, next_readers in zip(layers, [*readers[1:], []], strict=True):
            added, bias = self._attend(layer, tokens, wide, mask32)
            tokens = self._norm(f"{layer}.attention.output.LayerNorm", added, bias, tokens, [f"{layer}.intermediate.dense"])
            added, bias = self._feed(layer, tokens)
            tokens = self._norm(f"{layer}.output.LayerNorm", added, bias, tokens, next_readers)
        return g.add("Reshape", tokens.name, wide)

    def _pool(self, states: str, mask: str, out: str | None = None) -> str:
        """states [B,T,384], mask [B,T] -> the mean over the mask [B,384]."""
        g = self.graph
        real = g.add("Cast", mask, to=TensorProto.FLOAT)
        row = g.add("Unsqueeze", real, self._ints("one", [1]))
        total = g.add("Squeeze", g.add("MatMul", row, states), self._ints("one", [1]))
        count = g.add("ReduceSum", real, self._ints("one", [1]), keepdims=1)
        return g.add("Div", total, g.add("Max", count, self._float(1.0)), out=out)

    def build(self) -> onnx.ModelProto:
        """input_ids, attention_mask [B,T] -> token_states [B,T,384] and pooled [B,384], the mean over the mask."""
        g = self.graph
        ids = g.input("input_ids", TensorProto.INT64, ["batch", "tokens"])
        mask = g.input("attention_mask", TensorProto.INT64, ["batch", "tokens"])
        g.output("token_states", ["batch", "tokens", DIMENSIONS])
        g.output("pooled", ["batch", DIMENSIONS])

        asked = g.add("Shape", ids)
        mask = self._widen(mask)
        states = self._read(self._widen(ids), mask)
        length = g.add("Slice", asked, self._ints("one", [1]), self._ints("two", [2]))
        g.add("Slice", states, self._ints("zero", [0]), length, self._ints("one", [1]), out="token_states")
        self._pool(states, mask, out="pooled")
        return g.model()
