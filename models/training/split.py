"""Which label sets are held out. A set is out as a whole, with every other set made from the same texts."""

from __future__ import annotations

import hashlib

from .rows import LabelSet

SHARE = 0.1
SMALLER = {"languages": 0.03}
"""Shares of origins that shall count for less in what is chosen and calibrated by the sets held out."""


def group_of(each: LabelSet) -> str:
    """Sets of one group share texts or labels: the same source under several label sets."""
    return each.name.split("_")[0] if each.origin == "public" else each.name


def held_out(sets: list[LabelSet], share: float = SHARE) -> set[str]:
    """Names of the sets to choose by, never to train on: the same whatever the order of the sets.

    Of the public sets, one group a family that is no more than 30 % of the family's rows, so that every family is
    judged and none is lost; of the others, a tenth, or less.
    """
    groups: dict[str, list[LabelSet]] = {}
    for each in sets:
        groups.setdefault(f"{each.origin}:{each.family if each.origin == 'public' else each.task}", []).append(each)
    chosen: set[str] = set()
    for key, mine in groups.items():
        names = sorted({group_of(each) for each in mine}, key=_order)
        if key.startswith("public"):
            total = sum(len(each.rows) for each in mine)
            small = [n for n in names if sum(len(e.rows) for e in mine if group_of(e) == n) <= 0.3 * total]
            out = set(small[:1])
        else:
            mine_share = SMALLER.get(mine[0].origin, share)
            out = set(names[: max(1, round(mine_share * len(names)))]) if len(names) > 1 else set()
        chosen |= {each.name for each in sets if group_of(each) in out}
    return chosen


def _order(name: str) -> str:
    return hashlib.sha256(f"classer:{name}".encode()).hexdigest()
