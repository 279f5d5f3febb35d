"""The shipped model against the weights it started from, row by row on sets that neither learnt from: is it worse anywhere?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .engine import Engine
from .live import LiveEngine
from .metrics import average_precision, single_f1
from .model import start_model
from .rows import lines
from .weights import start_weights

Array = np.ndarray

RESAMPLES = {"single": 1000, "multi": 200}
"""Draws of the paired bootstrap; the average precision of many labels takes long."""

WORSE = 0.03


@dataclass(frozen=True)
class Measured:
    """A set to measure on: rows with no label that fits are left out of a set of task "single"."""

    name: str
    task: str
    labels: list[str]
    descriptions: dict[str, str]
    texts: list[str]
    truth: Array
    """Which labels fit each text [N,L]."""


def read_measured(folder: Path, most: int) -> list[Measured]:
    """The sets that `datasets.json` of a folder names, each with its first `most` rows."""
    found = []
    for entry in json.loads((folder / "datasets.json").read_text(encoding="utf-8")):
        rows = list(lines(folder / f"{entry['name']}.jsonl"))[:most]
        if entry["task"] == "single":
            rows = [row for row in rows if row["labels"]]
        names = entry["label_names"]
        truth = np.array([[name in row["labels"] for name in names] for row in rows])
        texts = [row["text"] for row in rows]
        found.append(Measured(entry["name"], entry["task"], names, entry.get("label_descriptions") or {}, texts, truth))
    return found


def compare(out: Path, folder: Path, most: int = 2000) -> dict[str, dict[str, Any]]:
    """By set: macro-F1 (several labels: mean average precision) before and after training, and what the difference may be."""
    engine, start = Engine.open(out), LiveEngine(start_model(start_weights()))
    result = {}
    for each in read_measured(folder, most):
        scores = [_start_scores(start, each), _scores(engine, each)]
        before, after = (_figure(each, one, np.arange(len(each.texts))) for one in scores)
        low, high = _interval(each, scores)
        result[each.name] = {
            "task": each.task,
            "rows": len(each.texts),
            "before": round(before, 4),
            "after": round(after, 4),
            "low": round(low, 4),
            "high": round(high, 4),
            "worse": after - before < -WORSE and high < 0,
        }
        print(json.dumps({"set": each.name, **result[each.name]}), flush=True)
    return result


def _start_scores(start: LiveEngine, each: Measured) -> Array:
    """Cosines of texts and labels [N,L], as the starting weights see them."""
    said = [f"{name}: {each.descriptions[name]}" if each.descriptions.get(name) else name for name in each.labels]
    texts, labels = (np.stack([one.vector for one in start.encode(some)]) for some in (each.texts, said))
    return texts @ labels.T


def _scores(engine: Engine, each: Measured) -> Array:
    """The shipped model's scores [N,L]."""
    labels = engine.label_vectors(each.labels, each.descriptions)
    null = engine.entry["calibration"]["classify"]["null"] * engine.null(labels) if each.task == "single" else 0.0
    return np.stack([engine.scores(text, labels) - null for text in engine.encode(each.texts)])


def _figure(each: Measured, scores: Array, rows: Array) -> float:
    if each.task == "multi":
        return average_precision(scores[rows], each.truth[rows])
    return single_f1(scores[rows], each.truth[rows].argmax(1))


def _interval(each: Measured, scores: list[Array], seed: int = 7) -> tuple[float, float]:
    """95 % of the differences that the same rows, drawn anew, give."""
    random = np.random.default_rng(seed)
    differences = []
    for _ in range(RESAMPLES["single" if each.task == "single" else "multi"]):
        rows = random.integers(0, len(each.texts), len(each.texts))
        before, after = (_figure(each, one, rows) for one in scores)
        differences.append(after - before)
    low, high = np.percentile(differences, [2.5, 97.5])
    return float(low), float(high)
