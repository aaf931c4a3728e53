"""The yardstick: read every YAML file of a folder and compose it with PyYAML's C loader, nothing else.

Usage: python parse_alone.py DIR [values]

With ``values``, campaigncheck's own loader makes plain values of the files instead, and refuses what is
no plain YAML: that part of a check which every further rule comes on top of.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator


def files(folder: str) -> Iterator[str]:
    """Yield the YAML files of a folder, in order of name."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from files(entry.path)
        elif entry.name.endswith(".yaml"):
            yield entry.path


def composer() -> Callable[[str], bool]:
    """Return what composes a file and says whether it could be read."""
    import yaml

    def compose(file: str) -> bool:
        with open(file, encoding="utf-8") as stream:
            text = stream.read()
        try:
            yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError:
            return False
        return True

    return compose


def loader() -> Callable[[str], bool]:
    """Return what loads a file as a check does, without collecting garbage, and says whether it could be read."""
    import gc

    from campaigncheck.source.document import load
    from campaigncheck.source.errors import SourceError

    gc.disable()

    def values(file: str) -> bool:
        try:
            load(file, file)
        except SourceError:
            return False
        return True

    return values


def main() -> None:
    """Read each file; say how many could be read and how many could not."""
    read = loader() if sys.argv[2:] == ["values"] else composer()
    results = [read(file) for file in files(sys.argv[1])]
    print(f"{sum(results)} read, {len(results) - sum(results)} refused")


if __name__ == "__main__":
    main()
