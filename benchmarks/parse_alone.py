"""The yardstick: read every YAML file of a folder and compose it with PyYAML's C loader, nothing else.

Usage: python parse_alone.py DIR
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import yaml


def files(folder: str) -> Iterator[str]:
    """Yield the YAML files of a folder, in order of name."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from files(entry.path)
        elif entry.name.endswith(".yaml"):
            yield entry.path


def main() -> None:
    """Compose each file; say how many could be read and how many could not."""
    read = refused = 0
    for file in files(sys.argv[1]):
        with open(file, encoding="utf-8") as stream:
            text = stream.read()
        try:
            yaml.compose(text, Loader=yaml.CSafeLoader)
            read += 1
        except yaml.YAMLError:
            refused += 1
    print(f"{read} read, {refused} refused")


if __name__ == "__main__":
    main()
