"""What a version of the index is made of, and whether it fits the program that opens it."""

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256

from corpus.errors import NewerError, StoreError
from index.embedders import Embedder
from index.lexicon import ANALYZER
from index.passages import CHUNKING
from index.vectors import EXACT

FORMAT = 3
METRIC, METRIC_OF_MANY = "cosine-flat", "cosine-ivf-fp16"
Make = tuple[object, object, object]
MAKE: Make = (FORMAT, CHUNKING, ANALYZER)  # of this program


@dataclass(frozen=True, slots=True)
class Manifest:
    """The make of one version; `files` and `documents` map names to SHA-256 in hex."""

    created: str
    embedder: str
    dimension: int
    query_prompt: str
    passage_prompt: str
    passages: int
    documents: dict[str, str]
    files: dict[str, str] = field(default_factory=dict)
    chunking: str = CHUNKING
    analyzer: str = ANALYZER
    metric: str = METRIC
    format: int = FORMAT

    def to_bytes(self) -> bytes:
        """Return the manifest as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Manifest":
        """Return the manifest; raises StoreError when it is not one of this format."""
        try:
            fields = json.loads(data)
            require_not_newer(fields.get("format"))
            if fields.get("format") != FORMAT:
                raise StoreError(
                    f"索引格式是 {fields.get('format')}，本程序需要 {FORMAT}，"
                    "请运行 jinwen index build 重建"
                )
            return cls(**fields)
        except (ValueError, TypeError, AttributeError) as error:
            raise StoreError("索引清单无法识别，请运行 jinwen index build 重建") from error

    def require(self, embedder: Embedder) -> None:
        """Raise StoreError naming both values when another embedder or program made the index."""
        for what, built, wanted in (
            *self._model(embedder),
            ("切分方式", self.chunking, CHUNKING),
            ("分词方式", self.analyzer, ANALYZER),
            ("距离", self.metric, metric_of(self.passages)),
        ):
            if built != wanted:
                raise StoreError(
                    f"索引的{what}是“{built}”，当前是“{wanted}”，请运行 jinwen index build 重建"
                )

    def has_vectors_of(self, embedder: Embedder) -> bool:
        """Tell whether the same model made the vectors, however the texts were cut."""
        return all(built == wanted for _, built, wanted in self._model(embedder))

    def _model(self, embedder: Embedder) -> tuple[tuple[str, object, object], ...]:
        return (
            ("嵌入模型", self.embedder, embedder.name),
            ("向量维数", self.dimension, embedder.dimension),
            ("问题提示词", self.query_prompt, embedder.prompts.query),
            ("段落提示词", self.passage_prompt, embedder.prompts.passage),
        )


def metric_of(passages: int) -> str:
    """Return how vectors are compared where there are so many passages."""
    return METRIC if passages <= EXACT else METRIC_OF_MANY


def require_not_newer(made: object) -> None:
    """Raise NewerError for a format that this program does not know yet."""
    if isinstance(made, int) and made > FORMAT:
        raise NewerError(
            f"索引是更新的程序建的（格式 {made}，本程序到 {FORMAT}），请升级本程序或恢复备份"
        )


def make_of(manifest: bytes) -> Make:
    """Return format, chunking and analyzer of a manifest, whatever program made it."""
    fields = json.loads(manifest)
    return fields.get("format"), fields.get("chunking"), fields.get("analyzer")


def digest(data: bytes) -> str:
    """Return the SHA-256 in hex."""
    return sha256(data).hexdigest()
