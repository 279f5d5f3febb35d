"""The reference reader of an inference model's shipped files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime

from .cross_graph import FILES, NAME
from .shape import WINDOW
from .tokens import CLS, PAD, SEP, batches, content_ids, load_tokenizer

Array = np.ndarray

SPECIAL = 3
"""Tokens around a pair."""


class CrossEngine:
    """Runs the files of the folder `nli-mini` under `root`."""

    def __init__(self, root: Path, threads: int = 2) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        path = str(root / NAME / FILES["classifier"])
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.tokenizer = load_tokenizer(root / NAME / FILES["tokenizer"])

    def logits(self, pairs: list[tuple[str, str]], budget: int = 2048) -> Array:
        """Premises and hypotheses -> logits [N,3]; a text beyond the window is cut, not the hypothesis."""
        premises = content_ids(self.tokenizer, [premise for premise, _ in pairs])
        hypotheses = [ids[: WINDOW // 2] for ids in content_ids(self.tokenizer, [hypothesis for _, hypothesis in pairs])]
        rows = [
            ([CLS, *p[: WINDOW - SPECIAL - len(h)], SEP], [*h, SEP]) for p, h in zip(premises, hypotheses, strict=True)
        ]
        result = np.zeros((len(rows), 3), dtype=np.float32)
        for length, group in batches([len(first) + len(second) for first, second in rows], budget):
            ids = np.full((len(group), length), PAD, dtype=np.int64)
            mask, kinds = np.zeros_like(ids), np.zeros_like(ids)
            for row, n in enumerate(group):
                first, second = rows[n]
                both = first + second
                ids[row, : len(both)] = both
                mask[row, : len(both)] = 1
                kinds[row, len(first) : len(both)] = 1
            feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds}
            result[group] = self.session.run(["logits"], feeds)[0]
        return result
