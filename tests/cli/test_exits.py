"""How a run ends."""

import asyncio

import pytest

from credcheck._util.errors import Terminated
from credcheck.cli.exit_codes import Exit


def test_sigterm_in_a_callback_of_a_loop_is_not_swallowed() -> None:
    def signalled() -> None:
        raise Terminated

    async def asking() -> None:
        asyncio.get_running_loop().call_soon(signalled)
        await asyncio.sleep(10)

    with pytest.raises(SystemExit) as ended:
        asyncio.run(asking())
    assert ended.value.code == Exit.TERMINATED
