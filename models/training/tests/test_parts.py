"""The recipe's parts, one by one."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from training.calibration import fit_sigmoid
from training.dictionary import read_dictionaries
from training.draws import Draws
from training.encoder import EncoderGraph
from training.engine import Encoded, fill, run_head, sigmoid, softmax, unit
from training.evening import round_as_files
from training.graph import bytes_of
from training.head import free_head, head_graph
from training.inputs import watch
from training.metrics import area, average_precision, calibration_error, macro_f1
from training.model import Model
from training.network import Encoder
from training.objective import RIDGE, _shown
from training.own import DOCUMENTS, LANGUAGES, OWN, key_of, read_languages, read_own
from training.prepare import material, read_summary, write_summary
from training.quantize import quantize_columns, quantize_fitted, quantize_rows
from training.residual import Constants, fit_correction
from training.robustness import CHANGES
from training.rounding import Linear, Rounding
from training.rows import lines, read_pairs, read_sets
from training.sample import apply, parts
from training.split import group_of, held_out
from training.switching import switched
from training.tokens import CLS, PAD, SEP, windows
from training.weights import start_weights


@pytest.mark.parametrize("count", [0, 1, 253, 254, 255, 300, 476, 477, 5000])
def test_windows_cover_every_token_once_as_new(count: int) -> None:
    found = windows(count)
    assert sum(new for _, _, new in found) == count
    assert found[0][0] == 0 and found[-1][1] == count
    for (_, end, _), (start, _, _) in zip(found, found[1:], strict=False):
        assert end - start == 32
    assert all(end - start <= 254 for start, end, _ in found)


def test_weights_survive_rounding() -> None:
    rng = np.random.default_rng(0)
    weight = rng.normal(size=(64, 32)).astype(np.float32)
    rows = rng.normal(size=(500, 64)) @ rng.normal(size=(64, 64))
    integers, scale = quantize_rows(weight)
    assert np.abs(integers * scale - weight).max() <= scale.max() / 2 + 1e-6
    plain, plain_scale = quantize_columns(weight)
    fitted, fitted_scale = quantize_fitted(weight, rows)
    assert max(np.abs(plain).max(), np.abs(fitted).max()) <= 63
    plain_error = np.square(rows @ (plain * plain_scale - weight)).mean()
    fitted_error = np.square(rows @ (fitted * fitted_scale - weight)).mean()
    assert fitted_error < plain_error / 2


def test_a_layer_that_rounds_learns_as_if_it_did_not() -> None:
    torch.manual_seed(0)
    layer, x = Linear(64, 32), torch.randn(20, 64, requires_grad=True)
    exact = layer(x)
    weight = layer.weight.detach().numpy().T
    layer.rounding = Rounding(weight, np.full(64, 0.1), np.linspace(0.5, 2.0, 64), positive=False)
    rounded = layer(x)
    assert 1e-4 < float((rounded - exact).detach().abs().mean()) < 0.02
    rounded.sum().backward()
    (towards,) = torch.autograd.grad(exact.sum(), x)
    assert float((x.grad - towards).abs().max()) < 0.2
    np.testing.assert_allclose(layer.weight.grad[0], layer.rounding.tokens(x).sum(0).detach(), rtol=1e-4, atol=1e-4)
    layer.rounding = Rounding(weight, np.full(64, -3.0), np.ones(64), positive=True)
    low = torch.linspace(-3, 1, 64)
    assert float((layer.rounding.tokens(low) - low).abs().max()) <= 4 / 255 / 2 + 1e-6


def test_an_encoder_rounds_about_as_much_as_its_files() -> None:
    weights, texts = start_weights(), ["The parcel never came.", "Where is my invoice for May?", "What a lovely day it was!"]
    files = onnxruntime.InferenceSession(bytes_of(EncoderGraph(weights, watch(weights, texts)).build()))
    encoder = Encoder().load(weights).eval()
    ids = torch.tensor([[CLS, 1996, 20463, 2196, 2234, 1012, SEP, PAD]])
    mask = (ids != PAD).long()
    with torch.no_grad():
        exact = encoder(ids, mask)[1]
        round_as_files(encoder, texts)
        rounded = encoder(ids, mask)[1]
    (shipped,) = files.run(["pooled"], {"input_ids": ids.numpy(), "attention_mask": mask.numpy()})
    errors = [float(1 - torch.cosine_similarity(exact, other)) for other in (rounded, torch.from_numpy(shipped))]
    assert 1e-5 < errors[0] < 1e-2 and 0.1 < errors[0] / errors[1] < 10


def test_head_graph_is_the_head_of_the_model() -> None:
    torch.manual_seed(0)
    model = Model()
    with torch.no_grad():
        model.attention += torch.randn(384, 384)
        model.value += torch.randn(384, 384) * 0.1
        model.weight.fill_(0.7)
    states, labels = torch.randn(1, 9, 384), torch.nn.functional.normalize(torch.randn(5, 384), dim=-1)
    session = onnxruntime.InferenceSession(bytes_of(head_graph(*model.head())))
    attention, value = run_head(session, states.numpy(), labels.numpy())
    found = (softmax(attention[0], axis=0) * value[0]).sum(0)
    with torch.no_grad():
        expected = model.scores([states[0]], torch.zeros(1, 384), labels)[0]
    np.testing.assert_allclose(found, expected.numpy(), atol=1e-5)


def test_free_head_compares_directions() -> None:
    session = onnxruntime.InferenceSession(bytes_of(head_graph(*free_head(10.0))))
    rng = np.random.default_rng(0)
    states, labels = rng.normal(size=(2, 3, 384)).astype(np.float32), unit(rng.normal(size=(4, 384))).astype(np.float32)
    attention, value = run_head(session, states, labels)
    np.testing.assert_allclose(value, unit(states) @ labels.T, atol=1e-5)
    np.testing.assert_allclose(attention, 10 * value, atol=1e-4)


def test_a_split_keeps_sets_of_one_source_together(train_folder: Path) -> None:
    sets = read_sets(train_folder)
    out = held_out(sets)
    assert out == held_out(sets[::-1])
    groups = {group_of(each) for each in sets if each.name in out}
    assert all((group_of(each) in groups) == (each.name in out) for each in sets)
    assert 0 < len(out) < len(sets) / 2


def test_draws_repeat_and_say_the_truth(train_folder: Path) -> None:
    sets, pairs = read_sets(train_folder), read_pairs(train_folder)
    first, second = (Draws(sets, pairs, random.Random(3), texts=6) for _ in range(2))
    for draw, again in zip(first.draws(40), second.draws(40), strict=True):
        assert draw == again
        assert all(len(row) == len(draw.labels) for row in draw.truth)
        assert len(draw.texts) == len(draw.truth) > 0
    assert len(first.draw_pairs(5)) == 5


def test_sets_that_came_to_a_run_are_drawn_oftener(train_folder: Path) -> None:
    sets = [each for each in read_sets(train_folder) if each.origin == "synthetic"]
    new = sets[0]
    texts = {row.text for row in new.rows}

    def times(fresh: set[str]) -> int:
        draws = Draws(sets, [], random.Random(3), fresh=fresh)
        return sum(set(draws.draw("synthetic").texts) <= texts for _ in range(400))

    assert times({new.name}) > 1.5 * times(set()) > 0


def test_a_run_knows_which_sets_it_began_without(train_folder: Path, tmp_path: Path) -> None:
    found = material(train_folder, "clear")
    begun = replace(found, learnt=found.learnt[1:])
    write_summary(tmp_path, begun, "clear", tmp_path)
    write_summary(tmp_path, found, "clear", tmp_path)
    assert read_summary(tmp_path)["learnt"]["sets"] == len(found.learnt)
    assert read_summary(tmp_path)["began_with"] == [each.name for each in begun.learnt]


def test_words_of_a_dictionary_take_the_place_of_english_ones(dictionaries: Path) -> None:
    (words,) = read_dictionaries(dictionaries).values()
    assert words == {"wake up": ("aufwachen", "wach werden"), "dog": ("hund",), "story": ("geschichte",)}
    said = switched("The dogs wake up! Stories, wake-up calls.", words, random.Random(1), 1.0)
    assert said.lower() in {f"the hund {up}! geschichte, wake-up calls." for up in words["wake up"]}
    assert switched(said, {}, random.Random(1), 1.0) == said


def test_draws_in_other_words_know_what_they_say_in_english(train_folder: Path, dictionaries: Path) -> None:
    sets = read_sets(train_folder) + read_languages()
    draws = Draws(sets, [], random.Random(3), dictionaries={"any": {"the": ("der",), "a": ("ein",)}}).draws(200)
    pairs = [pair for draw in draws for pair in zip(draw.texts, draw.english, strict=True)]
    assert any(english is None for _, english in pairs)
    assert {True, False} == {text == english for text, english in pairs if english and " the " in english}
    assert all(text == english or "der" in text or "ein" in text for text, english in pairs if english)


def test_own_labels_find_their_texts_and_nothing_held_out(train_folder: Path, tmp_path: Path) -> None:
    labels = [{"label": "short"}, {"label": "long"}]
    (tmp_path / "sets.jsonl").write_text(json.dumps({"set": "length", "task": "single", "labels": labels}) + "\n")
    rows = [{"text": "Oh."}, {"of": key_of("A pear.")}, {"of": key_of("Nobody has this.")}]
    (tmp_path / "texts.jsonl").write_text("".join(json.dumps({"set": "length", "labels": ["short"]} | row) + "\n" for row in rows))
    (found,) = read_own(["A pear.", "A plum."], tmp_path)
    assert [row.text for row in found.rows] == ["Oh.", "A pear."]
    whole = material(train_folder, "clear")
    held = {row.text for each in whole.judged for row in each.rows}
    own = [each for each in whole.learnt if each.origin == "own"]
    assert own and not any(row.text in held for each in own for row in each.rows)


@pytest.mark.parametrize("folder", [OWN, LANGUAGES, DOCUMENTS])
def test_own_labels_are_labels_of_their_sets(folder: Path) -> None:
    names = {entry["set"]: {label["label"] for label in entry["labels"]} for entry in lines(folder / "sets.jsonl")}
    used: dict[str, set[str]] = {name: set() for name in names}
    for row in lines(folder / "texts.jsonl"):
        assert ("text" in row) != ("of" in row)
        used[row["set"]].update(row["labels"])
    assert used == names


def test_metrics() -> None:
    truth = np.array([[True, False], [False, True], [True, True]])
    assert macro_f1(truth, truth) == 1.0
    assert macro_f1(~truth, truth) == 0.0
    assert average_precision(truth.astype(float), truth) == 1.0
    assert area(truth.astype(float), truth) == 1.0
    assert calibration_error(np.array([0.75] * 4), np.array([True, True, True, False])) == pytest.approx(0)


def test_a_sigmoid_is_found_again() -> None:
    rng = np.random.default_rng(0)
    features = np.stack([rng.normal(size=20000), np.ones(20000)], axis=1)
    truth = rng.random(20000) < sigmoid(features @ np.array([2.0, -1.0]))
    np.testing.assert_allclose(fit_sigmoid(features, truth, np.ones(20000)), [2.0, -1.0], atol=0.1)


def test_a_template_is_filled_as_it_stands() -> None:
    assert fill("{label}: {description}", "{description} $&", "{label}") == "{description} $&: {label}"


def test_all_texts_at_once_score_as_one_by_one() -> None:
    rng = np.random.default_rng(0)
    texts = [Encoded([], rng.normal(size=(n, 384)), rng.normal(size=384)) for n in (3, 0, 7, 1)]
    labels = unit(rng.normal(size=(5, 384)))
    heads = [(np.array(10.0), np.array(1.0)), (rng.normal(size=(384, 384)), rng.normal(size=(384, 384)))]
    cosine, attention = parts(texts, labels, heads)
    for row, text in enumerate(texts):
        np.testing.assert_allclose(cosine[row], labels @ text.vector)
        for head, (asks, gives) in enumerate(heads):
            states = unit(text.states)
            shares = softmax(states @ apply(labels, asks).T, axis=0) if len(states) else np.zeros((0, 5))
            expected = (shares * (states @ apply(labels, gives).T)).sum(0)
            np.testing.assert_allclose(attention[head][row], expected, atol=1e-4)


def test_correction_learns_what_examples_show() -> None:
    rng = np.random.default_rng(0)
    middles = unit(rng.normal(size=(3, 16)))
    truth = np.eye(3)[np.repeat(np.arange(3), 6)]
    vectors = unit(truth @ middles + 0.1 * rng.normal(size=(18, 16)))
    constants = Constants(ridge=1.0, prior=1.0, sharpness=10.0, doubt=0.25, power=0.0)
    even = np.full((18, 3), 1 / 3)
    after = fit_correction(vectors, truth, even, constants).correct(even, vectors)
    assert (after.argmax(1) == truth.argmax(1)).all()
    np.testing.assert_allclose(after.sum(1), 1)
    right = fit_correction(vectors, truth, truth, constants).correct(even, vectors)
    np.testing.assert_allclose(right, even, atol=1e-9)


def test_what_examples_leave_wrong_is_what_leaving_each_out_leaves() -> None:
    random = torch.Generator().manual_seed(5)
    vectors = torch.nn.functional.normalize(torch.randn(9, 16, generator=random), dim=1)
    truth = torch.eye(3, dtype=torch.bool)[torch.arange(9) % 3]
    (found,) = _shown(vectors, truth)
    errors = []
    for n in range(9):
        rest = [m for m in range(9) if m != n]
        x, y = vectors[rest] - vectors[rest].mean(0), truth[rest].float() - truth[rest].float().mean(0)
        weights = torch.linalg.solve(x.T @ x + RIDGE * torch.eye(16), x.T @ y)
        said = truth[rest].float().mean(0) + (vectors[n] - vectors[rest].mean(0)) @ weights
        errors.append(((truth[n].float() - said) ** 2).sum())
    assert found == pytest.approx(float(torch.stack(errors).mean()), abs=1e-4)
    together = torch.nn.functional.normalize(truth.float() + 0.01 * torch.randn(9, 3, generator=random), dim=1)
    assert _shown(together, truth)[0] < 0.2 * found
    assert _shown(vectors[:3], truth[:3]) == []


def test_texts_are_damaged_as_named(train_folder: Path) -> None:
    for each in read_sets(train_folder)[:2]:
        for name, change in CHANGES.items():
            changed = change(each, random.Random(1))
            assert len(changed.rows) == len(each.rows)
            names = {label.name for label in changed.labels}
            assert all(set(row.labels) <= names for row in changed.rows)
            assert (changed == each) == (name == "as they are")
