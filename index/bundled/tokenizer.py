"""The XLM-RoBERTa tokenizer of e5, rebuilt from the pieces and scores the weights file carries.

Built twice from the same numbers: as `tokenizer.json`, which sentence-transformers reads, and as a
SentencePiece model, which answers questions (a quarter of the memory, eight times the speed). Both
normalize by SentencePiece's nmt_nfkc, which XLM-R was trained with. Checked against the map in the
weights file: equal on every code point but one newer than the model (U+1F23B). They differ on
blanks at the end, around U+200D, and on a typed "<s>", which SentencePiece takes as ordinary text.
"""

import re
from io import BytesIO
from typing import Any, NamedTuple

from sentencepiece import SentencePieceProcessor, SentencePieceTrainer
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

Pieces = list[tuple[str, float]]

BOS, PAD, EOS, UNKNOWN = 0, 1, 2, 3
_BLANK = 6  # "▁" alone
_RUN = re.compile(r"\d[\d.,]*|[A-Za-z]+|[^\dA-Za-z]+")
_SPECIAL = ("<s>", "<pad>", "</s>", "<mask>")
_HELD = "\ue000"  # a private character to carry ～ past NFKC, which nmt_nfkc leaves alone


class Token(NamedTuple):
    """A token's id and the characters it stands for, end exclusive."""

    id: int
    start: int
    end: int


class PieceTokenizer:
    """Texts to token ids by SentencePiece; safe to share between threads."""

    def __init__(self, model: bytes, max_tokens: int) -> None:
        self._pieces = SentencePieceProcessor(model_proto=model)
        self._room = max_tokens - 2

    def encode(self, text: str) -> list[int]:
        """Return the ids of a text between <s> and </s>, cut to the model's length."""
        whole = text.encode(errors="replace")  # half a surrogate pair is nothing to encode
        ids: list[int] = self._pieces.encode(whole.decode())
        return [BOS, *ids[: self._room], EOS]

    def located(self, text: str) -> list[Token]:
        """Return the tokens of a text with their places, figures and Latin words cut apart first.

        Pieces hold several Han characters and figures alike (达到62 is one), but an answer begins
        and ends at a token. Offsets are those of `text`.
        """
        found: list[Token] = []
        for run in _RUN.finditer(text.encode(errors="replace").decode()):
            at = _characters(run[0], run.start())
            for piece in self._pieces.encode(run[0], return_type="proto").pieces:
                if piece.id != _BLANK and piece.end > piece.begin:
                    found.append(Token(piece.id, at[piece.begin], at[piece.end]))
        return found


def _characters(text: str, start: int) -> list[int]:
    """Return for every byte of a text in UTF-8 the number of its character, counted on."""
    found = [start + i for i, c in enumerate(text) for _ in range(len(c.encode()))]
    return [*found, start + len(text)]


def build_tokenizer(pieces: Pieces, max_tokens: int) -> Tokenizer:
    """Return the tokenizer for tokenizer.json; it cuts at `max_tokens`, special ones included."""
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([
        normalizers.Replace("～", _HELD), normalizers.Nmt(), normalizers.NFKC(),
        normalizers.Replace(_HELD, "～"), normalizers.Replace(Regex(" {2,}"), " "),
    ])  # fmt: skip
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", BOS), ("</s>", EOS)],
    )
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def build_pieces(pieces: Pieces) -> bytes:
    """Return a SentencePiece model of these pieces.

    The compiled nmt_nfkc rules are not in the weights file; SentencePiece writes them into every
    model it trains, so a model of seven letters is trained to have them.
    """
    from sentencepiece import sentencepiece_model_pb2

    trained = BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d e f g"] * 10), model_writer=trained, vocab_size=12,
        model_type="unigram", normalization_rule_name="nmt_nfkc", hard_vocab_limit=False,
        minloglevel=2, unk_id=UNKNOWN, bos_id=BOS, eos_id=EOS, pad_id=PAD,
    )  # fmt: skip
    proto: Any = sentencepiece_model_pb2  # generated at import; type checkers see nothing in it
    model = proto.ModelProto.FromString(trained.getvalue())
    del model.pieces[:]
    kinds = model.SentencePiece
    for number, (piece, score) in enumerate(pieces):
        kind = kinds.CONTROL if piece in _SPECIAL else kinds.NORMAL
        model.pieces.add(
            piece=piece, score=score, type=kinds.UNKNOWN if number == UNKNOWN else kind
        )
    data: bytes = model.SerializeToString()
    return data
