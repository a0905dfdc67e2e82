"""Build the documents as a site, with every warning an error.

Usage: python docs/site.py [FOLDER]        writes the site to FOLDER (build/site)
Needs `pip install 'credcheck[docs]'`. To look at it: python -m http.server -d build/site
"""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).parent
ROOT = DOCS.parent
PROJECT = {
    "CHANGELOG.md": "project/changes.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
}
"""Pages at the root of the repository, and their place in the site."""
PUBLISHED = {".md", ".svg", ".png"}
LINK = re.compile(r"\[([^][]*)\]\(([^)\s#]*)(#[^)\s]*)?\)")
PICTURE = re.compile(r"!\[[^]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)


def stage(target: Path) -> None:
    """Write all pages and pictures of the site to a folder, with links that hold there."""
    for path in sorted(DOCS.rglob("*")):
        if path.suffix in PUBLISHED:
            _stage_file(path, target, path.relative_to(DOCS).as_posix())
    for name, place in PROJECT.items():
        _stage_file(ROOT / name, target, place)


def _stage_file(path: Path, target: Path, place: str) -> None:
    written = target / place
    written.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix != ".md":
        shutil.copyfile(path, written)
        return
    parts = FENCE.split(path.read_text(encoding="utf-8"))
    text = "".join(part if part.startswith("```") else _relink(part, path, place) for part in parts)
    written.write_text(text, encoding="utf-8")


def _relink(text: str, page: Path, place: str) -> str:
    """Return text whose links lead to places in the site.

    A link to a file that is in the repository only becomes its text: the site has no address of it.
    """

    def move(found: re.Match[str]) -> str:
        shown, link, anchor = found[1], found[2], found[3] or ""
        if not link or "://" in link:
            return found[0]
        to = _find_place((page.parent / link).resolve())
        if to is None:
            return shown
        up = "../" * place.count("/")
        return f"[{shown}]({up}{to}{anchor})"

    return LINK.sub(move, text)


def _find_place(path: Path) -> str | None:
    """Return where a file of the repository is in the site, a missing page's place included."""
    if path.is_relative_to(DOCS) and path.suffix in PUBLISHED:
        return path.relative_to(DOCS).as_posix()
    if path == ROOT / "README.md":
        return "README.md"
    return PROJECT.get(path.name) if path.parent == ROOT else None


def find_faults(docs: Path, config: Path) -> Iterator[str]:
    """Yield what is wrong with the pages of a folder that the generator does not look at.

    A page that is in no menu, a menu's page that is not there, a picture that is not there.
    """
    pages = {page.relative_to(docs).as_posix() for page in docs.rglob("*.md")}
    listed = list(_list_pages(tomllib.loads(config.read_text(encoding="utf-8"))["project"]["nav"]))
    yield from (f"{each}: in no menu" for each in sorted(pages - {*listed}))
    yield from (f"{each}: in a menu, but not there" for each in sorted({*listed} - pages))
    yield from (f"{each}: in two menus" for each in sorted(pages) if listed.count(each) > 1)
    for name in sorted(pages):
        page = docs / name
        for source in PICTURE.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
            if not (page.parent / source).is_file():
                yield f"{name}: no picture {source}"


def _list_pages(menu: object) -> Iterator[str]:
    if isinstance(menu, str):
        yield menu
    elif isinstance(menu, list | dict):
        for each in menu if isinstance(menu, list) else menu.values():
            yield from _list_pages(each)


def build(folder: Path) -> int:
    """Build the site into a folder. Returns the generator's exit status: 1 for any warning."""
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        stage(work / "docs")
        shutil.copyfile(ROOT / "zensical.toml", work / "zensical.toml")
        faults = list(find_faults(work / "docs", ROOT / "zensical.toml"))
        if faults:
            print("\n".join(faults), file=sys.stderr)
            return 1
        command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict"]
        status = subprocess.run(command, cwd=work, check=False).returncode
        if status == 0:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(work / "site", folder)
        return status


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "site"))
