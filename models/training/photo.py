"""The model of photographs, by one command: fetch, learn, write, measure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from . import manifest
from .engine import Engine
from .graph import bytes_of
from .photo_card import write_photo_card
from .photo_golden import write_golden_pictures
from .photo_flat import Flat
from .photo_head import fit_head, kind_of, softmax_of
from .photo_material import fetch, listed, open_picture, pixels
from .photo_measure import EVERYDAY, MORE, TOP, ReadClasses, fit_logistic, fit_power, likeliest, measure
from .photo_names import class_texts, read_licence, read_nouns
from .photo_network import FEATURES, KINDS, NAME, OTHERS, SHARE, SIZE, Head, build, load_network
from .photo_rendered import rendered

VERSION = "0.2.0"
EXTRA = KINDS[1:-1]
"""What a photograph may show that is no class of ImageNet; each is called by its own name."""
CUT_OUT = "tuxpaint-stamps-default"
"""Its photographs are cut out and lie on white."""
Array = np.ndarray


def build_photo(out: Path, photographs: Path, wordnet: Path) -> None:
    """Writes the model's files, its manifest entry, its golden answers and its card into the folder `out`."""
    fetch(photographs)
    network = load_network()
    untaught = [(np.zeros((count, FEATURES)), np.zeros(count)) for count in (len(KINDS), len(OTHERS))]
    session = onnxruntime.InferenceSession(bytes_of(build(network, *untaught)))
    pictures = listed()
    features, classes = run(session, [pixels(open_picture(photographs, one)) for one in pictures])
    made = [rendered(count, seed) for count, seed in ((260, 1), (80, 99))]
    drawn = [run(session, [pixels(picture) for _, picture in some])[0] for some in made]
    uses, whats = np.array([one.use for one in pictures]), [one.shows for one in pictures]
    learnt, judged = judge(features, uses, whats, drawn)

    texts = class_texts(read_nouns(wordnet)) + list(EXTRA)
    is_none = np.array([what in OTHERS for what in whats])
    shown = judged[:, :-1] / np.maximum(judged[:, :-1].sum(axis=1, keepdims=True), 1e-9)
    named = shown[:, 1:] * (1 - SHARE)
    chances = likeliest(np.concatenate([classes * (1 - named.sum(axis=1, keepdims=True)), named], axis=1))
    seen = ~is_none & (uses != "learn")
    names = ReadClasses(Engine.open(out), texts)
    figures = answers(names, chances[seen], [one.shows for one, s in zip(pictures, seen) if s])
    whole = seen & np.array([one.package != CUT_OUT for one in pictures])
    shows = [one.shows for one, w in zip(pictures, whole) if w]
    figures["whole"] = measure(names, chances[whole], shows, figures["calibration"]["classify"]["power"])
    figures["taken_for_none"] = [int(seen.sum()), float((judged[seen, -1] > 0.5).mean())]
    real = is_none & (uses == "judge")
    figures["none_found"] = {
        "drawings and screens of packages": [int(real.sum()), float((judged[real, -1] > 0.5).mean())],
        "rendered": [len(drawn[1]), float((softmax_of(drawn[1], learnt)[:, -1] > 0.5).mean())],
    }
    flat = Flat(np.concatenate([features[is_none], *drawn]), [what for what in whats if what in OTHERS] + [what for some in made for what, _ in some])
    learns = np.concatenate([uses[is_none] == "learn", np.ones(len(drawn[0]), bool), np.zeros(len(drawn[1]), bool)])
    figures["others"] = flat.told_apart(learns)
    write_files(out, build_bytes(network, features, whats, drawn, flat.fit()), texts, figures)
    (out / NAME / "LICENSE-WORDNET").write_text(read_licence(wordnet), encoding="utf-8")
    write_golden_pictures(out)
    write_photo_card(out, figures)


def run(session: onnxruntime.InferenceSession, pictures: list[Array]) -> tuple[Array, Array]:
    """Pictures [3,224,224] -> features [N,1280] and the chances of the classes alone [N,1000]."""
    rows = [session.run(["features", "chances"], {"pixels": picture[None]}) for picture in pictures]
    things = np.stack([chances[0][: -len(EXTRA)] for _, chances in rows])
    return np.stack([features[0] for features, _ in rows]), things / things.sum(axis=1, keepdims=True)


def judge(features: Array, use: Array, shows: list[str], drawn: list[Array]) -> tuple[Head, Array]:
    """Chances of the kinds [N,kinds] for every picture, by a head that never learnt from it; and the first half's head."""
    kinds = np.array([kind_of(one) for one in shows])
    half, second = use == "halves", np.arange(len(use)) % 2 == 1
    found, first_head = np.zeros((len(use), len(KINDS))), None
    for odd in (False, True):
        learns = (use == "learn") | (half & (second == odd))
        rows = np.concatenate([features[learns], drawn[0]])
        head = fit_head(rows, np.concatenate([kinds[learns], np.full(len(drawn[0]), len(KINDS) - 1)]))
        first_head = first_head or head
        judges = half & (second != odd)
        found[judges] = softmax_of(features[judges], head)
    others = ~half
    found[others] = softmax_of(features[others], first_head)
    return first_head, found


def answers(classes: ReadClasses, chances: Array, shows: list[str]) -> dict[str, Any]:
    """Constants fitted over labels and label sets, and what is then right."""
    labels = [*EVERYDAY, *MORE]
    known = np.isin(shows, labels)
    truth = np.array([labels.index(one) for one in np.array(shows)[known]])
    power = fit_power(classes, chances[known], truth, labels)
    said = classes.against(labels)
    fits = np.eye(len(labels), dtype=bool)[truth]
    found = {"classify": {"power": power}}
    for kind in ("tag", "detect"):
        scale, bias = fit_logistic(chances[known] @ said[kind], fits)
        found[kind] = {"scale": scale, "bias": bias}
    return {"calibration": found, **measure(classes, chances, shows, power)}


def build_bytes(network: Any, features: Array, shows: list[str], drawn: list[Array], others: Head) -> bytes:
    """The shipped graph: its heads learnt from every picture there is."""
    none = [len(KINDS) - 1]
    kinds = [kind_of(one) for one in shows] + none * sum(map(len, drawn))
    return bytes_of(build(network, fit_head(np.concatenate([features, *drawn]), np.array(kinds)), others))


def write_files(out: Path, graph: bytes, texts: list[str], figures: dict[str, Any]) -> None:
    """Graph, class names and manifest entry."""
    folder = out / NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "classifier.onnx").write_bytes(graph)
    (folder / "classes.json").write_text(json.dumps(texts, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    spec = {
        "version": VERSION,
        "engine": "photo",
        "license": "Apache-2.0",
        "files": manifest.records(out, NAME, {"classifier": "classifier.onnx", "classes": "classes.json"}),
        "classifier": {
            "side": SIZE,
            "input": "pixels",
            "outputs": {name: name for name in ("chances", "photograph", "others")},
            "top": TOP,
            "others": list(OTHERS.values()),
        },
        "calibration": figures["calibration"],
    }
    manifest.write_photo(out, NAME, spec)
