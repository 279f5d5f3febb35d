"""Pictures that are no photographs: drawings, charts, tables, pages and screens."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .photo_head import fit_head, softmax_of
from .photo_network import OTHERS, Head

Array = np.ndarray


@dataclass(frozen=True)
class Flat:
    """Their features [N,1280], and what each is."""

    features: Array
    what: list[str]

    def fit(self, rows: Array | None = None) -> Head:
        """What tells them apart, learnt from some of them."""
        chosen = np.ones(len(self.what), bool) if rows is None else rows
        return fit_head(self.features[chosen], self._places()[chosen], len(OTHERS))

    def told_apart(self, learns: Array) -> dict[str, tuple[int, float]]:
        """Of those that were not learnt from, kind by kind: how many, and which share is told right."""
        places = self._places()
        right = softmax_of(self.features, self.fit(learns)).argmax(axis=1) == places
        judged = {what: ~learns & (places == at) for at, what in enumerate(OTHERS)}
        return {what: (int(rows.sum()), float(right[rows].mean())) for what, rows in judged.items()}

    def _places(self) -> Array:
        return np.array([list(OTHERS).index(what) for what in self.what])
