"""Checkpoints: everything a run needs to go on as if it had never stopped."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch

HOME = Path.home() / ".cache" / "classer-local"


def default_folder(name: str) -> Path:
    """Where a run of this name keeps its checkpoints, outside the repository."""
    return HOME / "runs" / name


def save(folder: Path, state: dict[str, Any]) -> None:
    """Writes the state; a run cut off while writing leaves the one before."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "checkpoint.pt"
    torch.save(state, path.with_suffix(".new"))
    os.replace(path.with_suffix(".new"), path)


def load(folder: Path) -> dict[str, Any] | None:
    """The last state, if there is one."""
    path = folder / "checkpoint.pt"
    return torch.load(path, map_location="cpu", weights_only=False) if path.exists() else None
