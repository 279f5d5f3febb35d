"""An engine over a model in torch, for measuring while it is trained and for comparing with the int8 files."""

from __future__ import annotations

import numpy as np
import torch

from .calibration import Mix, fit, report
from .engine import Encoded
from .model import Model
from .sample import Sample
from .shape import WINDOW
from .tokens import content_ids, load_tokenizer


class LiveEngine:
    """Encodes texts, cut to one window, with a model in torch; in half precision unless `exact`."""

    def __init__(self, model: Model, exact: bool = False) -> None:
        self.model = model
        self.exact = exact
        self.tokenizer = load_tokenizer()

    def encode(self, texts: list[str], batch: int = 256) -> list[Encoded]:
        """Texts -> token states and vectors."""
        self.model.eval()
        ids = [each[: WINDOW - 2] for each in content_ids(self.tokenizer, texts)]
        device = self.model.weight.device
        result = []
        for at in range(0, len(ids), batch):
            with torch.no_grad(), torch.autocast(device.type, torch.bfloat16, enabled=not self.exact):
                states, vectors = self.model.encode(ids[at : at + batch], budget=4096)
            for row, own in enumerate(ids[at : at + batch]):
                result.append(Encoded(own, states[row].cpu().numpy().astype(np.float16), vectors[row].cpu().numpy()))
        return result


def held_out_figures(model: Model, sets: list, rows: int = 30) -> dict[str, float]:
    """Figures on sets that were not trained on, by names and by descriptions; constants fitted on the same sets."""
    sample = Sample(LiveEngine(model), sets, rows)
    head = [model.head()]
    result: dict[str, float] = {}
    for kind, templates in (("names", ("{label}",)), ("descriptions", ("{label}: {description}",))):
        measured = sample.measure_all(templates, head)
        mix = Mix(1.0, 0)
        figures = report(measured, mix, fit(measured, mix))
        result |= {f"{kind}.{name}": round(value, 4) for name, value in figures.items()}
    keys = [f"{k}.{f}" for k in ("names", "descriptions") for f in ("single.macro_f1", "multi.map") if f"{k}.{f}" in result]
    result["quality"] = round(float(np.mean([result[key] for key in keys])), 4)
    return result
