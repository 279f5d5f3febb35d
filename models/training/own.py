"""Label sets that belong to the project itself: texts written for it, and its own labels for texts of the training folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from .rows import LabelSet, read_folder

OWN = Path(__file__).parent / "own"
LANGUAGES = Path(__file__).parent / "languages"
DOCUMENTS = Path(__file__).parent / "documents"


def key_of(text: str) -> str:
    """What stands for a text of the training folder: it is not copied, so that its own terms stay with it."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_own(texts: Iterable[str], folder: Path = OWN) -> list[LabelSet]:
    """The project's label sets, with those of their rows whose text is written out or among `texts`."""
    return read_folder(folder, "own", {key_of(text): text for text in texts})


def read_languages(folder: Path = LANGUAGES) -> list[LabelSet]:
    """The project's label sets whose texts are in other languages than English."""
    return read_folder(folder, "languages", {})


def read_documents(folder: Path = DOCUMENTS) -> list[LabelSet]:
    """The project's label sets whose texts are what stands on the first pages of documents."""
    return read_folder(folder, "documents", {})
