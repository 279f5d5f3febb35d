"""Constants that turn scores into answers that can be believed, fitted on training rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .engine import among_rivals, sigmoid, softmax
from .metrics import accuracy, average_precision, calibration_error, log_loss, macro_f1, single_f1
from .sample import Measured

Array = np.ndarray

BUCKETS = (2, 5, 10, 25, 200)
NULLS = (0.0, 0.25, 0.5, 0.75, 1.0)
RIVALS = ({"weight": 0.0, "temperature": 0.1}, *({"weight": w, "temperature": t} for w in (0.5, 1.0, 2.0) for t in (0.1, 0.2)))


@dataclass(frozen=True)
class Mix:
    """How a score is put together: cosine + weight · attention of one of the measured heads."""

    weight: float
    head: int


def singles(measured: list[Measured]) -> list[Measured]:
    """Sets whose rows have one right label."""
    return [each for each in measured if each.set.task == "single" and each.answerable.any()]


def choose_mix(measured: list[Measured], weights: tuple[float, ...], heads: int) -> tuple[Mix, float]:
    """The mix with the best mean of accuracy and average precision over the sets."""
    options = [Mix(weight, head) for weight in weights for head in range(heads if weight else 1)]
    quality = {mix: _quality(measured, mix) for mix in options}
    best = max(options, key=lambda mix: quality[mix])
    return best, quality[best]


def _quality(measured: list[Measured], mix: Mix) -> float:
    figures = []
    for each in measured:
        scores = each.scores(mix.weight, mix.head)
        if each.set.task == "multi":
            figures.append(average_precision(scores, each.truth))
        elif each.answerable.any():
            figures.append(accuracy(scores[each.answerable], each.right[each.answerable]))
    return float(np.mean(figures))


def smallest(function: Callable[[float], float], low: float, high: float, steps: int = 60) -> float:
    """The argument in [low, high] of the smallest value of a function with one valley."""
    ratio = (5**0.5 - 1) / 2
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    at_left, at_right = function(left), function(right)
    for _ in range(steps):
        if at_left < at_right:
            high, right, at_right = right, left, at_left
            left = high - ratio * (high - low)
            at_left = function(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + ratio * (high - low)
            at_right = function(right)
    return (low + high) / 2


def fit_classify(measured: list[Measured], mix: Mix) -> dict[str, Any]:
    """The null share and a temperature for each number of labels, by log loss averaged over sets."""
    sets = singles(measured)
    best: tuple[float, dict[str, Any]] | None = None
    for null in NULLS:
        temperatures, losses = [], []
        for bucket, limit in enumerate(BUCKETS):
            floor = BUCKETS[bucket - 1] if bucket else 0
            mine = [
                (each.scores(mix.weight, mix.head, null)[each.answerable], each.right[each.answerable])
                for each in sets
                if floor < len(each.set.labels) <= limit
            ]
            if not mine:
                value = temperatures[-1]["value"] if temperatures else 0.05
                temperatures.append({"max_labels": limit, "value": value})
                continue

            def loss(log: float, mine: list[tuple[Array, Array]] = mine) -> float:
                return float(np.mean([log_loss(softmax(scores / np.exp(log)), right) for scores, right in mine]))

            log = smallest(loss, np.log(0.005), np.log(5.0))
            losses += [loss(log)] * len(mine)
            temperatures.append({"max_labels": limit, "value": round(float(np.exp(log)), 4)})
        result = {"null": null, "temperature": temperatures}
        # Priors cost a pass over the neutral texts before the first answer: they must gain something.
        if best is None or np.mean(losses) < best[0] - 0.005:
            best = (float(np.mean(losses)), result)
    assert best is not None
    return best[1]


def fit_sigmoid(features: Array, truth: Array, weights: Array, penalty: float = 1e-4) -> Array:
    """features [N,F], truth [N], weights [N] -> factors [F] of the least weighted log loss, by Newton's method."""
    factors = np.zeros(features.shape[1])
    weights = weights / weights.sum()
    for _ in range(60):
        chance = sigmoid(features @ factors)
        slope = features.T @ (weights * (chance - truth)) + penalty * factors
        curve = (features * (weights * chance * (1 - chance))[:, None]).T @ features
        step = np.linalg.solve(curve + penalty * np.eye(len(factors)), slope)
        factors = factors - step
        if np.abs(step).max() < 1e-9:
            break
    return factors


def fit_constants(features: Array, truth: Array, weights: Array) -> dict[str, float]:
    """features [N,3] of score, one, null -> the manifest's constants. The null is a deduction, never a gift."""
    factors = fit_sigmoid(features, truth, weights)
    if factors[2] > 0:
        factors = np.append(fit_sigmoid(features[:, :2], truth, weights), 0.0)
    return _constants(factors)


def _constants(factors: Array) -> dict[str, float]:
    """Factors of s, one and null(label) -> the manifest's constants; the null's factor must be a deduction."""
    scale, bias, null = (float(x) for x in factors)
    return {"scale": round(scale, 4), "bias": round(bias, 4), "null": round(-null, 4) + 0.0}


def _features(each: Measured, mix: Mix) -> Array:
    """[N,L,3]: score, one, null."""
    scores = each.scores(mix.weight, mix.head)
    null = np.broadcast_to(each.null(mix.weight, mix.head), scores.shape)
    return np.stack([scores, np.ones_like(scores), null], axis=-1)


def fit_tag(measured: list[Measured], mix: Mix) -> dict[str, Any]:
    """The sigmoid for tags, from the sets with several labels a text; every set weighs the same.

    It reads a label's score and its share among the others': see `among_rivals`. Under the least log loss alone hardly any
    label would pass 0.5, and under the best F1 alone every chance would be too high. So the score that means 0.5 is the one
    with the best F1 and precision less calibration error, and the slope, given that score, the one with the least log loss.
    """
    sets = [each for each in measured if each.set.task == "multi"]
    if not sets:
        return {"scale": 8.0, "bias": -4.0, "null": 0.0}
    plain = [each.scores(mix.weight, mix.head) for each in sets]
    nulls = [np.broadcast_to(each.null(mix.weight, mix.head), s.shape) for each, s in zip(sets, plain, strict=True)]
    truth = np.concatenate([each.truth.reshape(-1) for each in sets])
    weights = np.concatenate([np.full(s.size, 1 / s.size / len(sets)) for s in plain])
    ends = np.cumsum([s.size for s in plain])
    best: tuple[float, dict[str, Any]] | None = None
    among = [(rivals, [among_rivals(s, rivals) for s in plain]) for rivals in RIVALS]
    for rivals, scores, share in ((*one, share) for one in among for share in NULLS):
        ranked = np.mean([average_precision(s - share * n, each.truth) for s, n, each in zip(scores, nulls, sets, strict=True)])
        flat = np.concatenate([(s - share * n).reshape(-1) for s, n in zip(scores, nulls, strict=True)])
        for middle in np.quantile(flat, np.linspace(0.6, 0.98, 20)):

            def loss(log: float, signed: Array = np.where(truth, 1, -1) * (flat - middle)) -> float:
                return float((weights * np.logaddexp(0, -np.exp(log) * signed)).sum())

            scale = float(np.exp(smallest(loss, np.log(0.5), np.log(60.0), steps=25)))
            constants = {
                "scale": round(scale, 4),
                "bias": round(-scale * float(middle), 4),
                "null": round(scale * share, 4),
                "rivals": rivals,
            }
            answers = np.split(flat > middle, ends[:-1])
            f1 = np.mean([macro_f1(a.reshape(each.truth.shape), each.truth) for a, each in zip(answers, sets, strict=True)])
            error = calibration_error(sigmoid(scale * (flat - middle)), truth)
            if best is None or ranked + f1 - error > best[0]:
                best = (float(ranked + f1 - error), constants)
    assert best is not None
    return best[1]


def tag_chance(each: Measured, mix: Mix, constants: dict[str, Any]) -> Array:
    """The chance of each label to fit [N,L]."""
    scores = among_rivals(each.scores(mix.weight, mix.head), constants.get("rivals"))
    return sigmoid(constants["scale"] * scores + constants["bias"] - constants["null"] * each.null(mix.weight, mix.head))


def fit_detect(measured: list[Measured], mix: Mix) -> dict[str, float]:
    """The sigmoid for one label alone: each label weighs the same, as do the texts it fits and those it does not."""
    features, truth, weights = [], [], []
    for each in measured:
        all_features = _features(each, mix)
        for label in range(len(each.set.labels)):
            fits = each.truth[:, label]
            if fits.any() and not fits.all():
                features.append(all_features[:, label])
                truth.append(fits)
                weights.append(np.where(fits, 1 / fits.sum(), 1 / (~fits).sum()) / len(each.set.labels))
    return fit_constants(np.concatenate(features), np.concatenate(truth), np.concatenate(weights))


def fit(measured: list[Measured], mix: Mix) -> dict[str, Any]:
    """The manifest's `calibration`."""
    return {
        "classify": fit_classify(measured, mix),
        "tag": fit_tag(measured, mix),
        "detect": fit_detect(measured, mix),
    }


def exclusive_chance(each: Measured, mix: Mix, classify: dict[str, Any]) -> Array:
    """The chance of each label to be the one [N,L], for the rows with one right label."""
    scores = each.scores(mix.weight, mix.head, classify["null"])[each.answerable]
    return softmax(scores / temperature(classify, scores.shape[1]))


def temperature(classify: dict[str, Any], labels: int) -> float:
    """The temperature for a number of labels."""
    return next((b["value"] for b in classify["temperature"] if labels <= b["max_labels"]), classify["temperature"][-1]["value"])


def reliability(measured: list[Measured], mix: Mix, calibration: dict[str, Any], bins: int = 10) -> dict[str, list[list[float]]]:
    """For "classify" the best label's confidence and for "tag" every label's: answers, mean confidence, share right, a row a bin."""
    found: dict[str, list[tuple[Array, Array]]] = {"classify": [], "tag": []}
    for each in singles(measured):
        chance = exclusive_chance(each, mix, calibration["classify"])
        found["classify"].append((chance.max(1), chance.argmax(1) == each.right[each.answerable]))
    for each in measured:
        if each.set.task == "multi":
            found["tag"].append((tag_chance(each, mix, calibration["tag"]).reshape(-1), each.truth.reshape(-1)))
    result: dict[str, list[list[float]]] = {}
    for kind, pairs in found.items():
        confidence, correct = (np.concatenate(side) for side in zip(*pairs, strict=True)) if pairs else (np.zeros(0), np.zeros(0))
        place = np.minimum((confidence * bins).astype(int), bins - 1)
        result[kind] = [
            [int(mine.sum()), round(float(confidence[mine].mean()), 3), round(float(correct[mine].mean()), 3)]
            for mine in (place == b for b in range(bins))
            if mine.any()
        ]
    return result


def report(measured: list[Measured], mix: Mix, calibration: dict[str, Any]) -> dict[str, float]:
    """Figures of the answers these constants give, averaged over sets."""
    confidence, correct, f1, right = [], [], [], []
    for each in singles(measured):
        chance = exclusive_chance(each, mix, calibration["classify"])
        confidence.append(chance.max(1))
        correct.append(chance.argmax(1) == each.right[each.answerable])
        f1.append(single_f1(chance, each.right[each.answerable]))
        right.append(correct[-1].mean())
    precision, tags, tag_confidence, tag_correct = [], [], [], []
    for each in measured:
        if each.set.task == "multi":
            chance = tag_chance(each, mix, calibration["tag"])
            precision.append(average_precision(chance, each.truth))
            tags.append(macro_f1(chance > 0.5, each.truth))
            tag_confidence.append(chance.reshape(-1))
            tag_correct.append(each.truth.reshape(-1))
    result = {}
    if right:
        result |= {
            "single.accuracy": float(np.mean(right)),
            "single.macro_f1": float(np.mean(f1)),
            "single.ece": calibration_error(np.concatenate(confidence), np.concatenate(correct)),
        }
    if tags:
        result |= {
            "multi.map": float(np.mean(precision)),
            "multi.macro_f1": float(np.mean(tags)),
            "multi.ece": calibration_error(np.concatenate(tag_confidence), np.concatenate(tag_correct)),
        }
    return result
