"""`make test`: every check, then the tests on SQLite and, where TEST_DATABASE_URL is set, again on PostgreSQL.

On SQLite nothing is left out. Tests that drive a browser or an outside program, those that ask no database and the
longest ones are not run again on PostgreSQL, but for the smoke tests.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SQLITE = "sqlite:///data/tests.sqlite3"  # the tests make a database of their own beside this name
BIN = Path(sys.executable).parent
SETTINGS = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("templates/**/*.html"))
# The first is the same browser without a window of its own, and a quarter quicker.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)

CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["djade", "--check", "--target-version", "5.2", *TEMPLATES],
    ["djhtml", "--check", "--tabwidth", "2", "templates"],
    ["lint-imports"],
    ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
]


def run(command: list[str], database: str = SQLITE) -> tuple[bool, list[str]]:
    """Run one of the virtual environment's commands, showing what it says: whether all was well, and its lines."""
    # The settings of whoever runs the tests have no say in them.
    environment = os.environ | dict.fromkeys(SETTINGS, "") | {"DEBUG": "1", "DATABASE_URL": database}
    environment["PYTHONDONTWRITEBYTECODE"] = ""  # else every worker, and every program under test, compiles it anew
    program, *arguments = command
    lines = []
    with subprocess.Popen(
        [BIN / program, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line.strip())
    return process.returncode == 0, lines


def main() -> int:
    """Run everything, even after a failure; the last lines say how it went."""
    closing, failed = [], []

    for command in CHECKS:
        title = " ".join(command[:4])
        print(f"\n== {title}", flush=True)
        passed, _ = run(command)
        if not passed:
            failed.append(title)

    both = "smoke or not (browser or outside or without_database or once)"
    databases = [("SQLite", SQLITE, ""), ("PostgreSQL", os.environ.get("TEST_DATABASE_URL", ""), both)]
    for name, database, marks in databases:
        if not database:
            closing.append(f"on {name}: not run (set TEST_DATABASE_URL)")
            continue
        print(f"\n== pytest on {name}", flush=True)
        # All cores at work, and one worker more, for a browser's tests wait; who is done takes the next test.
        workers = ["-n", str((os.cpu_count() or 1) + 1), "--dist", "load", "--maxschedchunk", "1"]
        passed, lines = run(["pytest", "-q", *workers, "-m", marks], database)
        counts = next(
            (line for line in reversed(lines) if re.search(r"\d (passed|failed|error)", line)), "no tests ran"
        )
        closing.append(f"on {name}: {re.sub(r' in [0-9.]+s.*', '', counts)}")
        if not passed:
            failed.append(f"pytest on {name}")

    if not CHROMIUM:
        closing.append("in a browser: not run (no Chromium found: install Debian's package chromium)")
    if not (Path(os.environ.get("NU_CHECKER", "none")).is_file() and shutil.which("java")):
        closing.append("by the Nu checker: not run (set NU_CHECKER to its jar; it needs Java)")
    print("", *(f"FAILED: {title}" for title in failed), *closing, sep="\n", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
