"""What credcheck is compared with: bare reads, bare commands, and the rules as one SQL statement."""

from pathlib import Path

from credcheck_sources.nppes_file.columns import COLUMNS

DUCKDB_READ = """
import csv, duckdb, sys
path, *wanted = sys.argv[1:]
with open(path, newline="") as file:
    header = next(csv.reader(file))
columns = {name: "VARCHAR" for name in header}
sums = ", ".join(f'sum(length("{name}"))' for name in wanted)
duckdb.execute(f"SELECT {sums} FROM read_csv('{path}', columns={columns!r}, header=true,"
               " auto_detect=false, delim=',', quote='\\"', escape='\\"')").fetchall()
"""
POLARS_READ = """
import polars, sys
path, *wanted = sys.argv[1:]
frame = polars.scan_csv(path, infer_schema=False)
frame.select([polars.col(name).str.len_bytes().sum() for name in wanted]).collect(engine="streaming")
"""
BARE_COMMAND = """
import sys, typer
app = typer.Typer()

@app.command()
def show(npi: str) -> None:
    '''Show a number.'''
    from rich.console import Console
    from rich.table import Table
    table = Table("NPI", "Name")
    table.add_row(npi, "name")
    Console().print(table)

app(sys.argv[1:])
"""
SQL_RULES = """
import csv, duckdb, sys, time
folder, roster, registry, rules = sys.argv[1:]
db = duckdb.connect()
db.execute("SET enable_progress_bar = false")
with open(registry, newline="") as file:
    columns = {name: "VARCHAR" for name in next(csv.reader(file))}
slots = ",".join(f'"Healthcare Provider Taxonomy Code_{x}"' for x in range(1, 16))
db.execute(f'''CREATE TABLE registry AS SELECT "NPI" npi, "Entity Type Code" entity,
  "NPI Deactivation Date" gone, "Provider Last Name (Legal Name)" last, "Provider First Name" first,
  "Provider Other Last Name" other_last, list_filter([{slots}], lambda x: x IS NOT NULL) codes
  FROM read_csv('{registry}', columns={columns!r}, header=true, auto_detect=false, delim=',', quote='"',
  escape='"') ORDER BY npi''')
began = time.perf_counter()
for name in ("fellowships", "boards", "programs"):
    text = "{'npi': 'VARCHAR'}" if name != "programs" else "{'program_code': 'VARCHAR'}"
    db.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{folder}/{name}.csv', types={text})")
for name, path in (("leie", f"{folder}/leie.csv"), ("roster", roster)):
    db.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{path}', all_varchar=true)")
with open(rules) as file:
    text = file.read().replace("$day", "DATE '2026-11-20'")
db.execute(text.replace("$output", f"'{folder}/verdicts.parquet'"))
print(time.perf_counter() - began)
"""
"""The rules in rules.sql. The registry is a sorted table by then; listings and roster are read."""

PANDAS_RULES = """
import pandas, sys
folder, roster, output = sys.argv[1:]
day = "2026-11-20"
read = lambda path: pandas.read_csv(path, dtype=str, keep_default_na=False)
asked = read(roster)
boards, trained, leie = (read(f"{folder}/{name}.csv") for name in ("boards", "fellowships", "leie"))
pain = boards[boards["certificate"] == "Pain Medicine"]
held = pain[(pain["status"] == "Certified") & (pain["issued"] <= day) & (pain["expires"] >= day)]
done = trained[(trained["status"] == "Completed") & (trained["end_date"] <= day)]
npi = asked["NPI"]
words = pandas.Series("unverified", index=asked.index)
words[npi.isin(held["npi"]) & npi.isin(done["npi"])] = "meets"
words[~npi.isin(pain["npi"]) | npi.isin(leie["NPI"])] = "does_not_meet"
asked.assign(outcome=words).to_csv(output, index=False)
"""
"""What a script on a desk does: three lists joined by number, one word a row, and no registry."""

SQL_RULES_FILE = Path(__file__).with_name("rules.sql")
SQL_VERDICTS = """
import duckdb, sys
for row in duckdb.execute(f"SELECT npi, outcome FROM '{sys.argv[1]}'").fetchall():
    print(*row)
"""


def read_arguments(registry: Path) -> list[str]:
    """Return the file and the columns that credcheck reads of it."""
    return [str(registry), *COLUMNS]
