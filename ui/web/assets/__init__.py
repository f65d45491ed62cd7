"""Files of the page: styles and scripts."""

from pathlib import Path

ASSETS = Path(__file__).parent
