"""Small helpers that know nothing of credentials."""

import time

LOADED_AT = time.time()
"""When this process began to load credcheck (seconds since 1970): later edits are not what runs."""
