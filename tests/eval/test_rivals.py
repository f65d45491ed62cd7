from corpus.library import shipped
from eval.bench.rivals import bm25, tutorial
from eval.cases import DATASETS, load
from eval.run import record
from eval.sets import World
from index.embedders import Embedder

GAS = load(DATASETS / "tianjin.jsonl")[0]
WORLD = World([GAS], shipped())
TEXTS = {document.id: document.text for document in WORLD.documents}


def test_the_rivals_answer_with_chunks_that_stand_in_the_report(embedder: Embedder) -> None:
    for rival in (tutorial, bm25):
        with rival(WORLD, embedder) as asker:
            made = record(GAS, TEXTS, asker)
        assert "crash" not in made["given"]
        assert made["scores"]["right"] == 1.0
        assert made["scores"]["verbatim"] == 1.0
        assert len(made["given"]["citations"]) == 4


def test_bm25_finds_nothing_for_words_that_stand_nowhere(embedder: Embedder) -> None:
    with bm25(WORLD, embedder) as asker:
        assert asker.ask("zzz", []) == {
            "resolved_question": "zzz", "answered": False, "answer": "", "short_answer": None,
            "citations": [],
        }  # fmt: skip
