"""Figures of the inference model on what it does not learn from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

from .cross import CLASSES, CrossEncoder, PairIds
from .live import LiveEngine
from .metrics import accuracy
from .model import Model
from .rows import LabelSet, Pair
from .sample import Measured, Sample, some_rows, worded_as
from .second_stage import ReadPairs, best_weight, look_again, quality
from .tokens import content_ids, load_tokenizer

Array = np.ndarray
ReadLogits = Callable[[list[tuple[str, str]]], Array]
"""Premises and hypotheses -> logits [N,3]."""

BEST = 5
"""Labels that the first stage leaves to the second."""
PREMISE, HYPOTHESIS = 190, 60
"""Tokens that are read of each at most."""


def reader(model: CrossEncoder) -> ReadLogits:
    """Reads pairs with a model in torch."""
    tokenizer = load_tokenizer()

    def read(pairs: list[tuple[str, str]]) -> Array:
        first = content_ids(tokenizer, [premise for premise, _ in pairs])
        second = content_ids(tokenizer, [hypothesis for _, hypothesis in pairs])
        ids: list[PairIds] = [(p[:PREMISE], h[:HYPOTHESIS]) for p, h in zip(first, second, strict=True)]
        model.eval()
        with torch.no_grad(), torch.autocast(model.second.device.type, torch.bfloat16):
            return np.concatenate([model(ids[at : at + 512]).float().cpu().numpy() for at in range(0, len(ids), 512)])

    return read


def inference_figures(model: CrossEncoder, first: Model, judged: list[LabelSet], pairs: list[Pair], rows: int = 8) -> dict[str, float]:
    """Accuracy on pairs, and macro-F1 of the first stage with and without the second on the held-out sets."""
    read = reader(model)
    result = pair_figures(read, pairs)
    sample = Sample(LiveEngine(first), judged, rows)
    for kind, templates in (("names", ("{label}",)), ("descriptions", ("{label}: {description}",))):
        looked = look_again(sample, templates, first.head(), lambda some: log_odds(read(some)), BEST)
        weight = best_weight(looked)
        result |= {
            f"{kind}.first": quality(looked, 0.0),
            f"{kind}.both": quality(looked, weight),
            f"{kind}.weight": weight,
            f"{kind}.second": quality(looked, 100.0),
        }
    return {name: round(value, 4) for name, value in result.items()}


def pair_figures(read: ReadLogits, pairs: list[Pair]) -> dict[str, float]:
    """Accuracy of three classes, of the two where only those are known, and of all as follows or not."""
    logits = read([(pair.premise, pair.hypothesis) for pair in pairs])
    known = np.array([pair.label in CLASSES for pair in pairs])
    right = np.array([CLASSES.index(pair.label) if pair.label in CLASSES else -1 for pair in pairs])
    follows = np.array([pair.label == "entailment" for pair in pairs])
    margins = log_odds(logits)
    return {
        "pairs": float(len(pairs)),
        "pairs.three": float((logits.argmax(1) == right)[known].mean()),
        "pairs.follows": float(((margins > 0) == follows).mean()),
    }


def log_odds(logits: Array) -> Array:
    """Logits [N,3] -> log odds of entailment against the rest [N]."""
    return logits[:, 0] - np.logaddexp.reduce(logits[:, 1:], axis=1)


def measure(judged: list[LabelSet], read: ReadPairs, template: str, rows: int) -> list[Measured]:
    """Every set with the score of each of its labels; there is no null."""
    result = []
    for each in judged:
        some = some_rows(each, rows, 7)
        wordings = [worded_as(template, label, "", None) for label in each.labels]
        scores = read([(row.text, wording) for row in some for wording in wordings]).reshape(len(some), len(wordings))
        truth = np.array([[label.name in row.labels for label in each.labels] for row in some])
        right = np.where(truth.sum(1) == 1, truth.argmax(1), -1)
        nothing = np.zeros(len(wordings))
        result.append(Measured(each, truth, right, scores, [np.zeros_like(scores)], nothing, [nothing]))
    return result


def mean_accuracy(measured: list[Measured]) -> float:
    """Over the sets with one label a text."""
    found = [accuracy(m.cosine[m.answerable], m.right[m.answerable]) for m in measured if m.set.task == "single" and m.answerable.any()]
    return float(np.mean(found))


def by_source(read: ReadLogits, pairs: list[Pair]) -> dict[str, list[float]]:
    """Pairs and share right (follows or not) of each source with enough of them."""
    margins = log_odds(read([(pair.premise, pair.hypothesis) for pair in pairs]))
    right = (margins > 0) == np.array([pair.label == "entailment" for pair in pairs])
    sources = np.array([pair.source for pair in pairs])
    counts = {name: int((sources == name).sum()) for name in sorted(set(sources))}
    return {name: [count, round(float(right[sources == name].mean()), 3)] for name, count in counts.items() if count >= 40}
