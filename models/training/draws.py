"""Draws of a training step: some texts of a label set against some of its labels, worded in some way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

from .dictionary import WordList
from .rows import ORIGINS, LabelSet, Pair, Row
from .switching import switched
from .wording import draw_style, worded

FAMILIES = {"intent": 0.28, "sentiment": 0.16, "emotion": 0.18, "toxicity": 0.15, "topic": 0.12, "style": 0.08, "other": 0.03}
"""Shares of the public families: by how many kinds of labels they have to teach."""

SWITCHED = 0.18
"""Share of the draws of English texts that are code-switched, where there are dictionaries."""

FREE = ("languages", "documents")
"""Origins whose texts need not stay near what the starting weights make of them: these know no other languages, and of documents the
subject and not the kind."""

FRESH = 4.0
"""How much oftener a set is drawn that came to a run after it began, so that it catches up."""

NOISY = ("dnc_", "conjnli", "mnli_dev_unchecked")
"""Sources of pairs that are noisy or made from templates: drawn a quarter as often."""


@dataclass
class Draw:
    """Texts [N], label wordings [L], truth [N][L], and whether a text has one right label."""

    texts: list[str]
    english: list[str | None]
    """What each text says in English, where that is known and it shall stay near it."""
    labels: list[str]
    truth: list[list[bool]]
    single: bool


class Draws:
    """An endless source of draws."""

    def __init__(
        self,
        sets: list[LabelSet],
        pairs: list[Pair],
        random: Random,
        texts: int = 12,
        most_labels: int = 60,
        dictionaries: dict[str, WordList] | None = None,
        fresh: Collection[str] = (),
    ) -> None:
        self.random = random
        self.texts = texts
        self.most_labels = most_labels
        self.sets = sets
        self.dictionaries = list((dictionaries or {}).values())
        of = {origin: [each for each in sets if each.origin == origin] for origin in ORIGINS}
        self.origins = [origin for origin in ORIGINS if of[origin]]
        self.of = {origin: (of[origin], _weights(origin, of[origin], fresh)) for origin in self.origins}
        self.pairs = pairs
        self.pair_weights = [0.25 if pair.source.startswith(NOISY) else 1.0 for pair in pairs]
        total = 0.0
        self.pair_totals = [total := total + weight for weight in self.pair_weights]
        self.by_label = {each.name: _rows_by_label(each) for each in sets}

    def draws(self, count: int) -> list[Draw]:
        """Draws of a step, by the shares of the origins."""
        return [self.draw(origin) for origin in self.random.choices(self.origins, [ORIGINS[o] for o in self.origins], k=count)]

    def draw(self, origin: str) -> Draw:
        """One draw. Labels may be missing, and labels of another set may stand among them."""
        random = self.random
        each = random.choices(*self.of[origin])[0]
        rows = self._rows(each)
        keep = list(range(len(each.labels)))
        if len(keep) > self.most_labels or (len(keep) > 3 and random.random() < 0.35):
            names = {label.name: n for n, label in enumerate(each.labels)}
            needed = {names[name] for row in rows for name in row.labels}
            if random.random() < 0.3 and len(needed) > 3:
                needed.discard(random.choice(sorted(needed)))
            spare = [n for n in keep if n not in needed]
            random.shuffle(spare)
            room = max(0, min(self.most_labels, len(keep)) - len(needed))
            fewest = min(room, 2 if len(needed) < 2 else 0)
            keep = sorted(needed) + spare[: random.randint(fewest, room)]
        random.shuffle(keep)
        style = draw_style(random)
        labels = [each.labels[n] for n in keep]
        wordings = [worded(label, style, random) for label in labels]
        if random.random() < 0.25:
            other = random.choice(self.sets)
            if other.family != each.family or other.origin != each.origin:
                extra = random.sample(other.labels, min(len(other.labels), random.randint(1, 3)))
                wordings += [worded(label, style, random) for label in extra]
        truth = [[label.name in row.labels for label in labels] + [False] * (len(wordings) - len(labels)) for row in rows]
        return self._switched([row.text for row in rows], wordings, truth, each)

    def _switched(self, texts: list[str], wordings: list[str], truth: list[list[bool]], each: LabelSet) -> Draw:
        """A draw, of which some have their words in other languages: all texts in one, or each in any."""
        random, single = self.random, each.task == "single"
        if each.origin in FREE:
            return Draw(texts, [None] * len(texts), wordings, truth, single)
        if not self.dictionaries or random.random() >= SWITCHED:
            return Draw(texts, list(texts), wordings, truth, single)
        one = random.choice(self.dictionaries)
        mixed, share = random.random() < 0.4, random.uniform(0.5, 1.0)
        others = [switched(text, random.choice(self.dictionaries) if mixed else one, random, share) for text in texts]
        if random.random() < 0.25:
            wordings = [switched(wording, one, random, 1.0) for wording in wordings]
        return Draw(others, list(texts), wordings, truth, single)

    def _rows(self, each: LabelSet) -> list[Row]:
        """Rows of a set: half by label, so that rare labels are seen, half as they come."""
        random = self.random
        by_label = self.by_label[each.name]
        count = min(self.texts, len(each.rows))
        found: dict[int, None] = {}
        while len(found) < count // 2:
            found[random.choice(by_label[random.choice(list(by_label))])] = None
        while len(found) < count:
            found[random.randrange(len(each.rows))] = None
        return [each.rows[at] for at in found]

    def draw_pairs(self, count: int) -> list[Pair]:
        """Inference pairs."""
        if not self.pairs:
            return []
        return self.random.choices(self.pairs, cum_weights=self.pair_totals, k=count)


def _rows_by_label(each: LabelSet) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, row in enumerate(each.rows):
        for name in row.labels or ("",):
            found.setdefault(name, []).append(at)
    return found


def _weights(origin: str, sets: list[LabelSet], fresh: Collection[str]) -> list[float]:
    weights = _public_weights(sets) if origin == "public" else [1.0] * len(sets)
    return [weight * (FRESH if each.name in fresh else 1.0) for weight, each in zip(weights, sets, strict=True)]


def _public_weights(sets: list[LabelSet]) -> list[float]:
    """Each family its share; within it, a set by the square root of its rows, half as much where there is a caution."""
    raw = [min(len(each.rows), 4000) ** 0.5 * (0.5 if each.cautious else 1.0) for each in sets]
    totals: dict[str, float] = {}
    for each, weight in zip(sets, raw, strict=True):
        totals[each.family] = totals.get(each.family, 0.0) + weight
    return [FAMILIES.get(each.family, 0.05) * weight / totals[each.family] for each, weight in zip(sets, raw, strict=True)]
