"""How much a label's own wording weighs against the examples given for it."""

from __future__ import annotations

import numpy as np

from .calibration import Mix
from .engine import unit
from .metrics import accuracy
from .sample import Head, Sample, parts

Array = np.ndarray

COUNTS = (1, 2, 4, 8)
WEIGHTS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0)


def example_curves(
    sample: Sample, templates: tuple[str, ...], head: Head, mix: Mix, null: float, seed: int = 11
) -> dict[float, dict[int, float]]:
    """Accuracy by label weight and number of examples a label, averaged over single-label sets.

    Examples are drawn from a set's rows; the rows that are no example are answered. Sets that have too few rows
    for the largest number are left out, so that every number is measured on the same sets.
    """
    curves: dict[float, dict[int, list[float]]] = {w: {n: [] for n in (0, *COUNTS)} for w in WEIGHTS}
    for number, each in enumerate(sample.sets):
        rows = [row for row in sample.rows[number] if len(row.labels) == 1]
        by_label: dict[str, list[int]] = {label.name: [] for label in each.labels}
        for at, row in enumerate(rows):
            by_label[row.labels[0]].append(at)
        if each.task != "single" or min(len(found) for found in by_label.values()) < 2:
            continue
        rng = np.random.default_rng([seed, *each.name.encode()])
        # Half of a label's rows, at most, may become examples.
        shots = {
            name: [int(x) for x in rng.permutation(found)[: min(max(COUNTS), len(found) // 2)]]
            for name, found in by_label.items()
        }
        used = {at for chosen in shots.values() for at in chosen}
        rest = [at for at in range(len(rows)) if at not in used]
        texts = [sample.encoded[rows[at].text] for at in rest]
        names = list(by_label)
        right = np.array([names.index(rows[at].labels[0]) for at in rest])
        labels = sample.labels(each, templates)
        for weight in WEIGHTS:
            for count in (0, *COUNTS):
                sums = [
                    sum((sample.encoded[rows[at].text].vector for at in shots[name][:count]), weight * labels[n])
                    for n, name in enumerate(names)
                ]
                vectors = unit(np.stack(sums))
                cosine, attention = parts(texts, vectors, [head])
                scores = cosine + mix.weight * attention[0]
                if null:
                    null_cosine, null_attention = parts(sample.neutral, vectors, [head])
                    scores = scores - null * (null_cosine.mean(0) + mix.weight * null_attention[0].mean(0))
                curves[weight][count].append(accuracy(scores, right))
    return {w: {n: float(np.mean(found)) for n, found in curve.items() if found} for w, curve in curves.items()}


def best_weight(curves: dict[float, dict[int, float]]) -> float:
    """The label weight with the best mean over the numbers of examples."""
    return max(curves, key=lambda w: np.mean([curves[w][n] for n in COUNTS if n in curves[w]] or [0.0]))
