"""The reference engine: what the shipped files mean, in as few lines as possible.

The engine of the library must give the same numbers; the golden answers are made here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from .residual import Constants, Correction, fit_correction
from .tokens import CLS, PAD, SEP, content_ids, load_tokenizer, windows

Array = np.ndarray


@dataclass
class Encoded:
    """A text's own tokens over all its windows [T,384], without [CLS] and [SEP], and its pooled vector [384]."""

    ids: list[int]
    states: Array
    pooled: Array

    @property
    def vector(self) -> Array:
        return unit(self.pooled)


def unit(vectors: Array) -> Array:
    """Vectors [...,384] at length one; zero stays zero."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)


def sigmoid(x: Array) -> Array:
    return 0.5 * (1 + np.tanh(0.5 * x))


def softmax(x: Array, axis: int = -1) -> Array:
    shifted = np.exp(x - x.max(axis=axis, keepdims=True))
    return shifted / shifted.sum(axis=axis, keepdims=True)


class Engine:
    """Runs the files of a model folder as its manifest entry says."""

    def __init__(self, root: Path, entry: dict[str, Any], threads: int = 2) -> None:
        self.entry = entry
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads

        def session(name: str) -> onnxruntime.InferenceSession:
            path = str(root / entry["files"][name]["path"])
            return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

        self.encoder = session("encoder")
        self.head = session("head")
        self.tokenizer = load_tokenizer(root / entry["files"]["tokenizer"]["path"])

    @staticmethod
    def open(root: Path, threads: int = 2) -> Engine:
        """The default model of the folder `root` that holds manifest.json."""
        manifest = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
        return Engine(root, manifest["models"][manifest["default"]], threads)

    def forward(self, batch: list[list[int]]) -> tuple[Array, Array]:
        """Windows with their special tokens -> token states [B,T,384], pooled [B,384]."""
        length = max(len(ids) for ids in batch)
        ids = np.full((len(batch), length), PAD, dtype=np.int64)
        mask = np.zeros((len(batch), length), dtype=np.int64)
        for row, window in enumerate(batch):
            ids[row, : len(window)] = window
            mask[row, : len(window)] = 1
        states, pooled = self.encoder.run(["token_states", "pooled"], {"input_ids": ids, "attention_mask": mask})
        return states, pooled

    def encode(self, texts: list[str], batch: int = 32) -> list[Encoded]:
        """Texts -> their token states and pooled vectors; windows weigh by the tokens that are new in them."""
        spec = self.entry["encoder"]
        all_ids = content_ids(self.tokenizer, texts)
        jobs = [
            (text, new, ids[start:end])
            for text, ids in enumerate(all_ids)
            for start, end, new in windows(len(ids), spec["window"], spec["overlap"])
        ]
        states: dict[int, Array] = {}
        pooled: dict[int, Array] = {}
        order = sorted(range(len(jobs)), key=lambda job: len(jobs[job][2]))
        for at in range(0, len(order), batch):
            chosen = order[at : at + batch]
            some_states, some_pooled = self.forward([[CLS, *jobs[job][2], SEP] for job in chosen])
            for row, job in enumerate(chosen):
                _, new, ids = jobs[job]
                # A token that two windows share counts once, where it came first.
                states[job] = some_states[row, 1 + len(ids) - new : 1 + len(ids)]
                pooled[job] = some_pooled[row]
        parts: list[list[int]] = [[] for _ in texts]
        for job, (text, _, _) in enumerate(jobs):
            parts[text].append(job)
        result = []
        for text, mine in enumerate(parts):
            weights = np.array([max(jobs[job][1], 1) for job in mine], dtype=np.float32)
            mean = np.average([pooled[job] for job in mine], axis=0, weights=weights).astype(np.float32)
            result.append(Encoded(all_ids[text], np.concatenate([states[job] for job in mine]), mean))
        return result

    def wordings(self, label: str, description: str | None) -> list[str]:
        """The texts whose mean vector stands for a label."""
        wording = self.entry["wording"]
        templates = wording["described"] if description else wording["plain"]
        return [fill(template, label, description or "") for template in templates]

    def label_vectors(self, labels: list[str], descriptions: dict[str, str] | None = None) -> Array:
        """Labels -> unit vectors [L,384], each the mean of its wordings."""
        rows = []
        for label in labels:
            vectors = [entry.vector for entry in self.encode(self.wordings(label, (descriptions or {}).get(label)))]
            rows.append(unit(np.mean(vectors, axis=0)))
        return np.stack(rows).astype(np.float32)

    def prototypes(self, labels: list[str], vectors: Array, examples: dict[str, list[str]]) -> Array:
        """Label vectors [L,384] moved towards their examples, duplicates once: what `tag` compares texts with."""
        rows = []
        for label, vector in zip(labels, vectors, strict=True):
            texts = list(dict.fromkeys(examples.get(label, [])))
            if texts:
                total = self.entry["examples"]["label_weight"] * vector
                vector = unit(total + np.sum([entry.vector for entry in self.encode(texts)], axis=0))
            rows.append(vector)
        return np.stack(rows).astype(np.float32)

    def correction(self, labels: list[str], vectors: Array, null: Array, examples: dict[str, list[str]]) -> Correction:
        """What `classify` learns from examples; a text under several labels is one of these, as likely as without it."""
        texts = list(dict.fromkeys(text for label in labels for text in examples.get(label, [])))
        member = np.array([[text in examples.get(label, []) for label in labels] for text in texts])
        read = self.encode(texts)
        chances = np.stack([self.classify(self.scores(entry, vectors), null) for entry in read])
        truth = np.where(member, np.maximum(chances, 1e-9), 0.0)
        spec = {name: value for name, value in self.entry["examples"].items() if name != "label_weight"}
        pooled = np.stack([entry.vector for entry in read])
        return fit_correction(pooled, truth / truth.sum(1, keepdims=True), chances, Constants(**spec))

    def attention(self, states: Array, labels: Array) -> Array:
        """Token states [T,384], labels [L,384] -> what each label finds in the text [L]."""
        if not len(states):
            return np.zeros(len(labels), dtype=np.float32)
        attention, value = run_head(self.head, states[None], labels)
        return (softmax(attention[0], axis=0) * value[0]).sum(axis=0)

    def scores(self, text: Encoded, labels: Array, compared: Array | None = None) -> Array:
        """The raw score s of each label [L]; with `compared` [L,384], the cosine is with these instead."""
        mix = self.entry["mix"]
        cosine = (labels if compared is None else compared) @ text.vector
        return mix["cosine"] * cosine + mix["attention"] * self.attention(text.states, labels)

    def null(self, labels: Array, compared: Array | None = None) -> Array:
        """Each label's mean score on the neutral texts [L]."""
        return np.mean([self.scores(entry, labels, compared) for entry in self.encode(list(self.entry["neutral"]))], axis=0)

    def classify(self, scores: Array, null: Array) -> Array:
        """Scores -> probabilities that add up to one [L]."""
        spec = self.entry["calibration"]["classify"]
        temperature = next(
            (bucket["value"] for bucket in spec["temperature"] if len(scores) <= bucket["max_labels"]),
            spec["temperature"][-1]["value"],
        )
        return softmax((scores - spec["null"] * null) / temperature)

    def tag(self, scores: Array, null: Array, kind: str = "tag") -> Array:
        """Scores -> a probability of each label by itself [L]; `kind` is "tag" or, for one label alone, "detect"."""
        spec = self.entry["calibration"][kind]
        return sigmoid(spec["scale"] * among_rivals(scores, spec.get("rivals")) + spec["bias"] - spec["null"] * null)


def run_head(head: onnxruntime.InferenceSession, states: Array, labels: Array) -> tuple[Array, Array]:
    """states [B,T,384], labels [L,384] -> attention and value [B,T,L]; see `head_graph`."""
    nothing = np.zeros((1, labels.shape[1]), dtype=np.float32)
    feeds = {"token_states": nothing[None], "labels": labels, "asked": nothing, "given": nothing}
    asked, given = head.run(["asks", "gives"], feeds)
    feeds = {"token_states": states, "labels": nothing, "asked": asked, "given": given}
    attention, value = head.run(["attention", "value"], feeds)
    return attention, value


def among_rivals(scores: Array, rivals: dict[str, float] | None) -> Array:
    """Scores [...,L] plus weight · temperature · log softmax(scores / temperature): what each is among the others."""
    if not rivals:
        return scores
    top = scores.max(axis=-1, keepdims=True)
    total = np.exp((scores - top) / rivals["temperature"]).sum(axis=-1, keepdims=True)
    return scores + rivals["weight"] * (scores - top - rivals["temperature"] * np.log(total))


def fill(template: str, label: str, description: str) -> str:
    """A template with its label and description put in; neither is read for placeholders."""
    parts = template.split("{label}")
    return label.join(part.replace("{description}", description) for part in parts)
