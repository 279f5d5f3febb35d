"""The model card's tables of figures."""

from __future__ import annotations

import json
from typing import Any

WATTS = 15
"""What a busy processor core takes with its share of the machine: an assumption, on the high side."""
GRAMS_PER_KWH = 400


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def unseen_scores(scores: dict[str, dict[str, float]]) -> str:
    """Summary lines of the scorer on sets never used for anything."""
    text = (
        "\n## Scores on sets never used\n\n`classer serve` and the scorer of the evaluation folder; `npm run eval -- --sets DIR`"
        " gives the same lines in-process:\n"
    )
    return text + "".join(f"\n{name}:\n\n    {json.dumps(line, separators=(',', ':'))}\n" for name, line in scores.items())


def compared_table(compared: dict[str, dict[str, Any]]) -> str:
    """Each set before and after training."""
    worse = [name for name, each in compared.items() if each["worse"]]
    rows = [
        [name, f"{each['rows']:,}", f"{each['before']:.3f}", f"{each['after']:.3f}", f"{each['low']:+.3f} to {each['high']:+.3f}"]
        for name, each in compared.items()
    ]
    return (
        "\n## Against the weights it started from\n\nMacro-F1, where several labels fit mean average precision, on all rows of the"
        " sets never used, up to 2,000, labels with descriptions. The last column holds 95 % of the differences by a paired bootstrap. "
        f"Worse by more than .03, and not by chance: {', '.join(worse) or 'no set'}.\n\n"
        + table(["set", "rows", "start (cosine, fp32)", "this model (int8)", "difference"], rows)
    )


def example_curves(examples: dict[str, Any]) -> str:
    """Accuracy by number of examples."""
    text = "\n## Examples\n\n"
    for kind, what in (
        ("classify", f"accuracy on held-out sets with enough rows (of {examples['sets']}), losses counted twice, an example in thirteen wrong"),
        ("tag", "mean of average precision and F1"),
    ):
        if examples[kind]:
            curve = ", ".join(f"{value:.3f} with {count}" for count, value in examples[kind].items())
            text += f"- `{kind}`, {what}, by examples a label: {curve}.\n"
    return text


def reliability_curves(curves: dict[str, list[list[float]]]) -> str:
    """How often answers of a confidence are right."""
    text = "\n## Reliability\n\nHow sure the model is, and how often it is right, on the sets the constants were fitted on.\n"
    for kind, what in (("classify", "the best label"), ("tag", "every label by itself")):
        rows = [[f"{count:,.0f}", f"{sure:.3f}", f"{right:.3f}"] for count, sure, right in curves[kind]]
        if rows:
            text += f"\n`{kind}`, {what}:\n\n" + table(["answers", "mean confidence", "right"], rows)
    return text


def robustness_table(accuracies: dict[str, list[float]]) -> str:
    """What damage does."""
    (first, whole), *others = accuracies.items()
    rows = [[first, *(f"{value:.3f}" for value in whole)]]
    for name, values in others:
        rows.append([name, *(f"{value - before:+.3f}" for value, before in zip(values, whole, strict=True))])
    head = ["texts and labels", "bare labels", "with descriptions"]
    return "\n## Robustness\n\nAccuracy on held-out sets with one label a text, and its change.\n\n" + table(head, rows)


def text_type_choice(figures: dict[str, float]) -> str:
    """What telling the kind of text does."""
    options = ", ".join(f"{value:.4f} with `{name}`" if name != "ignored" else f"{value:.4f} ignored" for name, value in figures.items())
    return f"\n`text_type`: mean of accuracy and average precision on held-out sets {options}.\n"


def training_cost(figures: dict[str, Any]) -> str:
    """Time, energy and carbon."""
    hours = figures["minutes"] / 60
    energy = hours * 2 * WATTS / 1000
    share = f"; the weights are {figures['share']:.0%} of the way from the start to the trained ones" if "share" in figures else ""
    return (
        f"\n## Training\n\n{figures['steps']:,} steps in {figures['minutes']:.0f} minutes on two processor cores{share}. At {WATTS} W a core that is {energy:.2f} kWh, and at "
        f"{GRAMS_PER_KWH} g of CO2 a kWh about {energy * GRAMS_PER_KWH:.0f} g; tries before it took as much again.\n"
    )
