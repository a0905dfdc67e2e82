"""A roster over a registry on this machine: killed (kill -9) at random moments, resumed each time.

Usage: python -m benchmarks.batch.killed [--rows 10000] [--kills 20] [--seed 4]

The registry is a server of its own over real sockets. The final bytes must be those of a run that
nobody disturbed. Ends with status 1 if they are not.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from benchmarks.batch.world import make, record, write_roster


@contextmanager
def registry() -> Iterator[str]:
    """Serve a record for every number of the world; yields the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            question = parse_qs(urlsplit(self.path).query)
            number = question.get("number", [""])[0]
            results = [record(int(number[1:9]))] if number else []
            body = json.dumps({"result_count": len(results), "results": results}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing: whoever asked was killed."""

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/"
    finally:
        server.shutdown()
        server.server_close()


def words(folder: Path, *more: str) -> list[str]:
    """Return the command."""
    command = [sys.executable, "-m", "credcheck", "batch", str(folder / "roster.csv"), "-q"]
    command += ["-o", str(folder / "out.ndjson"), "--as-of", "2026-11-01"]
    command += ["--config", str(folder / "credcheck.toml"), "--log", str(folder / "log.ndjson")]
    return [*command, *more]


def main() -> None:
    """Kill, resume, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=4)
    wanted = parser.parse_args()
    chance = random.Random(wanted.seed)
    with tempfile.TemporaryDirectory(prefix="credcheck-killed-") as name, registry() as address:
        folder = Path(name)
        make(folder, wanted.rows, f'base_url = "{address}"\nconcurrency = 10')
        write_roster(folder / "roster.csv", wanted.rows)
        env = {**os.environ, "SOURCE_DATE_EPOCH": "1795000000"}
        killed = 0
        # A new cache each time: nothing is remembered but the journal.
        while killed < wanted.kills and not (folder / "out.ndjson").exists():
            env["CREDCHECK_CACHE"] = str(folder / f"cache-{killed}")
            process = subprocess.Popen(words(folder, "--resume"), env=env)
            try:
                process.wait(timeout=chance.uniform(0.5, 3.0))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
        subprocess.run(words(folder, "--resume", "--force"), env=env, check=True)
        resumed = (folder / "out.ndjson").read_bytes()
        env["CREDCHECK_CACHE"] = str(folder / "cache-last")
        subprocess.run(words(folder, "--force"), env=env, check=True)
        same = resumed == (folder / "out.ndjson").read_bytes()
        lines = len(resumed.splitlines()) - 1
    print(f"{lines:,} verdicts, killed {killed} times; the same bytes as undisturbed: {same}")
    sys.exit(0 if same and lines == wanted.rows else 1)


if __name__ == "__main__":
    main()
