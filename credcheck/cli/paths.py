"""What a command reads and what it writes, compared before anything is touched.

An output never takes the place of an input, of another output, or of what credcheck keeps in its store
and cache: by whatever path, link or option. ``--force`` does not change that.
"""

import os
import stat
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from credcheck._util.errors import UsageError
from credcheck._util.files import check_regular
from credcheck.cli.options import Request, find_log
from credcheck.config import (
    Config,
    cache_folder,
    find_config,
    is_configured,
    load_config,
    state_folder,
    store_folder,
)
from credcheck.demo import demo_config
from credcheck.runs.journal_file import find_foreign_journal_file, list_journal_files
from credcheck.runs.log_end import find_foreign_log_file, list_log_files

Mark = tuple[object, ...]
"""What tells that two paths lead to one file: the real path, or the file's own number."""


@dataclass(frozen=True)
class Input:
    """A file that is read, by what the user calls it. ``handle`` is that of an opened file."""

    name: str
    path: Path
    handle: int | None = None


@dataclass(frozen=True)
class Output:
    """A file that is written, by its option.

    ``files`` are all that is written, replaced or removed for it. ``is_kept`` says that it is a file
    of credcheck's own that runs go on with: it may be there already, and its folder may be missing.
    ``find_foreign`` then looks for somebody else's file in the place of one beside it.
    """

    option: str
    target: str
    files: tuple[Path, ...]
    is_kept: bool = False
    find_foreign: Callable[[Path], Path | None] | None = None


def output_file(option: str, target: str | None) -> tuple[Output, ...]:
    """Return an output that appears when it is whole; none where the option was not given."""
    if target is None or target == "-":
        return ()
    return (Output(option, target, (Path(target),)),)


def journal_output(path: Path) -> Output:
    """Return the journal as an output, with what SQLite keeps beside it."""
    return Output(
        "--journal",
        str(path),
        list_journal_files(path),
        is_kept=True,
        find_foreign=find_foreign_journal_file,
    )


def log_output(path: Path) -> Output:
    """Return the log of runs as an output, with its lock."""
    return Output(
        "--log",
        str(path),
        list_log_files(path),
        is_kept=True,
        find_foreign=find_foreign_log_file,
    )


def roster_input(roster: str) -> Input:
    """Return the roster as an input; ``-`` may well be a file too."""
    if roster == "-":
        return Input("the roster on standard input", Path("-"), handle=0)
    return Input("the roster", Path(roster))


def named_inputs(files: Mapping[str, Path | None]) -> list[Input]:
    """Return the inputs that options name. Raises UsageError for one that is no regular file."""
    found = [Input(name, path) for name, path in files.items() if path is not None]
    for each in found:
        check_regular(each.path, f"{each.name} {each.path}")
    return found


def configured_inputs(request: Request) -> list[Input]:
    """Return what a run reads besides: configuration, standard, and the files of its sources.

    Raises UsageError where the configuration cannot be used.
    """
    return _list_configured(_find_config(request), request)


def known_inputs(config: Path | None = None) -> list[Input]:
    """Return the same for a command that needs no configuration, and the log: what there is of it."""
    log = [Input("the log of runs", find_log(None))]
    if not is_configured(config):
        return log
    request = Request(config=config)
    file = _find_config(request)
    try:
        return [*_list_configured(file, request), *log]
    except UsageError:  # it is another command that needs it
        return [Input("the configuration", file), *log]


def other_log(log: Path) -> list[Input]:
    """Return the user's usual log of runs, where another one is named."""
    usual = find_log(None)
    is_same = bool(set(_list_marks(usual)) & set(_list_marks(log)))
    return [] if is_same else [Input("the usual log of runs", usual)]


def _find_config(request: Request) -> Path:
    return demo_config() if request.demo else find_config(request.config)


def _list_configured(file: Path, request: Request) -> list[Input]:
    settings = load_config(file)
    standard = request.standard or settings.standard
    standards = [Input("the standard", Path(standard))] if standard.endswith(".toml") else []
    return [Input("the configuration", file), *standards, *_list_source_files(settings)]


def _list_source_files(settings: Config) -> Iterable[Input]:
    for source in settings.sources:
        for option, value in source.options.items():
            if not isinstance(value, str) or "\0" in value:
                continue
            path = settings.folder / os.path.expanduser(value)  # noqa: PTH111 - pathlib's may raise
            if option == "path" or _mark_file(path):
                yield Input(f"the file of source {source.name}", path)


def check_paths(
    outputs: Sequence[Output], inputs: Sequence[Input], *, force: bool, own: Collection[str] = ()
) -> None:
    """Check that all outputs can be written and eat nothing. Raises UsageError; nothing is touched.

    What is there is replaced with ``force`` only, or where it is one of the real paths in ``own``.
    """
    read = {mark: each.name for each in inputs for mark in _list_marks(each.path, each.handle)}
    written: dict[Mark, str] = {}
    for output in outputs:
        marks = {mark: file for file in output.files for mark in _list_marks(file)}
        if eaten := [read[mark] for mark in marks if mark in read]:
            raise UsageError(
                f"{output.option} {output.target} is also an input ({eaten[0]}); name another file"
            )
        if shared := [mark for mark in marks if mark in written]:
            raise UsageError(
                f"{written[shared[0]]} and {output.option} name the same file, {marks[shared[0]]}"
            )
        written |= dict.fromkeys(marks, output.option)
        _check_place(output)
    _check_stdout(read | written)
    for output in outputs:
        is_ours = output.is_kept or os.path.realpath(output.files[0]) in own
        if not force and not is_ours and output.files[0].exists():
            raise UsageError(
                f"{output.option} {output.target} already exists; use --force to replace it"
            )


def _check_place(output: Output) -> None:
    """Check that a file can be there: it is nobody else's place, and its folder can be written to."""
    path, told = output.files[0], f"{output.option} {output.target}"
    _check_folders(output)
    try:
        exists = path.exists()
        foreign = output.find_foreign(path) if output.find_foreign else None
    except (OSError, ValueError) as error:
        raise UsageError(f"{told}: {getattr(error, 'strerror', None) or error}") from error
    if foreign is not None:
        raise UsageError(
            f"{told}: {foreign} next to it does not belong to credcheck; name another file"
        )
    for file in output.files if exists or output.is_kept else ():
        check_regular(file, told if file == path else f"{told}: {file} next to it")
    if output.is_kept:
        return
    if not path.parent.is_dir():
        raise UsageError(f"{told} is in a folder that does not exist")
    if not os.access(path.parent, os.W_OK):
        raise UsageError(f"{told}: the folder cannot be written to")


def _check_folders(output: Output) -> None:
    """Check that nothing is written where credcheck keeps what it imported or was answered."""
    own = {"store": store_folder(), "cache": cache_folder(), "locks": state_folder() / "locks"}
    if not output.is_kept:
        own["journals"] = state_folder() / "journals"
    for file in output.files:
        real = Path(os.path.realpath(file))
        for name, folder in own.items():
            if real.is_relative_to(os.path.realpath(folder)):
                raise UsageError(
                    f"{output.option} {output.target} is in the folder that credcheck keeps for"
                    f" its {name};"
                    " name a file elsewhere"
                )


def _check_stdout(used: Mapping[Mark, str]) -> None:
    """Check that what the shell made standard output is none of the files."""
    mark = _mark_handle(1)
    if mark is not None and mark in used:
        raise UsageError(f"standard output goes to a file that is already in use: {used[mark]}")


def _list_marks(path: Path, handle: int | None = None) -> list[Mark]:
    """Return what marks a file: the path that it really is, and its number on the disk.

    One that is not there yet has the number of its folder, and its name.
    """
    if handle is not None:
        mark = _mark_handle(handle)
        return [mark] if mark else []
    real = Path(os.path.realpath(path))
    entries = [("entry", *mark, real.name) for mark in _mark_file(real.parent)]
    return [("path", str(real)), *_mark_file(path), *entries]


def _mark_file(path: Path) -> list[Mark]:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return []
    return [("file", found.st_dev, found.st_ino)]


def _mark_handle(handle: int) -> Mark | None:
    try:
        found = os.fstat(handle)
    except OSError:
        return None
    is_file = stat.S_ISREG(found.st_mode)
    return ("file", found.st_dev, found.st_ino) if is_file else None
