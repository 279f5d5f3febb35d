"""The second stage: an inference model looks again at the labels that the first stage likes best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .calibration import Mix, exclusive_chance, fit_classify, singles
from .metrics import single_f1
from .sample import Head, Measured, Sample, worded_as

Array = np.ndarray

WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0, 1.5)
"""What the log odds of the second stage may weigh beside the log chances of the first."""

SURE = (0.5, 0.7, 0.85, 1.0)
"""Confidences of the first stage above which the second is not asked."""

ReadPairs = Callable[[list[tuple[str, str]]], Array]
"""Premises and hypotheses -> log odds of entailment."""


@dataclass
class Looked:
    """A set's answerable rows: chances [N,L] of the first stage, and log odds [N,L] of its best labels; the rest is 0."""

    measured: Measured
    chances: Array
    odds: Array
    best: Array
    """Which labels the second stage saw [N,L]."""

    @property
    def right(self) -> Array:
        return self.measured.right[self.measured.answerable]

    def mixed(self, weight: float, sure: float = 1.0) -> Array:
        """log chance + weight · log odds [N,L]; what the first stage is surer of than `sure` stays as it is.

        The best labels share what they had, so that the others neither gain nor lose.
        """
        logs = np.log(np.maximum(self.chances, 1e-12))
        moved = np.where(self.best, logs + weight * self.odds, -np.inf)
        had = np.log(np.maximum((self.chances * self.best).sum(1, keepdims=True), 1e-12))
        top = moved.max(1, keepdims=True)
        moved = moved - top - np.log(np.exp(moved - top).sum(1, keepdims=True)) + had
        unsure = self.chances.max(1, keepdims=True) < sure
        return np.where(self.best & unsure, moved, logs)


def look_again(sample: Sample, templates: tuple[str, ...], head: Head, read: ReadPairs, best: int) -> list[Looked]:
    """Both stages on the rows of every set with one label a text; `templates` words the labels for both."""
    mix = Mix(1.0, 0)
    measured = sample.measure_all(templates, [head])
    classify = fit_classify(measured, mix)
    result = []
    for each in singles(measured):
        chances = exclusive_chance(each, mix, classify)
        rows = [row for row, fine in zip(sample.rows[sample.sets.index(each.set)], each.answerable, strict=True) if fine]
        wordings = [worded_as(templates[-1], label, each.set.text_type, None) for label in each.set.labels]
        order = np.argsort(-chances, axis=1, kind="stable")[:, :best]
        pairs = [(row.text, wordings[label]) for row, labels in zip(rows, order, strict=True) for label in labels]
        seen = np.zeros_like(chances, dtype=bool)
        np.put_along_axis(seen, order, True, axis=1)
        odds = np.zeros_like(chances)
        np.put_along_axis(odds, order, read(pairs).reshape(order.shape), axis=1)
        result.append(Looked(each, chances, odds, seen))
    return result


def quality(looked: list[Looked], weight: float, sure: float = 1.0) -> float:
    """Macro-F1 of both stages together, averaged over sets."""
    return float(np.mean([single_f1(each.mixed(weight, sure), each.right) for each in looked]))


def best_weight(looked: list[Looked]) -> float:
    """The weight with the best quality."""
    return max(WEIGHTS, key=lambda weight: quality(looked, weight))


def judge(wordings: list[list[Looked]]) -> dict[str, Any]:
    """What the second stage gains in macro-F1: its weight is chosen on one half of the sets and judged on the other, both ways."""
    halves = [[one for looked in wordings for one in looked[half::2]] for half in (0, 1)]
    everything = halves[0] + halves[1]
    judged = [(best_weight(halves[half]), halves[1 - half]) for half in (0, 1)]
    weight = best_weight(everything)
    enough = quality(everything, weight) - 0.002
    sure = min(confidence for confidence in SURE if quality(everything, weight, confidence) >= enough)
    return {
        "gain": round(float(np.mean([quality(other, each) - quality(other, 0.0) for each, other in judged])), 4),
        "curve": {str(each): round(quality(everything, each), 4) for each in WEIGHTS},
        "weight": weight,
        "sure": sure,
        "asked": round(float(np.mean(np.concatenate([each.chances.max(1) < sure for each in everything]))), 3),
    }
