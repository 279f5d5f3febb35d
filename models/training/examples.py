"""How examples are weighed against a label's own wording, and what they gain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .calibration import Mix, tag_chance, temperature
from .engine import softmax, unit
from .metrics import accuracy, average_precision, calibration_error, macro_f1
from .residual import Constants, fit_correction
from .sample import Head, Measured, Sample

Array = np.ndarray

COUNTS = (1, 2, 4, 8, 16)
FEW = COUNTS[:3]
"""Numbers that decide how sure answers are: with more, the examples themselves say so."""
POWERS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)
OPTIONS = [
    Constants(ridge, 1.0, sharpness, doubt, 0.0) for ridge in (0.5, 1.0, 2.0, 3.0) for sharpness, doubt in ((10.0, 0.25), (8.0, 0.5))
]
LABEL_WEIGHTS = (2.0, 3.0, 4.0, 6.0)
DRAWS = 4
"""How often examples are drawn anew."""
WRONG = 0.15
"""Share of the examples in every second draw that stand under another label, as those of users do."""

Curve = dict[int, float]


@dataclass(frozen=True)
class Trial:
    """One draw of examples of a set: what they are, and the rows that are answered with them.

    Rows' unit vectors [N,384], chances without examples [N,L], the right label [N]; `told` [N,L] is what examples are said to
    be, `shots` holds a label's rows to show, first ones first, and `rest` the rows to answer.
    """

    vectors: Array
    before: Array
    right: Array
    told: Array
    shots: list[Array]
    rest: Array

    def answer(self, count: int, constants: Constants) -> Array:
        """Chances [rest,L] with `count` examples a label."""
        shown = np.concatenate([found[:count] for found in self.shots])
        correction = fit_correction(self.vectors[shown], self.told[shown], self.before[shown], constants)
        return correction.correct(self.before[self.rest], self.vectors[self.rest])


def draw_trials(
    sample: Sample, wordings: list[tuple[str, ...]], head: Head, mix: Mix, classify: dict[str, Any], counts: tuple[int, ...] = COUNTS
) -> list[Trial]:
    """Draws from single-label sets under every wording: so many of a label's rows are shown, the others answered.

    Sets that have too few rows for the largest number are left out, so that every number is measured on the same sets.
    """
    most = max(counts)
    trials = []
    for number, each in enumerate(sample.sets):
        if each.task != "single":
            continue
        for templates in wordings:
            measured = sample.measure(number, sample.labels(each, templates), [head])
            scores = measured.scores(mix.weight, 0, classify["null"])
            before = softmax(scores / temperature(classify, len(each.labels)))
            vectors = np.stack([sample.encoded[row.text].vector for row in sample.rows[number]])
            by_label = [np.flatnonzero(measured.right == label) for label in range(len(each.labels))]
            if min(map(len, by_label)) < most + 4:
                continue
            for draw in range(DRAWS):
                rng = np.random.default_rng([draw, *each.name.encode()])
                shots = [rng.permutation(found)[: most] for found in by_label]
                rest = np.setdiff1d(np.flatnonzero(measured.answerable), np.concatenate(shots))
                told = measured.truth.astype(float)
                if draw % 2:
                    wrong = np.flatnonzero(rng.random(len(told)) < WRONG)
                    told[wrong] = np.eye(len(by_label))[rng.integers(len(by_label), size=len(wrong))]
                trials.append(Trial(vectors, before, measured.right, told, shots, rest))
    return trials


def classify_curves(trials: list[Trial]) -> dict[Constants, Curve]:
    """Accuracy by constants and number of examples a label, averaged over trials.

    What a set loses by examples counts twice: they may not help, but they must not harm.
    """
    curves: dict[Constants, dict[int, list[float]]] = {option: {n: [] for n in (0, *COUNTS)} for option in OPTIONS}
    for trial in trials:
        right = trial.right[trial.rest]
        alone = accuracy(trial.before[trial.rest], right)
        for option, curve in curves.items():
            curve[0].append(alone)
            for count in COUNTS:
                reached = accuracy(trial.answer(count, option), right)
                curve[count].append(reached - max(0.0, alone - reached))
    return {option: _means(curve) for option, curve in curves.items()}


def choose_power(trials: list[Trial], constants: Constants) -> tuple[Constants, dict[float, float]]:
    """The constants with the power that makes answers as sure as they are right; the error of every power."""
    errors = {power: float(np.mean([_error(trials, count, replace(constants, power=power)) for count in FEW])) for power in POWERS}
    return replace(constants, power=min(errors, key=lambda power: errors[power])), errors


def _error(trials: list[Trial], count: int, constants: Constants) -> float:
    if not trials:
        return 0.0
    answers = [trial.answer(count, constants) for trial in trials]
    right = [answer.argmax(1) == trial.right[trial.rest] for answer, trial in zip(answers, trials, strict=True)]
    return calibration_error(np.concatenate([answer.max(1) for answer in answers]), np.concatenate(right))


def tag_curves(sample: Sample, wordings: list[tuple[str, ...]], head: Head, mix: Mix, tag: dict[str, float]) -> dict[float, Curve]:
    """Mean of average precision and F1 at 0.5 by label weight and number of examples a label, over multi-label sets."""
    counts = COUNTS[:2]
    curves: dict[float, dict[int, list[float]]] = {w: {n: [] for n in (0, *counts)} for w in LABEL_WEIGHTS}
    for number, each in enumerate(sample.sets):
        if each.task != "multi":
            continue
        for templates in wordings:
            labels = sample.labels(each, templates)
            measured = sample.measure(number, labels, [head])
            vectors = np.stack([sample.encoded[row.text].vector for row in sample.rows[number]])
            neutral = np.stack([entry.vector for entry in sample.neutral])
            rng = np.random.default_rng([*each.name.encode()])
            shots = [rng.permutation(np.flatnonzero(fits))[: max(counts)] for fits in measured.truth.T]
            rest = np.setdiff1d(np.arange(len(vectors)), np.concatenate(shots))
            if not len(rest) or not measured.truth[rest].any():
                continue
            for weight, curve in curves.items():
                for count in curve:
                    sums = [weight * labels[n] + vectors[found[:count]].sum(0) for n, found in enumerate(shots)]
                    moved = unit(np.stack(sums)) if count else labels
                    there = Measured(
                        each, measured.truth[rest], measured.right[rest],
                        vectors[rest] @ moved.T, [measured.attention[0][rest]],
                        (neutral @ moved.T).mean(0), measured.null_attention,
                    )  # fmt: skip
                    chance = tag_chance(there, mix, tag)
                    curve[count].append((average_precision(chance, there.truth) + macro_f1(chance > 0.5, there.truth)) / 2)
    return {weight: _means(curve) for weight, curve in curves.items()}


def _means(curve: dict[int, list[float]]) -> Curve:
    return {count: float(np.mean(found)) for count, found in curve.items() if found}


def best(curves: dict[Any, Curve]) -> Any:
    """The choice with the best mean over the numbers of examples; the first where there is nothing to measure."""
    return max(curves, key=lambda choice: np.mean([value for count, value in curves[choice].items() if count] or [0.0]))
