"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const { rows, reasons, words, codes, marks, requirements, block } = read("data");
  const ROW = 0, ID = 1, NPI = 2, NAME = 3, STATE = 4, WORD = 5, FINDINGS = 6, WHY = 7, ENDS = 8, REMARK = 9;
  const PAGE = 50;
  const order = new Intl.Collator("en");
  const byId = (id) => document.getElementById(id);
  const body = byId("people").tBodies[0];
  const search = byId("search"), outcome = byId("outcome"), why = byId("why"), requirement = byId("requirement");
  const said = byId("said"), more = byId("more"), dialog = byId("drawer");
  const texts = rows.map((r) => [r[ROW], r[ID], r[NPI], r[NAME], r[STATE], words[r[WORD]], ...r[WHY].map((x) => reasons[x])].join(" ").toLowerCase());
  const place = new Map(rows.map((r, i) => [`row-${r[ROW]}`, i]));
  rows.forEach((r, i) => { if (r[NPI] && !place.has(`npi-${r[NPI]}`)) place.set(`npi-${r[NPI]}`, i); });
  let shown = rows.map((_, i) => i), limit = PAGE, column = null, down = false, opener = null;

  const make = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const cell = (label, child) => {
    const made = make("td");
    made.dataset.label = label;
    if (child !== null) made.append(child);
    return made;
  };
  const drawMarks = (letters) => {
    const made = make("span", undefined, "marks");
    made.setAttribute("role", "img");
    made.title = [...letters].map((x, i) => `${requirements[i] || ""}: ${marks[x][1]}`).join(", ");
    made.setAttribute("aria-label", made.title);
    for (const run of letters.match(/(.)\1*/g) || []) made.append(make("span", marks[run[0]][0].repeat(run.length), run[0]));
    return made;
  };
  const drawRow = (index) => {
    const r = rows[index], made = make("tr");
    made.dataset.index = index;
    const link = make("a", r[NAME] || (r[NPI] ? `NPI ${r[NPI]}` : `Row ${r[ROW]}`));
    link.href = `#row-${r[ROW]}`;
    const verdict = make("span", words[r[WORD]], `word ${codes[r[WORD]]}`);
    const reasonText = r[WHY].map((x) => reasons[x]).join("\n") + (r[REMARK] ? "\n(waived or known)" : "");
    made.append(cell("Row", String(r[ROW])), cell("Name", link), cell("NPI", r[NPI] || null), cell("Your key", r[ID] || null),
      cell("State", r[STATE] || null), cell("Verdict", verdict), cell("Findings", drawMarks(r[FINDINGS])), cell("Why", reasonText.trim() || null), cell("First expiry", r[ENDS] || null));
    made.children[2].className = made.children[8].className = "num";
    return made;
  };
  const draw = () => {
    const part = document.createDocumentFragment();
    for (const index of shown.slice(0, limit)) part.append(drawRow(index));
    body.replaceChildren(part);
    const count = Math.min(limit, shown.length);
    said.textContent = shown.length ? `Showing ${count.toLocaleString("en-US")} of ${shown.length.toLocaleString("en-US")} physicians` + (shown.length < rows.length ? `, out of ${rows.length.toLocaleString("en-US")}` : "") : "No physician fits these filters";
    more.hidden = shown.length <= limit;
  };
  const compare = (a, b) => {
    const x = rows[a][column], y = rows[b][column];
    if (column === ROW || column === WORD) return x - y || a - b;
    if (!x !== !y) return x ? -1 : 1;
    return order.compare(x, y) || a - b;
  };
  const apply = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const word = outcome.value === "" ? null : Number(outcome.value), reason = why.value === "" ? null : Number(why.value);
    const [at, letter] = requirement.value === "" ? [null, null] : requirement.value.split(":");
    shown = [];
    for (let i = 0; i < rows.length; i += 1) {
      const r = rows[i];
      if (word !== null && r[WORD] !== word) continue;
      if (reason !== null && !r[WHY].includes(reason)) continue;
      if (at !== null && r[FINDINGS][at] !== letter) continue;
      if (wanted.every((each) => texts[i].includes(each))) shown.push(i);
    }
    if (column !== null) { shown.sort(compare); if (down) shown.reverse(); }
    limit = PAGE;
    draw();
  };
  const sortBy = (button) => {
    const next = Number(button.dataset.column);
    down = column === next ? !down : false;
    column = next;
    for (const head of byId("people").tHead.rows[0].cells) head.removeAttribute("aria-sort");
    button.closest("th").setAttribute("aria-sort", down ? "descending" : "ascending");
    apply();
  };
  const unpacked = new Map();
  const unpack = async (number) => {
    if (!unpacked.has(number)) {
      const bytes = Uint8Array.from(atob(byId(`block-${number}`).textContent), (c) => c.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
      unpacked.set(number, JSON.parse(await new Response(stream).text()));
    }
    return unpacked.get(number);
  };
  const open = async (index) => {
    const r = rows[index];
    byId("who").textContent = r[NAME] || (r[NPI] ? `NPI ${r[NPI]}` : `Row ${r[ROW]}`);
    byId("link").href = r[NPI] ? `#npi-${r[NPI]}` : `#row-${r[ROW]}`;
    const at = shown.indexOf(index);
    byId("before").disabled = at <= 0;
    byId("after").disabled = at < 0 || at >= shown.length - 1;
    dialog.dataset.index = index;
    // The text was escaped when the page was written; the policy of the page lets no script in it run.
    byId("details").innerHTML = (await unpack(Math.floor(index / block)))[index % block];
    if (!dialog.open) { opener = document.activeElement; dialog.showModal(); document.body.classList.add("drawer-open"); }
    dialog.scrollTop = 0;
  };
  const follow = () => {
    const index = place.get(decodeURIComponent(location.hash.slice(1)));
    if (index !== undefined) open(index);
    else if (dialog.open) dialog.close();
  };
  const step = (by) => {
    const next = shown[shown.indexOf(Number(dialog.dataset.index)) + by];
    if (next !== undefined) location.hash = `row-${rows[next][ROW]}`;
  };
  let waiting = 0;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 60); });
  for (const each of [outcome, why, requirement]) each.addEventListener("change", apply);
  byId("clear").addEventListener("click", () => { for (const each of [search, outcome, why, requirement]) each.value = ""; apply(); search.focus(); });
  byId("tools").addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  for (const each of byId("people").tHead.querySelectorAll("button")) each.addEventListener("click", () => sortBy(each));
  more.addEventListener("click", () => { const first = limit; limit += PAGE; draw(); body.rows[first]?.querySelector("a").focus(); });
  body.addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    if (row && !event.target.closest("a") && !String(getSelection())) location.hash = `row-${rows[row.dataset.index][ROW]}`;
  });
  byId("close").addEventListener("click", () => dialog.close());
  byId("before").addEventListener("click", () => step(-1));
  byId("after").addEventListener("click", () => step(1));
  byId("paper").addEventListener("click", () => print());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { document.body.classList.remove("drawer-open"); history.replaceState(null, "", location.pathname + location.search); opener?.focus?.(); });
  addEventListener("hashchange", follow);
  // A dialog is one page on paper, however much is in it: what it shows is copied out of it to be printed.
  const copyToPaper = () => {
    const copy = byId("details").cloneNode(true);
    copy.removeAttribute("id");
    for (const each of copy.querySelectorAll("details")) each.open = true;
    byId("printed").replaceChildren(make("h1", byId("who").textContent), copy);
  };
  addEventListener("beforeprint", () => { if (dialog.open) copyToPaper(); else { limit = Math.max(limit, 5000); draw(); } });
  addEventListener("afterprint", () => { byId("printed").replaceChildren(); limit = PAGE; draw(); });
  apply();
  follow();
})();
