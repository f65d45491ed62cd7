"""The XLM-RoBERTa tokenizer of e5, rebuilt from the pieces and scores the weights file carries."""

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

BOS, PAD, EOS, UNKNOWN = 0, 1, 2, 3
_HELD = "\ue000"  # a private character to carry ～ past NFKC, which XLM-R leaves alone


def build_tokenizer(pieces: list[tuple[str, float]], max_tokens: int) -> Tokenizer:
    """Return the tokenizer; it cuts at `max_tokens`, special tokens included.

    The normalizer is SentencePiece's nmt_nfkc, which XLM-R was trained with. Checked against the
    map in the weights file: equal on every code point but one newer than the model (U+1F23B).
    """
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
