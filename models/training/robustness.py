"""What answers lose when texts are damaged or labels are put otherwise, on the held-out sets."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

import numpy as np

from .calibration import Mix, singles
from .engine import Engine
from .metrics import accuracy
from .rows import LabelSet
from .sample import Head, Sample

Change = Callable[[LabelSet, Random], LabelSet]

LOOKALIKES = {"rn": "m", "m": "rn", "l": "1", "I": "l", "o": "0", "e": "c", "cl": "d", "h": "b", "S": "5", "B": "8", "g": "q"}
"""What a scanner mistakes for what."""


def with_texts(change: Callable[[str, Random], str]) -> Change:
    """A change of every text."""
    return lambda each, random: replace(each, rows=[replace(row, text=change(row.text, random)) for row in each.rows])


def typos(text: str, random: Random) -> str:
    """In a tenth of the words of four letters or more, two neighbours change places or a letter is missing or doubled."""

    def mistyped(word: str) -> str:
        if len(word) < 4 or random.random() >= 0.1:
            return word
        at = random.randrange(1, len(word) - 1)
        return random.choice((
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        ))  # fmt: skip

    return " ".join(mistyped(word) for word in text.split(" "))


def scanned(text: str, random: Random) -> str:
    """One character in twenty, of those that have a double, becomes it; one space in fifty is lost."""
    out = re.sub("|".join(LOOKALIKES), lambda found: LOOKALIKES[found[0]] if random.random() < 0.05 else found[0], text)
    return "".join(c for c in out if c != " " or random.random() >= 0.02)


def paraphrased(each: LabelSet, random: Random) -> LabelSet:
    """Every label under its first other name."""
    names = {label.name: label.alternatives[0] if label.alternatives else label.name for label in each.labels}
    if len(set(names.values())) < len(names):
        return each
    return replace(
        each,
        labels=[replace(label, name=names[label.name]) for label in each.labels],
        rows=[replace(row, labels=tuple(names[name] for name in row.labels)) for row in each.rows],
    )


CHANGES: dict[str, Change] = {
    "as they are": lambda each, random: each,
    "typos in a tenth of the words": with_texts(typos),
    "ALL CAPITALS": with_texts(lambda text, _: text.upper()),
    "no punctuation": with_texts(lambda text, _: re.sub(r"[^\w\s]", " ", text)),
    "scanner's mistakes in one letter of twenty": with_texts(scanned),
    "labels in reverse order": lambda each, random: replace(each, labels=each.labels[::-1]),
    "labels under another name": paraphrased,
}


def robustness(
    engine: Engine, sets: list[LabelSet], head: Head, mix: Mix, templates: list[tuple[str, ...]], rows: int
) -> dict[str, list[float]]:
    """Accuracy after each change, averaged over single-label sets, a figure for each list of templates."""
    mine = [each for each in sets if each.task == "single"]
    result = {}
    for name, change in CHANGES.items():
        sample = Sample(engine, [change(each, Random(each.name)) for each in mine], rows)
        result[name] = [_accuracy(sample, each, head, mix) for each in templates]
    return result


def _accuracy(sample: Sample, templates: tuple[str, ...], head: Head, mix: Mix) -> float:
    found = [
        accuracy(each.scores(mix.weight, 0)[each.answerable], each.right[each.answerable])
        for each in singles(sample.measure_all(templates, [head]))
    ]
    return round(float(np.mean(found)), 4)
