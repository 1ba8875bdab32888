"""What the house agreed on and no linter sees."""

import ast
import importlib
import inspect
import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).parent.parent
ROOMS = ("wmodf", "meetings", "members", "actions", "wishlists")
CODE = {
    str(path.relative_to(ROOT)): path.read_text()
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
    if "migrations" not in path.parts
}
TEMPLATES = {str(path.relative_to(ROOT)): path.read_text() for path in sorted((ROOT / "templates").rglob("*.html"))}
# The site's pages that are large enough for a module of their own.
VIEWS_BY_THEIR_NOUN = {
    "wmodf/me.py",
    "wmodf/desk.py",
    "wmodf/register.py",
    "meetings/drafts/page.py",
    "meetings/imports/page.py",
    "meetings/record/page.py",
}
VERBS = {"require_GET", "require_POST", "require_safe", "require_http_methods"}


def places(pattern: str, texts: dict[str, str]) -> list[str]:
    """Where the pattern occurs: file and line."""
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group().strip()}"
        for name, text in texts.items()
        for match in re.finditer(pattern, text, re.MULTILINE)
    ]


def patterns(resolver=None) -> list[URLPattern]:
    """Every address of the site, those of the admin too."""
    found = []
    for one in (resolver or get_resolver()).url_patterns:
        found += [one] if isinstance(one, URLPattern) else patterns(one)
    return found


def views() -> set[tuple[str, str]]:
    """Our own views, module and name; not the methods of the admin's classes."""
    functions = [pattern.callback for pattern in patterns() if "." not in pattern.callback.__qualname__]
    return {(view.__module__, view.__name__) for view in functions if view.__module__.split(".")[0] in ROOMS}


def definition(module: str, name: str) -> ast.FunctionDef | None:
    """The function's definition; None where the module has none of that name."""
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    return next((node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name), None)


def decorators(function: ast.FunctionDef) -> set[str]:
    calls = [node.func if isinstance(node, ast.Call) else node for node in function.decorator_list]
    return {node.id if isinstance(node, ast.Name) else node.attr for node in calls}


def test_there_is_something_to_look_at():
    assert {("meetings.calendar_views", "calendar_feed"), ("wmodf.views", "home")} <= views()
    assert {"meetings/calendar_views.py", "wmodf/lib/access.py"} | VIEWS_BY_THEIR_NOUN <= set(CODE)
    assert "templates/meetings/calendar.html" in TEMPLATES


def test_every_view_says_which_methods_it_takes():
    functions = {view: definition(*view) for view in views()}
    assert {view for view, function in functions.items() if function is None} == set()
    assert {view for view, function in functions.items() if not decorators(function) & VERBS} == set()


def views_code() -> dict[str, str]:
    """The modules of views."""
    return {name: text for name, text in CODE.items() if name.endswith("views.py") or name in VIEWS_BY_THEIR_NOUN}


def test_views_read_by_the_querysets_verbs():
    looked_at = views_code()
    assert places(r"\.(filter|exclude)\(", looked_at) == []


def test_no_view_sets_a_status():
    looked_at = views_code()
    assert places(r"\.status = ", looked_at) == []


def test_input_comes_through_forms():
    looked_at = {name: text for name, text in CODE.items() if not name.endswith("forms.py")}
    assert places(r"request\.(GET|POST|FILES)(\[|\.get)", looked_at) == []


def test_now_is_an_argument():
    """Only where a request, a command or a login comes in does anybody look at the clock."""
    doors = re.compile(r"(views|admin|backends|checks)\.py$|/management/commands/")
    looked_at = {name: text for name, text in CODE.items() if not doors.search(name) and name not in views_code()}
    assert places(r"timezone\.(now|localdate|localtime)\(\)|\b(date\.today|datetime\.now)\(", looked_at) == []


def test_nothing_is_called_behind_one_s_back():
    assert places(r"@receiver|\b(pre|post)_(save|delete|init)\b|m2m_changed|django\.dispatch", CODE) == []


def test_the_environment_is_read_in_the_settings_alone():
    looked_at = {name: text for name, text in CODE.items() if name not in {"wmodf/settings.py", "wmodf/wsgi.py"}}
    assert places(r"os\.(environ|getenv)", looked_at) == []


def test_helpers_are_named_after_their_noun():
    files = [path for room in (*ROOMS, "tests") for path in (ROOT / room).rglob("*.py")]
    assert [path.name for path in files if re.search(r"(utils?|helpers?|common|misc)\.py$", path.name)] == []


def test_an_import_inside_a_function_has_an_allowed_reason():
    assert places(r"noqa:[^#\n]*PLC0415(?! \((slow import|app ready)\)).*", CODE) == []


def test_every_module_of_the_site_is_in_a_layer():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = [
        contract["layers"] for contract in contracts if contract["type"] == "layers" and "containers" not in contract
    ]
    site = {path.stem for path in (ROOT / "wmodf").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert {module.strip() for module in layers[0].split(":")} == {
        f"wmodf.{name}" for name in site - {"__init__", "lib"}
    }
    assert layers[1:] == ["meetings", "actions | wishlists", "members", "wmodf.lib"]


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration(capsys):
    call_command("makemigrations", check_changes=True, dry_run=True)
    assert capsys.readouterr().out == "No changes detected\n"


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_the_locks_have_hashes_and_no_addresses(lock):
    text = (ROOT / lock).read_text()
    pinned = re.findall(r"^[a-z0-9][^\s=]*==\S+(?: ;[^\\]*)? \\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[a-zA-Z0-9]", text, re.MULTILINE)) > 10
    assert re.findall(r"://|--index|--find-links|--extra", text) == []
