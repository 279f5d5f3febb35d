"""Rows to fit constants on, and the raw scores of their labels under several wordings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .engine import Encoded, Engine, fill, unit
from .neutral import NEUTRAL
from .rows import Label, LabelSet, Row

Array = np.ndarray

PLAIN = (("{label}",), ("This text is about {label}.",), ("{label}", "This text is about {label}."))
AROUND = (None, "{text_type}: {label}", "{label} ({text_type})", "{label}, in a {text_type}")
"""Ways to tell what kind of text it is; none leaves it out."""
DESCRIBED = (
    ("{label}: {description}",),
    ("{label}", "{label}: {description}"),
    ("{label}", "{description}"),
    ("{label}: {description}", "{description}"),
    ("{description}",),
)


@dataclass
class Measured:
    """A set's rows under one wording of its labels.

    cosine [N,L] and, for each head, attention [N,L] are the two parts of a score; the null parts [L] are their
    means on the neutral texts. truth [N,L] says which labels fit, right [N] the only one of them, or -1.
    """

    set: LabelSet
    truth: Array
    right: Array
    cosine: Array
    attention: list[Array]
    null_cosine: Array
    null_attention: list[Array]

    @property
    def answerable(self) -> Array:
        """Rows [N] with exactly one right label."""
        return self.right >= 0

    def scores(self, weight: float, head: int, null: float = 0.0) -> Array:
        """cosine + weight · attention, less a share of what neutral texts score [N,L]."""
        return self.cosine + weight * self.attention[head] - null * self.null(weight, head)

    def null(self, weight: float, head: int) -> Array:
        """What neutral texts score [L]."""
        return self.null_cosine + weight * self.null_attention[head]


Head = tuple[Array, Array]
"""Maps A, V of `head_graph`; a number as an array stands for that multiple of the identity."""


class Sample:
    """Some rows of each set, encoded once."""

    def __init__(self, engine: Engine, sets: list[LabelSet], rows: int = 40, seed: int = 7) -> None:
        self.engine = engine
        self.sets = sets
        self.rows = [some_rows(each, rows, seed) for each in sets]
        self.neutral = engine.encode(list(NEUTRAL))
        texts = list(dict.fromkeys(row.text for chosen in self.rows for row in chosen))
        self.encoded = dict(zip(texts, engine.encode(texts), strict=True))
        self._labels: dict[str, Array] = {}

    def vectors(self, texts: list[str]) -> Array:
        """Unit vectors [n,384] of label wordings, kept."""
        new = [text for text in dict.fromkeys(texts) if text not in self._labels]
        for text, entry in zip(new, self.engine.encode(new) if new else [], strict=True):
            self._labels[text] = entry.vector
        return np.stack([self._labels[text] for text in texts])

    def labels(self, each: LabelSet, templates: tuple[str, ...], around: str | None = None) -> Array:
        """Label vectors [L,384] of a set; `around` says with each wording what kind of text it is."""
        per_template = [
            self.vectors([worded_as(template, label, each.text_type, around) for label in each.labels]) for template in templates
        ]
        return unit(np.mean(per_template, axis=0))

    def measure(self, number: int, labels: Array, heads: list[Head]) -> Measured:
        """The parts of the scores of a set's rows for label vectors [L,384]."""
        each, rows = self.sets[number], self.rows[number]
        names = {label.name: column for column, label in enumerate(each.labels)}
        truth = np.zeros((len(rows), len(names)), dtype=bool)
        for row, entry in enumerate(rows):
            truth[row, [names[name] for name in entry.labels]] = True
        texts = [self.encoded[row.text] for row in rows]
        cosine, attention = parts(texts, labels, heads)
        null_cosine, null_attention = parts(self.neutral, labels, heads)
        return Measured(
            set=each,
            truth=truth,
            right=np.where(truth.sum(1) == 1, truth.argmax(1), -1),
            cosine=cosine,
            attention=attention,
            null_cosine=null_cosine.mean(0),
            null_attention=[each.mean(0) for each in null_attention],
        )

    def measure_all(self, templates: tuple[str, ...], heads: list[Head], around: str | None = None) -> list[Measured]:
        """Every set under one list of templates."""
        return [self.measure(n, self.labels(each, templates, around), heads) for n, each in enumerate(self.sets)]


def worded_as(template: str, label: Label, text_type: str, around: str | None) -> str:
    """A label's wording, with the kind of text where it is known and wanted."""
    sentence = fill(template, label.name, label.description)
    return around.replace("{text_type}", text_type).replace("{label}", sentence) if around and text_type else sentence


def parts(texts: list[Encoded], labels: Array, heads: list[Head]) -> tuple[Array, list[Array]]:
    """Cosines [N,L] and, for each head, what the labels find in the tokens [N,L]; all tokens of all texts at once."""
    cosine = np.stack([entry.vector for entry in texts]) @ labels.T
    lengths = np.array([len(entry.states) for entry in texts])
    some = np.flatnonzero(lengths)
    attention = [np.zeros_like(cosine) for _ in heads]
    if not len(some):
        return cosine, attention
    states = unit(np.concatenate([texts[n].states for n in some]).astype(np.float32))
    starts = np.cumsum(lengths[some]) - lengths[some]
    for head, (asks, gives) in enumerate(heads):
        asked, given = states @ apply(labels, asks).T, states @ apply(labels, gives).T
        highest = np.repeat(np.maximum.reduceat(asked, starts), lengths[some], axis=0)
        shares = np.exp(asked - highest)
        attention[head][some] = np.add.reduceat(shares * given, starts) / np.add.reduceat(shares, starts)
    return cosine, attention


def apply(labels: Array, map_: Array) -> Array:
    """Labels [L,384] under a map: l -> A·l, so that h·(A·l) is the head's number."""
    return labels @ map_.T if map_.ndim == 2 else labels * map_


def some_rows(each: LabelSet, count: int, seed: int) -> list[Row]:
    """At most `count` rows, drawn by the set's name and the seed alone."""
    if len(each.rows) <= count:
        return list(each.rows)
    order = np.random.default_rng([seed, *each.name.encode()]).permutation(len(each.rows))
    return [each.rows[at] for at in sorted(order[:count])]
