"""The limits that the options set."""

from pathlib import Path

import pytest

from credcheck_sources.nppes.options import NppesOptions


class TestPace:
    """Polite to the public registry, quick on this machine."""

    def test_the_public_registry_is_asked_five_times_a_second_at_most(self) -> None:
        assert NppesOptions().requests_per_second == 5
        assert NppesOptions().concurrency <= 4

    def test_a_server_on_this_machine_is_not_slowed_down(self) -> None:
        assert NppesOptions(base_url="http://127.0.0.1:1/api/").requests_per_second is None

    def test_a_rate_that_is_set_holds(self) -> None:
        local = NppesOptions(base_url="http://127.0.0.1:1/api/", rate=2.5)
        assert local.requests_per_second == 2.5

    @pytest.mark.parametrize(
        ("text", "seconds"), [("0s", 0), ("90m", 5400), ("24h", 86400), ("7d", 604800)]
    )
    def test_the_cache_keeps_answers_as_long_as_it_is_told(self, text: str, seconds: int) -> None:
        assert NppesOptions(cache_ttl=text).cache_seconds == seconds


def test_recorded_records_must_have_numbers(tmp_path: Path) -> None:
    from credcheck_sources.nppes.recorded import load_records

    (tmp_path / "r.json").write_text('[{"basic": {}}]')
    with pytest.raises(ValueError, match="without a number"):
        load_records(tmp_path / "r.json")
