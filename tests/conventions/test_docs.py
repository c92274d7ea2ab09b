"""README, CONTRIBUTING and docs/: their links, the files and identifiers they name, and their commands exist. Commands
that no test runs are found as well.
"""

import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[2]
# Ignored by git: they differ between working copies.
SKIPPED = {
    *(".venv", ".git", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"),
    *("var", "tls", "node_modules", "__pycache__", "staticfiles"),
}
CODE = {".py", ".html", ".js", ".css", ".toml", ".yml", ".yaml", ".conf", ".example", ""}
A_FILE = re.compile(r"(?<![\w/.<>-])([\w.-]+(?:/[\w.-]+)*\.(?:py|html|js|css|md|conf|toml|yml|txt))(?![\w/])")
A_FOLDER = re.compile(r"`([a-z_]+(?:/[a-z_0-9]+)+)/?`")


@cache
def files() -> list[Path]:
    found = []
    for place, folders, names in os.walk(ROOT):
        folders[:] = [folder for folder in folders if folder not in SKIPPED]
        found += [Path(place, name).relative_to(ROOT) for name in names]
    return found


DOCS = sorted(path for path in files() if path.suffix == ".md" and path.parts[0] != "static")
ONE_BY_ONE = pytest.mark.parametrize("page", DOCS, ids=str)


@cache
def text_of(path: Path) -> str:
    return (ROOT / path).read_text(errors="replace")


@cache
def anchors(path: Path) -> set[str]:
    """The anchors of the headings of a page, as GitHub makes them."""
    prose = re.sub(r"(?ms)^```.*?^```$", "", text_of(path))
    titles = re.findall(r"(?m)^#+ (.+)$", prose)
    words = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title) for title in titles)
    return {re.sub(r"[^\w\- ]", "", word.lower()).replace(" ", "-") for word in words}


def broken(target: str, folder: Path) -> bool:
    """Whether a link from a page in `folder` is broken."""
    name, _, anchor = target.partition("#")
    path = Path(os.path.normpath(folder / name))
    if not (ROOT / path).exists():
        return True
    return bool(anchor) and anchor not in anchors(path)


@ONE_BY_ONE
def test_links_and_anchors_lead_somewhere(page):
    links = re.findall(r"\]\(([^)\s]+)\)", text_of(page))
    inside = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in inside if broken(link if link[0] != "#" else page.name + link, page.parent)] == []


@ONE_BY_ONE
def test_files_that_a_page_names_exist(page):
    """Whether the name exists: with a folder from the root of the project or of the page; a bare name is that of any
    file.
    """
    names = {path.name for path in files()}
    text = re.sub(r"\]\([^)]*\)|https?://\S+|/etc/\S+", " ", text_of(page))
    named = set(A_FILE.findall(text))
    lost = {name for name in named if "/" not in name and name not in names}
    paths = {name for name in named if "/" in name} | set(A_FOLDER.findall(text))
    lost |= {name for name in paths if not ((ROOT / name).exists() or (ROOT / page.parent / name).exists())}
    assert lost == set()


def test_pages_that_the_code_cites_exist():
    cited = []
    for path in files():
        if path.suffix in CODE and path.parts[0] != "docs":
            for target, rule in re.findall(r"(docs/[\w/-]+\.md(?:#[\w-]+)?)(?:, ([A-Z]\d+)\b)?", text_of(path)):
                cited.append((str(path), target, rule))
    wrong = [
        entry
        for entry in cited
        if broken(entry[1], Path()) or (entry[2] and f"**{entry[2]}** " not in text_of(Path(entry[1])))
    ]
    assert len(cited) > 20
    assert wrong == []


def test_the_code_cites_no_page_by_half():
    """Citations of field rules contain the full path: "domain" alone leads nowhere."""
    half = re.compile(r"\(domain\b|\bdomain/\w|\[sourced")
    found = [
        f"{path}: {match.group()}"
        for path in files()
        if path.suffix == ".py" and path != Path("tests/conventions/test_docs.py")
        for match in half.finditer(text_of(path).replace("docs/domain/", ""))
    ]
    assert found == []


def test_names_of_the_glossary_stand_in_the_code():
    code = "\n".join(text_of(path) for path in files() if path.suffix == ".py" and path.parts[0] != "tests")
    words = set(re.findall(r"\w+", code))
    rows = re.findall(r"(?m)^\|[^|]*\|([^|]*)\|[^|]*\|$", text_of(Path("docs/glossary.md")))
    named = {part for cell in rows for name in re.findall(r"`([\w.]+)`", cell) for part in name.split(".")}
    assert len(named) > 60
    assert named - words == set()


def commands_of_run() -> set[str]:
    source = text_of(Path("pamsimas/tooling/__main__.py"))
    return set(re.findall(r'^    "(\w+)": \w+,$', source, re.MULTILINE))


@ONE_BY_ONE
def test_commands_of_run_that_a_page_names_exist(page):
    named = re.findall(r"(?:\./run|portal/run) ([a-z]\w*)", re.sub(r"#.*", "", text_of(page)))
    assert set(named) - commands_of_run() == set()


@ONE_BY_ONE
def test_commands_of_django_that_a_page_names_exist(page):
    ours = {path.stem for path in files() if path.match("*/management/commands/*.py")}
    named = re.findall(r"(?:\./run manage|manage\.py) ([a-z]\w*)", text_of(page))
    assert set(named) - ours - {"makemigrations", "runserver", "migrate", "shell"} == set()


def test_readme_is_read_in_one_go():
    assert text_of(Path("README.md")).count("\n") <= 120


# The commands of README and CONTRIBUTING ------------------------------------------------------------------


@dataclass(frozen=True)
class Tried:
    """A command run here, with further arguments where it would otherwise start a server or take long.

    `shows`: its expected output.
    """

    more: str
    shows: str


@dataclass(frozen=True)
class Elsewhere:
    """A command run by another file, which contains `words`."""

    path: str
    words: str


# Of Django's commands only the arguments are parsed here.
MANAGE = "./run manage "
TRIALS = {
    "./run": Elsewhere("tests/pamsimas/test_tooling.py", "supervisor.Supervisor("),
    "./run test": Elsewhere(".ci/run", "step ./run test\n"),
    "./run check": Elsewhere(".ci/run", "step ./run check\n"),
    "./run format": Elsewhere("tests/conventions/test_docs.py", 'tmp_path / "run", "format"'),
    "./run test tests/records/test_formats.py": Tried("--version", "pytest "),
    "./run test tests/plans": Tried("--version", "pytest "),
    "./run shell": Tried("--command 'print(WorkPlan)'", "<class 'plans.models.work_plans.WorkPlan'>"),
    ".venv/bin/python -m pytest tests/plans/models -k submit": Tried("--version", "pytest "),
    ".venv/bin/python -m celery -A pamsimas worker --pool solo --loglevel INFO": Tried("--help", "--loglevel"),
    "docker-compose up -d": Elsewhere("tests/pamsimas/test_containers.py", "docker-compose"),
    "docker-compose exec web python manage.py create_admin": Elsewhere(
        "tests/accounts/test_create_admin.py", 'call_command("create_admin"'
    ),
}


def shell_commands() -> set[str]:
    """The commands of the shell blocks of README and CONTRIBUTING, without comments, each on one line."""
    blocks = [
        block
        for name in ("README.md", "CONTRIBUTING.md")
        for block in re.findall(r"(?ms)^```sh\n(.*?)^```$", text_of(Path(name)))
    ]
    return {re.sub(r"\s+#.*$", "", line) for block in blocks for line in block.replace("\\\n", "").splitlines()}


def test_each_command_of_readme_and_contributing_is_tried():
    assert {command for command in shell_commands() if not command.startswith(MANAGE)} == set(TRIALS)
    elsewhere = [trial for trial in TRIALS.values() if isinstance(trial, Elsewhere)]
    assert [trial for trial in elsewhere if trial.words not in text_of(Path(trial.path))] == []


def test_commands_of_django_take_what_the_pages_give_them():
    apps = get_commands()
    for command in shell_commands():
        if command.startswith(MANAGE):
            name, *arguments = shlex.split(command.removeprefix(MANAGE))
            parser = load_command_class(apps[name], name).create_parser("manage.py", name)
            parser.parse_args(arguments)  # raises CommandError or SystemExit


@pytest.fixture(scope="module")
def running():
    """All commands at the same time: each mostly loads its modules."""
    started = {
        command: subprocess.Popen(
            [*shlex.split(command), *shlex.split(trial.more)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for command, trial in TRIALS.items()
        if isinstance(trial, Tried)
    }
    yield started
    for process in started.values():
        process.kill()
        process.communicate()


@pytest.mark.parametrize("command", [command for command, trial in TRIALS.items() if isinstance(trial, Tried)])
def test_a_command_does_what_the_page_says(running, command):
    output, _ = running[command].communicate(timeout=120)
    assert (running[command].returncode, TRIALS[command].shows in output) == (0, True), output


def test_format_mends_python_and_only_looks_at_templates(tmp_path):
    for name in ("run", "pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "pamsimas/tooling", tmp_path / "pamsimas/tooling")
    for path in (ROOT / "pamsimas").glob("*.py"):
        shutil.copy(path, tmp_path / "pamsimas")
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    (tmp_path / "templates").mkdir()
    page = "<p>\n  <img src='x.png'>\n</p>\n"
    (tmp_path / "templates/page.html").write_text(page)
    (tmp_path / "wild.py").write_text("import sys\nimport os\nprint( sys.path,os.name )\n")
    done = subprocess.run([tmp_path / "run", "format"], capture_output=True, text=True)
    assert (tmp_path / "wild.py").read_text() == "import os\nimport sys\n\nprint(sys.path, os.name)\n"
    assert (tmp_path / "templates/page.html").read_text() == page
    assert done.returncode == 1
    assert "H013" in done.stdout  # the image has no alt


# CI configuration -----------------------------------------------------------------------------------------


def test_workflows_run_ci_and_no_action_of_strangers():
    workflow = yaml.safe_load(text_of(Path(".github/workflows/ci.yml")))
    (job,) = workflow["jobs"].values()
    used = {step["uses"].split("@")[0] for step in job["steps"] if "uses" in step}
    assert used <= {"actions/checkout", "actions/setup-python"}
    assert job["steps"][-1]["run"] == ".ci/run"


def test_hooks_are_local_and_their_programmes_are_installed():
    config = yaml.safe_load(text_of(Path(".pre-commit-config.yaml")))
    (repo,) = config["repos"]
    assert repo["repo"] == "local"
    programmes = {hook["id"]: shlex.split(hook["entry"])[0] for hook in repo["hooks"]}
    assert sorted(programmes) == ["djlint", "layers", "migrations", "ruff-check", "ruff-format"]
    assert [name for name in programmes.values() if not (ROOT / name).exists()] == []
    (layers,) = [hook["entry"] for hook in repo["hooks"] if hook["id"] == "layers"]
    compile(shlex.split(layers)[2], "hook", "exec")
