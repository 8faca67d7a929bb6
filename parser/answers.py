"""The words of short answers: tokens cut into phrases of the answer tables, amounts and other words.

Shared by follow-ups (`same`, `+1`, `8 @9`) and amendments (`no, 85`, `that was 7 reps`), which differ in what they
make of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from parser.atom_scanner import AtomScanner
from parser.atoms import Atom
from parser.lexer import Token, tokenise
from parser.lexicon import Lexicon, load_lexicon
from parser.normalise import NormalText, normalise
from parser.number_words import spell_numbers
from parser.vocabulary import Vocabulary

LONGEST = 120
MOST_TOKENS = 16


@dataclass(frozen=True, slots=True)
class Answer:
    """A short answer: the meanings of its leading words in order, and the atoms of the rest."""

    meanings: tuple[str, ...]
    atoms: tuple[Atom, ...]
    plain: NormalText
    has_letters_left: bool


@lru_cache(maxsize=16)
def read_answer(text: str) -> Answer | None:
    """Cut a short text; None where it is too long to be one. What has just been cut is asked for several times."""
    plain = normalise(text.strip())
    if not plain.text or len(plain.text) > LONGEST or "\n" in plain.text.strip():
        return None
    lexicon = load_lexicon()
    vocabulary = Vocabulary.library()
    tokens = spell_numbers(tokenise(plain.text, 0), lexicon, vocabulary)
    if len(tokens) > MOST_TOKENS:
        return None
    meanings, rest = _take_meanings(tokens, lexicon)
    atoms = AtomScanner(rest, lexicon, vocabulary, plain.text).scan()
    has_letters = any(atom.kind in ("word", "name") for atom in atoms)
    return Answer(tuple(meanings), tuple(atoms), plain, has_letters)


def _take_meanings(tokens: list[Token], lexicon: Lexicon) -> tuple[list[str], list[Token]]:
    """Take the words of the answer tables off the front, longest phrase first, with the signs between them."""
    meanings: list[str] = []
    index = 0
    while index < len(tokens):
        size, found = _meaning_at(tokens, index, lexicon)
        if size:
            meanings.extend(sorted(found))
            index += size
        elif tokens[index].key in (",", ".", "!", ":", ";", "-", "*") and not _starts_number(tokens, index):
            index += 1
        else:
            break
    return meanings, tokens[index:]


def _meaning_at(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, frozenset[str]]:
    for size in range(min(5, len(tokens) - index), 0, -1):
        found = lexicon.answers.get(tuple(token.key for token in tokens[index : index + size]))
        if found:
            return size, found
    return 0, frozenset()


def _starts_number(tokens: list[Token], index: int) -> bool:
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return tokens[index].key == "-" and following is not None and following.kind == "number" and following.is_glued
