"""Spans of a text with pieces put in, and where they stand in the text as it is written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.source.place import Piece, as_written

PARTS = st.lists(
    st.tuples(
        st.text("甲乙丙", max_size=4), st.text("丁戊", min_size=1, max_size=5), st.text("{}", min_size=1, max_size=6)
    )
)


@given(PARTS, st.text("甲乙丙", max_size=4), st.data())
def test_a_span_outside_of_pieces_says_the_same_in_both_texts(
    parts: list[tuple[str, str, str]], rest: str, data: st.DataObject
) -> None:
    shown = written = ""
    pieces: list[Piece] = []
    plain: list[int] = []
    for before, said, reference in parts:
        plain += range(len(shown), len(shown) + len(before))
        shown, written = shown + before, written + before
        pieces.append(Piece(len(shown), len(shown) + len(said), len(written), len(written) + len(reference)))
        shown, written = shown + said, written + reference
    plain += range(len(shown), len(shown) + len(rest))
    shown, written = shown + rest, written + rest
    for at in plain:
        begin, stop = as_written(pieces, (at, at + 1))
        assert written[begin:stop] == shown[at]
    for piece in pieces:
        start = data.draw(st.integers(piece.start, piece.end - 1))
        end = data.draw(st.integers(start + 1, piece.end))
        assert as_written(pieces, (start, end)) == (piece.begin, piece.stop)


def test_a_span_may_begin_in_a_piece_and_end_behind_it() -> None:
    pieces = [Piece(2, 4, 2, 12)]  # 每月20元 for 每月{{ amount }}元
    assert as_written(pieces, (0, 5)) == (0, 13)
    assert as_written(pieces, (3, 5)) == (2, 13)
    assert as_written(pieces, (0, 3)) == (0, 12)
    assert as_written((), (1, 3)) == (1, 3)
