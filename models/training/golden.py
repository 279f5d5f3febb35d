"""Golden answers: a few requests and what the shipped files answer, step by step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from .engine import Engine
from .tokens import CLS, SEP

TOLERANCE = 0.02
"""How far a score or a confidence may be off in another runtime."""

LONG = (
    "The committee met in the small hall above the library, as it does every second month, and heard the reports. "
    "The treasurer went through the accounts line by line. The roof had cost more than planned, the garden less. "
    "Nobody asked for the floor until the last item, when a neighbour rose and spoke of the noise from the road. "
)

CASES: list[dict[str, Any]] = [
    {"text": "I was charged twice this month", "labels": ["billing", "technical", "praise"]},
    {
        "text": "I was charged twice this month",
        "labels": ["billing", "technical", "praise"],
        "descriptions": {
            "billing": "Payments, invoices, refunds and charges",
            "technical": "Something does not work",
            "praise": "The customer is happy",
        },
    },
    {
        "text": "The striker scored in the final minute and the crowd went wild.",
        "labels": ["politics", "sports", "business", "science"],
    },
    {"text": "What a waste of money. It broke after two days!", "labels": ["positive", "negative"]},
    {
        "text": "My café’s Wi-Fi keeps dropping — naïve question, but is it the router? 日本語 👍",
        "labels": ["internet problem", "food", "travel"],
    },
    {
        "text": "Please send me the invoice and also fix the login page.",
        "labels": ["billing", "login", "shipping", "refund", "feature request"],
    },
    {"text": "Win a free phone!!! Click here now!!!", "labels": ["spam"]},
    {"text": "The meeting is moved to Thursday at ten.", "labels": ["spam"]},
    {
        "text": "A12 again, the belt slipped off",
        "labels": ["A12", "B07"],
        "descriptions": {"A12": "Conveyor belt faults", "B07": "Electrical faults"},
    },
    {
        "text": "the parcel never came",
        "labels": ["delivery", "returns"],
        "examples": {
            "delivery": ["where is my order", "still waiting for my package", "where is my order"],
            "returns": ["I want to send this back"],
        },
    },
    {
        "text": "it is the wrong size, can it go back?",
        "labels": ["delivery", "returns", "praise"],
        "examples": {
            "delivery": ["where is my order", "it was to be here on Monday"],
            "returns": ["I want to send this back", "how do I exchange it", "where is my order"],
            "praise": ["lovely, thank you"],
        },
    },
    {"text": "👍", "labels": ["approval", "complaint"]},
    {"text": "", "labels": ["approval", "complaint"]},
    {
        "text": LONG * 12 + "A fire broke out in the kitchen and the hall was cleared.",
        "labels": ["fire", "finance", "traffic noise"],
    },
]


def golden(engine: Engine) -> dict[str, Any]:
    """Every case answered. Other runtimes sum in another order, and rounding to bytes enlarges it: see the tolerance."""
    answers = []
    for case in CASES:
        labels = engine.label_vectors(case["labels"], case.get("descriptions"))
        examples = case.get("examples", {})
        compared = engine.prototypes(case["labels"], labels, examples)
        text = engine.encode([case["text"]])[0]
        scores, null = engine.scores(text, labels), engine.null(labels)
        moved, moved_null = engine.scores(text, labels, compared), engine.null(labels, compared)
        answer = {
            **case,
            "ids": [CLS, *text.ids, SEP],
            "pooled": _numbers(text.pooled[:8]),
            "label_vectors": [_numbers(vector[:4]) for vector in labels],
            "scores": _numbers(scores),
            "null": _numbers(null),
        }
        if len(case["labels"]) == 1:
            answer["detect"] = _numbers(engine.tag(moved, moved_null, "detect"), 4)
        else:
            chances = engine.classify(scores, null)
            if examples:
                correction = engine.correction(case["labels"], labels, null, examples)
                chances = correction.correct(chances[None], text.vector[None])[0]
            best = int(chances.argmax())
            answer["classify"] = {"label": case["labels"][best], "confidence": round(float(chances[best]), 4)}
            answer["classify_scores"] = _numbers(chances, 4)
            answer["tag"] = _numbers(engine.tag(moved, moved_null), 4)
        answers.append(answer)
    return {"format": 1, "tolerance": TOLERANCE, "cases": answers}


def _numbers(values: np.ndarray, digits: int = 6) -> list[float]:
    return [round(float(value), digits) for value in values]


def write_golden(engine: Engine, path: Path) -> None:
    """Writes the golden answers, a case a line."""
    found = golden(engine)
    cases = ",\n    ".join(json.dumps(case, ensure_ascii=False) for case in found["cases"])
    head = f'  "format": {found["format"]},\n  "tolerance": {found["tolerance"]},\n'
    path.write_text(f'{{\n{head}  "cases": [\n    {cases}\n  ]\n}}\n', encoding="utf-8")
