"""Texts with words of other languages in place of English ones (code-switching: Qin et al. 2020, CoSDA-ML)."""

from __future__ import annotations

import re
from random import Random

from .dictionary import WordList

WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
ENDINGS = (("'s", ""), ("’s", ""), ("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ly", ""))
"""English endings, and what a headword may have instead."""


def translated(word: str, words: WordList, random: Random) -> str | None:
    """A translation of a word or phrase in lower case, or of what it is inflected from; the more used ones more often."""
    found = words.get(word)
    if found is None:
        stems = (word[: -len(end)] + instead for end, instead in ENDINGS if word.endswith(end) and len(word) > len(end) + 2)
        found = next((words[stem] for stem in stems if stem in words), None)
    if found is None:
        return None
    return random.choices(found, [1 / (n + 1) for n in range(len(found))])[0]


def switched(text: str, words: WordList, random: Random, share: float) -> str:
    """The text with about `share` of its words, and phrases of two, put into the other language where the list has them."""
    parts: list[str] = []
    at = 0
    found = list(WORD.finditer(text))
    n = 0
    while n < len(found):
        for size in (2, 1):
            last = found[min(n + size, len(found)) - 1]
            phrase = text[found[n].start() : last.end()].lower()
            if size == 1 or (n + 1 < len(found) and " ".join(phrase.split()) == phrase and phrase in words):
                break
        other = translated(phrase, words, random) if random.random() < share else None
        if other is not None:
            parts += [text[at : found[n].start()], other]
            at = last.end()
        n += size
    return "".join(parts) + text[at:]
