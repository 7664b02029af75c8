"""Many sites and several processes: the same results, whoever finds them."""

import os
import re
import signal
import subprocess
import sys
import time
from multiprocessing import get_all_start_methods
from pathlib import Path

import pytest

from pilot_cli.commands.progress import SHOW_AFTER_SECONDS
from pilot_cli.parallel.workers import CHUNK_FILES
from tests.commands.running import AS_OF, ROOT, UNMEASURED, check, pilot
from tests.commands.session import Session
from tests.editing import CONSTRUCTION, edit, edited, write_site
from tests.province import make_province

SITES = 450
LARGE = 2500
CHECK_FORMATS = ("table", "concise", "json", "jsonl", "sarif", "junit", "github", "markdown", "csv")
METHODS = get_all_start_methods()
REPORT_FORMATS = ("terminal", "markdown", "csv", "json", "html")
on_posix = pytest.mark.skipif(os.name == "nt", reason="the processes and signals of POSIX")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_province(tmp_path_factory.mktemp("province"), SITES)


@pytest.fixture(scope="module")
def large_province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many sites that there is work left while nobody reads what has been done."""
    return make_province(tmp_path_factory.mktemp("large"), LARGE)


@pytest.mark.parametrize("format", CHECK_FORMATS)
def test_a_check_says_the_same_for_any_number_of_jobs(format: str, province: Path) -> None:
    alone = check(province, "--format", format, "--jobs", "1")
    assert alone.returncode == 1
    assert len(alone.stdout) > 1000
    for jobs in ("2", "5"):
        shared = check(province, "--format", format, "--jobs", jobs)
        assert (shared.returncode, shared.stdout, shared.stderr) == (1, alone.stdout, "")


@pytest.mark.parametrize("format", REPORT_FORMATS)
def test_a_report_says_the_same_for_any_number_of_jobs(format: str, province: Path) -> None:
    arguments = (province, *AS_OF, "--format", format, "--by", "city", "--by", "grade")
    alone = pilot("report", *arguments, "--jobs", "1")
    assert (alone.returncode, alone.stderr) == (0, "")
    for jobs in ("2", "5"):
        assert pilot("report", *arguments, "--jobs", jobs).stdout == alone.stdout


@pytest.mark.parametrize("options", [(), ("--all",), ("--quiet",), ("--no-findings",), ("--select", "B,L003")])
def test_options_reach_every_process(options: tuple[str, ...], province: Path) -> None:
    for language in ("zh", "en"):
        alone, shared = (
            pilot("--lang", language, "check", province, *AS_OF, *options, "--jobs", jobs) for jobs in ("1", "2")
        )
        assert shared.stdout == alone.stdout
        assert ("个试点单位" in alone.stdout) is (language == "zh")


def test_a_standard_of_ones_own_reaches_every_process(province: Path, tmp_path: Path) -> None:
    standard = tmp_path / "own.toml"
    standard.write_text(
        'name = "示例"\nextends = "five-ones"\n[override.A005]\nvalue = 60\n'
        "[[rules]]\nid = 'GZ01'\none = 'member_guide'\nseverity = 'warning'\ncheck = 'count'\n"
        "rows = 'responsibility_list.items'\nwhere = { status = ['已完成'] }\nat_least = 2\n"
        "title = { zh = '示例' }\nbasis = { zh = '示例' }\nadvice = { zh = '示例' }\n"
        "[rules.applies]\n'responsibility_list.items.owner' = { given = true }\n"
        "'branch.full_members' = { at_least = 4 }\n",
        encoding="utf-8",
    )
    alone, shared = (
        check(province, "--standard", standard, "--format", "csv", "--jobs", jobs).stdout for jobs in ("1", "2")
    )
    assert shared == alone
    assert alone.count("GZ01") > 50


def test_a_few_files_are_judged_by_one_process_and_many_by_several(province: Path) -> None:
    for folder, several in ((province / "广州市", False), (province, True)):
        command = [sys.executable, "-X", "importtime", "-m", "pilot_cli", "check", str(folder), "--quiet"]
        environment = {**os.environ, **UNMEASURED}
        result = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, env=environment, check=False)
        assert ("concurrent.futures.process" in result.stderr) is (several and (os.cpu_count() or 1) > 1)
        assert "distributed" not in result.stderr


def starting_processes_by(method: str, folder: Path) -> list[str]:
    """pilot as it would be on systems that start processes in this way."""
    program = folder / "program.py"
    program.write_text(
        "import multiprocessing\nfrom pilot_cli.__main__ import main\n"
        f"if __name__ == '__main__':\n    multiprocessing.set_start_method({method!r})\n    main()\n",
        encoding="utf-8",
    )
    return [sys.executable, str(program)]


@pytest.mark.parametrize("method", METHODS)
def test_however_processes_are_started_the_results_are_the_same(method: str, province: Path, tmp_path: Path) -> None:
    arguments = ("--lang", "en", "check", str(province), *AS_OF, "--format", "jsonl", "--jobs")
    command = [*starting_processes_by(method, tmp_path), *arguments, "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, capture_output=True, env=environment, encoding="utf-8", check=False)
    assert (result.stderr, result.stdout) == ("", pilot(*arguments, "1").stdout)


def test_standard_input_is_read_here_and_the_files_elsewhere(province: Path) -> None:
    city = province / "广州市"
    site = edited(CONSTRUCTION, edit('id = "good-construction"', 'id = "gd-0000001"'))
    alone, shared = (check(city, "-", "--format", "jsonl", "--jobs", jobs, input=site).stdout for jobs in ("1", "2"))
    assert shared == alone
    last = shared.splitlines()[-1]
    assert '"path": "-"' in last
    assert "X001" in last


def test_what_a_site_repeats_is_found_wherever_the_first_one_was_judged(tmp_path: Path) -> None:
    for number in range(250):
        # The first and the last have the same approval number; so have two in the middle of one part.
        same = {0: 0, 249: 0, 120: 120, 130: 120}.get(number, number)
        text = edited(
            CONSTRUCTION,
            edit('id = "good-construction"', f'id = "site-{number}"'),
            edit("江街党〔2019〕7号", f"示例{same}号"),
        )
        write_site(tmp_path / f"{number:03}", text)
    result = check(".", "--format", "concise", "--jobs", "2", cwd=tmp_path)
    line = CONSTRUCTION.splitlines().index('approval_no = "江街党〔2019〕7号"') + 1
    told = [line.split(" ")[:2] for line in result.stdout.splitlines()]
    assert told == [[f"{number}/site.toml:{line}:1:", "X002"] for number in ("130", "249")]
    assert "130/site.toml" in result.stdout and "120/site.toml" in result.stdout and "000/site.toml" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (["--jobs", "0"], "--jobs 不得小于 1", "--jobs must be 1 or more"),
        (["--jobs", "two"], "--jobs 须为整数", "--jobs must be a whole number"),
        (["--jobs", "2", "--scheduler", "tcp://x:1"], "由集群决定", "up to the cluster"),
    ],
)
def test_jobs_that_cannot_be_are_a_wrong_call(arguments: list[str], chinese: str, english: str) -> None:
    for command in ("check", "report"):
        for language, said in (("zh", chinese), ("en", english)):
            result = pilot("--lang", language, command, "checklists", *arguments)
            assert (result.returncode, result.stdout) == (2, "")
            assert said in result.stderr


def start(folder: Path, jobs: int = 2) -> subprocess.Popen[bytes]:
    """Start a check of which nobody reads the results yet, so that it cannot come to its end."""
    command = [sys.executable, "-m", "pilot_cli", "check", str(folder), "--format", "jsonl", "--jobs", str(jobs)]
    environment = {**os.environ, **UNMEASURED}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes that work for one."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("processes cannot be told here")
    return [int(pid) for pid in children.read_text().split()]


def is_running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def wait_for_the_end_of(pids: list[int]) -> None:
    end = time.monotonic() + 30
    while any(map(is_running, pids)):
        assert time.monotonic() < end, "they go on without the one that they work for"
        time.sleep(0.02)


@on_posix
@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_one_they_work_for(signal_: signal.Signals, large_province: Path) -> None:
    with start(large_province) as process:
        workers = workers_of(process)
        assert len(workers) == 2
        process.send_signal(signal_)
        _out, err = process.communicate()
        assert process.returncode == (-signal_ if signal_ is signal.SIGKILL else 130)
        assert err == b""
        wait_for_the_end_of(workers)


@on_posix
@pytest.mark.parametrize("jobs", [10**4, 2**31 - 1, 10**20])
def test_no_more_processes_are_started_than_there_is_work_for(jobs: int, large_province: Path) -> None:
    with start(large_province, jobs) as process:
        assert len(workers_of(process)) == LARGE // CHUNK_FILES
        process.terminate()
        process.communicate()


@on_posix
def test_ctrl_c_reaches_all_processes_and_is_answered_quietly(large_province: Path) -> None:
    with Session("check", large_province, "--format", "jsonl", "--jobs", "2", COVERAGE_PROCESS_CONFIG="") as session:
        session.wait_for("gd-0000001")
        assert session.interrupt() == 130
        assert "Traceback" not in session.shown


@on_posix
def test_nothing_is_said_when_nobody_reads_any_more(large_province: Path) -> None:
    with start(large_province) as process:
        workers = workers_of(process)
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141
        wait_for_the_end_of(workers)


@on_posix
@pytest.mark.parametrize("pause", [0.0, 0.1, 0.3])
def test_a_process_that_is_ended_from_outside_is_explained(pause: float, large_province: Path) -> None:
    with start(large_province) as process:
        workers = workers_of(process)
        time.sleep(pause)
        os.kill(workers[0], signal.SIGKILL)
        _out, err = process.communicate()
        wait_for_the_end_of(workers)
    assert process.returncode == 2
    assert re.fullmatch(r"错误：一个进行检查的进程被系统或者他人终止.*\n", err.decode())


@on_posix
@pytest.mark.parametrize("method", METHODS)
def test_ctrl_c_while_processes_start_is_answered_quietly(method: str, large_province: Path, tmp_path: Path) -> None:
    command = [*starting_processes_by(method, tmp_path), "check", str(large_province), "--quiet", "--jobs", "2"]
    for pause in (0.0, 0.005, 0.02):
        with subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": str(ROOT), **UNMEASURED},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            while process.poll() is None and not workers_of(process):
                pass
            time.sleep(pause)
            # A terminal sends it to all of them.
            os.killpg(process.pid, signal.SIGINT)
            assert process.communicate() == (b"", b"")
        assert process.returncode == 130


@on_posix
def test_more_processes_than_can_be_started_are_explained(large_province: Path) -> None:
    import resource

    result = subprocess.run(
        [sys.executable, "-m", "pilot_cli", "--lang", "en", "check", str(large_province), "--jobs", "100"],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **UNMEASURED},
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32)),
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: so many processes cannot be started (too many files are open)")


@on_posix
def test_progress_is_shown_on_a_terminal_while_it_takes_long(large_province: Path, tmp_path: Path) -> None:
    output = tmp_path / "sites.json"
    with Session(
        "check", large_province, *AS_OF, "-f", "json", "-o", output, "-j", "1", "--fail-on", "never"
    ) as session:
        while not list(tmp_path.glob(".pilot-*.tmp")):
            time.sleep(0.01)
        # However quick the machine is, it takes long now.
        session.suspend(SHOW_AFTER_SECONDS)
        session.wait_for("已检查")
        session.wait_for("/2500个文件，每秒")
        assert session.finish() == 0
    assert output.stat().st_size > 1_000_000
    assert session.written.rindex(b"\x1b[?25h") > session.written.rindex(b"\x1b[?25l"), "the cursor is shown again"


def test_progress_is_not_shown_without_a_terminal_nor_for_a_few_files(province: Path) -> None:
    assert check(province, "--quiet").stderr == ""
    # One file: with more, a busy machine could take so long that progress is shown.
    with Session("check", min(province.rglob("*.toml")), *AS_OF, "--quiet", "--fail-on", "info") as session:
        assert session.finish() == 1
    assert "已检查" not in session.shown


def test_progress_does_not_disturb_results_that_come_as_they_are_found(large_province: Path) -> None:
    with Session("check", large_province, *AS_OF, "--format", "jsonl", "--jobs", "1") as session:
        assert session.finish() == 1
    assert b"\x1b" not in session.written
