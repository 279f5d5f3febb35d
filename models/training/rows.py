"""Label sets and their texts, as the training folder holds them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ORIGINS = {"public": 0.28, "synthetic": 0.24, "own": 0.26, "languages": 0.14, "documents": 0.08}
"""Where a label set comes from, with its share of the draws: the two folders of the training folder, and the three of this project."""

UNCLEAR = re.compile(r"unspecified|not stated|none stated", re.IGNORECASE)


@dataclass(frozen=True)
class Label:
    """A label as a caller would give it, with other wordings of the same thing."""

    name: str
    alternatives: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class Row:
    """A text and the names of the labels that fit it; none at all is an answer too."""

    text: str
    labels: tuple[str, ...]


@dataclass
class LabelSet:
    """A set of labels with its texts. `task` is "single" or "multi", `origin` is one of ORIGINS."""

    name: str
    task: str
    origin: str
    family: str
    licence: str
    source: str
    cautious: bool
    labels: list[Label]
    text_type: str
    rows: list[Row] = field(default_factory=list)

    @property
    def unclear(self) -> bool:
        """Whether the licence of a part of the texts is nowhere stated."""
        return bool(UNCLEAR.search(self.licence))


@dataclass(frozen=True)
class Pair:
    """A premise and a hypothesis; `label` is "entailment", "neutral" or "contradiction"."""

    premise: str
    hypothesis: str
    label: str
    source: str


def lines(path: Path) -> Iterator[dict]:
    """The objects of a file with one JSON object a line."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def read_sets(train: Path) -> list[LabelSet]:
    """All label sets of `train/public` and `train/synthetic` that have texts, in the order of the files."""
    return [each for origin in ("public", "synthetic") for each in read_folder(train / origin, origin, {})]


def read_folder(folder: Path, origin: str, known: dict[str, str]) -> list[LabelSet]:
    """The label sets of one folder that have texts. A row without `text` names by `of` one of the `known`, or is left out."""
    if not (folder / "sets.jsonl").exists():
        return []
    found: dict[str, LabelSet] = {}
    for entry in lines(folder / "sets.jsonl"):
        labels = [Label(item["label"], tuple(item.get("alt") or ()), item.get("description") or "") for item in entry["labels"]]
        found[entry["set"]] = LabelSet(
            name=entry["set"],
            task=entry["task"],
            origin=origin,
            family=entry.get("family") or entry["set"].split("-")[0],
            licence=entry.get("license") or "the project's own",
            source=entry.get("source") or "written for this project",
            cautious=bool(entry.get("caution")),
            labels=labels,
            text_type=entry.get("text_type") or "",
        )
    for entry in lines(folder / "texts.jsonl"):
        text = entry["text"] if "text" in entry else known.get(entry["of"])
        if text is not None:
            found[entry["set"]].rows.append(Row(text, tuple(entry["labels"])))
    return [each for each in found.values() if each.rows]


def read_pairs(train: Path) -> list[Pair]:
    """The inference pairs of `train/public`, if there are any."""
    path = train / "public" / "nli.jsonl"
    if not path.exists():
        return []
    return [Pair(item["premise"], item["hypothesis"], item["label"], item["source"]) for item in lines(path)]
