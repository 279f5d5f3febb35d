"""How good answers are. Every figure is taken set by set; callers average over sets."""

from __future__ import annotations

import numpy as np

Array = np.ndarray


def accuracy(scores: Array, right: Array) -> float:
    """scores [N,L], right [N] -> share of rows whose best label is the right one."""
    return float((scores.argmax(1) == right).mean())


def macro_f1(answers: Array, truth: Array) -> float:
    """Yes and no [N,L], both boolean -> F1 of each label that occurs in either, averaged."""
    both = (answers & truth).sum(0)
    total = answers.sum(0) + truth.sum(0)
    seen = total > 0
    return float((2 * both[seen] / total[seen]).mean()) if seen.any() else 1.0


def single_f1(scores: Array, right: Array) -> float:
    """scores [N,L], right [N] -> macro-F1 of the best label, over labels that occur in the truth."""
    answer = scores.argmax(1)
    result = []
    for label in np.unique(right):
        both = ((answer == label) & (right == label)).sum()
        result.append(2 * both / ((answer == label).sum() + (right == label).sum()))
    return float(np.mean(result))


def average_precision(scores: Array, truth: Array) -> float:
    """scores [N,L], truth [N,L] -> mean over the labels that occur of the area under precision and recall."""
    result = []
    for label in range(truth.shape[1]):
        hits = truth[np.argsort(-scores[:, label], kind="stable"), label]
        if hits.any():
            precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
            result.append(precision[hits].mean())
    return float(np.mean(result)) if result else 0.0


def log_loss(probabilities: Array, right: Array) -> float:
    """probabilities [N,L], right [N] -> mean negative log of the right label's."""
    return float(-np.log(np.maximum(probabilities[np.arange(len(right)), right], 1e-12)).mean())


def calibration_error(confidence: Array, correct: Array, bins: int = 10) -> float:
    """confidence [N], correct [N] -> expected calibration error over equal bins."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs(confidence[place == b].sum() - correct[place == b].sum()) for b in range(bins)]
    return float(sum(gaps) / max(len(confidence), 1))


def area(scores: Array, truth: Array) -> float:
    """scores [N,L], truth [N,L] -> mean area under the ROC curve of the labels that both occur and are absent."""
    result = []
    for label in range(truth.shape[1]):
        yes, no = scores[truth[:, label], label], scores[~truth[:, label], label]
        if len(yes) and len(no):
            above = (yes[:, None] > no[None, :]).mean() + 0.5 * (yes[:, None] == no[None, :]).mean()
            result.append(above)
    return float(np.mean(result)) if result else 0.5
