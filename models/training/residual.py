"""What answers without examples get wrong on the examples, learnt in closed form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Constants:
    """How examples are weighed: see `fit_correction`."""

    ridge: float
    prior: float
    sharpness: float
    doubt: float


@dataclass(frozen=True)
class Correction:
    """Maps weights [L,384] and bias [L]; the examples' vectors [n,384] and what is left wrong about them [n,L]."""

    weights: Array
    bias: Array
    vectors: Array
    left: Array
    constants: Constants

    def correct(self, chances: Array, vectors: Array) -> Array:
        """Chances [N,L] of texts with unit vectors [N,384], put right."""
        near = np.exp(self.constants.sharpness * (vectors @ self.vectors.T - 1))
        local = near @ self.left / (self.constants.doubt + near.sum(-1, keepdims=True))
        return proper(proper(chances + vectors @ self.weights.T + self.bias) + local)


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
    """
    member = truth > 0
    counts = member.sum(0)
    middle = vectors.mean(0)
    rows, residual = vectors - middle, truth - chances
    weights = np.linalg.solve(rows @ rows.T + constants.ridge * np.eye(len(rows)), residual).T @ rows
    means = (member.T @ residual)[counts > 0] / counts[counts > 0, None]
    bias = means.mean(0) * counts.min() / (counts.min() + constants.prior) - weights @ middle
    left = truth - proper(chances + vectors @ weights.T + bias)
    return Correction(weights, bias, vectors, left, constants)
