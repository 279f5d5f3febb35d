"""How labels are worded in training: many ways, so that no one way is learnt."""

from __future__ import annotations

from random import Random

from .rows import Label

STYLES = (("name", 0.33), ("described", 0.33), ("alternative", 0.14), ("description", 0.08), ("mixed", 0.12))


def draw_style(random: Random) -> str:
    """A style for all labels of a draw."""
    return random.choices([name for name, _ in STYLES], [share for _, share in STYLES])[0]


def worded(label: Label, style: str, random: Random) -> str:
    """A label's text in a style; "mixed" draws one for each label."""
    if style == "mixed":
        style = random.choice(("name", "described", "alternative", "alternative described"))
    name = label.name
    if style.startswith("alternative") and label.alternatives:
        name = random.choice((label.name, *label.alternatives, *label.alternatives))
    if style == "description" and label.description:
        return label.description
    if style.endswith("described") and label.description:
        return f"{name}: {label.description}"
    if random.random() < 0.1:
        name = name.capitalize() if random.random() < 0.5 else name.replace("_", " ")
    return name
