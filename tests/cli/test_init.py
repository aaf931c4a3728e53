"""``campaigncheck init``: what it writes passes its own check, fits the published schemas, and overwrites nothing."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from campaigncheck.algebra.regions import COUNTRY
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.catalogue.waivers import load_waivers
from campaigncheck.messages import LANGS, Lang
from campaigncheck.source.yamlpass import parse
from campaigncheck.starter import write
from campaigncheck.starter.content import Wish, contents
from campaigncheck.starter.example import period
from tests.cli.test_check import ROOT, call
from tests.support.checking import check_specs

CATALOGUES = load_catalogues(RuleFiles.at(None))
TEMPLATES = ROOT / "campaigncheck" / "starter" / "templates"
TODAY = "2026-12-01"
EXAMPLE = "campaigns/510000/example-2027-data-pack.yaml"
FILES = {
    ".github/workflows/campaigns.yml",
    ".gitignore",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    "CODEOWNERS",
    "README.md",
    EXAMPLE,
    "campaigns/510700/.gitkeep",
    "rules/network/README.md",
    "rules/overlays/510000.yaml",
    "rules/overlays/510700.yaml",
    "rules/policy.yaml",
    "waivers.yaml",
}


def started(folder: Path, *arguments: str) -> Path:
    """Start a repository for a province and one of its cities."""
    done = call("init", str(folder), "--region", "510000,510700", "--today", TODAY, *arguments, cwd=folder.parent)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def files_of(folder: Path) -> dict[str, str]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def read_yaml(path: Path) -> Any:
    return parse(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return started(tmp_path_factory.mktemp("init") / "site")


@pytest.mark.parametrize("lang", LANGS)
def test_what_it_writes_passes_without_a_finding(tmp_path: Path, lang: Lang) -> None:
    site = started(tmp_path / "site", "--lang", lang)
    assert {name for name in files_of(site) if not name.startswith("schemas/")} == FILES
    done = call("check", "--today", TODAY, "--fail-on", "note", "--format", "json", cwd=site)
    summary = json.loads(done.stdout)["summary"]
    assert (done.returncode, done.stderr, summary["campaigns"], summary["pass"]) == (0, "", 1, 1)
    assert call("rules", "--for", "510700", cwd=site).stdout.splitlines()[1] == "全部是内置的尺度。"


def test_the_languages_differ_in_what_is_said_alone(site: Path, tmp_path: Path) -> None:
    english = files_of(started(tmp_path / "en", "--lang", "en"))
    chinese = files_of(site)
    assert chinese.keys() == english.keys()
    assert chinese["README.md"].startswith("# 营销案仓库\n")
    assert re.findall("[\u4e00-\u9fff]+", english["README.md"] + english["rules/network/README.md"]) == []
    for name in (EXAMPLE, "waivers.yaml"):
        assert yaml.safe_load(chinese[name]) == yaml.safe_load(english[name])


@pytest.mark.parametrize("path", sorted(TEMPLATES.iterdir()), ids=lambda path: path.name)
def test_every_comment_is_in_both_languages(path: Path) -> None:
    blocks = re.findall(r"((?:^ *#zh .*\n)+)?((?:^ *#en .*\n)*)", path.read_text(encoding="utf-8"), re.MULTILINE)
    said = [(zh, en) for zh, en in blocks if zh or en]
    assert [pair for pair in said if not all(pair)] == []
    assert bool(said) or path.suffix == ".md"


@given(
    today=st.dates(date(2024, 1, 1), date(2040, 12, 31)),
    region=st.sampled_from([COUNTRY, "110000", "330000", "510700", "659001", "710000"]),
)
@settings(max_examples=25)
def test_the_example_has_no_finding_whenever_it_is_written(
    tmp_path_factory: pytest.TempPathFactory, today: date, region: str
) -> None:
    start, end = period(today, CATALOGUES.calendar)
    texts = contents(Wish((region,), "org", "campaigncheck", "zh", start, end), CATALOGUES.regions)
    (example,) = (text for name, text in texts.items() if name.startswith("campaigns/"))
    report = check_specs(tmp_path_factory.mktemp("example"), {"example": example}, today=today)
    assert (report.findings, start > today, end > start) == ((), True, True)


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        (".github/workflows/campaigns.yml", "vendor.github-workflows"),
        (".gitlab-ci.yml", "vendor.gitlab-ci"),
    ],
)
def test_ci_files_fit_the_schemas_of_their_systems(site: Path, name: str, schema: str) -> None:
    assert_fits(site / name, schema)


def assert_fits(path: Path, schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "ok -- validation done\n")


def test_pre_commit_takes_its_configuration(site: Path) -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(site / ".pre-commit-config.yaml")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_editors_find_a_schema_for_each_file_and_it_fits(site: Path) -> None:
    mapped: dict[str, list[str]] = json.loads((site / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    assert {f"./schemas/{path.name}" for path in (site / "schemas").iterdir()} == set(mapped)
    fitted = set()
    for schema, globs in mapped.items():
        validator = Draft202012Validator(json.loads((site / schema).read_text("utf-8")))
        for path in (path for glob in globs for path in site.glob(glob)):
            validator.validate(read_yaml(path))
            fitted.add(path.relative_to(site).as_posix())
    assert fitted >= {"rules/policy.yaml", "rules/overlays/510000.yaml", "rules/overlays/510700.yaml", "waivers.yaml"}
    json.loads((site / ".vscode" / "extensions.json").read_text("utf-8"))


def test_modelines_name_a_schema_that_is_there(site: Path) -> None:
    named = 0
    for path in site.rglob("*.yaml"):
        for schema in re.findall(r"yaml-language-server: \$schema=(\S+)", path.read_text("utf-8")):
            assert (path.parent / schema).is_file()
            named += 1
    assert named == 4


def uncommented(path: Path) -> str:
    """Take the examples in the comments of a file seriously."""
    lines = path.read_text("utf-8").replace("\n[]\n", "\n").splitlines()
    example = re.compile(r"# ( *(?:- )?[\w.]+:( .*)?)")
    return "\n".join(match[1] if (match := example.fullmatch(line)) else line for line in lines) + "\n"


@pytest.mark.parametrize("lang", LANGS)
def test_the_examples_in_comments_work(tmp_path: Path, lang: Lang) -> None:
    site = started(tmp_path / "site", "--lang", lang)
    for name in ("rules/policy.yaml", "rules/overlays/510000.yaml", "waivers.yaml"):
        (site / name).write_text(uncommented(site / name), "utf-8")
    (site / "rules" / "overlays" / "510700.yaml").unlink()
    catalogues = load_catalogues(RuleFiles.at(site / "rules"))
    assert catalogues.limit("live_campaigns", "510700") == 2
    assert catalogues.policies.severity("FREQ001", "330000") == "error"
    assert catalogues.policies.severity("LANG004", "510700") == "warning"
    assert list(catalogues.policies.overlays["510000"].terms) == ["全家享"]
    waivers = load_waivers(site / "waivers.yaml")
    assert (waivers.faults, [waiver.entry.rule for waiver in waivers.entries]) == ((), ["FREQ001"])


def test_owners_are_named_by_region(tmp_path: Path) -> None:
    site = tmp_path / "site"
    call("init", "site", "--region", "510700", "--region", "510000", "--org", "grp/sub", "--lang", "en", cwd=tmp_path)
    assert (site / "CODEOWNERS").read_text("utf-8").splitlines() == [
        "# Who reviews what. Put your own organisation in the place of @grp/sub first; later lines win.",
        "*  @grp/sub/service",
        "/rules/  @grp/sub/service",
        "/waivers.yaml  @grp/sub/service",
        "/clearances/  @grp/sub/service",
        "# 510000 四川省",
        "/campaigns/510000/  @grp/sub/marketing-510000",
        "/rules/overlays/510000.yaml  @grp/sub/service-510000",
        "# 510700 绵阳市 (四川省)",
        "/campaigns/510700/  @grp/sub/marketing-510700",
        "/rules/overlays/510700.yaml  @grp/sub/service-510700",
    ]


def test_it_says_what_it_took_for_granted(tmp_path: Path) -> None:
    done = call("init", "--lang", "en", "--today", TODAY, cwd=tmp_path)
    count = len(files_of(tmp_path))
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [
            f"{count} files written: .",
            "No --region was given, so the example is for 510000 (四川省); for another: campaigncheck init --region NAME",
            "Put your own organisation in the place of @your-org in CODEOWNERS (or name it with --org).",
            "Next: git init, campaigncheck check --lang en; for a campaign of your own, campaigncheck new; README.md says more.",
        ],
    )


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine\n", "utf-8")
    (tmp_path / "rules").write_text("mine\n", "utf-8")
    done = call("init", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0] == "error: these files are there and are not overwritten: README.md, rules"
    assert files_of(tmp_path) == {"README.md": "mine\n", "rules": "mine\n"}
    assert call("init", "new", cwd=tmp_path).returncode == 0
    before = files_of(tmp_path / "new")
    again = call("init", "new", "--lang", "en", cwd=tmp_path)
    assert (again.returncode, f"{len(before)} in all" in again.stderr, files_of(tmp_path / "new")) == (2, True, before)


def test_a_link_leads_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "campaigns").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "site" / "CODEOWNERS").symlink_to(tmp_path / "nowhere")
    done = call("init", "site", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2, "error: these files are there and are not overwritten: CODEOWNERS, campaigns"
    )  # fmt: skip
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EEXIST])
@pytest.mark.parametrize("good", [0, 1, 7])
def test_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: int, good: int) -> None:
    done: list[str] = []
    link = os.link

    def failing(source: Path, target: Path) -> None:
        if len(done) == good:
            raise OSError(reason, os.strerror(reason), str(target))
        done.append(str(target))
        link(source, target)

    monkeypatch.setattr("os.link", failing)
    texts = {f"{folder}/{name}.txt": "x" for folder in ("a", "b/c") for name in range(4)}
    (tmp_path / "kept.txt").write_text("kept\n", "utf-8")
    with pytest.raises(OSError):
        write.write_new(tmp_path, texts)
    assert [path.name for path in tmp_path.rglob("*")] == ["kept.txt"]
    with pytest.raises(OSError):
        write.write_new(tmp_path / "new" / "one", texts)
    assert [path.name for path in tmp_path.rglob("*")] == ["kept.txt"]


def test_where_there_are_no_links_files_are_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM), str(target))

    monkeypatch.setattr("os.link", refused)
    write.write_new(tmp_path / "new", {"a/b.txt": "b", "c.txt": "c"})
    assert files_of(tmp_path / "new") == {"a/b.txt": "b", "c.txt": "c"}
    with pytest.raises(FileExistsError):
        write.write_new(tmp_path / "new", {"d.txt": "d", "c.txt": "other"})
    assert files_of(tmp_path / "new") == {"a/b.txt": "b", "c.txt": "c"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--region", "510704"), "error: 510704 (游仙区) is a county; campaigns belong to provinces and cities\n"
         "  Mend: Name its city: 510700 (绵阳市).\n"),
        (("--region", "999999"), "error: --region: “999999” is not known\n"),
        (("--org", "@mine"), "error: “@mine” is no name of an organisation\n"),
        (("--package", "x'; rm -rf /"), "error: “x'; rm -rf /” cannot be written into CI files\n"),
        (("--package", "-e ."), "error: “-e .” cannot be written into CI files\n"),
        (("--package", "x\ny"), "error: “x\ny” cannot be written into CI files\n"),
        (("--package", "${{ secrets.X }}"), "error: “${{ secrets.X }}” cannot be written into CI files\n"),
        (("--today", "9999-12-31"), "error: --today 9999-12-31 is too late\n"),
        (("file.txt",), "error: file.txt is no folder\n"),
        (("file.txt/below",), "error: file.txt/below cannot be written: "),
    ],
)  # fmt: skip
def test_wrong_usage(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    (tmp_path / "file.txt").write_text("", "utf-8")
    done = call("init", *arguments, "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr[: len(says)]) == (2, "", says)
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]


def test_the_same_day_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    assert files_of(started(tmp_path / "again")) == files_of(site)
