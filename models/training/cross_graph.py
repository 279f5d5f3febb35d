"""The inference model as an int8 ONNX graph, and its folder in the layout that model hubs use."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto

from .cross import CLASSES, CrossEncoder
from .encoder import EncoderGraph
from .graph import bytes_of
from .inputs import Inputs, watched
from .shape import DIMENSIONS, HEADS, INNER, LAYERS, VOCABULARY, WINDOW
from .tokens import TOKENIZER_CONFIG, content_ids, load_tokenizer, tokenizer_json

NAME = "nli-mini"
FILES = {
    "classifier": "onnx/model_quantized.onnx",
    "tokenizer": "tokenizer.json",
    "tokenizer_config": "tokenizer_config.json",
    "config": "config.json",
}
LIMIT = 25_000_000
"""Bytes that the graph may take."""

CONFIG = {
    "architectures": ["BertForSequenceClassification"],
    "model_type": "bert",
    "hidden_size": DIMENSIONS,
    "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS,
    "intermediate_size": INNER,
    "hidden_act": "gelu",
    "vocab_size": VOCABULARY,
    "max_position_embeddings": WINDOW,
    "type_vocab_size": 2,
    "pad_token_id": 0,
    "id2label": {str(n): name for n, name in enumerate(CLASSES)},
    "label2id": {name: n for n, name in enumerate(CLASSES)},
}


class CrossGraph(EncoderGraph):
    """Builds the graph; see `build`."""

    name = NAME

    def __init__(self, model: CrossEncoder, inputs: Inputs) -> None:
        weights = model.encoder.weights()
        kind = weights["embeddings.token_type_embeddings.weight"]
        second = model.second.detach().cpu().float().numpy()
        weights["embeddings.token_type_embeddings.weight"] = np.concatenate([kind, kind + second])
        super().__init__(weights, inputs)
        self.classifier = model.classifier.weight.detach().cpu().float().numpy(), model.classifier.bias.detach().cpu().float().numpy()

    def build(self) -> onnx.ModelProto:
        """input_ids, attention_mask, token_type_ids [B,T] -> logits [B,3] in the order of `CLASSES`."""
        g = self.graph
        names = ("input_ids", "attention_mask", "token_type_ids")
        ids, mask, kinds = (self._widen(g.input(name, TensorProto.INT64, ["batch", "tokens"])) for name in names)
        g.output("logits", ["batch", len(CLASSES)])
        pooled = self._pool(self._read(ids, mask, kinds), mask)
        weight, bias = self.classifier
        g.add("Gemm", pooled, g.constant("classifier", weight), g.constant("classifier.bias", bias), transB=1, out="logits")
        return g.model()


def export_cross(out: Path, model: CrossEncoder, pairs: list[tuple[str, str]]) -> None:
    """Writes the model's folder under `out`. Some pairs are read to see what numbers the rounding has to do with."""
    model.eval()
    tokenizer = load_tokenizer()
    first = content_ids(tokenizer, [premise for premise, _ in pairs])
    second = content_ids(tokenizer, [hypothesis for _, hypothesis in pairs])
    ids = [(p[:60], h[:30]) for p, h in zip(first, second, strict=True)]
    inputs = watched(model.encoder, lambda: [model([one]) for one in ids])
    graph = bytes_of(CrossGraph(model, inputs).build())
    if len(graph) > LIMIT:
        raise SystemExit(f"The graph takes {len(graph):,} bytes; at most {LIMIT:,} are allowed.")
    folder = out / NAME
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    (folder / FILES["classifier"]).write_bytes(graph)
    (folder / FILES["tokenizer"]).write_bytes(tokenizer_json())
    for file, content in ((FILES["tokenizer_config"], TOKENIZER_CONFIG), (FILES["config"], CONFIG)):
        (folder / file).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
