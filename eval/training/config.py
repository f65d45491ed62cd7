"""What `config.toml` says about examples and training."""

import tomllib
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Making:
    """How examples are made of questions; the comments in the file say what is what."""

    title: str
    year: str
    asked: float
    window_tokens: int
    windows: int
    hard: int
    hard_first: int
    hard_last: int
    tempting: int
    clauses: int
    elsewhere: float
    another_year: float
    astray: float
    public: float
    places: tuple[str, ...]
    years: tuple[str, ...]

    def plain(self) -> "Making":
        """Return how questions are shown that are only measured: each as it is, once."""
        return replace(self, windows=1, elsewhere=0.0, another_year=0.0)


@dataclass(frozen=True, slots=True)
class Forms:
    """How many questions of each form a report gives, as far as it has them."""

    planned: int
    done: int
    figures: int
    claims: int
    untold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What both adapters are trained by; `steps` ends a training early."""

    rank: int
    scale: float
    rate: float
    batch: int
    epochs: int
    decay: float
    warm_up: float
    rest: float
    dropout: float
    save_every: int
    kept: float
    frozen: int = 0  # layers from the first that learn nothing
    steps: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrieverRecipe(Recipe):
    """How the retriever is trained: InfoNCE over the batch and hard negatives."""

    temperature: float
    negatives: int
    question_tokens: int
    passage_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderRecipe(Recipe):
    """How the reader is trained: verdict, tags and ends of an answer at once."""

    smoothing: float
    verdict_weights: tuple[float, ...]
    tag_weights: tuple[float, ...]
    pointer: float
    silent: float


@dataclass(frozen=True, slots=True)
class Smoke:
    """How little is taken for a run that only shows that everything works."""

    reports: int
    items: int
    forms: int
    public: int
    batch: int
    negatives: int
    epochs: int
    steps: int


@dataclass(frozen=True, slots=True)
class Config:
    """The whole file."""

    seed: int
    examples: Making
    forms: Forms
    retriever: RetrieverRecipe
    reader: ReaderRecipe
    onward: dict[str, Any]
    smoke: Smoke

    def learning_on(self) -> "Config":
        """Return the recipes for adapters that are there already."""
        recipes = self.onward["recipes"]
        return replace(
            self,
            examples=replace(self.examples, **self.onward["examples"]),
            retriever=replace(self.retriever, **recipes),
            reader=replace(self.reader, **recipes),
        )

    def small(self) -> "Config":
        """Return the recipes of a smoke run."""
        few = self.smoke
        retriever = replace(self.retriever, batch=few.batch, epochs=few.epochs, steps=few.steps)
        reader = replace(self.reader, batch=few.batch, epochs=few.epochs, steps=few.steps)
        retriever = replace(retriever, negatives=few.negatives)
        return replace(self, forms=Forms(*[few.forms] * 5), retriever=retriever, reader=reader)


def load_config(onward: bool = False, smoke: bool = False) -> Config:
    """Return the configuration that comes with the package, or what it says of such a training."""
    config = _load()
    config = config.learning_on() if onward else config
    return config.small() if smoke else config


def _load() -> Config:
    data = tomllib.loads((files("eval.training") / "config.toml").read_text(encoding="utf-8"))
    tables = {name: _frozen(table) for name, table in data.items() if isinstance(table, dict)}
    return Config(
        data["seed"],
        Making(**tables["examples"]),
        Forms(**tables["forms"]),
        RetrieverRecipe(**tables["retriever"]),
        ReaderRecipe(**tables["reader"]),
        tables["onward"],
        Smoke(**tables["smoke"]),
    )


def _frozen(table: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
