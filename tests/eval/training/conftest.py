"""A report that we made up, a dozen places with questions, and what is made of them."""

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import pytest

from eval.training import arrays as packed
from eval.training import base
from eval.training.arrays import Arrays
from eval.training.base import Base
from eval.training.config import Config, load_config
from eval.training.examples import Report
from eval.training.layout import Layout
from eval.training.nearest import Nearest
from eval.training.preparing import Sources, write
from eval.training.sources import reports
from index.embedders import Embedder

NAME = "青海省"
TEXT = """各位代表：
一、过去一年工作回顾
地区生产总值增长5.2%。新建口袋公园50个，改造燃气管网623公里，城镇新增就业6.3万人。粮食总产量达到118万吨。
居民收入增长6.1%。旅游收入突破500亿元，接待游客4500万人次。
二、今年工作安排
（一）办好民生实事
新建养老服务中心30个，改造老旧小区210个。建成托育机构15家，新增托位2000个。
（二）加快项目建设
开工建设西宁至成都铁路、格尔木机场改扩建工程、引黄济宁工程。全年完成投资1200亿元。
不再审批新的燃煤电厂。清洁能源装机达到8000万千瓦，绿电占比提高到90%。
"""
LINES = [
    ("地区生产总值增长", "figure", ["5.2%"], None, "经济增长多少"),
    ("新建口袋公园", "figure", ["50个"], None, "口袋公园新建几个"),
    ("改造燃气管网", "figure", ["623公里"], None, "燃气管网改造多少公里"),
    ("粮食总产量达到", "figure", ["118万吨"], None, "粮食产量有多少"),
    ("旅游收入突破", "figure", ["500亿元"], None, "旅游收入多少"),
    ("接待游客", "figure", ["4500万人次"], None, "来了多少游客"),
    ("新建养老服务中心", "figure", ["30个"], None, "今年新建几个养老服务中心"),
    ("建成托育机构", "list", ["15家", "2000个"], None, "托育机构和托位各多少"),
    ("开工建设西宁至成都铁路", "list", ["西宁至成都铁路", "格尔木机场改扩建工程", "引黄济宁工程"],
     None, "开工哪些工程"),
    ("全年完成投资", "figure", ["1200亿元"], None, "完成投资多少"),
    ("不再审批新的燃煤电厂", "yesno", ["不再审批新的燃煤电厂"], "no", "还批燃煤电厂吗"),
    ("绿电占比提高到", "how", [], None, "清洁能源怎么样"),
]  # fmt: skip
MAKES = "{0}？", "请问{0}呢？", "{0}"


@dataclass(frozen=True)
class Prepared:
    """The folder that the first step wrote, and what it was told to say."""

    folder: Path
    said: list[str]


def write_data(folder: Path, name: str = NAME) -> Path:
    """Write the report and its questions as the data folder has them."""
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    (folder / "reports" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    records = [
        {"e": anchor, "k": kind, "a": answers, **({"y": pole} if pole else {}),
         "q": [make.format(question) for make in MAKES], "n": [f"去年{question}的预算？"]}
        for anchor, kind, answers, pole, question in LINES
    ]  # fmt: skip
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def config() -> Config:
    return load_config()


@pytest.fixture(scope="session")
def layout(models: Path) -> Layout:
    return Layout(models)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(tmp_path_factory.mktemp("govqa"))


@pytest.fixture(scope="session")
def made_up(data: Path, config: Config) -> Report:
    (found,) = reports(data, config.examples, lambda line: None)
    return found


@pytest.fixture(scope="session")
def near(made_up: Report, toy: Embedder) -> Nearest:
    return Nearest(made_up, toy)


@pytest.fixture
def rng() -> Random:
    return Random(17)


@pytest.fixture(scope="session")
def prepared(
    config: Config, layout: Layout, toy: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Prepared:
    """Both files of a training, another report held out."""
    data = write_data(write_data(tmp_path_factory.mktemp("two")), "江苏省")
    out = tmp_path_factory.mktemp("out")
    said: list[str] = []
    write(Sources(data, held=("江苏",)), out, config, layout, toy, said.append)
    return Prepared(out, said)


@pytest.fixture(scope="session")
def arrays(prepared: Prepared) -> Arrays:
    return packed.load(prepared.folder / packed.FILE)


@pytest.fixture(scope="session")
def whole_base(prepared: Prepared) -> Base:
    return base.load(prepared.folder / base.FILE)


@pytest.fixture(scope="session")
def shallow(whole_base: Base) -> Base:
    """The first layer alone: enough to learn something, and quick."""
    return Base({**whole_base.tensors, "layers": np.array(1)})
