"""The trained model: encoder, head, and the numbers that put a score together."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .network import Encoder
from .shape import DIMENSIONS
from .tokens import CLS, PAD, SEP, batches
from .weights import Weights


class Model(nn.Module):
    """An encoder and a head; see `head_graph` for what the maps mean."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.attention = nn.Parameter(torch.eye(DIMENSIONS) * 10.0)
        self.value = nn.Parameter(torch.eye(DIMENSIONS))
        self.weight = nn.Parameter(torch.tensor(1.0))
        self.sharpness = nn.Parameter(torch.tensor(2.0))
        self.tag = nn.Parameter(torch.tensor([5.0, -2.0]))
        self.entail = nn.Parameter(torch.tensor([4.0, -2.0]))

    def encode(self, sequences: list[list[int]], budget: int = 2048) -> tuple[list[Tensor], Tensor]:
        """Token ids without special tokens -> states [T,384] of each, without special tokens, and unit vectors [N,384].

        Sequences run in groups of like length, of at most `budget` tokens with padding.
        """
        device = self.weight.device
        states: list[Tensor] = [torch.empty(0)] * len(sequences)
        pooled: list[Tensor] = [torch.empty(0)] * len(sequences)
        for length, group in batches([len(ids) + 2 for ids in sequences], budget):
            ids = np.full((len(group), length), PAD, dtype=np.int64)
            for row, n in enumerate(group):
                ids[row, : len(sequences[n]) + 2] = [CLS, *sequences[n], SEP]
            batch = torch.from_numpy(ids).to(device)
            some_states, some_pooled = self.encoder(batch, batch != PAD)
            some_states = some_states.float()
            for row, n in enumerate(group):
                states[n] = some_states[row, 1 : 1 + len(sequences[n])]
                pooled[n] = some_pooled[row].float()
        return states, F.normalize(torch.stack(pooled), dim=-1)

    def scores(self, states: list[Tensor], vectors: Tensor, labels: Tensor) -> Tensor:
        """Texts' states [T,384] and vectors [N,384], labels [L,384] -> scores [N,L]."""
        padded = nn.utils.rnn.pad_sequence(states, batch_first=True)
        lengths = torch.tensor([len(each) for each in states], device=padded.device)
        outside = torch.arange(padded.shape[1], device=padded.device)[None, :] >= lengths[:, None]
        tokens = F.normalize(padded, dim=-1)
        asked = tokens @ (labels @ self.attention.T).T
        given = tokens @ (labels @ self.value.T).T
        share = asked.masked_fill(outside[:, :, None], -1e4).softmax(1)
        return vectors @ labels.T + self.weight * (share * given).sum(1)

    def head(self) -> tuple[np.ndarray, np.ndarray]:
        """The maps A, V [384,384]; the weight of the attention part is multiplied into V."""
        return self.attention.detach().cpu().numpy().copy(), (self.value * self.weight).detach().cpu().numpy().copy()


def start_model(weights: Weights, dropout: float = 0.0) -> Model:
    """A model that begins with the starting weights and a head without training."""
    model = Model(dropout)
    model.encoder.load(weights)
    return model
