"""Drawn dossiers: people of whom anything may be known, and sources in any state."""

from hypothesis import strategies as st
from msgspec.structs import replace

from credcheck.model import Decision, Dossier, Evidence, SourceState, Taxonomy
from tests.support.build import day, dossier, evidence, exclusion, good, match, registration

CODES = st.sampled_from(["207L00000X", "208VP0014X", "207R00000X", "363L00000X", "390200000X"])

DAYS = [None, None, *map(day, ("2010-05-01", "2026-11", "2026-12-01"))]


@st.composite
def registrations(draw: st.DrawFn) -> Evidence:
    """A registration: an active individual's, as most are, or one that lacks something."""
    codes = draw(st.lists(CODES, max_size=3))
    usual = registration(taxonomies=tuple(Taxonomy(code=code) for code in codes))
    record = replace(
        usual,
        status=draw(st.sampled_from(["active", "active", "deactivated", None])),
        entity_type=draw(st.sampled_from(["individual", "individual", "organization", None])),
        enumeration_date=draw(st.sampled_from(DAYS)),
        deactivation_date=draw(st.sampled_from(DAYS)),
        reactivation_date=draw(st.sampled_from(DAYS)),
    )
    tied = match(draw(st.sampled_from([Decision.MATCH, Decision.MATCH, Decision.CONFLICT])))
    problem = draw(st.sampled_from([None, None, "unreadable"]))
    return evidence(record, id_=draw(st.sampled_from(["e1", "e9"])), tied=tied, problem=problem)


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """Somebody with some of the good evidence, or nobody, and sources in any state."""
    items = draw(st.lists(st.sampled_from([*good(), exclusion()]), unique_by=type))
    case = dossier(*items, draw(registrations()))
    states = draw(st.lists(st.sampled_from(SourceState), min_size=9, max_size=9))
    pairs = zip(case.sources, states, strict=False)
    sources = tuple(replace(each, state=state) for each, state in pairs)
    return replace(
        case,
        sources=draw(st.sampled_from([case.sources, sources])),
        physician=draw(st.sampled_from([case.physician, case.physician, None])),
    )
