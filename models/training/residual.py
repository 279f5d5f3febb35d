"""What answers without examples get wrong on the examples, learnt in closed form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Array = np.ndarray


CHECKED = 4
"""Examples a label, on average, from which on they say by themselves how far to trust them; fewer are believed."""
CONTESTED = 3
"""Labels up to which they do: among more, a label's few examples mislead less."""
LEFT_OUT = 100
"""Examples that are answered from the others, at most."""
EAGER = 1.5
"""What leaving one out says is too careful, as it learns from one example less."""
GRID = 0.7 * 1.05 ** np.arange(45)
"""Powers to choose from."""
EXPECTED = 10.0
"""Examples' worth of log loss that the expected power weighs for each unit of the logarithm, squared."""
LUCK = 0.02
"""Chance that is left to luck, so that one example that is all wrong does not decide."""


@dataclass(frozen=True)
class Constants:
    """How examples are weighed: see `fit_correction`."""

    ridge: float
    prior: float
    sharpness: float
    doubt: float
    power: float


@dataclass(frozen=True)
class Correction:
    """What `fit_correction` learnt.

    Maps weights [L,384] and bias [L]; what holds for all texts [L]; the examples' vectors [n,384] and what is left wrong
    about them [n,L]; how far this is trusted, and the power that answers are raised to.
    """

    weights: Array
    bias: Array
    common: Array
    vectors: Array
    left: Array
    trust: float
    power: float
    constants: Constants

    def correct(self, chances: Array, vectors: Array) -> Array:
        """Chances [N,L] of texts with unit vectors [N,384], put right."""
        near = np.exp(self.constants.sharpness * (vectors @ self.vectors.T - 1))
        local = near @ self.left / (self.constants.doubt + near.sum(-1, keepdims=True))
        full = proper(proper(chances + vectors @ self.weights.T + self.bias) + local)
        careful = proper(chances + self.common)
        return proper((careful + self.trust * (full - careful)) ** self.power)


def proper(chances: Array) -> Array:
    """None negative, adding up to one."""
    raised = np.maximum(chances, 0.0)
    return raised / raised.sum(axis=-1, keepdims=True)


def fit_correction(vectors: Array, truth: Array, chances: Array, constants: Constants) -> Correction:
    """Ridge regression on the residuals of n examples, then a local correction of what is left.

    vectors [n,384] are their unit vectors, truth [n,L] adds up to one a row, chances [n,L] are what is answered without
    examples. With X the vectors less their mean and R = truth − chances, weights = Rᵀ(XXᵀ + ridge·1)⁻¹X. The mean
    residual over the labels that have examples is added, times the least n/(n + prior) of any label: a label without
    examples says nothing about how often it is right. What is then still wrong about an example is added for texts near
    it, by exp(sharpness·(cos − 1)), over `doubt` plus the sum of these.

    Answers are raised to the power 1 + power·n/(n + prior). From `CHECKED` examples a label on, each is left out in
    turn: the power is the one with the least log loss of these answers, and of no more than `CONTESTED` labels all but the
    mean residual counts as far as it brings them nearer to the truth.
    """
    member = truth > 0
    counts = member.sum(0)
    fewest = counts.min()
    middle = vectors.mean(0)
    rows, residual = vectors - middle, truth - chances
    inverse = np.linalg.inv(rows @ rows.T + constants.ridge * np.eye(len(rows)))
    weights = (inverse @ residual).T @ rows
    means = (member.T @ residual)[counts > 0] / counts[counts > 0, None]
    common = means.mean(0) * fewest / (fewest + constants.prior)
    bias = common - weights @ middle
    left = truth - proper(chances + vectors @ weights.T + bias)
    power = 1 + constants.power * fewest / (fewest + constants.prior)
    trust = 1.0
    if len(truth) >= CHECKED * truth.shape[1]:
        some = np.floor(np.arange(min(len(rows), LEFT_OUT)) * max(1.0, len(rows) / LEFT_OUT)).astype(int)
        # An intercept was taken off by centring: 1/n of leverage.
        leverage = np.minimum(1 - constants.ridge * np.diag(inverse) + 1 / len(rows), 0.99)
        unseen = truth + common - (residual - rows @ weights.T) / (1 - leverage[:, None])
        near = np.exp(constants.sharpness * (vectors @ vectors.T - 1))
        np.fill_diagonal(near, 0)
        local = near @ left / (constants.doubt + near.sum(-1, keepdims=True))
        careful, own = proper(chances + common)[some], truth[some]
        moved = proper(proper(unseen) + local)[some] - careful
        size = float((moved * moved).sum())
        if size and truth.shape[1] <= CONTESTED:
            trust = min(1.0, max(0.0, EAGER * float((moved * (own - careful)).sum()) / size))
        answers = careful + trust * moved
        power = min(GRID, key=lambda tried: _loss(proper(answers**tried), own) + EXPECTED * np.log(tried / power) ** 2)
    return Correction(weights, bias, common, vectors, left, trust, power, constants)


def _loss(chances: Array, truth: Array) -> float:
    """Log loss of chances [n,L], summed."""
    return -float((truth * np.log((1 - LUCK) * chances + LUCK / truth.shape[1])).sum())
