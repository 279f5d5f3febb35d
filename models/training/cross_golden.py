"""Golden answers of an inference model: a few pairs and the logits that the shipped files give."""

from __future__ import annotations

import json
from pathlib import Path

from .cross_engine import CrossEngine
from .golden import LONG, TOLERANCE

CASES = (
    ("The parcel came two weeks late and the box was torn.", "The parcel arrived late."),
    ("The parcel came two weeks late and the box was torn.", "The parcel arrived on time."),
    ("The parcel came two weeks late and the box was torn.", "The customer likes music."),
    ("I was charged twice this month", "billing: Payments, invoices, refunds and charges"),
    ("I was charged twice this month", "praise: The customer is happy"),
    ("What a waste of money. It broke after two days!", "This example is negative."),
    ("Nobody was hurt in the accident.", "Somebody was hurt."),
    ("👍", "approval"),
    (LONG * 3, "The roof was expensive."),
)


def write_golden_pairs(engine: CrossEngine, path: Path) -> None:
    """Writes the pairs with their logits, a case a line. The long text is cut to one window."""
    logits = engine.logits(list(CASES))
    cases = [
        {"premise": premise, "hypothesis": hypothesis, "logits": [round(float(value), 4) for value in row]}
        for (premise, hypothesis), row in zip(CASES, logits, strict=True)
    ]
    lines = ",\n    ".join(json.dumps(case, ensure_ascii=False) for case in cases)
    # The error of rounding to bytes is that of a cosine, on logits that are some ten times as large.
    head = f'  "format": 1,\n  "tolerance": {TOLERANCE * 10:g},\n'
    path.write_text(f'{{\n{head}  "cases": [\n    {lines}\n  ]\n}}\n', encoding="utf-8")
