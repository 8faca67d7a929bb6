"""Where the atom scanner stands in the tokens of a line, and the atoms it has made."""

from __future__ import annotations

from functools import lru_cache

from parser.atoms import Atom
from parser.lexer import Token
from parser.lexicon import Lexicon
from parser.name_words import name_words, stem
from parser.vocabulary import Vocabulary


class TokenCursor:
    """Tokens, atoms so far, and the words of names at each token."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon, vocabulary: Vocabulary, text: str) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.vocabulary = vocabulary
        self.text = text
        self.atoms: list[Atom] = []
        self.index = 0
        self.words = [_stems(token.kind, token.text, token.key) for token in tokens]

    def _push(self, kind: str, size: int, role: str = "", value: int = 0) -> None:
        first, last = self.tokens[self.index], self.tokens[self.index + size - 1]
        text = self.text[first.start : last.end]
        self.atoms.append(Atom(kind, first.start, last.end, text, role, is_glued=first.is_glued, value=value))
        self.index += size

    def _is_number(self, index: int) -> bool:
        return index < len(self.tokens) and self.tokens[index].kind == "number"

    def _has_product(self) -> bool:
        return any(atom.kind == "times" for atom in self.atoms)


@lru_cache(maxsize=16384)
def _stems(kind: str, text: str, key: str) -> str:
    """Give a token as the words of a name, with spaces between them; nothing where it cannot be in one."""
    if kind == "word":
        return " ".join(name_words(text)) or stem(key)
    if kind == "number":
        return text if text.isdigit() else ""
    return "and" if key == "&" else ""
