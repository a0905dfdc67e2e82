"""What a source is: the interface that adapters implement, and the set of sources that a run asks."""

from credcheck.source.interface import (
    AdapterFault,
    Answer,
    Candidates,
    Claim,
    Directory,
    NameQuestion,
    PersonRecord,
    PlaceQuestion,
    Registry,
    Snapshot,
    Source,
    SourceFacts,
    SourceFailed,
    Subject,
    TableSource,
    Unavailable,
)

__all__ = [
    "AdapterFault",
    "Answer",
    "Candidates",
    "Claim",
    "Directory",
    "NameQuestion",
    "PersonRecord",
    "PlaceQuestion",
    "Registry",
    "Snapshot",
    "Source",
    "SourceFacts",
    "SourceFailed",
    "Subject",
    "TableSource",
    "Unavailable",
]
