"""CMS's file by provider and service, of any size, with invented people and its 28 columns.

Shares are estimates: some nine rows a provider, one provider in twenty an organization, one provider in
sixty with injections of the spine, one row in twelve a drug's with a fraction of services. Every number
starts with 2, which is never issued. Descriptions are invented too; some have commas, and so quotes.
"""

import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from credcheck.model.npi import check_digit
from credcheck_sources.medicare_services import CODES

NAME = "MUP_PHY_R26_P05_V10_D24_Prov_Svc.csv"
HEADER = (
    *("Rndrng_NPI", "Rndrng_Prvdr_Last_Org_Name", "Rndrng_Prvdr_First_Name", "Rndrng_Prvdr_MI"),
    *("Rndrng_Prvdr_Crdntls", "Rndrng_Prvdr_Ent_Cd", "Rndrng_Prvdr_St1", "Rndrng_Prvdr_St2"),
    *("Rndrng_Prvdr_City", "Rndrng_Prvdr_State_Abrvtn", "Rndrng_Prvdr_State_FIPS"),
    *("Rndrng_Prvdr_Zip5", "Rndrng_Prvdr_RUCA", "Rndrng_Prvdr_RUCA_Desc", "Rndrng_Prvdr_Cntry"),
    *("Rndrng_Prvdr_Type", "Rndrng_Prvdr_Mdcr_Prtcptg_Ind", "HCPCS_Cd", "HCPCS_Desc"),
    *("HCPCS_Drug_Ind", "Place_Of_Srvc", "Tot_Benes", "Tot_Srvcs", "Tot_Bene_Day_Srvcs"),
    *("Avg_Sbmtd_Chrg", "Avg_Mdcr_Alowd_Amt", "Avg_Mdcr_Pymt_Amt", "Avg_Mdcr_Stdzd_Amt"),
)
_SYLLABLES = ("bra", "del", "fen", "gol", "har", "kin", "lov", "mar", "nor", "pel", "rud", "sten")
_STATES = ("CA", "TX", "FL", "NY", "PA", "IL", "OH", "GA", "NC", "MI")
_TYPES = (
    "Internal Medicine",
    "Family Practice",
    "Interventional Pain Management",
    "Anesthesiology",
)
_RUCA = '"Metropolitan area core: primary flow within an invented area, 50,000 and greater"'
_CODES = tuple(str(code) for code in range(99200, 99500)) + tuple(f"J{x:04}" for x in range(30))
_ORGANIZATIONS, _INJECT = 0.05, 1 / 60
_BLOCK = 20_000  # rows written at once


class Written(NamedTuple):
    """What was written: rows, rows of wanted codes, and the services that should be kept of them."""

    rows: int
    wanted: int
    services: Decimal


def write_services(path: Path, size: int, seed: int) -> Written:
    """Write the file, of so many bytes or a little more."""
    chance = random.Random(seed)
    rows, wanted, done, services = 0, 0, 0, Decimal()
    block: list[str] = []
    with path.open("w", encoding="utf-8", newline="") as file:
        done += file.write(",".join(HEADER) + "\n")
        while done < size:
            for code, count, line in _list_rows(chance):
                block.append(line)
                rows += 1
                if count is not None and code in CODES:
                    wanted += 1
                    services += count
            if len(block) > _BLOCK:
                done += file.write("".join(block))
                block.clear()
        file.write("".join(block))
    return Written(rows, wanted, services)


def _list_rows(chance: random.Random) -> Iterator[tuple[str, Decimal | None, str]]:
    """Yield a provider's rows, with the code and the services that count: an organization's do not."""
    nine = f"2{chance.randrange(10**8):08}"
    state, entity = chance.choice(_STATES), "O" if chance.random() < _ORGANIZATIONS else "I"
    last = _make_word(chance)
    first = "" if entity == "O" else _make_word(chance)
    name = f"{last},{first},,M.D.,I" if entity == "I" else f'"{last} Care, LLC",,,,O'
    who = f"{nine}{check_digit(nine)},{name},{chance.randrange(1, 9999)} Example Street,,"
    who += f"Example City,{state},39,44113,1,{_RUCA},US,{chance.choice(_TYPES)},Y"
    codes = Counter(chance.choices(_CODES, k=chance.randrange(1, 17)))
    if chance.random() < _INJECT:
        codes.update(chance.sample(CODES, 4))
    for code in codes:
        drug = code.startswith("J")
        for place in ("O", "F") if chance.random() < 0.1 else ("O",):
            count = Decimal(chance.randrange(11, 900)) + (Decimal("0.5") if drug else 0)
            benes = chance.randrange(11, 300)
            charge = chance.randrange(2000, 90000) / 100
            line = (
                f'{who},{code},"Example service {code}, invented, 15-29 minutes",'
                f"{'Y' if drug else 'N'},{place},{benes},{count},{count},"
                f"{charge * 3:.9f},{charge:.9f},{charge * 0.8:.9f},{charge * 0.79:.9f}\n"
            )
            yield code, count if entity == "I" else None, line


def _make_word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3)))).title()
