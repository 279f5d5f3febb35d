"""models/manifest.json: which files a model has and what the engine must know to use them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from .neutral import NEUTRAL
from .shape import DIMENSIONS, OVERLAP, WINDOW

NAME = "classer-embed"
FILES = {
    "encoder": "encoder.onnx",
    "head": "head.onnx",
    "tokenizer": "tokenizer.json",
    "tokenizer_config": "tokenizer_config.json",
}


def entry(out: Path, version: str, choices: dict[str, Any]) -> dict[str, Any]:
    """A model's entry: `choices` holds wording, mix, calibration and examples."""
    files = {}
    for role, file in FILES.items():
        content = (out / NAME / file).read_bytes()
        files[role] = {
            "path": f"{NAME}/{file}",
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    return {
        "version": version,
        "engine": "embed",
        "license": "Apache-2.0",
        "files": files,
        "encoder": {
            "dimensions": DIMENSIONS,
            "window": WINDOW,
            "overlap": OVERLAP,
            "inputs": {"ids": "input_ids", "mask": "attention_mask"},
            "outputs": {"tokens": "token_states", "pooled": "pooled"},
        },
        "head": {
            "inputs": {"tokens": "token_states", "labels": "labels"},
            "outputs": {"attention": "attention", "value": "value"},
        },
        "wording": choices["wording"],
        "mix": choices["mix"],
        "calibration": choices["calibration"],
        "examples": choices["examples"],
        "neutral": list(NEUTRAL),
    }


def write(out: Path, model: dict[str, Any]) -> None:
    """Writes the manifest of a folder with this one model."""
    text = json.dumps({"format": 1, "default": NAME, "models": {NAME: model}}, indent=2, ensure_ascii=False)
    (out / "manifest.json").write_text(text + "\n", encoding="utf-8")


def first_choices() -> dict[str, Any]:
    """Choices to begin with, before anything was fitted."""
    return {
        "wording": {"plain": ["{label}"], "described": ["{label}", "{label}: {description}"], "text_type": None},
        "mix": {"cosine": 1.0, "attention": 0.0},
        "calibration": {
            "classify": {"null": 0.0, "temperature": [{"max_labels": n, "value": 0.05} for n in (2, 5, 10, 25, 200)]},
            "tag": {"scale": 20.0, "bias": -6.0, "null": 0.0},
            "detect": {"scale": 20.0, "bias": -5.0, "null": 0.0},
        },
        "examples": {"ridge": 3.0, "prior": 1.0, "sharpness": 10.0, "doubt": 0.25, "label_weight": 3.0},
    }
