"""A training folder small enough to read: a few label sets, made up for the tests."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from training.dictionary import DIGITS

THINGS = {
    "fruit": ["apple", "pear", "plum", "cherry", "grape", "lemon"],
    "tool": ["hammer", "saw", "drill", "wrench", "chisel", "file"],
    "animal": ["cat", "horse", "sparrow", "trout", "beetle", "goat"],
    "weather": ["rain", "hail", "fog", "storm", "frost", "snow"],
}
SENTENCES = ("We talked about the {} for an hour.", "There was a {} in the picture.", "Nobody had seen such a {} before.")
LICENCES = {"fair": "CC0 1.0", "murky": "licence unspecified"}


def write_material(folder: Path) -> Path:
    """Writes public and synthetic sets and a few inference pairs, and returns the folder."""
    public = [_set(f"{name}_{n}", "single", "topic", licence) for n, (name, licence) in enumerate(LICENCES.items())]
    public += [_set(f"source{n}_talk", "single", "intent", "CC0 1.0") for n in range(4)]
    synthetic = [_set(f"things-{n}", "multi" if n % 2 else "single") for n in range(8)]
    _write(folder / "public", public)
    _write(folder / "synthetic", synthetic)
    pairs = [
        {
            "premise": f"A {thing} lay there.",
            "hypothesis": f"There was a {thing if n % 2 else 'star'}.",
            "label": "entailment" if n % 2 else "contradiction",
            "source": "own",
        }
        for n, thing in enumerate(THINGS["tool"])
    ]
    _lines(folder / "public" / "nli.jsonl", pairs)
    return folder


ENTRIES = {
    "wake up": "1. aufwachen <v> [coll.], wach werden\n   Synonyms: {rouse}\n see: {wake}\n",
    "dog": "Hund (m)\n",
    "story": "Geschichte\n\n - a tall story\n",
    "the": "",
}


def write_dictionary(folder: Path, name: str) -> Path:
    """Writes a dictionary of the dictd format, and returns the folder."""
    content, index = b"", ""
    for head, body in ENTRIES.items():
        entry = f"{head} /x/\n{body}".encode()
        index += f"{head}\t{_digits(len(content))}\t{_digits(len(entry))}\n"
        content += entry
    (folder / f"{name}.dict.dz").write_bytes(gzip.compress(content))
    (folder / f"{name}.index").write_text(index, encoding="utf-8")
    return folder


def _digits(number: int) -> str:
    digit = "".join(DIGITS)[number % 64]
    return (_digits(number // 64) if number >= 64 else "") + digit


def _set(name: str, task: str, family: str = "", licence: str = "") -> dict:
    labels = [
        {"label": kind, "alt": [f"a kind of {kind}"], "description": f"Speaks of {kind}: {things[0]} and the like"}
        for kind, things in THINGS.items()
    ]
    entry = {"set": name, "task": task, "labels": labels}
    return entry | ({"family": family, "license": licence, "source": "made up"} if family else {})


def _write(folder: Path, sets: list[dict]) -> None:
    folder.mkdir(parents=True)
    _lines(folder / "sets.jsonl", sets)
    rows = []
    for number, entry in enumerate(sets):
        for kind, things in THINGS.items():
            for n, thing in enumerate(things):
                rows.append({"set": entry["set"], "text": SENTENCES[(n + number) % 3].format(thing), "labels": [kind]})
        if entry["task"] == "multi":
            rows.append({"set": entry["set"], "text": "An apple beside a hammer.", "labels": ["fruit", "tool"]})
            rows.append({"set": entry["set"], "text": "Good morning.", "labels": []})
    _lines(folder / "texts.jsonl", rows)


def _lines(path: Path, entries: list[dict]) -> None:
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
