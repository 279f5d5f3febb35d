"""The inference model: reads a text and a hypothesis together and says whether the one follows from the other."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from .network import Encoder
from .shape import DIMENSIONS
from .tokens import CLS, PAD, SEP, batches

CLASSES = ("entailment", "neutral", "contradiction")

PairIds = tuple[list[int], list[int]]
"""Token ids of a premise and of a hypothesis, without special tokens."""


class CrossEncoder(nn.Module):
    """An encoder whose mean token state tells the classes."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.second = nn.Parameter(torch.zeros(DIMENSIONS))
        """Added to the hypothesis's tokens, which tells them from the premise's."""
        self.classifier = nn.Linear(DIMENSIONS, len(CLASSES))

    def forward(self, pairs: list[PairIds], budget: int = 2048) -> Tensor:
        """Pairs -> logits [N,3] in the order of `CLASSES`."""
        device = self.second.device
        logits: list[Tensor] = [torch.empty(0)] * len(pairs)
        for length, group in batches([len(p) + len(h) + 3 for p, h in pairs], budget):
            ids = np.full((len(group), length), PAD, dtype=np.int64)
            kinds = np.zeros((len(group), length), dtype=np.float32)
            for row, n in enumerate(group):
                premise, hypothesis = pairs[n]
                both = [CLS, *premise, SEP, *hypothesis, SEP]
                ids[row, : len(both)] = both
                kinds[row, len(premise) + 2 : len(both)] = 1
            batch = torch.from_numpy(ids).to(device)
            second = torch.from_numpy(kinds).to(device)[:, :, None] * self.second
            _, pooled = self.encoder(batch, batch != PAD, second)
            for row, one in zip(group, self.classifier(pooled.float()), strict=True):
                logits[row] = one
        return torch.stack(logits)


def odds(logits: Tensor) -> Tensor:
    """Logits [N,3] -> log odds of entailment against the rest [N]."""
    return logits[:, 0] - logits[:, 1:].logsumexp(1)
