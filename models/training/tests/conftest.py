"""One short run of the whole recipe, shared by the tests."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from training.command import main
from training.tests.material import write_dictionary, write_material


class Built(NamedTuple):
    """The folders of a run: training texts, checkpoints, and the model."""

    train: Path
    work: Path
    out: Path
    nli: Path
    """The run of the inference model, which goes to `out` too."""


@pytest.fixture(scope="session")
def train_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_material(tmp_path_factory.mktemp("material") / "train")


@pytest.fixture(scope="session")
def dictionaries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dictionary(tmp_path_factory.mktemp("dictionaries"), "freedict-eng-deu")


@pytest.fixture(scope="session")
def built(train_folder: Path, dictionaries: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("run")
    work, out = folder / "work", folder / "out"
    main([
        *("all", "--train", str(train_folder), "--work", str(work), "--out", str(out)),
        *("--dictionaries", str(dictionaries)),
        *("--minutes", "0.1", "--draws", "2", "--rows", "8", "--threads", "2"),
    ])  # fmt: skip
    nli = folder / "nli"
    main(["prepare", "--train", str(train_folder), "--work", str(nli)])
    main([
        *("all", "--model", "nli-mini", "--first", str(work), "--train", str(train_folder), "--work", str(nli)),
        *("--out", str(out), "--minutes", "0.1", "--draws", "2", "--rows", "8", "--threads", "2"),
    ])  # fmt: skip
    return Built(train_folder, work, out, nli)
