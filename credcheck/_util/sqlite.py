"""SQLite connections that are read from for as long as somebody holds them."""

import sqlite3
from contextlib import suppress


class SelfClosingConnection(sqlite3.Connection):
    """A connection that is closed when nobody holds it any more: Python 3.13 warns of others."""

    def __del__(self) -> None:
        with suppress(sqlite3.Error):
            self.close()
