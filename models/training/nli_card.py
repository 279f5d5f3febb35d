"""The card of the inference model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .card_tables import table, training_cost
from .cross_graph import NAME
from .manifest import read

INTRODUCTION = """\
# nli-mini {version}

Reads a text and a sentence together and says whether the sentence follows from the text: entailment, neutral or
contradiction. Labels become sentences, so that it classifies too: slower than classer-embed, because it reads a text once
for each label, and with an eye for the words beside one another.

- **Weights**: those of classer-embed, trained further by this project on inference pairs and on classification sets cast as
  pairs, each text with a right label and the wrong ones that classer-embed likes best.
- **Licence**: Apache-2.0.
- **Size**: {size} bytes, {tokenizer} for the tokenizer; int8, in the layout that model hubs use.
- **Language**: English.

## How it answers

`onnx/model_quantized.onnx` takes `[CLS] text [SEP] hypothesis [SEP]` of up to {window} tokens; of a longer text it reads windows,
and the log odds of entailment are averaged over these by the tokens that are new in each. A label becomes {plain}, one with
a description {described}. Its score is a tenth of the log odds; confidences come from the scores as the manifest says.
`golden.json` holds pairs and the logits that native onnxruntime gives for them.
"""

LIMITS = """
## Intended use and limits

A second look at a few labels, and a small model to try inference with where nothing larger may be downloaded. It has six layers
and has seen few pairs: models of ten times its size are far better at close reading. It carries the biases of public text.
"""


def write_nli_card(out: Path, figures: dict[str, Any], prepared: dict[str, Any]) -> None:
    """Writes README.md beside the model's files."""
    model = read(out, NAME)
    wording = model["wording"]
    parts = [
        INTRODUCTION.format(
            version=model["version"],
            size=f"{model['files']['classifier']['bytes']:,}",
            tokenizer=f"{model['files']['tokenizer']['bytes']:,}",
            window=model["classifier"]["window"],
            plain=f"`{wording['plain'][0]}`",
            described=f"`{wording['described'][0]}`",
        ),
        _pairs(figures),
        _labels(figures),
        _second(figures["second"]),
        training_cost(figures),
        _material(prepared),
        LIMITS,
        "\n## Rebuilding\n\n    cd models && python -m training all --model nli-mini --train DIR --work RUN --out .\n\nSee `../README.md`.\n",
    ]
    (out / NAME / "README.md").write_text("".join(parts), encoding="utf-8")


def _pairs(figures: dict[str, Any]) -> str:
    pairs = figures["pairs"]
    rows = [[source, f"{count:,}", f"{right:.3f}"] for source, (count, right) in figures["pairs_by_source"].items()]
    return (
        f"\n## Inference\n\nOn {pairs['pairs']:,.0f} pairs held back by their premises: the right one of three classes for "
        f"{pairs['pairs.three']:.1%} of those that have one, and follows or not for {pairs['pairs.follows']:.1%} of all. The int8 file "
        f"gives the class of the fp32 weights for {figures['agreement']['same_answer']:.1%} of {figures['agreement']['pairs']:,}.\n\n"
        + table(["source", "pairs", "follows or not"], rows)
    )


def _labels(figures: dict[str, Any]) -> str:
    kinds = [("single.accuracy", "one label a text: accuracy"), ("single.macro_f1", "macro-F1"), ("single.ece", "calibration error")]
    kinds += [("multi.map", "several labels a text: mean average precision"), ("multi.macro_f1", "macro-F1 at 0.5")]
    rows = [[what, f"{figures['names'][name]:.3f}", f"{figures['descriptions'][name]:.3f}"] for name, what in kinds if name in figures["names"]]
    return "\n## Labels\n\nOn the held-out label sets, which its constants were fitted on.\n\n" + table(["", "bare labels", "with descriptions"], rows)


def _second(stage: dict[str, Any]) -> str:
    curve = ", ".join(f"{value:.3f} at {weight}" for weight, value in stage["curve"].items())
    return (
        f"\n## As a second stage\n\nMacro-F1 on held-out sets when it reads the five labels that classer-embed likes best, by what its log "
        f"odds weigh beside the log chances: {curve}. With the weight chosen on one half of the sets and judged on the other it gains "
        f"{stage['gain']:+.3f}; a second stage is used from +0.010 on.\n"
    )


def _material(prepared: dict[str, Any]) -> str:
    pairs = ", ".join(f"{name} {count:,}" for name, count in prepared["pairs"].items())
    return (
        f"\n## What it learnt from\n\n{prepared['learnt']['texts']:,} texts in {prepared['learnt']['sets']} label sets, which the card of "
        f"classer-embed names with their licences, and inference pairs: {pairs}.\n"
    )
