"""Write `campaigncheck/language/traditional.py`: traditional characters and the simplified ones that stand for them.

Source: OpenCC (Apache-2.0), its conversion of single characters. Only characters that simplified text never
has are listed, which are those outside GB/T 2312: 乾 in 乾隆 and 著 in 著名 stay what they are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from textwrap import wrap

TABLE = Path(__file__).parents[1] / "language" / "traditional.py"
UNIFIED = range(0x4E00, 0xA000)
BASIC = 0xFFFF
WIDTH = 50


def pairs() -> Iterator[tuple[str, str]]:
    """Yield each traditional character with its simplified one."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    for code in UNIFIED:
        one = chr(code)
        other = convert(convert(one))  # some stand for one that is traditional itself
        if len(other) == 1 and other != one and ord(other) <= BASIC and not is_simplified(one):
            yield one, other


def is_simplified(char: str) -> bool:
    """Whether GB/T 2312 has a character."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def module() -> str:
    """Return the text of the module."""
    traditional, simplified = ("".join(side) for side in zip(*pairs(), strict=True))
    return "\n".join(
        (
            '"""Traditional characters and the simplified ones that stand for them, in the same order.',
            "",
            f"Written by ``python -m campaigncheck.maintenance.traditional`` from OpenCC {version('opencc')} (Apache-2.0); do not edit.",
            '"""',
            "",
            *_literal("TRADITIONAL", traditional),
            *_literal("SIMPLIFIED", simplified),
            "",
        )
    )


def _literal(name: str, text: str) -> list[str]:
    return [f"{name} = (", *(f'    "{line}"' for line in wrap(text, WIDTH)), ")"]


def main() -> int:
    """Write the module."""
    TABLE.write_text(module(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
