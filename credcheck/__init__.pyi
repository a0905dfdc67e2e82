from credcheck.api import (
    Evidence as Evidence,
)
from credcheck.api import (
    Finding as Finding,
)
from credcheck.api import (
    InputError as InputError,
)
from credcheck.api import (
    Outcome as Outcome,
)
from credcheck.api import (
    OutputError as OutputError,
)
from credcheck.api import (
    Physician as Physician,
)
from credcheck.api import (
    Query as Query,
)
from credcheck.api import (
    Reason as Reason,
)
from credcheck.api import (
    ReasonCode as ReasonCode,
)
from credcheck.api import (
    Results as Results,
)
from credcheck.api import (
    RunHeader as RunHeader,
)
from credcheck.api import (
    SourceReport as SourceReport,
)
from credcheck.api import (
    Sources as Sources,
)
from credcheck.api import (
    Standard as Standard,
)
from credcheck.api import (
    UsageError as UsageError,
)
from credcheck.api import (
    Verdict as Verdict,
)
from credcheck.api import (
    VerdictOutcome as VerdictOutcome,
)
from credcheck.api import (
    load_standard as load_standard,
)
from credcheck.api import (
    make_query as make_query,
)
from credcheck.api import (
    open_sources as open_sources,
)
from credcheck.api import (
    read_results as read_results,
)
from credcheck.api import (
    verify as verify,
)
from credcheck.api import (
    verify_one as verify_one,
)
from credcheck.api import (
    write_report as write_report,
)

__version__: str
