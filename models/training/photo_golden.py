"""Golden answers of the photo model: patterns that a formula gives, with what the shipped graph says of them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnxruntime

from .photo_network import NAME, SIZE

STEPS = ((3, 5, 7), (1, 2, 4), (16, 1, 9))
"""Of each pattern; colour c at row y and column x is (x · step[c] + y · step[c+1] + (x · y) // 64) mod 256."""


def pattern(steps: tuple[int, int, int]) -> np.ndarray:
    """Colour values [3,224,224]."""
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    return np.stack([(x * steps[c] + y * steps[(c + 1) % 3] + x * y // 64) % 256 for c in range(3)]).astype(np.float32)


def write_golden_pictures(out: Path) -> None:
    """Writes golden.json beside the files."""
    session = onnxruntime.InferenceSession(out / NAME / "classifier.onnx")
    cases = []
    for steps in STEPS:
        chances, photograph, others = session.run(["chances", "photograph", "others"], {"pixels": pattern(steps)[None]})
        top = np.argsort(-chances[0])[:5]
        cases.append({
            "steps": steps,
            "photograph": round(float(photograph[0, 0]), 5),
            "others": [round(float(chance), 5) for chance in others[0]],
            "chances": {str(place): round(float(chances[0, place]), 5) for place in top},
        })
    lines = ",\n    ".join(json.dumps(case) for case in cases)
    text = f'{{\n  "format": 1,\n  "tolerance": 0.002,\n  "cases": [\n    {lines}\n  ]\n}}\n'
    (out / NAME / "golden.json").write_text(text, encoding="utf-8")
