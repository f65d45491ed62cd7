import tomllib

import numpy as np

from eval.fit import fit
from rag.answerability import Calibration, Features


def test_the_written_rule_separates_what_it_was_fitted_on() -> None:
    rng = np.random.default_rng(0)
    good = rng.normal((0.9, 4.0, 0.7), (0.02, 0.5, 0.1), (60, 3))
    bad = rng.normal((0.82, 2.0, 0.1), (0.02, 0.5, 0.1), (60, 3))
    text = fit(np.vstack([good, bad]), np.repeat([True, False], 60), "made up")
    data = tomllib.loads(text)
    rule = Calibration(tuple(data["weights"]), data["bias"], data["threshold"])
    assert data["source"] == "made up"
    passed = [rule.probability(Features(*row)) >= rule.threshold for row in (*good, *bad)]
    assert sum(passed[:60]) >= 57
    assert sum(passed[60:]) == 0
    assert "AUROC 1.000" in text
