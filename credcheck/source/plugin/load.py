"""Loading a plugin: an adapter, or an importer, that stands for what runs in a process of its own."""

from collections.abc import Callable
from importlib.metadata import EntryPoint
from typing import Annotated, Any

import msgspec

from credcheck._util.errors import InputError
from credcheck.source.adapter import Adapter, AdapterError, Context
from credcheck.source.importer import Importer, ImporterError, ImportJob
from credcheck.source.interface import AdapterFault, Source, SourceFacts, SourceFailed
from credcheck.source.plugin.messages import Load, Loaded, Open, Opened
from credcheck.source.plugin.running import DEADLINE, Plugin
from credcheck.source.plugin.sources import import_files, make_failed_source, make_source
from credcheck.storage import DiskByteCache
from credcheck.storage.snapshots import Info

_DEADLINE_OPTION = "deadline"
_Seconds = Annotated[float, msgspec.Meta(gt=0, le=86_400)]


def load_plugin(point: EntryPoint) -> Adapter[msgspec.Struct]:
    """Return an adapter that stands for a plugin's. Raises AdapterError if it cannot be loaded."""
    plugin = Plugin()
    try:
        loaded = plugin.prepare(Load(entry_point=point.value), Loaded)
    except SourceFailed as failed:
        raise AdapterError(
            f"the adapter {point.name!r} ({point.value}) cannot be loaded: {failed}"
        ) from failed
    return Adapter(
        name=point.name,
        summary=loaded.summary,
        kinds=loaded.kinds,
        options=_make_options(loaded.options),
        open=_opener(point.name, plugin, loaded),
    )


def load_importer_plugin(point: EntryPoint) -> Importer:
    """Return an importer that stands for a plugin's. Raises ImporterError if it cannot be loaded."""
    plugin = Plugin()
    try:
        plugin.prepare(Load(entry_point=point.value, importer=True), Loaded)
    except (SourceFailed, InputError) as failed:
        raise ImporterError(
            f"the importer {point.name!r} ({point.value}) cannot be loaded: {failed}"
        ) from failed

    def import_(job: ImportJob) -> Info:
        return import_files(plugin, job)

    return import_


def _make_options(names: tuple[str, ...]) -> type[msgspec.Struct]:
    """Return options of any values: the plugin's own process says whether they are right.

    Raises AdapterError for a name that is none.
    """
    if not all(name.isidentifier() for name in names):
        raise AdapterError("an option of the adapter has an invalid name")
    fields: dict[str, Any] = {_DEADLINE_OPTION: _Seconds} | dict.fromkeys(names, Any)
    return msgspec.defstruct(
        "PluginOptions",
        [(name, kind | msgspec.UnsetType, msgspec.UNSET) for name, kind in fields.items()],
        frozen=True,
        kw_only=True,
        forbid_unknown_fields=True,
    )


def _opener(
    adapter: str, plugin: Plugin, loaded: Loaded
) -> Callable[[str, msgspec.Struct, Context], Source]:
    def open_(name: str, options: msgspec.Struct, context: Context) -> Source:
        given = {
            key: value
            for key in options.__struct_fields__
            if (value := getattr(options, key)) is not msgspec.UNSET
        }
        if _DEADLINE_OPTION not in loaded.options:
            plugin.deadline = given.pop(_DEADLINE_OPTION, DEADLINE)
        try:
            opened = plugin.prepare(_open_request(name, given, context), Opened)
            _check_facts(opened.facts, name, adapter, loaded)
        except SourceFailed as failed:
            return make_failed_source(name, adapter, loaded.kinds, str(failed))
        return make_source(plugin, opened, context)

    return open_


def _open_request(name: str, options: dict[str, Any], context: Context) -> Open:
    cache = context.cache
    return Open(
        name=name,
        options=options,
        folder=str(context.folder.absolute()),
        today=context.today,
        cache=str(cache.folder.absolute()) if isinstance(cache, DiskByteCache) else None,
        offline=context.offline,
        refresh=context.refresh,
        store=str(context.store.absolute()) if context.store is not None else None,
    )


def _check_facts(facts: SourceFacts, name: str, adapter: str, loaded: Loaded) -> None:
    """Check what a source declares: it may speak for itself only. Raises AdapterFault."""
    if (facts.name, facts.adapter) != (name, adapter):
        raise AdapterFault(
            f"the source {name!r} of {adapter!r} calls itself {facts.name!r} of {facts.adapter!r}"
        )
    if not facts.kinds or not set(facts.kinds) <= set(loaded.kinds):
        raise AdapterFault(
            f"the source has evidence of the kinds {', '.join(facts.kinds) or 'none'}, its adapter"
            f" {', '.join(loaded.kinds) or 'none'}"
        )
    if facts.max_age_days <= 0:
        raise AdapterFault(f"the source declares max_age_days = {facts.max_age_days}")
