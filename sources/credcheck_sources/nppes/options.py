"""What a configuration may say about the live registry."""

import datetime as dt
import re
from typing import Annotated

import httpx
import msgspec

from credcheck.model import Coverage
from credcheck.source.adapter import DEFAULT_MAX_AGE, Days, parse_days
from credcheck_sources.nppes.address import ipaddress_of, parse_address, without_login

PUBLIC = "https://npiregistry.cms.hhs.gov/api/"
_POLITE_RATE = 5.0  # requests a second: CMS publishes no limit; careful clients keep to this
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}

Seconds = Annotated[float, msgspec.Meta(gt=0, le=86_400)]
Rate = Annotated[float, msgspec.Meta(ge=0.01, le=10_000)]


class NppesOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the live registry.

    ``base_url`` may contain a login, which is sent to the server and never shown. ``timeout``
    is the total time in seconds for one answer, with all retries. ``rate`` is in requests per
    second: 5 by default, and unlimited for a server on this machine. ``recorded`` names a file
    of records in the API's format that replaces the network, and ``as_of`` is its date.
    ``coverage`` says what absence means: ``partial``, because the live registry only shows
    active NPIs.
    """

    base_url: str = PUBLIC
    timeout: Seconds = 20.0
    concurrency: Annotated[int, msgspec.Meta(ge=1, le=20)] = 4
    rate: Rate | None = None
    attempts: Annotated[int, msgspec.Meta(ge=1, le=10)] = 4
    cache_ttl: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,6}[smhd]$")] = "24h"
    max_age: Days = DEFAULT_MAX_AGE
    coverage: Coverage = Coverage.PARTIAL
    recorded: str | None = None
    as_of: dt.date | None = None

    def __post_init__(self) -> None:
        parse_days(self.max_age)
        try:
            scheme = self.address.scheme
        except ValueError as error:
            raise ValueError(f"base_url cannot be used: {error}; an example is {PUBLIC}") from error
        if scheme == "http" and not self.is_local:
            raise ValueError("base_url must use https, so that answers can be trusted")
        if self.as_of is not None and self.recorded is None:
            raise ValueError("as_of goes with recorded: the live registry always answers for today")

    @property
    def address(self) -> httpx.URL:
        """The address that is asked, without a login. Raises ValueError."""
        return without_login(parse_address(self.base_url))

    @property
    def login(self) -> tuple[str, str] | None:
        """The user and password in the address, if there are any."""
        url = parse_address(self.base_url)
        return (url.username, url.password) if url.userinfo else None

    @property
    def is_local(self) -> bool:
        """Whether the server is on this machine."""
        host = self.address.host
        number = ipaddress_of(host)
        return number.is_loopback if number is not None else host == "localhost"

    @property
    def requests_per_second(self) -> float | None:
        """The rate limit, or None where there is none."""
        if self.rate is not None:
            return self.rate
        return None if self.is_local or self.recorded else _POLITE_RATE

    @property
    def cache_seconds(self) -> int:
        """How long an answer is kept."""
        found = re.fullmatch(r"([0-9]+)([smhd])", self.cache_ttl)
        if found is None:
            raise ValueError(f'{self.cache_ttl!r} is not a length of time, such as "24h"')
        return int(found.group(1)) * _UNITS[found.group(2)]

    @property
    def cache_days(self) -> int:
        """How many days back the day of an answer that is kept can lie."""
        return -(-self.cache_seconds // _UNITS["d"])
