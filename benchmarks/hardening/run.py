"""Fail or kill batch, audit, import and cache at every point, for as long as wanted.

Usage: python -m benchmarks.hardening.run [--seconds 600] [--scenes batch,import] [--seed 15]

Each fault is the n-th write, fsync, rename, unlink, read or open of a command, which fails once, fails
from there on (the disk is full), or is where the process is killed (kill -9). After each, nothing may
be lost: inputs are as they were, no verdict is another one, no file is there by half, and the same
command ends as it should without the fault. Ends with status 1 if one is not so. Needs Linux and a C
compiler.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count, product
from pathlib import Path

from benchmarks.batch.killed import registry
from benchmarks.hardening.faults import (
    CALLS,
    MODES,
    Fault,
    compile_library,
    find_compiler,
    preload,
    restart_with,
)
from benchmarks.hardening.scenes import SCENES, Cache, Scene


def try_all(
    scene: Scene, until: float, chance: random.Random
) -> Iterator[tuple[Fault, str | None]]:
    """Try every point in turn, the kinds of faults in a drawn order; yield what was wrong."""
    kinds = list(product(CALLS, MODES))
    chance.shuffle(kinds)
    for at in count(1):
        for call, mode in tuple(kinds):
            if time.monotonic() > until:
                return
            fault = Fault(call, at, mode)
            hit, problem = scene.try_fault(fault)
            if hit:
                yield fault, problem
            else:
                kinds.remove((call, mode))  # there are no more such calls
        if not kinds:
            return


def main() -> int:
    """Try the faults, and print what was tried and what went wrong."""
    names = [scene.name for scene in SCENES]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--scenes", default=",".join(names))
    parser.add_argument("--seed", type=int, default=15)
    options = parser.parse_args()
    if find_compiler() is None:
        print("needs Linux and a C compiler (cc)")
        return 2
    if not preload():
        restart_with(compile_library(Path(tempfile.mkdtemp())), "benchmarks.hardening.run")
    try:
        with tempfile.TemporaryDirectory() as folder:
            return _try_scenes(Path(folder), options)
    finally:
        shutil.rmtree(Path(os.environ["LD_PRELOAD"]).parent)


def _try_scenes(folder: Path, options: argparse.Namespace) -> int:
    chosen = [scene for scene in SCENES if scene.name in options.scenes.split(",")]
    tried: Counter[tuple[str, str]] = Counter()
    problems = []
    with ExitStack() as stack:
        Cache.address = stack.enter_context(registry())
        for scene_type in chosen:
            scene = scene_type(folder)
            until = time.monotonic() + options.seconds / len(chosen)
            for fault, problem in try_all(scene, until, random.Random(options.seed)):
                tried[scene.name, fault.mode] += 1
                if problem is not None:
                    problems.append(f"{scene.name}, {fault}: {problem}")
                    print(problems[-1], flush=True)
    for scene_name in (scene.name for scene in chosen):
        told = ", ".join(f"{tried[scene_name, mode]} {mode}" for mode in MODES)
        print(f"{scene_name}: {told}")
    print(f"{tried.total()} faults, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
