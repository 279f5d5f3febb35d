"""Weights in eight bits: symmetric, one scale a row or a column."""

from __future__ import annotations

import numpy as np

Quantized = tuple[np.ndarray, np.ndarray]
"""Integers [rows, columns] and the float scales that undo them."""


def quantize_rows(table: np.ndarray, bound: int = 127) -> Quantized:
    """table [R,C] -> int8 [R,C] and one scale a row [R,1]."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-12) / bound
    integers = np.clip(np.rint(table / scale), -bound, bound)
    return integers.astype(np.int8), scale.astype(np.float32)


def quantize_columns(weight: np.ndarray, bound: int = 63) -> Quantized:
    """weight [in,out] -> int8 [in,out] within ±bound and one scale an output column [out], each weight rounded by itself.

    Seven bits leave room for two products in sixteen bits, which is how processors without a dot product
    instruction add them up. Each column takes the scale, of a few that clip its largest weights, that loses least.
    """
    largest = np.maximum(np.abs(weight).max(axis=0), 1e-12)
    best_scale = largest / bound
    best_error = np.full(weight.shape[1], np.inf)
    for share in np.linspace(0.6, 1.0, 21):
        scale = largest * share / bound
        restored = np.clip(np.rint(weight / scale), -bound, bound) * scale
        error = ((restored - weight) ** 2).sum(axis=0)
        best_scale = np.where(error < best_error, scale, best_scale)
        best_error = np.minimum(error, best_error)
    integers = np.clip(np.rint(weight / best_scale), -bound, bound)
    return integers.astype(np.int8), best_scale.astype(np.float32)


def quantize_fitted(weight: np.ndarray, rows: np.ndarray, bound: int = 63, damping: float = 0.01) -> Quantized:
    """weight [in,out], rows of its input [N,in] -> as `quantize_columns`, but so that rows @ weight changes least.

    One input after the other is rounded, and what that does to the products is made up for by the inputs still to
    come (GPTQ, Frantar et al. 2023).
    """
    _, scale = quantize_columns(weight, bound)
    rest = weight.astype(np.float64)
    inputs = rows.astype(np.float64)
    moment = inputs.T @ inputs
    moment[np.diag_indices_from(moment)] += damping * np.trace(moment) / len(moment)
    upper = np.linalg.cholesky(np.linalg.inv(moment)).T
    integers = np.zeros(weight.shape, dtype=np.int8)
    block = 48
    for start in range(0, len(rest), block):
        end = min(start + block, len(rest))
        errors = np.zeros((end - start, rest.shape[1]))
        for at in range(start, end):
            rounded = np.clip(np.rint(rest[at] / scale), -bound, bound)
            integers[at] = rounded.astype(np.int8)
            errors[at - start] = (rest[at] - rounded * scale) / upper[at, at]
            rest[at + 1 : end] -= np.outer(upper[at, at + 1 : end], errors[at - start])
        rest[end:] -= upper[start:end, end:].T @ errors
    return integers, scale


def even_out(rows: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows [N,in] of a layer with weight [in,out] -> centre and spread [in] that make (x - centre) / spread easy to round.

    The spread moves half of what is uneven between the inputs to the weights (SmoothQuant, Xiao et al. 2023).
    """
    centre = rows.mean(axis=0)
    reach = np.maximum(np.percentile(np.abs(rows - centre), 99.9, axis=0), 1e-3)
    spread = np.sqrt(reach / np.maximum(np.abs(weight).max(axis=1), 1e-3))
    return centre.astype(np.float32), (spread / np.exp(np.log(spread).mean())).astype(np.float32)
