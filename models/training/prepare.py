"""What a run learns from and what it is judged by, written down before it starts."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .dictionary import CODES, there_are
from .own import read_documents, read_languages, read_own
from .rows import LabelSet, Pair, read_pairs, read_sets
from .split import held_out


@dataclass
class Material:
    """Sets to learn from, sets held out to choose and calibrate by, inference pairs, and names of sets to learn from that a run began without."""

    learnt: list[LabelSet]
    judged: list[LabelSet]
    pairs: list[Pair]
    fresh: frozenset[str] = frozenset()


def material(train: Path, licences: str) -> Material:
    """Reads the training folder and the project's own labels. With licences "clear", no text is learnt from whose licence is nowhere stated.

    Held-out sets are the same either way: nothing of them enters the weights.
    """
    sets = read_sets(train) + read_languages()
    out = held_out(sets)
    judged = [each for each in sets if each.name in out]
    learnt = [each for each in sets if each.name not in out and (licences == "all" or not each.unclear)]
    pairs = read_pairs(train)
    texts = [row.text for each in learnt for row in each.rows] + [pair.premise for pair in pairs]
    held = {row.text for each in judged for row in each.rows}
    own = read_own(text for text in texts if text not in held)
    return Material(learnt + own + read_documents(), judged, pairs)


def summary(found: Material, licences: str, dictionaries: Path, began_with: list[str]) -> dict[str, Any]:
    """Counts, the split, every public source with its licence, and the names of the sets that the run began with."""

    def source(each: LabelSet) -> dict[str, Any]:
        return {"set": each.name, "rows": len(each.rows), "licence": each.licence, "source": each.source}

    return {
        "licences": licences,
        "learnt": {"sets": len(found.learnt), "texts": sum(len(each.rows) for each in found.learnt)},
        "held_out": {
            "sets": len(found.judged),
            "texts": sum(len(each.rows) for each in found.judged),
            "names": [each.name for each in found.judged],
        },
        "pairs": dict(sorted(Counter(pair.source for pair in found.pairs).items())),
        "dictionaries": [stem.name for code in CODES for stem in there_are(dictionaries, code)],
        "sources": [source(each) for each in found.learnt if each.origin == "public"],
        "held_out_sources": [source(each) for each in found.judged if each.origin == "public"],
        "began_with": began_with,
    }


def write_summary(work: Path, found: Material, licences: str, dictionaries: Path) -> None:
    """Writes `prepared.json` into a run's folder; of an earlier one stays what the run began with."""
    work.mkdir(parents=True, exist_ok=True)
    path = work / "prepared.json"
    before = read_summary(work) if path.exists() else {}
    began_with = before.get("began_with") or [each.name for each in found.learnt]
    text = json.dumps(summary(found, licences, dictionaries, began_with), indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def read_summary(work: Path) -> dict[str, Any]:
    """Reads `prepared.json` of a run's folder."""
    path = work / "prepared.json"
    if not path.exists():
        raise SystemExit("Run the step `prepare` first: this run has no prepared.json.")
    return json.loads(path.read_text(encoding="utf-8"))
