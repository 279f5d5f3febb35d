"""What the inference model learns from: inference pairs, and texts with right and likely wrong labels as pairs."""

from __future__ import annotations

import hashlib
from random import Random

import torch
import torch.nn.functional as F
from torch import Tensor

from .cross import CLASSES, CrossEncoder, PairIds, odds
from .cross_figures import inference_figures
from .draws import Draw, Draws
from .model import Model
from .prepare import Material
from .rows import Pair
from .tokens import content_ids, load_tokenizer

TEMPLATES = ("This example is {}.", "This text is about {}.", "The label is {}.")
"""Sentences that labels are put into by programs in use; most labels are learnt as they stand."""
TEMPLATE_SHARE = 0.3

PREMISE, HYPOTHESIS = 96, 48
"""Tokens that are read of each in training."""


def held_back(pair: Pair) -> bool:
    """Whether a pair is measured on instead of learnt from: one premise in forty."""
    return hashlib.sha256(pair.premise.encode()).digest()[0] < 256 // 40


class CrossObjective:
    """Loss and figures of the inference model. `first` is the first stage's model, which says what is likely."""

    def __init__(self, material: Material, first: Model, random: Random, draws: int, pairs: int) -> None:
        self.material = material
        self.first = first.eval().requires_grad_(False)
        self.random = random
        self.count = draws
        self.pairs = pairs
        learnt = [pair for pair in material.pairs if not held_back(pair)]
        self.draws = Draws(material.learnt, learnt, random, texts=3)
        self.tokenizer = load_tokenizer()

    def start(self, dropout: float) -> CrossEncoder:
        """The first stage's encoder, and a classifier without training."""
        model = CrossEncoder(dropout)
        model.encoder.load_state_dict(self.first.encoder.state_dict())
        return model

    def loss(self, model: CrossEncoder) -> tuple[Tensor, dict[str, float]]:
        """A step's loss, and its parts for the log."""
        draws = self.draws.draws(self.count)
        groups = [group for draw in draws for group in self._groups(draw)]
        pairs = self.draws.draw_pairs(self.pairs)
        premises = [text for text, wordings, _ in groups for _ in wordings] + [pair.premise for pair in pairs]
        hypotheses = [wording for _, wordings, _ in groups for wording in wordings] + [pair.hypothesis for pair in pairs]
        logits = model(self._ids(premises, hypotheses))
        margins = odds(logits)
        choice: list[Tensor] = []
        fits: list[Tensor] = []
        at = 0
        for _, wordings, truth in groups:
            mine = margins[at : at + len(wordings)]
            right = torch.tensor(truth, device=mine.device)
            sign = torch.where(right, 1.0, -1.0)
            fits.append(F.softplus(-sign * mine).mean())
            if right.any() and not right.all():
                choice.append(F.softplus(mine[~right].logsumexp(0) - mine[right]).mean())
            at += len(wordings)
        parts = {"choice": torch.stack(choice).mean() if choice else margins.sum() * 0, "fits": 0.5 * torch.stack(fits).mean()}
        if pairs:
            parts["entail"] = _inference(logits[at:], pairs)
        total = torch.stack(list(parts.values())).sum()
        return total, {name: float(value.detach()) for name, value in parts.items()}

    def figures(self, model: CrossEncoder) -> dict[str, float]:
        """How it does on pairs and label sets that it does not learn from."""
        back = [pair for pair in self.material.pairs if held_back(pair)][::2]
        return inference_figures(model, self.first, self.material.judged, back)

    def _ids(self, premises: list[str], hypotheses: list[str]) -> list[PairIds]:
        first = content_ids(self.tokenizer, premises)
        second = content_ids(self.tokenizer, hypotheses)
        return [(p[:PREMISE], h[:HYPOTHESIS]) for p, h in zip(first, second, strict=True)]

    def _groups(self, draw: Draw) -> list[tuple[str, list[str], list[bool]]]:
        """Each text with a right label of it and those wrong ones that the first stage likes best, or nearly so."""
        template = self.random.choice(TEMPLATES) if self.random.random() < TEMPLATE_SHARE else "{}"
        ids = [each[:PREMISE] or [1012] for each in content_ids(self.tokenizer, draw.texts + draw.labels)]
        with torch.no_grad():
            states, vectors = self.first.encode(ids)
            count = len(draw.texts)
            scores = self.first.scores(states[:count], vectors[:count], vectors[count:]).tolist()
        groups = []
        for text, truth, row in zip(draw.texts, draw.truth, scores, strict=True):
            right = [n for n, fits in enumerate(truth) if fits]
            wrong = sorted((n for n, fits in enumerate(truth) if not fits), key=lambda n: -row[n] + self.random.gauss(0, 0.1))
            chosen = self.random.sample(right, min(len(right), 1)) + wrong[:3]
            groups.append((text, [template.format(draw.labels[n]) for n in chosen], [truth[n] for n in chosen]))
        return [group for group in groups if group[1]]


def _inference(logits: Tensor, pairs: list[Pair]) -> Tensor:
    """Cross-entropy of the class; of a pair of which only "not entailment" is known, that."""
    known = [n for n, pair in enumerate(pairs) if pair.label in CLASSES]
    rest = [n for n, pair in enumerate(pairs) if pair.label not in CLASSES]
    losses = []
    if known:
        classes = torch.tensor([CLASSES.index(pairs[n].label) for n in known], device=logits.device)
        losses.append(F.cross_entropy(logits[known], classes, reduction="none"))
    if rest:
        losses.append(F.softplus(odds(logits[rest])))
    return torch.cat(losses).mean()
