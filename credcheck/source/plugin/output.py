"""What code in this process writes to a standard stream, caught at the file descriptor."""

import contextlib
import os
import sys
import threading
from typing import IO

_KEPT = 300  # bytes: enough to name it
_PATIENCE = 5.0  # seconds: for what was written to come out of the pipe


class CaughtStream:
    """Standard output or error, led into a pipe that this process reads itself."""

    def __init__(self, number: int) -> None:
        """Catch what is written to the file descriptor from now on."""
        self._number = number
        self._mark = os.urandom(16)
        self._lock = threading.Lock()
        self._kept, self._rest = b"", b""
        self._seen = threading.Event()
        reader, writer = os.pipe()
        os.dup2(writer, number)
        os.close(writer)
        self._pipe = os.fstat(number)
        threading.Thread(target=self._read, args=(reader,), daemon=True).start()

    def take(self) -> str | None:
        """Return the beginning of what was written since the last call; None if it was closed."""
        self._flush()
        try:
            if not os.path.samestat(os.fstat(self._number), self._pipe):
                return None
            self._seen.clear()
            os.write(self._number, self._mark)
        except OSError:
            return None
        if not self._seen.wait(_PATIENCE):
            return None
        with self._lock:
            kept, self._kept = self._kept, b""
        return kept[:_KEPT].decode("utf-8", errors="backslashreplace")

    def _flush(self) -> None:
        stream: IO[str] | None = sys.stdout if self._number == 1 else sys.stderr
        with contextlib.suppress(Exception):  # it may have been closed, or be no stream any more
            if stream is not None:
                stream.flush()

    def _read(self, reader: int) -> None:
        while chunk := os.read(reader, 1 << 16):
            with self._lock:
                written, mark, after = (self._rest + chunk).partition(self._mark)
                if mark:
                    self._rest = after
                    self._seen.set()
                else:  # a mark may stand half in this chunk
                    keep = len(self._mark) - 1
                    written, self._rest = written[:-keep], written[-keep:]
                self._kept = (self._kept + written[:_KEPT])[:_KEPT]
