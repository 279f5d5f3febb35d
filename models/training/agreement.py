"""How far the int8 files agree with the fp32 weights they were made from."""

from __future__ import annotations

import numpy as np

from .calibration import Mix
from .engine import Engine
from .live import LiveEngine
from .metrics import area
from .model import Model
from .rows import LabelSet
from .sample import Sample


def agreement(engine: Engine, model: Model, sets: list[LabelSet], rows: int = 20) -> dict[str, float]:
    """Share of texts with the same best label, cosine of the pooled vectors, and what is lost on tags."""
    mix = Mix(1.0, 0)
    head = [model.head()]
    whole = Sample(LiveEngine(model, exact=True), sets, rows)
    small = Sample(engine, sets, rows)
    same, rows_seen, areas = 0, 0, []
    for exact, rounded in zip(
        whole.measure_all(("{label}: {description}",), head), small.measure_all(("{label}: {description}",), head), strict=True
    ):
        exact_scores, rounded_scores = exact.scores(mix.weight, 0), rounded.scores(mix.weight, 0)
        if exact.set.task == "single":
            same += int((exact_scores.argmax(1) == rounded_scores.argmax(1)).sum())
            rows_seen += len(exact_scores)
        else:
            areas.append((area(exact_scores, exact.truth), area(rounded_scores, rounded.truth)))
    cosines = [float(whole.encoded[text].vector @ small.encoded[text].vector) for text in whole.encoded]
    result = {
        "texts": float(rows_seen),
        "same_answer": same / rows_seen,
        "cosine_mean": float(np.mean(cosines)),
        "cosine_lowest_percent": float(np.percentile(cosines, 1)),
    }
    if areas:
        exact_area, rounded_area = np.mean(areas, axis=0)
        result |= {"tag_area_fp32": float(exact_area), "tag_area_int8": float(rounded_area)}
    return {name: round(value, 4) for name, value in result.items()}
