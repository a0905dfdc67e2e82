"""The live adapter against a server on this machine that takes 50 ms to answer."""

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.batch.world import number
from credcheck.model.npi import Npi
from credcheck.source import Subject
from credcheck.source.adapter import Context
from credcheck.storage import NoCache
from credcheck_sources.nppes.adapter import NppesApi
from credcheck_sources.nppes.options import NppesOptions

_LATENCY, _CONCURRENCY, _REQUESTS = 0.05, 10, 1_000
_SERVER = """
import asyncio, json, sys
from urllib.parse import parse_qs, urlsplit
sys.path.insert(0, {root!r})
from benchmarks.batch.world import record

async def serve(reader, writer):
    while line := await reader.readline():
        while (await reader.readline()).strip():
            pass
        number = parse_qs(urlsplit(line.split()[1].decode()).query)["number"][0]
        body = json.dumps({{"result_count": 1, "results": [record(int(number[1:9]))]}}).encode()
        await asyncio.sleep({latency})
        writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\n")
        writer.write(b"Content-Length: %d\\r\\n\\r\\n" % len(body) + body)
        await writer.drain()

async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(json.dumps(server.sockets[0].getsockname()[1]), flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


def measured() -> Iterator[str]:
    """Ask for a thousand numbers at once."""
    root = str(Path(__file__).parents[2])
    code = _SERVER.format(root=root, latency=_LATENCY)
    server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        port = json.loads(server.stdout.readline() if server.stdout else "")
        options = NppesOptions(
            base_url=f"http://127.0.0.1:{port}/api/", concurrency=_CONCURRENCY, timeout=120.0
        )
        context = Context(folder=Path(), today=dt.date(2026, 11, 24), cache=NoCache())
        source = NppesApi("nppes", options, context)
        subjects = [Subject(npi=Npi(number(place))) for place in range(_REQUESTS)]
        source.collect(subjects[:20])
        began = time.perf_counter()
        answers = source.collect(subjects)
        seconds = time.perf_counter() - began
    finally:
        server.kill()
        server.communicate()
    if not all(answer.claims for answer in answers):
        raise SystemExit("not every number was answered")
    rate, ideal = _REQUESTS / seconds, _CONCURRENCY / _LATENCY
    yield f"\n## The live registry: {_LATENCY * 1e3:.0f} ms an answer, {_CONCURRENCY} at once\n"
    yield f"{rate:.0f} requests a second, {rate / ideal:.0%} of the ideal {ideal:.0f}."
