"""The encoder and its head in torch, for training and for comparing the int8 graphs with fp32."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .rounding import Linear
from .shape import DIMENSIONS, EPSILON, HEAD_WIDTH, HEADS, INNER, LAYERS, VOCABULARY
from .weights import Weights


class Layer(nn.Module):
    """One transformer layer: tokens [B,T,384] -> [B,T,384]."""

    def __init__(self) -> None:
        super().__init__()
        self.query = Linear(DIMENSIONS, DIMENSIONS)
        self.key = Linear(DIMENSIONS, DIMENSIONS)
        self.value = Linear(DIMENSIONS, DIMENSIONS)
        self.mixed = Linear(DIMENSIONS, DIMENSIONS)
        self.mixed_norm = nn.LayerNorm(DIMENSIONS, eps=EPSILON)
        self.inner = Linear(DIMENSIONS, INNER)
        self.outer = Linear(INNER, DIMENSIONS)
        self.outer_norm = nn.LayerNorm(DIMENSIONS, eps=EPSILON)

    def forward(self, tokens: Tensor, mask: Tensor, dropout: float) -> Tensor:
        """mask [B,1,1,T] is true where a token may be attended to."""
        batch, length, _ = tokens.shape

        def heads(x: Tensor) -> Tensor:
            return x.view(batch, length, HEADS, HEAD_WIDTH).transpose(1, 2)

        query, key, value = heads(self.query(tokens)), heads(self.key(tokens)), heads(self.value(tokens))
        if tokens.is_cuda:
            mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        else:
            # On a processor and short texts the plain products are faster, above all backwards.
            shares = (query @ key.transpose(2, 3)) * HEAD_WIDTH**-0.5
            mixed = shares.masked_fill(~mask, -1e4).softmax(-1).to(value.dtype) @ value
        mixed = self.mixed(mixed.transpose(1, 2).reshape(batch, length, DIMENSIONS))
        tokens = self.mixed_norm(tokens + F.dropout(mixed, dropout, self.training))
        fed = self.outer(F.gelu(self.inner(tokens)))
        return self.outer_norm(tokens + F.dropout(fed, dropout, self.training))


NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "mixed_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}


class Encoder(nn.Module):
    """ids, mask [B,T] -> token states [B,T,384] and their mean over the mask [B,384]."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.dropout = dropout
        self.words = nn.Embedding(VOCABULARY, DIMENSIONS)
        self.places = nn.Embedding(512, DIMENSIONS)
        self.kind = nn.Parameter(torch.zeros(DIMENSIONS))
        self.norm = nn.LayerNorm(DIMENSIONS, eps=EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """`kinds` [B,T,384] is added to the tokens where they are not all of one kind."""
        place = self.places.weight[: ids.shape[1]]
        tokens = self.norm(self.words(ids) + place + (self.kind if kinds is None else self.kind + kinds))
        tokens = F.dropout(tokens, self.dropout, self.training)
        allowed = mask[:, None, None, :].bool()
        for layer in self.layers:
            tokens = layer(tokens, allowed, self.dropout)
        weight = mask.to(tokens.dtype)[:, :, None]
        return tokens, (tokens * weight).sum(1) / weight.sum(1).clamp(min=1.0)

    def load(self, weights: Weights) -> Encoder:
        """Takes the tensors of the original checkpoint."""
        state = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "places.weight": weights["embeddings.position_embeddings.weight"],
            "kind": weights["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        for number in range(LAYERS):
            for ours, theirs in NAMES.items():
                for part in ("weight", "bias"):
                    state[f"layers.{number}.{ours}.{part}"] = weights[f"encoder.layer.{number}.{theirs}.{part}"]
        self.load_state_dict({name: torch.from_numpy(value.copy()) for name, value in state.items()})
        return self

    def weights(self) -> Weights:
        """The tensors under the names of the original checkpoint, as `load` takes them."""
        state = {name: value.detach().cpu().float().numpy() for name, value in self.state_dict().items()}
        result: Weights = {
            "embeddings.word_embeddings.weight": state["words.weight"],
            "embeddings.position_embeddings.weight": state["places.weight"],
            "embeddings.token_type_embeddings.weight": state["kind"][None, :],
            "embeddings.LayerNorm.weight": state["norm.weight"],
            "embeddings.LayerNorm.bias": state["norm.bias"],
        }
        for number in range(LAYERS):
            for ours, theirs in NAMES.items():
                for part in ("weight", "bias"):
                    result[f"encoder.layer.{number}.{theirs}.{part}"] = state[f"layers.{number}.{ours}.{part}"]
        return result
