"""Linear layers that round as the int8 files do: what is trained with them has learnt to live with it."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .quantize import quantize_columns


class Straight(torch.autograd.Function):
    """Rounded numbers in the place of exact ones; backwards it is as if nothing had been rounded (Bengio et al. 2013)."""

    @staticmethod
    def forward(_: object, exact: Tensor, rounded: Tensor) -> Tensor:
        return rounded

    @staticmethod
    def backward(_: object, gradient: Tensor) -> tuple[Tensor, None]:
        return gradient, None


class Rounding(nn.Module):
    """How a linear layer with weight [in,out] rounds, whose tokens come as (x - centre) / spread, [in] each.

    The weight has seven bits and one scale an output; a token has eight and a scale of its own. `positive` says
    that no token is ever below the centre.
    """

    def __init__(self, weight: np.ndarray, centre: np.ndarray, spread: np.ndarray, positive: bool) -> None:
        super().__init__()
        self.positive = positive
        scale = quantize_columns(weight * spread[:, None])[1][:, None]
        for name, value in (("centre", centre), ("spread", spread), ("scale", scale)):
            self.register_buffer(name, torch.from_numpy(value.astype(np.float32)), persistent=False)

    def tokens(self, x: Tensor) -> Tensor:
        """x [...,in] as its bytes tell it."""
        with torch.no_grad():
            even = (x.float() - self.centre) / self.spread
            reach = even.amax(-1, keepdim=True) / 255 if self.positive else even.abs().amax(-1, keepdim=True) / 127
            step = reach.clamp(min=1e-11)
            rounded = even.div_(step).round_().mul_(step).mul_(self.spread).add_(self.centre)
        return Straight.apply(x, rounded.to(x.dtype))

    def weight(self, weight: Tensor) -> Tensor:
        """weight [out,in] as its bytes tell it."""
        with torch.no_grad():
            rounded = (weight * self.spread).div_(self.scale).round_().clamp_(-63, 63).mul_(self.scale).div_(self.spread)
        return Straight.apply(weight, rounded)


class Linear(nn.Linear):
    """A linear layer that is exact until it is told how to round."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(inputs, outputs)
        self.rounding: Rounding | None = None

    def forward(self, x: Tensor) -> Tensor:
        """x [...,in] -> [...,out]."""
        if self.rounding is None:
            return super().forward(x)
        return F.linear(self.rounding.tokens(x), self.rounding.weight(self.weight), self.bias)
