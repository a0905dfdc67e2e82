"""When this process began to load credcheck: what was edited since is not what runs."""

import time

LOADED_AT = time.time()
"""Seconds since 1970."""
