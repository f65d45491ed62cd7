import tomllib

import numpy as np

from eval.fit import Example, Topical, fit
from rag.answerability import Calibration, Features, Model


def _examples(slotted: bool) -> list[Example]:
    rng = np.random.default_rng(0)
    good = rng.normal((0.05, 4.0, 0.7, 0.9, 0.8, 0.0, 1.0), 0.05, (60, 7))
    bad = rng.normal((0.01, 2.0, 0.1, 0.3, 0.2, 0.4, 0.0), 0.05, (60, 7))
    return [
        *(Example(slotted, tuple(row), True, True) for row in good),
        *(Example(slotted, tuple(row), False, False) for row in bad),
    ]


def test_the_written_rule_separates_what_it_was_fitted_on() -> None:
    examples = [*_examples(True), *_examples(False)]
    topical = [Topical((0.05, 0.8, 0.0), True)] * 50 + [Topical((-0.05, 0.1, 0.5), False)] * 50
    text = fit(examples, topical, "made up")
    data = tomllib.loads(text)
    assert data["source"] == "made up"
    assert "AUROC of right against all others 1.000" in text
    assert "told by the topic alone 1.000" in text
    models = {
        name: Model(tuple(data[name]["weights"]), data[name]["bias"])
        for name in ("topic", "slotted", "open")
    }
    rule = Calibration(
        models["topic"], models["slotted"], models["open"],
        data["threshold"], data["topic_threshold"],
    )  # fmt: skip
    for kind, group in (("figure", examples[:120]), ("how", examples[120:])):
        passed = [rule.probability(kind, Features(*e.row)) >= rule.threshold for e in group]  # type: ignore[arg-type]
        assert sum(passed[:60]) >= 57
        assert sum(passed[60:]) == 0
