"""A survey in parts: what parts come to is what the whole comes to."""

import os
import pickle
import re
import shutil
from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import gettempdir

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot_cli import load_standard, survey
from pilot_cli.audit import duplicates
from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.duplicates import DuplicateFinder, SiteKey, TemporaryFileError
from pilot_cli.audit.filter import EVERYTHING
from pilot_cli.audit.grouping import Grouping
from pilot_cli.audit.overview import Overview
from pilot_cli.audit.summary import Summary
from pilot_cli.audit.survey import sum_up
from pilot_cli.audit.work import assess_files
from pilot_cli.errors import RemoteError
from pilot_cli.locale import Language, use_language
from pilot_cli.parallel.payload import Payload, WorkersError, run_payload
from pilot_cli.site.file_rules import UNIQUE_ID
from pilot_cli.site.problem import Problem
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF
from tests.province import make_province

SITES = 60
NAMED = st.builds(
    SiteKey,
    path=st.text(max_size=3),
    id=st.none() | st.sampled_from(["a", "b", "c"]),
    approval_no=st.none() | st.sampled_from(["", " ", "a", "一号", " 一号 "]),
)


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    province = make_province(tmp_path_factory.mktemp("province"), SITES - 1)
    shutil.copy(next(province.glob("*/*/site.toml")), province / "again.toml")
    return province


@pytest.fixture(scope="module")
def sites(province: Path, five_ones: Standard) -> list[Assessment]:
    return list(survey(province, five_ones, AS_OF, locate=False))


def told(summary: Summary) -> object:
    """All that a report reads from a summary, as values that can be compared."""
    figures = [
        *(summary.sites, summary.unreadable, summary.waived, summary.findings, summary.by_rule),
        vars(summary.readable),
    ]
    if not isinstance(summary, Overview):
        return figures
    lists = (summary.best, summary.weakest, summary.unread, summary.overdue, summary.waivers)
    return [
        *figures,
        *({key: vars(tally) for key, tally in summary.groups.items()}, summary.rules_failed),
        *(summary.sites_overdue, summary.ending_soon),
        *((list(one), one.in_order_of_arrival(), one.seen, one.left_out) for one in lists),
    ]


@given(st.data(), st.sampled_from([1, 3, 10]))
def test_summaries_of_parts_add_up_to_that_of_the_whole(sites: list[Assessment], data: st.DataObject, top: int) -> None:
    order = data.draw(st.permutations(sites))
    ends = sorted(data.draw(st.lists(st.integers(0, len(order)), max_size=6)))
    for empty in (Summary(), Overview(AS_OF, (Grouping.CITY, Grouping.GRADE), top)):
        whole, sum_of_parts = empty.empty(), empty.empty()
        for site in order:
            whole.add(site)
        for start, end in pairwise((0, *ends, len(order))):
            part = empty.empty()
            for site in order[start:end]:
                part.add(site)
            sum_of_parts.merge(part)
        assert told(sum_of_parts) == told(whole)


def test_summing_up_comes_to_what_following_a_survey_comes_to(province: Path, five_ones: Standard) -> None:
    for empty in (Summary(), Overview(AS_OF, (Grouping.KIND,), 5)):
        followed, summed = empty.empty(), empty.empty()
        assert len(list(followed.count_passing(survey(province, five_ones, AS_OF, locate=False)))) == SITES
        assert followed.by_rule[UNIQUE_ID] > 0
        sum_up(province, five_ones, AS_OF, summed)
        assert told(summed) == told(followed)


@given(st.lists(NAMED, max_size=30, unique_by=lambda named: named.path), st.integers(0, 5))
def test_what_is_repeated_is_the_same_whether_it_is_kept_in_memory_or_on_disk(sites: list[SiteKey], most: int) -> None:
    def repeated() -> list[list[Problem]]:
        names = DuplicateFinder()
        return [names.of(site) for site in sites]

    in_memory = repeated()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duplicates, "MAX_KEYS_IN_MEMORY", most)
        assert repeated() == in_memory


def test_a_path_that_is_no_text_is_kept_on_disk_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "MAX_KEYS_IN_MEMORY", -1)
    names = DuplicateFinder()
    assert names.of(SiteKey("站点\udcff", "a", None)) == []
    (problem,) = names.of(SiteKey("b", "a", None))
    assert "站点\udcff" in str(problem.message)


@pytest.mark.skipif(os.name == "nt", reason="the limits of POSIX")
def test_a_full_disk_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    monkeypatch.setattr(duplicates, "MAX_KEYS_IN_MEMORY", -1)
    monkeypatch.setattr(duplicates, "CACHE_KILOBYTES", 1)
    names = DuplicateFinder()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(TemporaryFileError, match=f"临时文件夹 {gettempdir()} 无法写入"):
            for number in range(10_000):
                names.of(SiteKey(f"{number}.toml", f"site-{number}", None))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_work_for_another_version_is_refused(five_ones: Standard) -> None:
    payload = Payload.of(partial(assess_files, five_ones, AS_OF, EVERYTHING, False))
    assert run_payload(payload, []) == []
    with pytest.raises(WorkersError, match=r"9\.9"):
        run_payload(payload._replace(version="9.9"), [])


def test_work_is_refused_where_the_files_are_not(province: Path, five_ones: Standard) -> None:
    def run(folder: Path, *paths: str) -> list[Assessment]:
        return run_payload(Payload.of(partial(assess_files, five_ones, AS_OF, EVERYTHING, False), str(folder)), paths)

    assert [site.path for site in run(province, "again.toml", "gone.toml")] == ["again.toml", "gone.toml"]
    for folder, paths, missing in (
        (province / "nowhere", ["again.toml"], province / "nowhere"),
        (province, ["gone.toml"], "gone.toml"),
        (province, ["/nowhere/site.toml", "gone.toml"], "/nowhere/site.toml"),
    ):
        with pytest.raises(WorkersError, match=re.escape(f"“{missing}”")):
            run(folder, *paths)


def test_what_a_worker_refuses_is_told_in_the_language_of_the_one_it_works_for(
    province: Path, five_ones: Standard
) -> None:
    payload = Payload.of(partial(assess_files, five_ones, AS_OF, EVERYTHING, False), str(province))
    with pytest.raises(WorkersError) as refused:
        run_payload(payload, ["gone.toml"])
    error = pickle.loads(pickle.dumps(refused.value))
    assert str(error).startswith("参与检查的计算机上找不到")
    use_language(Language.ENGLISH)
    assert str(error).startswith("the worker does not see gone.toml")


def test_a_fault_of_the_work_says_where_it_is_and_nothing_of_the_sites() -> None:
    def outline_of(paths: list[str]) -> str:
        with pytest.raises(RemoteError) as raised:
            run_payload(Payload.of(fail), paths)
        error = pickle.loads(pickle.dumps(raised.value))
        assert (error.fault.kind, error.fault.place) == ("ValueError", raised.value.fault.place)
        return str(error.fault.outline)

    assert "in fail" in outline_of(["a.toml"])
    assert "秘密" not in outline_of(["秘密"])


def fail(paths: Sequence[str], _base: str | None) -> list[str]:
    raise ValueError(paths[0])


def test_relative_paths_start_from_the_folder_that_travels_with_the_work(
    province: Path, sites: list[Assessment], five_ones: Standard
) -> None:
    payload = Payload.of(partial(assess_files, five_ones, AS_OF, EVERYTHING, False), str(province))
    before = Path.cwd()
    paths = [os.path.relpath(site.path, province) for site in sites]
    judged = run_payload(payload, paths)
    assert Path.cwd() == before, "threads of a process share its folder"
    assert [site.path for site in judged] == paths
    # Documents are found beside the file, wherever this process is.
    assert [site.score for site in judged] == [site.score for site in sites]


def test_a_standard_that_travels_judges_as_before(sites: list[Assessment], five_ones: Standard) -> None:
    payload = Payload.of(partial(assess_files, load_standard(), AS_OF, EVERYTHING, False))
    paths = [site.path for site in sites]
    plain = [site for site in sites if all(finding.rule.id[0] != "X" for finding in site.findings)]
    judged = {site.path: site for site in run_payload(payload, paths)}
    assert len(plain) > 40
    assert all(judged[site.path] == site._replace(grade=judged[site.path].grade) for site in plain)
    assert [str(judged[site.path].grade) for site in plain] == [str(site.grade) for site in plain]
    assert payload.work != Payload.of(partial(assess_files, five_ones, date(2021, 1, 1), EVERYTHING, False)).work
