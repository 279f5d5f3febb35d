"""The command line of the recipe."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from . import checkpoint
from .agreement import agreement
from .average import best_average
from .calibrate import calibrate, read_figures, write_figures
from .card import write_card
from .cross_objective import CrossObjective
from .engine import Engine
from .export import export_files
from .head import free_head
from .model import Model, start_model
from .objective import LabelObjective
from .prepare import material, read_summary, write_summary
from .rows import read_sets
from .train import Plan, Run
from .weights import start_weights

VERSION = "0.1.0"
"""Of the model without training."""
TRAINED_VERSION = "0.3.0"

STEPS = {
    "raw": "turn the starting weights into a model without training: files, constants, card",
    "prepare": "choose what to learn from and what to hold out",
    "train": "train, or go on from the run's checkpoint",
    "export": "average with the start and write the int8 files",
    "calibrate": "fit the constants on the held-out sets, write manifest and golden answers",
    "card": "write the model card from the figures, and from scores.json of the run's folder where there is one",
    "all": "prepare, train, export, calibrate and card",
}


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(prog="python -m training", description="Builds the models of this project.")
    steps = parser.add_subparsers(dest="step", required=True)
    for name, text in STEPS.items():
        step = steps.add_parser(name, help=text, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
        if name != "card":
            step.add_argument("--train", type=Path, required=True, help="folder with public/ and synthetic/")
        if name in ("raw", "export", "calibrate", "card", "all"):
            step.add_argument("--out", type=Path, required=True, help="folder to write manifest.json and the model to")
        if name in ("raw", "export", "calibrate", "all"):
            step.add_argument("--rows", type=int, default=40, help="rows of a set to measure on, at most")
        run = checkpoint.default_folder("raw" if name == "raw" else "clear")
        step.add_argument("--work", type=Path, default=run, help="the run's own folder, for checkpoints and figures")
        if name == "train":
            step.add_argument("--model", choices=("classer-embed", "nli-mini"), default="classer-embed")
            step.add_argument("--first", type=Path, default=run, help="nli-mini: folder of the exported run it starts from")
        if name in ("prepare", "all"):
            step.add_argument("--licences", choices=("clear", "all"), default="clear", help="which sets to learn from")
        if name in ("train", "all"):
            step.add_argument("--minutes", type=float, default=240, help="minutes of training, over all resumed runs")
            step.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
            step.add_argument("--threads", type=int, default=2, help="processor threads")
            step.add_argument("--seed", type=int, default=1)
            step.add_argument("--draws", type=int, default=6, help="label sets a training step sees; more on a GPU")
            step.add_argument("--pairs", type=int, default=8, help="inference pairs a training step sees")
            step.add_argument("--save-minutes", type=float, default=5, help="minutes between checkpoints")
            step.add_argument("--measure-minutes", type=float, default=15, help="minutes between looks at the held-out sets")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Runs one step of the recipe, or all."""
    options = parse(arguments)
    if options.step == "raw":
        build_raw(options.train, options.work, options.out, options.rows)
    if options.step in ("prepare", "all"):
        write_summary(options.work, material(options.train, options.licences), options.licences)
    if options.step in ("train", "all"):
        train(options)
    if options.step in ("export", "all"):
        export(options.train, options.work, options.out, options.rows)
    if options.step in ("calibrate", "all"):
        fit_constants(options.train, options.work, options.out, options.rows)
    if options.step in ("card", "all"):
        trained_on = read_summary(options.work) if (options.work / "prepared.json").exists() else None
        scores = options.work / "scores.json"
        found = json.loads(scores.read_text(encoding="utf-8")) if scores.exists() else None
        write_card(options.out, read_figures(options.work), trained_on, found)


def build_raw(train: Path, work: Path, out: Path, rows: int) -> None:
    """The model without training: int8 files, and constants fitted on the training sets."""
    found = material(train, "all")
    sets = read_sets(train)
    export_files(out, start_weights(), free_head(10.0), sets)
    figures = calibrate(out, VERSION, sets, rows=rows)
    start = start_model(start_weights())
    with torch.no_grad():
        start.attention.copy_(torch.eye(len(start.attention)) * figures["beta"])
    figures["agreement"] = agreement(Engine.open(out), start, found.judged, min(rows, 20))
    write_figures(work, figures)
    write_card(out, figures, None)


def train(options: argparse.Namespace) -> None:
    """Trains in the run's folder."""
    plan = Plan(
        minutes=options.minutes,
        device=options.device,
        threads=options.threads,
        seed=options.seed,
        draws=options.draws,
        pairs=options.pairs,
        save_minutes=options.save_minutes,
        measure_minutes=options.measure_minutes,
    )
    found = material(options.train, read_summary(options.work)["licences"])
    if options.model == "nli-mini":
        first = exported(options.first)
        Run(plan, options.work, lambda plan, random: CrossObjective(found, first.to(plan.device), random, plan.draws, plan.pairs)).train()
    else:
        Run(plan, options.work, lambda plan, random: LabelObjective(found, random, plan.draws, plan.pairs, plan.device)).train()


def trained(work: Path) -> Model:
    """The averaged model of a run's last checkpoint."""
    state = checkpoint.load(work)
    if state is None:
        raise SystemExit("Run the step `train` first: this run has no checkpoint.")
    model = Model()
    model.load_state_dict(state["average"])
    return model.eval()


def export(train: Path, work: Path, out: Path, rows: int) -> None:
    """Averages the trained model with the start, and writes its files."""
    found = material(train, read_summary(work)["licences"])
    model, share, figures = best_average(start_model(start_weights()), trained(work), found.judged, rows=min(rows, 20))
    export_files(out, model.encoder.weights(), model.head(), found.learnt)
    state = checkpoint.load(work) or {}
    write_figures(
        work,
        {
            "steps": state["step"],
            "minutes": round(state["elapsed"] / 60, 1),
            "share": share,
            "averages": {str(share): each for share, each in figures.items()},
            "agreement": agreement(Engine.open(out), model, found.judged, min(rows, 20)),
        },
    )
    torch.save({"model": model.state_dict()}, work / "exported.pt")


def exported(work: Path) -> Model:
    """The model of a run that was exported."""
    model = Model()
    model.load_state_dict(torch.load(work / "exported.pt", map_location="cpu")["model"])
    return model


def fit_constants(train: Path, work: Path, out: Path, rows: int) -> None:
    """Fits wordings and constants on the held-out sets."""
    found = material(train, read_summary(work)["licences"])
    figures = calibrate(out, TRAINED_VERSION, found.judged, [exported(work).head()], (1.0,), rows)
    write_figures(work, read_figures(work) | figures)

