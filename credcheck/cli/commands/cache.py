"""``credcheck cache``: what was kept of the registry's answers."""

import typer

from credcheck._util.text import pluralize
from credcheck.cli.console import Screen, write_text
from credcheck.config import cache_folder
from credcheck.storage import DiskByteCache

app = typer.Typer(no_args_is_help=True, help="Show or clear the HTTP cache.")


@app.command()
def info() -> None:
    """Show where the cache is, how many answers it holds and how large it is."""
    Screen()
    cache = DiskByteCache(cache_folder())
    found = cache.info()
    cache.close()
    size = f"{found.size_bytes / 1024:,.0f} kB"
    write_text(f"{found.folder}: {pluralize(found.entries, 'answer')}, {size}\n")


@app.command()
def clear() -> None:
    """Delete all cached answers."""
    Screen()
    cache = DiskByteCache(cache_folder())
    removed = cache.clear()
    cache.close()
    write_text(f"{pluralize(removed, 'answer')} removed\n")
