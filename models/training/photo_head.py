"""What tells photographs of things, of persons, of landscapes and of flowers from one another and from no photograph, and what that is."""

from __future__ import annotations

import numpy as np
import torch

from .engine import softmax
from .photo_network import KINDS, OTHERS, Head

DECAY = 1e-3


def kind_of(shows: str) -> int:
    """The kind of what a listed picture shows."""
    if shows in OTHERS:
        return KINDS.index("none")
    return KINDS.index(shows) if shows in KINDS else 0


def fit_head(features: np.ndarray, kinds: np.ndarray, count: int = len(KINDS)) -> Head:
    """Multinomial logistic regression of so many kinds [N] on features [N,1280]; rare ones weigh by the root of how rare they are."""
    rows, truth = torch.tensor(features, dtype=torch.float32), torch.tensor(kinds)
    weight = torch.zeros(count, rows.shape[1], requires_grad=True)
    bias = torch.zeros(count, requires_grad=True)
    counts = torch.bincount(truth, minlength=len(KINDS)).float()
    rarity = (counts.mean() / counts).sqrt()
    optimiser = torch.optim.LBFGS([weight, bias], max_iter=60, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(rows @ weight.T + bias, truth, weight=rarity)
        loss = loss + DECAY * (weight**2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return weight.detach().numpy(), bias.detach().numpy()


def softmax_of(features: np.ndarray, head: Head) -> np.ndarray:
    """Chances of the kinds [N,kinds]."""
    return softmax(features @ head[0].T + head[1])
