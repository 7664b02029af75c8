"""No day is too early or too late, and nothing depends on where and when pilot is called."""

import shutil
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis.strategies import dates, sampled_from

from pilot_cli import Standard, assess, load_site, load_standard
from pilot_cli.ledger.watch import periods_kept
from tests.commands.running import ROOT, check, pilot

EXAMPLES = sorted((ROOT / "checklists").rglob("site.toml"))
EDGES = (date.min, date(2000, 2, 29), date.max)


@cache
def standard(name: str) -> Standard:
    return load_standard(name)


@given(dates(), sampled_from(EXAMPLES), sampled_from(["five-ones", "five-ones-onsite"]))
@example(date.min, EXAMPLES[0], "five-ones")
@example(date.max, EXAMPLES[0], "five-ones-onsite")
def test_a_site_can_be_judged_as_of_any_day(day: date, path: Path, name: str) -> None:
    score = assess(load_site(path), standard(name), day).score
    assert score is not None
    assert 0 <= score <= 100


@given(dates(), sampled_from(["month", "quarter"]))
@example(date.max, "month")
@example(date.max, "quarter")
def test_periods_that_were_kept_are_counted_up_to_the_end_of_the_calendar(day: date, period: str) -> None:
    missed = f"{day.year}-{day.month:02}" if period == "month" else f"{day.year}-Q{(day.month + 2) // 3}"
    assert periods_kept(missed, day) == 0
    if day.year < 9999:
        assert periods_kept(missed, date(day.year + 1, day.month, 1)) == (11 if period == "month" else 3)


@pytest.mark.parametrize("day", EDGES, ids=str)
def test_every_command_takes_the_first_and_the_last_days_of_the_calendar(day: date, tmp_path: Path) -> None:
    (tmp_path / "pilot.toml").write_text("[deadlines]\nerror = 15\nwarning = 30\n", encoding="utf-8")
    site = ROOT / "checklists" / "construction" / "zhanjiang-port-warehouse"
    shutil.copytree(site, tmp_path / "site", copy_function=shutil.copyfile)
    for line in (
        f"check site --as-of {day} --fail-on never -o a.sarif -o a.csv",
        f"report site --as-of {day} -o a.docx -o a.xlsx -o a.html",
        f"report site/site.toml --as-of {day} -o notice.docx",
        f"ledger record site --as-of {day} --by 示例",
        f"ledger assign 1 --owner 示例 --due {day} --by 示例 --as-of {day}",
        f"ledger problems --as-of {day} -o problems.csv",
        f"ledger problem 1 --as-of {day}",
        "ledger trend",
        f"inspect site --form form.docx --by 示例 --on {day}",
    ):
        result = pilot(*line.split(), cwd=tmp_path)
        assert result.returncode == 0, (line, result.stderr)


OUTPUTS = ("a.json", "a.csv", "a.html", "a.docx", "a.xlsx", "a.md")
PLACES = (
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "Etc/GMT+12", "LC_ALL": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "1"},
)


def test_nothing_depends_on_zone_locale_hash_seed_or_the_order_of_files(tmp_path: Path) -> None:
    written = []
    for number, place in enumerate(PLACES):
        folder = tmp_path / str(number)
        # A folder lists its files in an order that depends on when they were made.
        for path in EXAMPLES[:: 1 - 2 * number]:
            shutil.copytree(path.parent, folder / "sites" / path.parent.name, copy_function=shutil.copyfile)
        outputs = [part for name in OUTPUTS for part in ("-o", name)]
        told = [
            check("sites", *("-f", "jsonl", "--jobs", str(1 + number)), cwd=folder, input=None, **place).stdout,
            pilot("report", "sites", "--as-of", "2020-11-23", *outputs, cwd=folder, input=None, **place).stderr,
        ]
        written.append((told, [(folder / name).read_bytes() for name in OUTPUTS]))
    assert written[0] == written[1]


@pytest.mark.parametrize(("zone", "ahead"), [("UTC-14", 14), ("UTC+12", -12)])
def test_today_is_the_day_where_pilot_is_called(zone: str, ahead: int) -> None:
    from datetime import UTC, datetime

    before = datetime.now(UTC)
    shown = pilot("check", "checklists", "--format", "json", "--fail-on", "never", TZ=zone).stdout
    days = {str((moment + timedelta(hours=ahead)).date()) for moment in (before, datetime.now(UTC))}
    assert any(f'"as_of": "{day}"' in shown for day in days)
