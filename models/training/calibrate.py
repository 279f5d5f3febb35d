"""Chooses wordings, mix and constants for the files of a folder, and completes its manifest and golden answers."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from .calibration import Mix, choose_mix, fit, reliability, report
from .engine import Engine
from .examples import FEW, best, choose_power, classify_curves, draw_trials, tag_curves
from .export import export_head
from .golden import write_golden
from .head import free_head
from .manifest import NAME, entry, write
from .residual import Constants
from .robustness import robustness
from .rows import LabelSet
from .sample import AROUND, DESCRIBED, PLAIN, Head, Sample

BETAS = (5.0, 10.0, 20.0, 40.0)
WEIGHTS = (0.0, 0.25, 0.5, 1.0)
MARGIN = 0.006
"""A second wording doubles the work for a label: it must gain this much."""


def calibrate(
    out: Path,
    version: str,
    sets: list[LabelSet],
    heads: list[Head] | None = None,
    weights: tuple[float, ...] = WEIGHTS,
    rows: int = 40,
) -> dict[str, Any]:
    """Fits everything on at most `rows` rows a set and returns the figures.

    Without `heads`, heads without training are tried and the best is written; with them, the first is taken as the
    head that was exported.
    """
    free = heads is None
    heads = heads or [(np.float32(beta), np.float32(1.0)) for beta in BETAS]
    heads = [(np.asarray(a), np.asarray(v)) for a, v in heads]
    sample = Sample(Engine.open(out), sets, rows)
    plain, plain_figures = choose_wording(sample, PLAIN, heads, weights)
    described, described_figures = choose_wording(sample, DESCRIBED, heads, weights)
    around, around_figures = choose_around(sample, (plain, described), heads, weights)
    measured = sample.measure_all(plain, heads) + sample.measure_all(described, heads)
    mix, _ = choose_mix(measured, weights, len(heads))
    constants = fit(measured, mix)
    many = Sample(sample.engine, [each for each in sets if each.task == "single" and len(each.rows) > 5 * rows], 5 * rows)
    trials = draw_trials(many, [plain, described], heads[mix.head], mix, constants["classify"])
    curves = classify_curves(trials)
    chosen: Constants = best(curves)
    few = draw_trials(sample, [plain, described], heads[mix.head], mix, constants["classify"], FEW)
    learning, powers = choose_power(few, chosen)
    tags = tag_curves(sample, [plain, described], heads[mix.head], mix, constants["tag"])
    label_weight = best(tags)
    choices = {
        "wording": {"plain": list(plain), "described": list(described), "text_type": around},
        "mix": {"cosine": 1.0, "attention": mix.weight},
        "calibration": constants,
        "examples": {**asdict(learning), "label_weight": label_weight},
    }
    if free:
        export_head(out, free_head(BETAS[mix.head]))
    write(out, NAME, entry(out, version, choices))
    write_golden(Engine.open(out), out / NAME / "golden.json")
    half = len(measured) // 2
    hurt = robustness(sample.engine, sets, heads[mix.head], mix, [plain, described], rows)
    return {
        "wordings": {" | ".join(t): round(q, 4) for t, q in (plain_figures | described_figures).items()},
        "text_type": {around or "ignored": round(q, 4) for around, q in around_figures.items()},
        "robustness": hurt,
        "reliability": reliability(measured, mix, constants),
        "beta": BETAS[mix.head] if free else None,
        "names": rounded(report(measured[:half], mix, constants)),
        "descriptions": rounded(report(measured[half:], mix, constants)),
        "examples": {"classify": _curve(curves[chosen]), "tag": _curve(tags[label_weight]), "sets": len(many.sets)},
        "example_powers": {str(power): round(error, 4) for power, error in powers.items()},
        "example_curves": {" ".join(map(str, asdict(c).values())): _curve(curve) for c, curve in curves.items()},
    }


def choose_wording(
    sample: Sample, options: tuple[tuple[str, ...], ...], heads: list[Head], weights: tuple[float, ...]
) -> tuple[tuple[str, ...], dict[tuple[str, ...], float]]:
    """The list of templates with the best quality at its best mix; a longer list must gain the margin."""
    figures = {templates: choose_mix(sample.measure_all(templates, heads), weights, len(heads))[1] for templates in options}
    return max(options, key=lambda templates: figures[templates] - MARGIN * len(templates)), figures


def choose_around(
    sample: Sample, wordings: tuple[tuple[str, ...], ...], heads: list[Head], weights: tuple[float, ...]
) -> tuple[str | None, dict[str | None, float]]:
    """How best to tell the kind of text, if that gains the margin at all; with the quality of every way."""

    def quality(around: str | None) -> float:
        return choose_mix([m for w in wordings for m in sample.measure_all(w, heads, around)], weights, len(heads))[1]

    figures = {around: quality(around) for around in AROUND}
    return max(AROUND, key=lambda around: figures[around] - (MARGIN if around else 0.0)), figures


def _curve(curve: dict[int, float]) -> dict[str, float]:
    return {str(count): round(value, 4) for count, value in curve.items()}


def rounded(figures: dict[str, float]) -> dict[str, float]:
    """Figures as they are kept: four decimals."""
    return {name: round(value, 4) for name, value in figures.items()}


def write_figures(folder: Path, figures: dict[str, Any]) -> None:
    """Keeps figures as `figures.json` in a folder, so that the card can be made from them."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(figures, indent=2, ensure_ascii=False)
    (folder / "figures.json").write_text(text + "\n", encoding="utf-8")


def read_figures(folder: Path) -> dict[str, Any]:
    """The figures kept in a folder."""
    path = folder / "figures.json"
    if not path.exists():
        raise SystemExit("Run the step `export` first: this run has no figures.json.")
    return json.loads(path.read_text(encoding="utf-8"))
