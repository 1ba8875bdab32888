"""A child process that turns what strangers wrote into text, with little memory and time and nothing else.

A page or a Word file is hostile until proven otherwise, and what reads it is large: so it is read in a process of its
own, which gets the bytes and gives back text. What it can't do within its limits is refused.
"""

import gc
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer

from meetings.minutes.files.taken import NotTakenError, Remarks, Taken, UnreadableError

try:
    import resource
except ImportError:
    resource = None

MOST_MEMORY = 512 * 1024 * 1024  # bytes of addresses, several times what long notes need
MOST_CPU = 10  # seconds, of which the longest notes need a third
MOST_SECONDS = 25  # on the clock, when the machine is busy
MOST_OUT = 16 * 1024 * 1024  # bytes: four for each character of the longest notes, and what is said

# Neither the site's settings nor anybody's environment or start-up files: only where Python's packages lie.
START = "import sys; sys.path[:] = sys.argv[4:]; from meetings.minutes.files import child; child.work(*sys.argv[1:4])"


def convert(kind: str, name: str, data: bytes) -> Taken:
    """The text of a file, made in a child process; NotTakenError says why there is none.

    ``kind`` is "page" or "word".
    """
    answer = _ask(kind, data)
    if answer is None:
        msg = (
            f"{name} is damaged, or takes more time or memory than notes may. Copy its text, and paste it into the box."
        )
        raise NotTakenError(msg)
    if "refusal" in answer:
        msg = f"{name} {answer['refusal']}"
        raise NotTakenError(msg)
    return Taken(text=str(answer["text"]), said=tuple(str(sentence) for sentence in answer["said"]))


def _ask(kind: str, data: bytes) -> dict | None:
    """The child's answer; None where it died, was stopped, or wrote what is no answer."""
    paths = [str(Path(__file__).parents[3]), *(path for path in sys.path if Path(path).is_absolute())]
    # A file instead of a pipe: nobody has to feed the child while its answer is read.
    with TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        with subprocess.Popen(  # noqa: S603 (our own program, with our own words)
            [sys.executable, "-I", "-S", "-B", "-c", START, kind, str(MOST_MEMORY), str(MOST_CPU), *paths],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
        ) as process:
            clock = Timer(MOST_SECONDS, process.kill)
            clock.start()
            try:
                written = process.stdout.read(MOST_OUT + 1)
            finally:
                process.kill()
                clock.cancel()
    try:
        answer = json.loads(written) if len(written) <= MOST_OUT else None
    except (ValueError, RecursionError):
        return None
    is_text = isinstance(answer, dict) and isinstance(answer.get("said"), list) and "text" in answer
    return answer if is_text or (isinstance(answer, dict) and "refusal" in answer) else None


def work(kind: str, memory: str, cpu: str) -> None:
    """The child's whole life: take the bytes from its input, write the answer, end."""
    limit(memory=int(memory), cpu=int(cpu))
    # It lives for one file: looking for what could be freed would take longer than it does.
    gc.disable()
    data = sys.stdin.buffer.read()
    remarks = Remarks()
    try:
        text = _reader(kind)(data, remarks)
        answer: dict = {"text": text, "said": remarks.said()}
        if not text.strip():
            answer = {"refusal": "holds no words that can be taken. Copy its text, and paste it into the box."}
    except UnreadableError as refusal:
        answer = {"refusal": str(refusal)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _reader(kind: str) -> Callable[[bytes, Remarks], str]:
    """What reads this kind of file, imported within the limits."""
    if kind == "word":
        from meetings.minutes.files import word_child  # noqa: PLC0415 (slow import)

        return word_child.to_text
    from meetings.minutes.files import web_page  # noqa: PLC0415 (slow import)

    return web_page.to_text


def limit(*, memory: int, cpu: int) -> None:
    """Give up what reading a file does not need; a system that lacks one of these limits keeps the others.

    ``memory`` in bytes of addresses, ``cpu`` in seconds.
    """
    limits = {
        "RLIMIT_AS": memory,
        "RLIMIT_CPU": cpu,
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NPROC": 0,
    }
    for name, most in limits.items():
        number = getattr(resource, name, None)  # none at all on Windows
        if number is None:
            continue
        try:
            resource.setrlimit(number, (most, most))
        except (OSError, ValueError):
            continue
