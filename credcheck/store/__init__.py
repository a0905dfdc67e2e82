"""The store: immutable snapshots of imported registries, kept until they are pruned."""

from credcheck.store.snapshots import Info, Store, StoreError, StoreLocked

__all__ = ["Info", "Store", "StoreError", "StoreLocked"]
