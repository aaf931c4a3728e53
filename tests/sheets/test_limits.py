"""What a site's own templates may not do: run for ever, or fill the memory. Each is stopped with its line."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from campaigncheck.sheets import limits
from campaigncheck.sheets.limits import limited
from campaigncheck.sheets.render import write
from tests.sheets.test_faq_command import faq, specs
from tests.sheets.test_templates import failed, given, template

NEST = "{% for i in range(9999) %}"
DOUBLE = '{% set x = namespace(y="ab") %}\n{% for i in range(99) %}{% set x.y = @ %}{% endfor %}'
STEPS = "循环和调用太多，一页最多 1,000,000 次"
SIZE = "写出来的东西太长，最多 16,000,000 个字"
MEMORY = "要用的内存太多"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"\n{NEST}{NEST}{{% endfor %}}{{% endfor %}}", STEPS),
        (f"\n{NEST}{NEST}{{{{ i }}}}{{% endfor %}}{{% endfor %}}", STEPS),
        (
            "{% macro f(n) %}\n{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
            STEPS,
        ),
        ("\n{% for i in 'x' * 9999999 %}{% endfor %}", STEPS),
        ("\n{{ 'x' * 10 ** 9 }}", SIZE),
        ("\n{{ 10 ** 9 * [1] }}", SIZE),
        ("\n{{ 2 ** (10 ** 9) }}", SIZE),
        ("\n{% for i in range(999) %}{{ 'x' * 10 ** 5 }}{% endfor %}", SIZE),
        (DOUBLE.replace("@", "x.y ~ x.y"), SIZE),
        (DOUBLE.replace("@", "x.y + x.y"), SIZE),
        (DOUBLE.replace("@", "x.y | replace('a', 'aa')"), SIZE),
        (DOUBLE.replace("@", "'{0}{0}'.format(x.y)"), SIZE),
        (DOUBLE.replace("% set x.y = @ %", "% set z %}{{ x.y }}{{ x.y }}{% endset %}{% set x.y = z %"), SIZE),
        ("\n{{ 'x' | center(20 * 10 ** 6) }}", SIZE),
        ("\n{{ '%20000000d' | format(1) }}", SIZE),
        ("\n{{ ('a' * 10 ** 6) | replace('a', 'b' * 10 ** 6) }}", MEMORY),
        ("\n{{ ('a\n' * 10 ** 5) | indent(10 ** 7) }}", MEMORY),
        ("\n{{ range(10 ** 5) | map('string') | join('x' * 10 ** 6) }}", MEMORY),
    ],
)
def test_a_template_that_wants_too_much_is_stopped(tmp_path: Path, text: str, said: str) -> None:
    lines = (2, 3) if "a\n" in text else (2,)  # an expression of several lines fails in any of them
    assert failed(tmp_path, text) in {f"模板 {tmp_path}/sheet.html.j2 第 {line} 行出错：{said}" for line in lines}


def test_plain_text_again_and_again_is_too_much_without_a_line(tmp_path: Path) -> None:
    text = "{% for i in range(9999) %}" + "x" * 9999 + "{% endfor %}"
    assert failed(tmp_path, text) == f"模板 {tmp_path}/sheet.html.j2 出错：{SIZE}"


def test_what_nothing_counts_is_stopped_by_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.2)
    text = (
        "{% if n is not defined %}{% set n = 0 %}{% endif %}{% set n = n + 1 %}\n"
        "{% if n < 60 %}{% include 'sheet.html.j2' %}{% include 'sheet.html.j2' %}{% endif %}"
    )
    message = failed(tmp_path, text)
    assert message.startswith(f"模板 {tmp_path}/sheet.html.j2 第 ")
    assert message.endswith(" 行出错：算得太久，一页最多 0.2 秒")


def test_limits_hold_for_every_page_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STEPS", 10)
    own = template(tmp_path, "{% for i in range(8) %}{{ i }}{{ loop.length }}{% endfor %}")
    assert [write(given(), "zh", own) for _ in range(3)] == ["0818283848586878"] * 3


def test_afterwards_nothing_is_limited() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with limited():
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0
    assert signal.getsignal(signal.SIGVTALRM) == before
    assert len(b"x" * (limits.MEMORY + 1)) > limits.MEMORY


def test_loops_go_on_as_they_did(tmp_path: Path) -> None:
    text = (
        "{% for a in 'xyz' if a != 'y' %}{{ loop.index }}/{{ loop.length }}{{ a }}{{ loop.nextitem }} {% else %}none{% endfor %}"
        "{% for a in [] %}{% else %}none{% endfor %}"
        "{% for a in [[1, [2]], [3]] recursive %}<{{ loop(a) if a is iterable else a }}>{% endfor %}"
    )
    with_last = text.replace("{{ loop.nextitem }}", "{{ loop.last }}")
    assert write(given(), "zh", template(tmp_path, with_last)) == "1/2xFalse 2/2zTrue none<<1><<2>>><<3>>"


def test_the_command_stops_with_wrong_usage_and_writes_nothing(tmp_path: Path) -> None:
    specs(tmp_path, one="")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "sheet.html.j2").write_text("\n{{ 'x' * 10 ** 9 }}", encoding="utf-8")
    done = faq(tmp_path, "-o", "out", "--templates", "own")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"错误：模板 own/sheet.html.j2 第 2 行出错：{SIZE}\n")
    assert not (tmp_path / "out").exists()
