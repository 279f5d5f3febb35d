"""The command line of the recipe."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import torch

from . import checkpoint
from .agreement import agreement
from .average import best_average
from .calibrate import calibrate, read_figures, write_figures
from .card import write_card
from .compare import compare
from .cross_graph import NAME as NLI
from .dictionary import FOLDER as DICTIONARIES
from .dictionary import read_dictionaries
from .engine import Engine
from .export import export_files
from .head import free_head
from .inputs import ordinary_texts
from .manifest import NAME as FIRST
from .model import Model, start_model
from .nli import calibrate_nli, export_nli, train_nli
from .nli_card import write_nli_card
from .objective import LabelObjective
from .photo import build_photo
from .photo_names import WORDNET
from .prepare import Material, material, read_summary, write_summary
from .restored import restore
from .rows import read_sets
from .speed import forward_ms
from .train import Plan, Run
from .weights import start_weights

VERSION = "0.1.0"
"""Of the model without training."""
TRAINED_VERSION = "0.7.0"
PHOTOGRAPHS = Path.home() / ".cache/classer-local/photographs"

STEPS = {
    "raw": "turn the starting weights into a model without training: files, constants, card",
    "prepare": "choose what to learn from and what to hold out",
    "restore": "make a checkpoint of a model's files, to go on training from",
    "train": "train, or go on from the run's checkpoint",
    "export": "average with the start and write the int8 files",
    "calibrate": "fit the constants on the held-out sets, write manifest and golden answers",
    "card": "write the model card from the figures, and from scores.json of the run's folder where there is one",
    "compare": "measure the model and the weights it started from on every row of a folder of sets, for the card",
    "photo": "build the model of photographs from pictures that packages carry: files, constants, card",
    "all": "prepare, train, export, calibrate and card",
}


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(prog="python -m training", description="Builds the models of this project.")
    steps = parser.add_subparsers(dest="step", required=True)
    for name, text in STEPS.items():
        step = steps.add_parser(name, help=text, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
        if name == "photo":
            step.add_argument("--out", type=Path, required=True, help="folder with the text model, to write to")
            step.add_argument("--photographs", type=Path, default=PHOTOGRAPHS, help="folder to unpack packages with pictures in")
            step.add_argument("--wordnet", type=Path, default=WORDNET, help="data.noun of WordNet 3.0")
            continue
        if name == "compare":
            step.add_argument("--sets", type=Path, required=True, help="folder with datasets.json and a file a set")
            step.add_argument("--limit", type=int, default=2000, help="rows of a set, at most")
        elif name == "restore":
            step.add_argument("--files", type=Path, required=True, help="folder with manifest.json and the model")
            step.add_argument("--steps", type=int, required=True, help="steps that the model was trained for")
            step.add_argument("--minutes", type=float, required=True, help="minutes that it was trained for")
        elif name != "card":
            step.add_argument("--train", type=Path, required=True, help="folder with public/ and synthetic/")
        if name in ("prepare", "train", "all"):
            step.add_argument("--dictionaries", type=Path, default=DICTIONARIES, help="folder with dictionaries of the dictd format")
        if name in ("raw", "export", "calibrate", "card", "compare", "all"):
            step.add_argument("--out", type=Path, required=True, help="folder with manifest.json and the model")
        if name in ("raw", "export", "calibrate", "all"):
            step.add_argument("--rows", type=int, default=40, help="rows of a set to measure on, at most")
        run = checkpoint.default_folder("raw" if name == "raw" else "clear")
        step.add_argument("--work", type=Path, default=run, help="the run's own folder, for checkpoints and figures")
        if name not in ("raw", "prepare", "restore"):
            step.add_argument("--model", choices=(FIRST, NLI), default=FIRST, help="what to build")
        if name in ("train", "calibrate", "all"):
            step.add_argument("--first", type=Path, default=run, help=f"{NLI}: the folder of the exported run of {FIRST}")
        if name in ("prepare", "all"):
            step.add_argument("--licences", choices=("clear", "all"), default="clear", help="which sets to learn from")
        if name in ("train", "all"):
            step.add_argument("--minutes", type=float, default=240, help="minutes of training, over all resumed runs")
            step.add_argument("--cooldown", type=float, default=Plan.cooldown, help="share of the minutes, the last, over which the rate goes down")
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
    if options.step == "photo":
        build_photo(options.out, options.photographs, options.wordnet)
        return
    if options.step == "raw":
        build_raw(options.train, options.work, options.out, options.rows)
    if options.step == "restore":
        restore(options.files, options.work, start_weights(), options.steps, options.minutes)
    if options.step in ("prepare", "all"):
        found = material(options.train, options.licences)
        write_summary(options.work, found, options.licences, options.dictionaries)
    if options.step in ("train", "all"):
        train(options)
    if options.step in ("export", "all"):
        export(options)
    if options.step in ("calibrate", "all"):
        fit_constants(options)
    if options.step == "compare":
        write_figures(options.work, read_figures(options.work) | {"compared": compare(options.out, options.sets, options.limit)})
    if options.step in ("card", "all"):
        card(options)


def build_raw(train: Path, work: Path, out: Path, rows: int) -> None:
    """The model without training: int8 files, and constants fitted on the training sets."""
    found = material(train, "all")
    sets = read_sets(train)
    export_files(out, start_weights(), free_head(10.0), sets)
    figures = calibrate(out, VERSION, sets, rows=rows)
    start = start_model(start_weights())
    with torch.no_grad():
        start.attention.copy_(torch.eye(len(start.attention)) * figures["beta"])
    figures["forward_ms"] = forward_ms(out)
    figures["agreement"] = agreement(Engine.open(out), start, found.judged, min(rows, 20))
    write_figures(work, figures)
    write_card(out, figures, None)


def train(options: argparse.Namespace) -> None:
    """Trains in the run's folder."""
    plan = Plan(
        minutes=options.minutes,
        cooldown=options.cooldown,
        device=options.device,
        threads=options.threads,
        seed=options.seed,
        draws=options.draws,
        pairs=options.pairs,
        save_minutes=options.save_minutes,
        measure_minutes=options.measure_minutes,
    )
    found = learnt_from(options)
    if options.model == NLI:
        train_nli(plan, found, options.work, exported(options.first))
    else:
        words = read_dictionaries(options.dictionaries)
        Run(plan, options.work, lambda plan, random: LabelObjective(found, words, plan, random)).train()


def learnt_from(options: argparse.Namespace) -> Material:
    """What the run was prepared to learn from."""
    prepared = read_summary(options.work)
    found = material(options.train, prepared["licences"])
    return replace(found, fresh=frozenset(each.name for each in found.learnt) - frozenset(prepared["began_with"]))


def trained(work: Path) -> Model:
    """The averaged model of a run's last checkpoint."""
    state = checkpoint.load(work)
    if state is None:
        raise SystemExit("Run the step `train` first: this run has no checkpoint.")
    model = Model()
    model.load_state_dict(state["average"])
    return model.eval()


def export(options: argparse.Namespace) -> None:
    """Writes the model's files; the label encoder is averaged with the start before."""
    found, work, out, rows = learnt_from(options), options.work, options.out, options.rows
    if options.model == NLI:
        export_nli(found, work, out)
        return
    texts = ordinary_texts(found.learnt)
    model, share, figures = best_average(start_model(start_weights()), trained(work), found.judged, texts, min(rows, 20))
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


def fit_constants(options: argparse.Namespace) -> None:
    """Fits wordings and constants on the held-out sets."""
    found, work, out, rows = learnt_from(options), options.work, options.out, options.rows
    if options.model == NLI:
        calibrate_nli(found, exported(options.first), work, out, rows)
        return
    figures = calibrate(out, TRAINED_VERSION, found.judged, [exported(work).head()], (1.0,), rows)
    write_figures(work, read_figures(work) | figures | {"forward_ms": forward_ms(out)})


def card(options: argparse.Namespace) -> None:
    """Writes the model's card."""
    work, out = options.work, options.out
    if options.model == NLI:
        write_nli_card(out, read_figures(work), read_summary(work))
        return
    trained_on = read_summary(work) if (work / "prepared.json").exists() else None
    scores = work / "scores.json"
    found = json.loads(scores.read_text(encoding="utf-8")) if scores.exists() else None
    write_card(out, read_figures(work), trained_on, found)
