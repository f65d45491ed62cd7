"""The tokens of a question beside a window, laid out by the product's own reader."""

from collections.abc import Sequence

from index.bundled.crossencoder import MAX_TOKENS, CrossEncoder
from index.bundled.folder import PASSAGE_PROMPT, QUERY_PROMPT
from index.bundled.tokenizer import EOS, Token


class Layout(CrossEncoder):
    """What the reader would read, without reading it."""

    def size(self, text: str) -> int:
        """Return how many tokens a sentence takes in a window."""
        return len(self._located(text))

    def row(
        self, question: str, heading: str, sentences: Sequence[str]
    ) -> tuple[list[int], int, list[Token]]:
        """Return a row of token ids, where the window begins in it, and the window's tokens."""
        opening = self._opening(question, heading)
        body = self._body(sentences)[: MAX_TOKENS - len(opening) - 1]
        return [*opening, *(token.id for token in body), EOS], len(opening), body

    def question(self, text: str, longest: int) -> list[int]:
        """Return the tokens of a question as it is embedded, at most `longest`."""
        return self._cut(QUERY_PROMPT + text, longest)

    def passage(self, text: str, longest: int) -> list[int]:
        """Return the tokens of a passage as it is embedded, at most `longest`."""
        return self._cut(PASSAGE_PROMPT + text, longest)

    def _cut(self, text: str, longest: int) -> list[int]:
        ids = self._tokenizer.encode(text)
        return ids if len(ids) <= longest else [*ids[: longest - 1], EOS]
