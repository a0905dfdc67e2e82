"""The commands that faults are put into, and what must hold after each, whatever went wrong."""

import json
import shutil
from abc import ABC, abstractmethod
from pathlib import Path

from benchmarks.hardening.faults import Fault, Ran, run
from credcheck.demo import demo_folder
from credcheck.storage.snapshots import Store, StoreError

AS_OF = "2026-11-20"
KILLED = -9
_SOUND = {0, 2, 3, 4, 5, 6}  # never 1 and never 70
_LISTING = "boards.csv"


class Scene(ABC):
    """One command in a folder of its own, made before each fault."""

    name: str

    def __init__(self, folder: Path) -> None:
        """Work below a folder."""
        self.template, self.folder = folder / f"{self.name}-template", folder / self.name
        shutil.copytree(demo_folder(), self.template)
        self.prepare()
        self.reset()
        self.usual = self.credcheck(*self.words)
        self.expected: object = self.look()

    @property
    @abstractmethod
    def words(self) -> tuple[str, ...]:
        """The command that the fault is put into."""

    @abstractmethod
    def look(self) -> object:
        """Return what a run leaves that was not disturbed."""

    @abstractmethod
    def find_problem(self, ran: Ran) -> str | None:
        """Say what is wrong with what the fault left, then go on without one; None if all is well."""

    def prepare(self) -> None:  # noqa: B027 - most have nothing to prepare
        """Make the template of the folder complete."""

    def reset(self) -> None:
        """Begin again with the template's files."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.template, self.folder)

    def credcheck(self, *words: str, fault: Fault | None = None) -> Ran:
        """Run a command in the folder."""
        return run(self.folder, words, fault)

    def path(self, name: str) -> str:
        """Return a file's whole path: a fault is put into those only."""
        return str(self.folder / name)

    def try_fault(self, fault: Fault) -> tuple[bool, str | None]:
        """Return whether the fault came about, and what was wrong after it."""
        self.reset()
        ran = self.credcheck(*self.words, fault=fault)
        if ran.status not in (_SOUND | {KILLED} if fault.mode == "kill" else _SOUND):
            return ran.hit, f"exit status {ran.status}: {ran.err[-300:]}"
        if (eaten := self._find_eaten()) is not None:
            return ran.hit, f"{eaten} is not what it was"
        return ran.hit, self.find_problem(ran)

    def _find_eaten(self) -> str | None:
        """Return an input that a run has changed."""
        for file in sorted(self.template.glob("*.*")):
            mine = self.folder / file.name
            if not mine.exists() or mine.read_bytes() != file.read_bytes():
                return file.name
        return None


class Batch(Scene):
    """A roster that is judged into NDJSON, and resumed after the fault."""

    name = "batch"
    expected: list[bytes]

    @property
    def words(self) -> tuple[str, ...]:
        """Return the command."""
        words = ("batch", self.path("roster.csv"), "-o", self.path("out.ndjson"))
        more = ("--journal", self.path("journal"), "--as-of", AS_OF, "--jobs", "1")
        return (*words, *more, "--config", self.path("credcheck.toml"))

    def look(self) -> list[bytes]:
        """Return the verdicts."""
        return _read_verdicts(self.folder / "out.ndjson")

    def find_problem(self, ran: Ran) -> str | None:
        """Compare what there is with what there should be, and resume."""
        out = self.folder / "out.ndjson"
        if ran.status == 0 and not out.exists():
            return "exit status 0 without results"
        if out.exists() and (problem := self._compare(ran)) is not None:
            return problem
        again = self.credcheck(*self.words, "--resume", "--force")
        if again.status != 0 or self.look() != self.expected:
            return f"resumed: {again.status} {again.err[-300:]}"
        checked = self.credcheck("log", "verify", "--results", str(out))
        return None if checked.status == 0 else f"log verify: {checked.err[-300:]}"

    def _compare(self, ran: Ran) -> str | None:
        """Every verdict is the usual one, or unverified where a source could not be read."""
        found = self.look()
        if len(found) != len(self.expected):
            return f"{len(found)} verdicts of {len(self.expected)}"
        for mine, usual in zip(found, self.expected, strict=True):
            if mine != usual and json.loads(mine)["outcome"] != "unverified":
                return f"another verdict, status {ran.status}: {mine[:200]!r}"
        return None


class Audit(Scene):
    """An audit with all its reports, and run again after the fault."""

    name = "audit"
    _REPORTS = ("report.html", "report.xml", "report.sarif", "out.ndjson")

    @property
    def words(self) -> tuple[str, ...]:
        """Return the command."""
        html, junit, sarif, out = map(self.path, self._REPORTS)
        words = ("audit", self.path("roster.csv"), "--html", html, "--junit", junit)
        more = ("--sarif", sarif, "-o", out, "--journal", self.path("journal"), "--as-of", AS_OF)
        return (*words, *more, "--config", self.path("credcheck.toml"), "--jobs", "1")

    def look(self) -> tuple[int, list[bytes]]:
        """Return the verdicts, and how many reports there are."""
        there = sum((self.folder / name).exists() for name in self._REPORTS)
        return there, _read_verdicts(self.folder / "out.ndjson")

    def find_problem(self, ran: Ran) -> str | None:
        """See that no report is there by half, and run it again."""
        if ran.status == 0:
            return "a clean audit of people who do not meet the standard"
        for name in self._REPORTS:
            report = self.folder / name
            if report.exists() and not _is_whole(report):
                return f"{name} is there by half"
        again = self.credcheck(*self.words, "--resume", "--force")
        if again.status != self.usual.status or self.look() != self.expected:
            return f"again: {again.status} {again.err[-300:]}"
        checked = self.credcheck("log", "verify")
        return None if checked.status == 0 else f"log verify: {checked.err[-300:]}"


class Import(Scene):
    """A listing that is imported in the place of an older one, and again after the fault."""

    name = "import"

    def prepare(self) -> None:
        """Import the older one."""
        text = (self.template / "credcheck.toml").read_text(encoding="utf-8")
        head, _, rest = text.partition("[sources.boards]")
        table, mark, more = rest.partition("\n[")
        lines = [line for line in table.splitlines() if not line.startswith(("path", "as_of"))]
        table = "\n".join([*lines, 'snapshot = "current"', ""])
        text = f"{head}[sources.boards]{table}{mark}{more}"
        (self.template / "credcheck.toml").write_text(text, encoding="utf-8")
        self.folder = self.template
        self._import(_LISTING, "2026-10-01")
        self.folder = self.template.with_name(self.name)

    def _import(self, file: str, day: str) -> Ran:
        config = ("--config", self.path("credcheck.toml"))
        words = ("sources", "import", "boards", self.path(file), "--as-of", day)
        done = self.credcheck(*words, *config)
        if done.status:
            raise RuntimeError(done.err)
        return done

    @property
    def words(self) -> tuple[str, ...]:
        """Return the command."""
        words = ("sources", "import", "boards", self.path(_LISTING), "--as-of", "2026-11-01")
        return (*words, "--config", self.path("credcheck.toml"))

    def look(self) -> object:
        """Return the day of what is in use, proved."""
        store = Store(self.folder / "store")
        info = store.current("boards")
        if info is None:
            return None
        store.prove(info)
        return info.as_of

    def find_problem(self, ran: Ran) -> str | None:
        """See that the old or the new one is in use, whole; then import again, and prune."""
        try:
            day = self.look()
        except StoreError as error:
            return str(error)
        if str(day) not in {"2026-10-01", "2026-11-01"} or (
            ran.status == 0 and day != self.expected
        ):
            return f"{day} is in use after status {ran.status}"
        again = self.credcheck(*self.words)
        if again.status != 0 or self.look() != self.expected:
            return f"again: {again.status} {again.err[-300:]}"
        pruned = self.credcheck("sources", "prune", "boards")
        return None if pruned.status == 0 else f"prune: {pruned.err[-300:]}"


class Cache(Scene):
    """A look-up through the cache of answers, asked again after the fault. It never decides."""

    name = "cache"
    address = ""

    def prepare(self) -> None:
        """Ask a registry on this machine."""
        source = f'[sources.nppes]\nadapter = "nppes-api"\nbase_url = "{self.address}"\n'
        (self.template / "credcheck.toml").write_text(source, encoding="utf-8")

    @property
    def words(self) -> tuple[str, ...]:
        """Return the command."""
        words = ("verify", "2000001075", "--format", "json", "--as-of", AS_OF)
        return (*words, "--config", self.path("credcheck.toml"))

    def look(self) -> bytes:
        """Return the verdict, once more: from the cache, if it can be."""
        return self.credcheck(*self.words).out

    def find_problem(self, ran: Ran) -> str | None:
        """See that the verdict is the usual one, there or the next time."""
        if ran.status == self.usual.status and ran.out != self.usual.out:
            return f"another verdict: {ran.out[:300]!r}"
        return None if self.look() == self.expected else "another verdict the next time"


SCENES = (Batch, Audit, Import, Cache)


def _read_verdicts(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()[1:] if path.exists() else []


def _is_whole(path: Path) -> bool:
    ends = {".html": b"</html>", ".xml": b"</testsuites>", ".sarif": b"}", ".ndjson": b"}"}
    return path.read_bytes().rstrip().endswith(ends[path.suffix])
