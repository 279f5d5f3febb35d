"""A small builder of ONNX graphs: one method call a node, names made in order, so that a build repeats byte for byte."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
IR_VERSION = 8
CONTRIB = "com.microsoft"

Shape = list[int | str]


class Graph:
    """Collects nodes and constants; `model` closes it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []
        self._count = 0

    def input(self, name: str, kind: int, shape: Shape) -> str:
        """Declares an input and returns its name."""
        self._inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, name: str, shape: Shape, kind: int = TensorProto.FLOAT) -> str:
        """Declares an output; a node must be given this name as its `out`."""
        self._outputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def constant(self, name: str, value: np.ndarray) -> str:
        """Adds a constant once and returns its name."""
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def add(self, op: str, *inputs: str, out: str | None = None, domain: str = "", **attributes: Any) -> str:
        """Adds a node with one output and returns the output's name. An empty input name leaves an option out."""
        self._count += 1
        out = out or f"{op.lower()}_{self._count}"
        self._nodes.append(helper.make_node(op, list(inputs), [out], name=f"n{self._count}", domain=domain, **attributes))
        return out

    def contrib(self, op: str, *inputs: str, out: str | None = None, **attributes: Any) -> str:
        """Adds a node of the runtime's own operator set."""
        return self.add(op, *inputs, out=out, domain=CONTRIB, **attributes)

    def model(self) -> onnx.ModelProto:
        """The checked model, with all weights inside."""
        graph = helper.make_graph(
            self._nodes, self.name, self._inputs, self._outputs, initializer=list(self._constants.values())
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)],
            producer_name="classer-local",
        )
        model.ir_version = IR_VERSION
        onnx.checker.check_model(model)
        return model


def bytes_of(model: onnx.ModelProto) -> bytes:
    """The same model gives the same bytes."""
    return model.SerializeToString(deterministic=True)
