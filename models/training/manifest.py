"""models/manifest.json: which files a model has and what the engine must know to use them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
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
    return {
        "version": version,
        "engine": "embed",
        "license": "Apache-2.0",
        "files": records(out, NAME, FILES),
        "encoder": {
            "dimensions": DIMENSIONS,
            "window": WINDOW,
            "overlap": OVERLAP,
            "inputs": {"ids": "input_ids", "mask": "attention_mask"},
            "outputs": {"tokens": "token_states", "pooled": "pooled"},
        },
        "head": {
            "inputs": {"labels": "labels", "tokens": "token_states", "asked": "asked", "given": "given"},
            "outputs": {"asks": "asks", "gives": "gives", "attention": "attention", "value": "value"},
        },
        "wording": choices["wording"],
        "mix": choices["mix"],
        "calibration": choices["calibration"],
        "examples": choices["examples"],
        "neutral": list(NEUTRAL),
    }


def records(out: Path, name: str, files: dict[str, str]) -> dict[str, Any]:
    """Path, size and hash of a model's files by role."""
    found = {}
    for role, file in files.items():
        content = (out / name / file).read_bytes()
        found[role] = {"path": f"{name}/{file}", "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return found


def read(out: Path, name: str) -> dict[str, Any]:
    """A model's entry in the manifest of a folder."""
    return json.loads((out / "manifest.json").read_text(encoding="utf-8"))["models"][name]


def read_photo(out: Path) -> dict[str, Any]:
    """The entry of what looks at photographs."""
    return json.loads((out / "manifest.json").read_text(encoding="utf-8"))["photo"]


def write(out: Path, name: str, model: dict[str, Any]) -> None:
    """Puts a model's entry into the manifest of a folder, beside the models that are there."""
    _merge(out, lambda found: {"default": NAME, "models": found.get("models", {}) | {name: model}})


def write_photo(out: Path, name: str, model: dict[str, Any]) -> None:
    """Puts the entry of what looks at photographs into the manifest: no model of texts can be chosen instead of it."""
    _merge(out, lambda _: {"photo": {"name": name, **model}})


def _merge(out: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    path = out / "manifest.json"
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"format": 1}
    text = json.dumps(found | change(found), indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


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
        "examples": {"ridge": 3.0, "prior": 1.0, "sharpness": 10.0, "doubt": 0.25, "power": 0.0, "label_weight": 3.0},
    }
