"""A model's files turned back into weights, to go on training from them where no checkpoint is left."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from . import checkpoint
from .encoder import GELU_FLOOR
from .engine import Array
from .evening import READERS
from .manifest import NAME
from .model import Model
from .shape import DIMENSIONS, LAYERS, WINDOW
from .weights import Weights

EMBEDDED = "embeddings.LayerNorm"


def restore(files: Path, work: Path, start: Weights, steps: int, minutes: float) -> None:
    """Begins a run with the model of the folder `files`, which was trained for so many steps and minutes."""
    model = Model()
    model.encoder.load(encoder_weights(constants(files / NAME / "encoder.onnx"), start))
    head = constants(files / NAME / "head.onnx")
    with torch.no_grad():
        # The weight of the attention part is multiplied into the map.
        model.attention.copy_(torch.from_numpy(head["attention.map"].T.copy()))
        model.value.copy_(torch.from_numpy(head["value.map"].T.copy()))
    state = model.state_dict()
    begun = {"step": steps, "elapsed": 60 * minutes, "random": random.Random(steps).getstate(), "torch": torch.get_rng_state()}
    checkpoint.save(work, {"model": state, "average": state, "optimizer": None, "began": steps, **begun})


def constants(path: Path) -> dict[str, Array]:
    """The constants of a graph by name."""
    return {each.name: numpy_helper.to_array(each) for each in onnx.load(path).graph.initializer}


def encoder_weights(found: dict[str, Array], start: Weights) -> Weights:
    """Constants of an encoder's graph -> weights that do the same, but for the rounding of tokens.

    A layer is given (x - centre) / spread, and the centre went into biases. Any centre gives the same model: here it is
    the one with which a LayerNorm's shift is the start's, so that the average of the two is one of like things.
    """
    places = start["embeddings.position_embeddings.weight"]
    result: Weights = {
        "embeddings.word_embeddings.weight": found["words"] * found["words.scale"],
        "embeddings.position_embeddings.weight": places,
        "embeddings.token_type_embeddings.weight": (found["places"] - places[:WINDOW]).mean(axis=0, keepdims=True),
    }

    def norm(name: str, reader: str | None) -> tuple[Array, Array]:
        spread = found[f"{reader}.spread"] if reader else np.ones(DIMENSIONS, dtype=np.float32)
        shift = found[f"{name}.beta"] * spread
        centre = start[f"{name}.bias"] - shift if reader else np.zeros_like(shift)
        result[f"{name}.weight"] = found[f"{name}.gamma"] * spread
        result[f"{name}.bias"] = shift + centre
        return centre, spread

    def linear(name: str, bias: Array, centre: Array | float = 0.0, spread: Array | float = 1.0) -> None:
        weight = found[f"{name}.weight"] * found[f"{name}.scale"] / np.reshape(spread, (-1, 1))
        result[f"{name}.weight"] = np.ascontiguousarray(weight.T)
        result[f"{name}.bias"] = bias - np.broadcast_to(centre, len(weight)) @ weight

    tokens = norm(EMBEDDED, "encoder.layer.0.attention.output.LayerNorm")
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        for name, bias in zip(READERS, np.split(found[f"{layer}.qkv.bias"], len(READERS)), strict=True):
            linear(layer + name, bias, *tokens)
        linear(f"{layer}.attention.output.dense", found[f"{layer}.attention.output.LayerNorm.bias"] - tokens[0])
        tokens = norm(f"{layer}.attention.output.LayerNorm", f"{layer}.output.LayerNorm")
        linear(f"{layer}.intermediate.dense", found[f"{layer}.inner.bias"], *tokens)
        linear(f"{layer}.output.dense", found[f"{layer}.output.LayerNorm.bias"] - tokens[0], -GELU_FLOOR)
        following = f"encoder.layer.{number + 1}.attention.output.LayerNorm" if number + 1 < LAYERS else None
        tokens = norm(f"{layer}.output.LayerNorm", following)
    return {name: np.asarray(value, dtype=np.float32) for name, value in result.items()}
