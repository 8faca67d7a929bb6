"""Where the atom scanner stands in the tokens of a line, and the atoms it has made."""

from __future__ import annotations

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
        self.words = [self._stem_at(i) for i in range(len(tokens))]

    def _stem_at(self, index: int) -> str:
        token = self.tokens[index]
        if token.kind == "word":
            return " ".join(name_words(token.text)) or stem(token.key)
        if token.kind == "number":
            return token.text if token.text.isdigit() else ""
        return "and" if token.key == "&" else ""

    def _push(self, kind: str, size: int, role: str = "", value: int = 0) -> None:
        first, last = self.tokens[self.index], self.tokens[self.index + size - 1]
        text = self.text[first.start : last.end]
        self.atoms.append(Atom(kind, first.start, last.end, text, role, is_glued=first.is_glued, value=value))
        self.index += size

    def _is_number(self, index: int) -> bool:
        return index < len(self.tokens) and self.tokens[index].kind == "number"

    def _has_product(self) -> bool:
        return any(atom.kind == "times" for atom in self.atoms)
