"""The first step: examples and arrays from questions and reports, and the encoder's weights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from corpus.errors import InputError
from eval.training import arrays as packed
from eval.training import base
from eval.training.config import Config, Making
from eval.training.examples import Examples, Report
from eval.training.forms import formed
from eval.training.layout import Layout
from eval.training.misplacing import short
from eval.training.nearest import Nearest
from eval.training.pairing import pairs
from eval.training.public import public
from eval.training.showing import Showing
from eval.training.sources import Tell, chosen, refuse_held_out, reports
from eval.training.tokenising import arrays, pruned
from index.bundled.weights import read_weights
from index.embedders import Embedder
from index.embedders.bundled import BundledEmbedder


@dataclass(frozen=True, slots=True)
class Sources:
    """What examples are made of: the govqa folder, public questions or none, reports held out."""

    data: Path
    public: Path | None = None
    held: tuple[str, ...] = ()
    smoke: bool = False


def prepare(sources: Sources, out: Path, models: Path, config: Config, tell: Tell) -> None:
    """Write the arrays, those of reports held out, and the weights that training starts from.

    Raises InputError for data of reports that nothing is trained on, before anything is read.
    """
    if not sources.data.is_dir():
        raise InputError(f"找不到目录“{sources.data}”，请用 --data 指定放题目的目录")
    refuse_held_out(sources.data)
    plain = BundledEmbedder(models, plain=True)
    write(sources, out, config, Layout(models), plain, tell)


def write(
    sources: Sources, out: Path, config: Config, layout: Layout, embedder: Embedder, tell: Tell
) -> None:
    """Write what `prepare` does, hard negatives being those of a given embedder."""
    small = config.smoke if sources.smoke else None
    names, apart = chosen(sources.data, sources.held, small.reports if small else None)
    maker = _Maker(config.seed, layout, embedder, tell)
    most, making = small.items if small else None, config.examples
    read = reports(sources.data, making, tell, names, most)
    found = maker.made([_widened(report, config) for report in read], making)
    if sources.public:
        few, rng = small.public if small else None, Random(f"{config.seed}/public")
        more = public(sources.public, making, layout, rng, few)
        found.shown += more.shown
        found.pairs += more.pairs
    every = [arrays(found, layout, config.retriever)]
    if apart:
        held = maker.made(
            reports(sources.data, making, tell, apart, most), making.plain(), measured=not small
        )
        every.append(arrays(held, layout, config.retriever))
    files = (packed.FILE, packed.DEVELOPMENT)
    made = pruned(every)
    for name, one in zip(files, made, strict=False):
        packed.save(one, out / name)
        tell(f"已写入 {out / name}：{len(one.pairs)} 对问题与段落，{len(one.rows)} 个窗口")
    base.save(read_weights(), made[0].vocabulary, out / base.FILE)


def _widened(report: Report, config: Config) -> Report:
    """Return a report with a share of what people asked of it, and with what the forms ask."""
    rng = Random(f"{config.seed}/forms/{report.name}")
    people = [asked for asked in report.asked if rng.random() < config.examples.asked]
    return replace(report, asked=[*people, *formed(report.page, config.forms, rng)])


@dataclass(frozen=True, slots=True)
class _Maker:
    seed: int
    layout: Layout
    embedder: Embedder
    tell: Tell

    def made(self, found: Sequence[Report], making: Making, measured: bool = False) -> Examples:
        """Return the examples of reports; what is measured is looked for in all passages."""
        every = Examples()
        places = [*making.places, *(short(report.name) for report in found)]
        for report in found:
            self.tell(f"{report.name}：{len(report.asked)} 处有题目的句子")
            rng = Random(f"{self.seed}/{report.name}")
            near = Nearest(report, self.embedder)
            showing = Showing(report, near, self.layout, making, places, rng)
            for asked in report.asked:
                every.shown += showing.shown(asked)
                every.pairs += pairs(report, asked, near, making, rng)
            if measured:
                every.pool += [report.embedded(p) for group in report.passages for p in group]
        return every
