"""The parts of the model of photographs that need neither its weights nor photographs."""

from __future__ import annotations

import numpy as np
from PIL import Image

from ..photo_head import fit_head, kind_of
from ..photo_material import _inside, listed, pixels
from ..photo_measure import fit_logistic, likeliest, sharpened
from ..photo_names import Synset, kinds
from ..photo_network import FEATURES, KINDS, SIZE
from ..photo_rendered import rendered


def test_listed_pictures_are_used_for_something() -> None:
    assert {one.use for one in listed()} == {"learn", "judge", "halves"}
    assert len({(one.package, one.path) for one in listed()}) == len(listed())


def test_pixels_are_those_of_the_square_in_the_middle() -> None:
    wide = Image.new("RGB", (3 * SIZE, SIZE))
    wide.paste((9, 200, 30), (SIZE, 0, 2 * SIZE, SIZE))
    assert (pixels(wide) == np.array([9, 200, 30])[:, None, None]).all()


def test_pictures_inside_resources_are_found_by_their_sizes() -> None:
    webp = b"RIFF" + (7000).to_bytes(4, "little") + b"WEBP" + bytes(6996)
    jpeg = b"\xff\xd8\xff" + bytes(7000)
    assert _inside(b"qres" + webp + b"....." + len(jpeg).to_bytes(4, "big") + jpeg) == [webp, jpeg]


def test_kinds_go_from_the_nearest_to_the_most_general() -> None:
    nouns = {1: Synset(("collie",), (2,), ""), 2: Synset(("dog",), (3, 4), ""), 3: Synset(("animal",), (), ""), 4: Synset(("pet",), (3,), "")}
    assert [kind.words[0] for kind in kinds(nouns, 1)] == ["dog", "animal", "pet"]


def test_chances_add_up_again() -> None:
    chances = np.array([[0.5, 0.3, 0.2]])
    assert np.allclose(likeliest(chances, 2), [[0.625, 0.375, 0]])
    assert np.allclose(sharpened(chances, 2).sum(), 1)


def test_fits_find_what_was_put_in() -> None:
    random = np.random.default_rng(0)
    odds = random.normal(0, 2, (4000, 1))
    truth = random.random(odds.shape) < 1 / (1 + np.exp(-(1.5 * odds - 0.5)))
    scale, bias = fit_logistic(1 / (1 + np.exp(-odds)), truth)
    assert abs(scale - 1.5) < 0.15 and abs(bias + 0.5) < 0.15
    features = random.normal(0, 1, (200, FEATURES))
    wanted = np.arange(200) % len(KINDS)
    features[np.arange(200), wanted] += 20
    weight, offset = fit_head(features, wanted)
    assert ((features @ weight.T + offset).argmax(axis=1) == wanted).mean() > 0.95
    assert kind_of("person") == KINDS.index("person") and kind_of("tool") == 0 and kind_of("chart") == KINDS.index("none")


def test_the_same_seed_renders_the_same() -> None:
    for first, second in zip(rendered(12, 5), rendered(12, 5), strict=True):
        assert first[0] == second[0] and first[1].tobytes() == second[1].tobytes()
