"""The second step on a machine of its own: `python -m eval.training --out DIR --device cuda`."""

import argparse
from collections.abc import Sequence

from corpus.errors import JinwenError
from eval.training.config import load_config
from eval.training.learning import Wanted, learn
from eval.training.options import add_learning
from eval.training.progress import tell


def main(argv: Sequence[str] | None = None) -> int:
    """Train from the arrays that are there and return the exit status."""
    parser = argparse.ArgumentParser(prog="eval.training", description="用备好的数据训练适配器")
    add_learning(parser)
    options = parser.parse_args(argv)
    try:
        learn(Wanted.of(options), load_config(options.onward, options.smoke), tell)
    except JinwenError as error:
        tell(f"jinwen: {error}")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
