"""The model that is shipped lies between the start and the trained one: how far, the held-out sets say."""

from __future__ import annotations

import copy

import torch

from .live import held_out_figures
from .model import Model
from .rows import LabelSet

SHARES = (0.4, 0.6, 0.8, 1.0)


def between(start: Model, trained: Model, share: float) -> Model:
    """A model whose every number is `share` of the trained one's and the rest of the start's."""
    result = copy.deepcopy(start)
    with torch.no_grad():
        for mine, theirs in zip(result.parameters(), trained.parameters(), strict=True):
            mine.lerp_(theirs, share)
    return result.eval()


def best_average(
    start: Model, trained: Model, judged: list[LabelSet], shares: tuple[float, ...] = SHARES, rows: int = 20
) -> tuple[Model, float, dict[float, dict[str, float]]]:
    """The average with the best quality on the held-out sets, its share, and the figures of every share (0: the start)."""
    figures = {share: held_out_figures(between(start, trained, share), judged, rows) for share in (0.0, *shares)}
    best = max(shares, key=lambda share: figures[share]["quality"])
    return between(start, trained, best), best, figures
