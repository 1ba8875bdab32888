"""How long a megabyte of notes takes to read, how much memory, and how that grows with length.

    .venv/bin/python bench/reading.py

Real notes are a few thousand characters. These texts are none: each repeats what a rule looks for, until a megabyte is
full. For each: the seconds for a quarter, a half and the whole (twice the text should take about twice as long, and no
longer from where the house layouts' rules stop), and the largest size of a process that reads the whole.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from meetings.minutes import reader

MEGABYTE = 1_000_000
PIECES = {
    "lines of a letter": "a\n",
    "blank lines": "\n",
    "one letter": "A",
    "no-break spaces": "\u00a0",
    "commas": ",",
    "brackets": "( ",
    "names": "Present: Ada Boyle (Lock CC), Ned Orme\n",
    "one list": "Ada Boyle, ",
    "joined names": "Ada Boyle and ",
    "sentences": "AB to do. ",
    "owners": "AB/",
    "an owner column": "Book the hall          AB\n",
    "actions": "Action: AB to do\n",
    "headings": "1. Heading\n",
    "bullets": "- x\n",
    "dates": "25 March, ",
    "dates due": "Action: AB to write by 31 March, 1 April, 2 April\n",
    "data": "AB: Used: x Wants: y ",
    "references": "x [A1] [confidential] ",
    "agreed": "It was agreed that ",
    "table rows": "| a | b | AB |\n",
}
HEADS = ["", "Minutes of: x\nDate: 1 May 2020\n", "Attendance Ada Boyle, Ned Orme\n", "Next meeting: "]


def seconds(text: str) -> float:
    """How long it takes to read, on the processor's clock."""
    begun = time.process_time()
    reader.read(text)
    return time.process_time() - begun


def measure(name: str) -> None:
    """Print what the worst head makes of one piece, as JSON; run in a process of its own, for its size."""
    piece = PIECES[name]
    times = []
    for head in HEADS:
        sizes = [seconds(head + piece * (MEGABYTE // part // len(piece))) for part in (4, 2, 1)]
        times.append(sizes)
    worst = max(times, key=lambda sizes: sizes[-1])
    print(json.dumps([*worst, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def main() -> None:
    """Measure each piece in a process of its own and print a table."""
    print(f"{'a megabyte of':20} {'¼':>7} {'½':>7} {'whole, s':>9} {'peak, MB':>9}")
    for name in PIECES:
        done = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True, check=True)  # noqa: S603 (ourselves)
        quarter, half, whole, peak = json.loads(done.stdout)
        print(f"{name:20} {quarter:7.2f} {half:7.2f} {whole:9.2f} {peak:9.0f}", flush=True)


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
