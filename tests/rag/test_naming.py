import pytest

from corpus.documents import Document
from rag.evidence import Evidence
from rag.naming import named
from rag.questions import understand
from rag.reader.windows import page

TEXT = "国家高新技术企业、国家科技型中小企业各新增1000家。新建口袋公园50个。"
PAGE = page(Document("r", "天津市2024年政府工作报告", TEXT))
EVIDENCE = [Evidence(PAGE, n, PAGE.span(n), 1.0) for n in range(2)]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("国家高新技术企业新增多少家？", 0),
        ("天津新建多少个口袋公园？", 1),  # the title says of what place
        ("国家高新技术企业新增多少个？", None),  # another unit
        ("国家高新技术企业总部新增多少家？", None),  # something is asked that is not said
        ("国家高新技术企业新增哪些？", None),
    ],
)
def test_a_figure_of_which_all_is_said_that_is_asked(question: str, sentence: int | None) -> None:
    found = named(understand(question), EVIDENCE)
    assert found is (None if sentence is None else EVIDENCE[sentence])
