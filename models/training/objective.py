"""What the label encoder learns from: its loss, and the parts of that."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from .dictionary import WordList
from .draws import Draw, Draws
from .evening import round_as_files
from .inputs import ordinary_texts
from .live import held_out_figures
from .model import Model, start_model
from .prepare import Material
from .rows import Pair
from .tokens import content_ids, load_tokenizer
from .train import Plan
from .weights import start_weights


@dataclass(frozen=True)
class Shares:
    """What each part of the loss weighs."""

    choice: float = 1.0
    tag: float = 1.0
    shown: float = 1.0
    entail: float = 0.2
    anchor: float = 1.0


RIDGE = 0.25
"""Of the regression on a draw's own texts: a draw has fewer than users show, and less is learnt from each."""
FEWEST_SHOWN = 4
"""Texts of a draw from which on the others are examples for each."""
REFIT = 500
"""Steps after which it is looked anew how the weights are to be rounded."""


class LabelObjective:
    """Loss and figures of the label encoder."""

    def __init__(self, material: Material, dictionaries: dict[str, WordList], plan: Plan, random: Random) -> None:
        self.judged = material.judged
        self.draws = Draws(material.learnt, material.pairs, random, dictionaries=dictionaries, fresh=material.fresh)
        self.count = plan.draws
        self.pairs = plan.pairs
        self.tokenizer = load_tokenizer()
        self.ordinary = ordinary_texts(material.learnt)
        self.asked = 0
        self.anchor = self.start(0.0).to(plan.device).eval().requires_grad_(False)

    def start(self, dropout: float) -> Model:
        """The starting weights, and a head without training."""
        return start_model(start_weights(), dropout)

    def loss(self, model: Model) -> tuple[Tensor, dict[str, float]]:
        """A step's loss, and its parts for the log. The model rounds as its files will."""
        if self.asked % REFIT == 0:
            round_as_files(model.encoder, self.ordinary)
        self.asked += 1
        draws = self.draws.draws(self.count)
        return step_loss(model, self.anchor, self.tokenizer, draws, self.draws.draw_pairs(self.pairs), Shares())

    def figures(self, model: Model) -> dict[str, float]:
        """How it does on the held-out sets, rounded."""
        round_as_files(model.encoder, self.ordinary)
        return held_out_figures(model, self.judged)


def step_loss(
    model: Model,
    anchor: Model,
    tokenizer: Tokenizer,
    draws: list[Draw],
    pairs: list[Pair],
    shares: Shares,
    most_tokens: int = 128,
) -> tuple[Tensor, dict[str, float]]:
    """Draws and pairs -> the loss to go down, and its parts for the log.

    `anchor` is the model that training began with: half the texts stay near what it makes of them, in English.
    """
    texts = [text for draw in draws for text in draw.texts]
    texts += [pair.premise for pair in pairs]
    wordings = [label for draw in draws for label in draw.labels]
    wordings += [pair.hypothesis for pair in pairs]
    sequences = _sequences(tokenizer, texts + wordings, most_tokens)
    states, vectors = model.encode(sequences)
    choice: list[Tensor] = []
    shown: list[Tensor] = []
    tag: list[Tensor] = []
    at, label_at = 0, len(texts)
    for draw in draws:
        mine = slice(at, at + len(draw.texts))
        labels = vectors[label_at : label_at + len(draw.labels)]
        scores = model.scores(states[mine], vectors[mine], labels)
        truth = torch.tensor(draw.truth, device=scores.device)
        choice += _choice(model, scores, truth)
        shown += _shown(vectors[mine], truth)
        tag.append(_tag(model, scores, truth) * (0.5 if draw.single else 1.0))
        at += len(draw.texts)
        label_at += len(draw.labels)
    parts = {"choice": torch.stack(choice).mean(), "tag": torch.stack(tag).mean()}
    if shown:
        parts["shown"] = torch.stack(shown).mean()
    if pairs:
        parts["entail"] = _entail(model, states[at : at + len(pairs)], vectors[at : at + len(pairs)], vectors[label_at:], pairs)
    kept = [(n, text) for n, text in enumerate(text for draw in draws for text in draw.english) if text][::2]
    if kept:
        rows, english = zip(*kept, strict=True)
        with torch.no_grad():
            _, began = anchor.encode(_sequences(tokenizer, list(english), most_tokens))
        parts["anchor"] = (1 - (vectors[list(rows)] * began).sum(-1)).mean()
    loss = sum((getattr(shares, name) * value for name, value in parts.items()), torch.zeros((), device=vectors.device))
    return loss, {name: float(value.detach()) for name, value in parts.items()}


def _sequences(tokenizer: Tokenizer, texts: list[str], most_tokens: int) -> list[list[int]]:
    """Token ids of each text, cut; a text without any becomes a full stop."""
    return [(ids or [1012])[:most_tokens] for ids in content_ids(tokenizer, texts)]


def _choice(model: Model, scores: Tensor, truth: Tensor) -> list[Tensor]:
    """Cross-entropy of a draw's rows that have a right label; several right ones are each set against the wrong ones."""
    rows = truth.any(1) & ~truth.all(1)
    if not rows.any():
        return []
    logits = (scores * model.sharpness.exp())[rows]
    right = truth[rows]
    wrong = logits.masked_fill(right, float("-inf")).logsumexp(1, keepdim=True)
    losses = F.softplus(wrong - logits) * right
    return [(losses.sum(1) / right.sum(1)).mean()]


def _shown(vectors: Tensor, truth: Tensor) -> list[Tensor]:
    """How badly a draw's texts [N] of one right label each are told by the others, shown as examples: squared error.

    Ridge regression of the truth on the texts' vectors [N,384], each text left out in turn by its leverage, so that vectors of
    texts that people put together come to lie together (Bertinetto et al. 2019, "Meta-learning with differentiable
    closed-form solvers"). What the labels are called does not count: it is what examples are for where names mislead.
    """
    rows = truth.sum(1) == 1
    if int(rows.sum()) < FEWEST_SHOWN:
        return []
    with torch.autocast(vectors.device.type, enabled=False):
        own = truth[rows].float()
        own = own - own.mean(0)
        there = vectors[rows].float()
        there = there - there.mean(0)
        likeness = there @ there.T
        hat = likeness @ torch.linalg.inv(likeness + RIDGE * torch.eye(len(there), device=there.device))
        # An intercept was taken off by centring: 1/n of leverage.
        leverage = (hat.diagonal() + 1 / len(there)).clamp(max=0.99)
        left = (own - hat @ own) / (1 - leverage)[:, None]
        return [(left * left).sum(1).mean()]


def _tag(model: Model, scores: Tensor, truth: Tensor) -> Tensor:
    """Sigmoid log loss; a draw's right and wrong answers weigh alike but for the square root of their numbers."""
    logits = model.tag[0] * scores + model.tag[1]
    losses = F.binary_cross_entropy_with_logits(logits, truth.float(), reduction="none")
    total = losses.new_zeros(())
    weight = 0.0
    for side in (truth, ~truth):
        count = int(side.sum())
        if count:
            total = total + losses[side].mean() * count**0.5
            weight += count**0.5
    return total / weight * 2


def _entail(model: Model, states: list[Tensor], premises: Tensor, hypotheses: Tensor, pairs: list[Pair]) -> Tensor:
    """Premises against their own hypotheses: follows or not."""
    scores = model.scores(states, premises, hypotheses).diagonal()
    follows = torch.tensor([pair.label == "entailment" for pair in pairs], device=scores.device).float()
    return F.binary_cross_entropy_with_logits(model.entail[0] * scores + model.entail[1], follows)
