"""A cache of bytes that can be wrong, broken, full or read-only without harm.

diskcache underneath, but never as it comes: its Disk unpickles rows and follows file names that it
finds in the database (CVE-2025-69872), and a flipped bit can return another key's value. Here:

- only raw bytes are stored, inside the database; a row of any other mode is a miss, never unpickled;
- each value carries a SHA-256 of its key and itself, checked on every read;
- the folder is 0700 and ours, or it is not used;
- when anything is wrong, the cache steps aside with one warning and the work goes on without it.
"""

from credcheck.storage.cache import ByteCache, CacheInfo, DiskByteCache, NoCache

__all__ = ["ByteCache", "CacheInfo", "DiskByteCache", "NoCache"]
