"""Word lists from English into other languages, as dictionaries of the dictd format carry them (Debian's `dict-freedict-*`)."""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path("/usr/share/dictd")
CODES = ("deu", "fra", "spa", "ita", "por", "nld", "swe", "dan", "tur", "hrv", "ces")
"""Languages in Latin letters, by ISO 639-3: words of other scripts fall into single letters."""

MOST = 3
"""Translations that are kept of a word."""

DIGITS = {c: n for n, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}
REMARK = re.compile(r"<[^>]*>|\[[^\]]*\]|\([^)]*\)|\{[^}]*\}|\"[^\"]*\"|^\s*\d+\.")
WORDS = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,2}")
SHORT = 3
"""English words of so few letters are often remarks or abbreviations: both dictionaries must give them."""

TOKEN = re.compile(r"[^\W\d_]+")

WordList = dict[str, tuple[str, ...]]
"""Translations by English word or short phrase in lower case, the most used first."""


def read_dictionaries(folder: Path = FOLDER) -> dict[str, WordList]:
    """The word lists of the languages that the folder has a dictionary of, either way round; none where there is none."""
    found = {language: word_list(folder, language) for language in CODES}
    return {language: words for language, words in found.items() if words}


def there_are(folder: Path, language: str) -> list[Path]:
    """The dictionaries of a language in the folder, without their endings."""
    stems = (folder / f"freedict-eng-{language}", folder / f"freedict-{language}-eng")
    return [stem for stem in stems if stem.with_name(stem.name + ".index").exists()]


def word_list(folder: Path, language: str) -> WordList:
    """One language's word list.

    Dictionaries say nothing of how common a word is: one that both of a pair give comes first, then one that is met often
    throughout.
    """
    use: Counter[str] = Counter()
    there: set[tuple[str, str]] = set()
    back: set[tuple[str, str]] = set()
    for stem in there_are(folder, language):
        if stem.name.endswith("-eng"):
            back = {(english, other) for other, english in _entries(stem, Counter())}
        else:
            there = set(_entries(stem, use))
    found: dict[str, list[str]] = {}
    agreed = there & back if there and back else there | back
    for english, other in sorted(there | back):
        if len(english) > SHORT or (english, other) in agreed:
            found.setdefault(english, []).append(other)

    def rank(english: str, other: str) -> tuple[bool, bool, int]:
        return (english, other) not in agreed, other.count(" ") > english.count(" "), -min(use[token] for token in TOKEN.findall(other))

    return {english: tuple(sorted(others, key=lambda other: rank(english, other))[:MOST]) for english, others in found.items()}


def _entries(stem: Path, use: Counter[str]) -> Iterator[tuple[str, str]]:
    """Headwords and translations in lower case; counts the words of the entries."""
    data = gzip.decompress(stem.with_name(stem.name + ".dict.dz").read_bytes())
    index = stem.with_name(stem.name + ".index").read_text(encoding="utf-8")
    for line in unicodedata.normalize("NFKC", index).splitlines():
        head, start, length = line.split("\t")[:3]
        at = _number(start)
        entry = unicodedata.normalize("NFKC", data[at : at + _number(length)].decode("utf-8", errors="replace"))
        for text in entry.lower().splitlines()[1:]:
            use.update(TOKEN.findall(text))
            if WORDS.fullmatch(head):
                yield from ((head.lower(), word) for word in translations(text))


def _number(digits: str) -> int:
    """A number as the index writes it, in base 64."""
    value = 0
    for digit in digits:
        value = value * 64 + DIGITS[digit]
    return value


def translations(line: str) -> Iterator[str]:
    """The translations of a line of an entry; remarks, examples and references are none.

    >>> list(translations("1. aufwachen <v> [coll.], wach werden"))
    ['aufwachen', 'wach werden']
    """
    if line.startswith("   ") or line.strip().startswith(("see:", "synonym", "-", "~")):
        return
    for part in re.split(r"[,;.]", REMARK.sub("", line)):
        if WORDS.fullmatch(part.strip()):
            yield part.strip()
