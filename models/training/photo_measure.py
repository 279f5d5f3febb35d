"""How well labels are found on photographs, by the text model's own chances for what the classes are called."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from .engine import Engine

Array = np.ndarray
EVERYDAY = ("dog", "cat", "bird", "fish", "car", "food", "flower", "building", "person", "landscape")
MORE = ("tool", "musical instrument", "insect")
TOP = 12
"""Classes that are read of a photograph: with 8 or 20 as much is found, with 1 or 3 a few hundredths less."""


class ReadClasses:
    """The classes' names as texts, read once."""

    def __init__(self, engine: Engine, texts: list[str]) -> None:
        self.engine = engine
        self.read = engine.encode(texts)

    def against(self, labels: list[str]) -> dict[str, Array]:
        """What the text model answers for each class: chances [classes,labels] of `classify`, `tag` and `detect`."""
        vectors = self.engine.label_vectors(labels)
        scores = np.stack([self.engine.scores(one, vectors) for one in self.read])
        null = self.engine.null(vectors)
        return {
            "scores": scores,
            "null": null,
            "tag": self.engine.tag(scores, null),
            "detect": self.engine.tag(scores, null, "detect"),
        }


def likeliest(chances: Array, top: int = TOP) -> Array:
    """Chances [N,classes] of the likeliest alone, adding up to one again."""
    places = np.argsort(-chances, axis=1)[:, :top]
    kept = np.zeros_like(chances)
    np.put_along_axis(kept, places, np.take_along_axis(chances, places, axis=1), axis=1)
    return kept / kept.sum(axis=1, keepdims=True)


def sharpened(chances: Array, power: float) -> Array:
    """Chances [N,labels] to a power, adding up to one again."""
    raised = chances**power
    return raised / raised.sum(axis=1, keepdims=True)


def calibration_error(confidence: Array, right: Array) -> float:
    """Mean distance of confidence and share of right answers, over ten steps of confidence."""
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (confidence > low) & (confidence <= low + 0.1)
        if inside.any():
            error += abs(confidence[inside].mean() - right[inside].mean()) * inside.mean()
    return float(error)


def fit_power(classes: ReadClasses, chances: Array, shows: Array, labels: list[str], seed: int = 0) -> float:
    """The power of least log loss over label sets of 2 to all of the labels, drawn by chance."""
    random = np.random.default_rng(seed)
    scores, null = (classes.against(labels)[name] for name in ("scores", "null"))
    trials = []
    for count in (2, 3, 5, 8, 10, len(labels)):
        for _ in range(6):
            chosen = random.choice(len(labels), count, replace=False)
            rows = np.isin(shows, chosen)
            answers = np.stack([classes.engine.classify(row[chosen], null[chosen]) for row in scores])
            truth = np.array([list(chosen).index(one) for one in shows[rows]])
            trials.append((chances[rows] @ answers, truth))

    def loss(power: float) -> float:
        return float(np.mean([-np.log(sharpened(c, power)[np.arange(len(t)), t] + 1e-9).mean() for c, t in trials]))

    return min((round(power, 2) for power in np.arange(1, 3.01, 0.1)), key=loss)


def fit_logistic(chances: Array, truth: Array) -> tuple[float, float]:
    """scale and bias of sigmoid(scale · log odds + bias) that fit truth [N,labels] best."""
    clipped = np.clip(chances, 1e-4, 1 - 1e-4)
    odds, wanted = torch.tensor(np.log(clipped / (1 - clipped))), torch.tensor(truth.astype(np.float64))
    line = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([line], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(line[0] * odds + line[1], wanted)
        loss.backward()
        return loss

    optimiser.step(closure)
    scale, bias = line.detach().tolist()
    return round(scale, 4), round(bias, 4)


def measure(classes: ReadClasses, chances: Array, shows: list[str], power: float) -> dict[str, Any]:
    """Right answers among the ten everyday labels, in all and label by label, and how far confidence is off."""
    known = np.isin(shows, EVERYDAY)
    truth = np.array([EVERYDAY.index(one) for one in np.array(shows)[known]])
    against = classes.against(list(EVERYDAY))
    answers = np.stack([classes.engine.classify(row, against["null"]) for row in against["scores"]])
    found = sharpened(chances[known] @ answers, power)
    right = found.argmax(axis=1) == truth
    return {
        "photographs": int(known.sum()),
        "accuracy": float(right.mean()),
        "by_label": {name: [int((truth == at).sum()), float(right[truth == at].mean())] for at, name in enumerate(EVERYDAY)},
        "calibration_error": calibration_error(found.max(axis=1), right),
    }
