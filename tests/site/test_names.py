"""What the pages of campaigns are called: safe names, each only once."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.site.names import names

IDS = st.sampled_from(
    ["abc", "con", "nul", "com1", "../x", "a/b", "A", "", "x" * 65, "x-0123456789abcdef", "abc\n", "é"]
) | st.text(max_size=8)


@given(st.lists(st.tuples(IDS, st.text(min_size=1, max_size=6)), unique_by=lambda item: item[1], max_size=12))
def test_names_are_safe_and_each_is_there_once(campaigns: list[tuple[str, str]]) -> None:
    found = list(names(campaigns))
    assert len(set(found)) == len(found) == len(campaigns)
    assert all(re.fullmatch(r"[a-z0-9-]{3,64}", name) for name in found)
    assert not {"con", "nul", "com1"} & set(found)


def test_a_safe_id_is_the_name() -> None:
    assert list(names([("sc-2027", "a.yaml"), ("zj-2027", "b.yaml")])) == ["sc-2027", "zj-2027"]


def test_of_two_with_one_id_the_second_is_called_by_its_path() -> None:
    first, second, third = names([("abc", "a.yaml"), ("abc", "b.yaml"), ("..", "c.yaml")])
    assert first == "abc"
    assert re.fullmatch("x-[0-9a-f]{16}", second)
    assert re.fullmatch("x-[0-9a-f]{16}", third)
    assert [second] == list(names([("", "b.yaml")]))
