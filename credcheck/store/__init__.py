"""The store: immutable snapshots of imported registries and listings, kept until they are pruned."""

from credcheck.store.snapshots import MANIFEST, Info, Store, StoreError, StoreLocked

__all__ = ["MANIFEST", "Info", "Store", "StoreError", "StoreLocked"]
