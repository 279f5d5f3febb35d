"""The recipe from texts to a model folder."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from training import checkpoint
from training.command import main, trained
from training.cross_engine import CrossEngine
from training.engine import Engine
from training.export import LIMIT
from training.restored import constants
from training.rows import read_sets
from training.tests.conftest import Built
from training.tokens import content_ids, load_tokenizer


def test_manifest_names_the_files_as_they_are(built: Built) -> None:
    manifest = json.loads((built.out / "manifest.json").read_text())
    for model in manifest["models"].values():
        for file in model["files"].values():
            content = (built.out / file["path"]).read_bytes()
            assert len(content) == file["bytes"]
            assert hashlib.sha256(content).hexdigest() == file["sha256"]
    assert manifest["models"]["nli-mini"]["files"]["classifier"]["bytes"] <= LIMIT
    model = manifest["models"][manifest["default"]]
    assert model["files"]["encoder"]["bytes"] + model["files"]["head"]["bytes"] <= LIMIT
    assert [bucket["max_labels"] for bucket in model["calibration"]["classify"]["temperature"]] == [2, 5, 10, 25, 200]


def test_golden_answers_are_what_the_files_answer(built: Built) -> None:
    engine = Engine.open(built.out, threads=1)
    cases = json.loads((built.out / "classer-embed" / "golden.json").read_text())["cases"]
    for case in cases:
        labels = engine.label_vectors(case["labels"], case.get("descriptions"))
        text = engine.encode([case["text"]])[0]
        assert [101, *text.ids, 102] == case["ids"]
        np.testing.assert_allclose(engine.scores(text, labels), case["scores"], atol=1e-4)


def test_answers_do_not_depend_on_the_batch(built: Built) -> None:
    engine = Engine.open(built.out, threads=1)
    texts = ["a", "The parcel never came.", "one two three four five six seven eight nine " * 3, "👍", "x " * 400]
    alone = [engine.encode([text])[0] for text in texts]
    for together in (engine.encode(texts), engine.encode(texts[::-1])[::-1]):
        for one, other in zip(alone, together, strict=True):
            np.testing.assert_array_equal(one.pooled, other.pooled)
            np.testing.assert_array_equal(one.states, other.states)


def test_int8_agrees_with_fp32(built: Built) -> None:
    figures = json.loads((built.work / "figures.json").read_text())["agreement"]
    assert figures["cosine_mean"] > 0.99
    # Of a hundred texts, by a model that learnt for seconds and sees many labels alike: 0.95 to 0.99, and some fewer by chance.
    assert figures["same_answer"] >= 0.9


def test_training_goes_on_from_the_files_of_a_model(built: Built, tmp_path: Path) -> None:
    texts = ["The parcel never came.", "Play something calm", "x y z " * 30]
    main(["restore", "--files", str(built.out), "--work", str(tmp_path), "--steps", "5", "--minutes", "0.1"])
    model, engine = trained(tmp_path), Engine.open(built.out, threads=1)
    with torch.no_grad():
        _, vectors = model.encode(content_ids(load_tokenizer(), texts))
    for mine, theirs in zip(vectors.numpy(), engine.encode(texts), strict=True):
        assert mine @ theirs.vector > 0.99
    files = constants(built.out / "classer-embed" / "head.onnx")
    for map_, part in zip(model.head(), ("attention", "value"), strict=True):
        np.testing.assert_array_equal(map_, files[f"{part}.map"].T)
    main(["prepare", "--train", str(built.train), "--work", str(tmp_path)])
    main(["train", "--train", str(built.train), "--work", str(tmp_path), "--minutes", "0.12", "--draws", "2"])
    after = checkpoint.load(tmp_path)
    assert after is not None and after["step"] > 5 and after["began"] == 5


def test_held_out_sets_and_unclear_licences_are_not_learnt_from(built: Built) -> None:
    prepared = json.loads((built.work / "prepared.json").read_text())
    learnt = {source["set"] for source in prepared["sources"]}
    assert not learnt & set(prepared["held_out"]["names"])
    assert "murky_1" not in learnt


def test_card_names_every_source(built: Built) -> None:
    card = (built.out / "classer-embed" / "README.md").read_text()
    prepared = json.loads((built.work / "prepared.json").read_text())
    for source in prepared["sources"] + prepared["held_out_sources"]:
        assert f"| {source['set']} |" in card


def test_the_card_says_how_it_compares_with_the_start(built: Built, tmp_path: Path) -> None:
    known = read_sets(built.train)
    sets = [next(each for each in known if each.task == task) for task in ("single", "multi")]
    entries = [{"name": e.name, "task": e.task, "label_names": [label.name for label in e.labels]} for e in sets]
    (tmp_path / "datasets.json").write_text(json.dumps(entries))
    for each in sets:
        rows = [json.dumps({"text": row.text, "labels": row.labels}) for row in each.rows]
        (tmp_path / f"{each.name}.jsonl").write_text("\n".join(rows))
    main(["compare", "--sets", str(tmp_path), "--out", str(built.out), "--work", str(built.work)])
    main(["card", "--out", str(built.out), "--work", str(built.work)])
    compared = json.loads((built.work / "figures.json").read_text())["compared"]
    card = (built.out / "classer-embed" / "README.md").read_text()
    for each in sets:
        found = compared[each.name]
        assert -1 <= found["low"] <= found["high"] <= 1
        assert f"| {each.name} | {found['rows']} | {found['before']:.3f} | {found['after']:.3f} |" in card


def test_training_goes_on_from_its_checkpoint(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    before = checkpoint.load(built.work)
    assert before is not None
    # However long the first steps took, there is time for another one.
    minutes = str(before["elapsed"] / 60 + 0.05)
    main(["train", "--train", str(built.train), "--work", str(built.work), "--minutes", minutes, "--draws", "2"])
    after = checkpoint.load(built.work)
    assert after is not None
    assert f"resumed at step {before['step']}" in capsys.readouterr().out
    assert after["step"] > before["step"]


def test_inference_answers_do_not_depend_on_the_batch(built: Built) -> None:
    engine = CrossEngine(built.out, threads=1)
    pairs = [("The parcel never came.", "fruit"), ("x " * 400, "animal: Speaks of animal"), ("", "a"), ("One cat.", "y " * 300)]
    alone = np.concatenate([engine.logits([pair]) for pair in pairs])
    np.testing.assert_array_equal(alone, engine.logits(pairs))
    np.testing.assert_array_equal(alone[::-1], engine.logits(pairs[::-1]))


def test_inference_model_is_as_its_golden_pairs_and_card_say(built: Built) -> None:
    cases = json.loads((built.out / "nli-mini" / "golden.json").read_text())["cases"]
    logits = CrossEngine(built.out, threads=1).logits([(case["premise"], case["hypothesis"]) for case in cases])
    np.testing.assert_allclose(logits, [case["logits"] for case in cases], atol=1e-3)
    figures = json.loads((built.nli / "figures.json").read_text())
    assert figures["agreement"]["same_answer"] >= 0.95
    card = (built.out / "nli-mini" / "README.md").read_text()
    assert f"{figures['second']['gain']:+.3f}" in card
