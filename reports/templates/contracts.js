// The search: every word of the question must stand in an entry; those with a word in the title come first.
const box = document.getElementById("search");
const found = document.getElementById("found");
const MOST = 40;

function search() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  found.replaceChildren();
  found.hidden = !words.length;
  if (!words.length) return;
  const hits = ENTRIES.map(([address, title, what, by]) => {
    const head = title.toLowerCase();
    const all = `${head} ${what} ${by}`.toLowerCase();
    const fits = words.every((word) => all.includes(word));
    return { address, title, what, rank: fits ? words.filter((word) => head.includes(word)).length + 1 : 0 };
  }).filter((hit) => hit.rank).sort((one, other) => other.rank - one.rank);
  for (const hit of hits.slice(0, MOST)) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    const small = document.createElement("small");
    link.href = hit.address;
    link.textContent = hit.title;
    link.addEventListener("click", () => { found.hidden = true; });
    small.textContent = hit.what;
    line.append(link, small);
    found.append(line);
  }
  if (!hits.length) {
    const line = document.createElement("li");
    line.textContent = "Nothing has all of these words.";
    found.append(line);
  }
}

box.addEventListener("input", search);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== box) { event.preventDefault(); box.focus(); }
  if (event.key === "Escape") { box.value = ""; search(); box.blur(); }
});
