"""The model that is shipped lies between the start and the trained one: how far, the held-out sets say."""

from __future__ import annotations

import copy

import torch

from .evening import round_as_files
from .live import held_out_figures
from .model import Model
from .rows import LabelSet

SHARES = (0.6, 0.8, 0.9, 1.0)


def between(start: Model, trained: Model, share: float) -> Model:
    """A model whose every number is `share` of the trained one's and the rest of the start's."""
    result = copy.deepcopy(start)
    with torch.no_grad():
        for mine, theirs in zip(result.parameters(), trained.parameters(), strict=True):
            mine.lerp_(theirs, share)
    return result.eval()


def best_average(
    start: Model, trained: Model, judged: list[LabelSet], texts: list[str], rows: int = 20
) -> tuple[Model, float, dict[float, dict[str, float]]]:
    """The average with the best quality on the held-out sets, its share, and the figures of every share (0: the start).

    Quality is that of the rounded weights, as `texts` show how to round them; the average itself is exact.
    """
    figures: dict[float, dict[str, float]] = {}
    for share in (0.0, *SHARES):
        tried = between(start, trained, share)
        round_as_files(tried.encoder, texts)
        figures[share] = held_out_figures(tried, judged, rows)
    best = max(SHARES, key=lambda share: figures[share]["quality"])
    return between(start, trained, best), best, figures
