"""The generic folder names are ours alone: from this checkout, claimed by no other package."""

from importlib import import_module
from importlib.metadata import distributions
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["corpus", "index", "rag", "ui", "eval"])
def test_each_layer_imports_from_this_checkout(name: str) -> None:
    module = import_module(name)
    assert module.__file__ is not None
    assert Path(module.__file__) == CHECKOUT / name / "__init__.py"


@pytest.mark.parametrize("name", ["corpus", "index", "rag", "ui", "eval"])
def test_no_other_distribution_owns_a_layer(name: str) -> None:
    owners = {
        distribution.metadata["Name"]
        for distribution in distributions()
        for file in distribution.files or ()
        if file.parts[0] == name
    }
    assert owners <= {"jinwen"}
