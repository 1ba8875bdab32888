"""How long our own code takes: never in seconds, for a machine may be slow, but how it grows with what it is given."""

import time

LEAST = 0.02  # seconds of processor time; what takes less is lost in noise


def assert_linear(work, size):
    """Ten times the size takes `work` about ten times as long: forty leaves room, and a square law shows at hundred."""
    work(size // 4)  # whatever only the first call does
    most = 40 * max(seconds_of(work, size), LEAST)
    # Whatever else a machine does only adds to it, so the quickest of three counts; a square law is slow each time.
    assert any(seconds_of(work, size * 10) < most for _ in range(3))


def seconds_of(work, *arguments):
    """The processor's time that a call takes, in seconds."""
    begun = time.process_time()
    work(*arguments)
    return time.process_time() - begun
