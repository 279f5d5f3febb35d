"""Builds the inference model `nli-mini`, and finds out whether it helps the label encoder as a second stage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

from . import checkpoint
from .calibrate import read_figures, rounded, write_figures
from .calibration import Mix, fit, report
from .cross import CLASSES, CrossEncoder
from .cross_engine import CrossEngine
from .cross_figures import BEST, by_source, log_odds, mean_accuracy, measure, pair_figures, reader
from .cross_graph import FILES, NAME, export_cross
from .cross_objective import CrossObjective, held_back
from .engine import Engine
from .cross_golden import write_golden_pairs
from .manifest import NAME as FIRST
from .manifest import read, records, write
from .model import Model
from .prepare import Material
from .sample import Sample, some_rows
from .second_stage import judge, look_again
from .shape import OVERLAP, WINDOW
from .train import Plan, Run

VERSION = "0.1.0"
SCALE = 0.1
"""A score is the log odds of entailment times this, which gives it the size of the label encoder's."""
PLAIN = ("{label}", "This example is {label}.", "This text is about {label}.")
DESCRIBED = ("{label}: {description}", "{description}")
GAIN = 0.01
"""What the second stage must gain to be used."""


def train_nli(plan: Plan, found: Material, work: Path, first: Model) -> None:
    """Trains in the run's folder, from the encoder of the first stage."""
    Run(plan, work, lambda plan, random: CrossObjective(found, first.to(plan.device), random, plan.draws, plan.pairs)).train()


def export_nli(found: Material, work: Path, out: Path) -> None:
    """Writes the files, and how far they agree with the fp32 weights."""
    state = checkpoint.load(work)
    if state is None:
        raise SystemExit("Run the step `train` first: this run has no checkpoint.")
    model = CrossEncoder()
    model.load_state_dict(state["average"])
    model.eval()
    pairs = [(pair.premise, pair.hypothesis) for pair in found.pairs]
    labelled = [(row.text, label.name) for each in found.learnt for row in some_rows(each, 1, 5) for label in each.labels[:1]]
    rng = np.random.default_rng(5)
    some = [source[n] for source in (pairs, labelled) for n in rng.permutation(len(source))[:150]]
    export_cross(out, model, some)
    held = [(pair.premise, pair.hypothesis) for pair in found.pairs if held_back(pair)][:600]
    exact, rounded = reader(model)(held), CrossEngine(out).logits(held)
    write_figures(
        work,
        {
            "steps": state["step"],
            "minutes": round(state["elapsed"] / 60, 1),
            "agreement": {"pairs": len(held), "same_answer": round(float((exact.argmax(1) == rounded.argmax(1)).mean()), 4)},
        },
    )


def calibrate_nli(found: Material, first: Model, work: Path, out: Path, rows: int) -> None:
    """Fits wordings and constants, decides about the second stage, and writes both into the manifest."""
    engine = CrossEngine(out)
    scores = lambda pairs: SCALE * log_odds(engine.logits(pairs))  # noqa: E731
    plain = [measure(found.judged, scores, template, min(rows, 12)) for template in PLAIN]
    described = [measure(found.judged, scores, template, min(rows, 12)) for template in DESCRIBED]
    best_plain, best_described = (max(range(len(each)), key=lambda n: mean_accuracy(each[n])) for each in (plain, described))
    wording = {"plain": [PLAIN[best_plain]], "described": [DESCRIBED[best_described]], "text_type": None}
    mix = Mix(0.0, 0)
    constants = fit(plain[best_plain] + described[best_described], mix)
    write(out, NAME, entry(out, wording, constants))
    write_golden_pairs(engine, out / NAME / "golden.json")
    held = [pair for pair in found.pairs if held_back(pair)]
    sample = Sample(Engine.open(out), [each for each in found.judged if each.task == "single"], min(rows, 20))
    odds = lambda pairs: log_odds(engine.logits(pairs))  # noqa: E731
    templates = (PLAIN[best_plain], DESCRIBED[best_described])
    stage = judge([look_again(sample, (template,), first.head(), odds, BEST) for template in templates])
    if stage["gain"] >= GAIN:
        second = {"model": NAME, "best": BEST, "weight": stage["weight"] / SCALE, "sure": stage["sure"]}
        write(out, FIRST, read(out, FIRST) | {"second": second})
    write_figures(
        work,
        read_figures(work)
        | {
            "pairs": {name: round(value, 4) for name, value in pair_figures(engine.logits, held).items()},
            "pairs_by_source": by_source(engine.logits, held),
            "wordings": {t: round(mean_accuracy(m), 4) for t, m in zip(PLAIN + DESCRIBED, plain + described, strict=True)},
            "names": rounded(report(plain[best_plain], mix, constants)),
            "descriptions": rounded(report(described[best_described], mix, constants)),
            "second": stage,
        },
    )


def entry(out: Path, wording: dict[str, Any], calibration: dict[str, Any]) -> dict[str, Any]:
    """The model's entry in the manifest."""
    return {
        "version": VERSION,
        "engine": "nli",
        "license": "Apache-2.0",
        "files": records(out, NAME, FILES),
        "classifier": {
            "window": WINDOW,
            "overlap": OVERLAP,
            "inputs": {"ids": "input_ids", "mask": "attention_mask", "types": "token_type_ids"},
            "output": "logits",
            "classes": len(CLASSES),
            "entailment": CLASSES.index("entailment"),
            "scale": SCALE,
        },
        "wording": wording,
        "calibration": calibration,
    }
