// Comforts only, but for orders that passed in a long run: all else can be read and unfolded without this.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  // Copy: the command beside the button.
  const write = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text, className: "off" });
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };
  const copy = async (button) => {
    const done = await write(button.previousElementSibling.textContent);
    button.textContent = done ? "Copied" : "Select and copy";
    button.setAttribute("aria-live", "polite");
    setTimeout(() => { button.textContent = "Copy"; }, 1600);
  };

  const unfold = (button) => {
    const steps = button.closest(".order-body").querySelectorAll("details.step");
    const open = ![...steps].every((step) => step.open);
    steps.forEach((step) => { step.open = open; });
    button.textContent = open ? "Fold all" : "Unfold all";
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches(".copy")) copy(button);
    if (button?.matches(".unfold")) unfold(button);
  });

  // What passed is packed (reports/packing.py): it is unpacked when its order is first unfolded.
  const unpack = async (box) => {
    const packed = box.dataset.packed;
    delete box.dataset.packed;
    try {
      const octets = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
      const stream = new Blob([octets]).stream().pipeThrough(new DecompressionStream("deflate"));
      box.innerHTML = await new Response(stream).text();
      box.replaceWith(...box.childNodes);
    } catch {
      box.textContent = "This browser can't unpack it: the journal has all of it.";
    }
  };
  const unpackIn = (order) => Promise.all([...order.querySelectorAll("[data-packed]")].map(unpack));

  // A link into something folded or packed opens it.
  const reveal = async () => {
    const name = location.hash.slice(1);
    const body = /^o\d+-/.test(name) && document.getElementById(name.split("-")[0]);
    if (body) await unpackIn(body);
    const target = name && document.getElementById(name);
    if (!target) return;
    for (let element = target; element; element = element.parentElement) {
      if (element.matches("details")) element.open = true;
    }
    target.scrollIntoView({ block: target.matches(".detail") ? "center" : "start" });
    target.closest("details")?.querySelector("summary")?.focus({ preventScroll: true });
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Where a diagram is wider than the screen, begin with the layer in the middle: it is on one end of nearly every arrow.
  const centre = (box) => {
    if (box.closest("details:not([open])")) return; // to measure what is folded is to lay it out: seconds, on a long page
    const lane = box.querySelector(".lane.layer rect");
    if (!lane || box.scrollLeft || box.scrollWidth <= box.clientWidth) return;
    const middle = lane.x.baseVal.value + lane.width.baseVal.value / 2;
    box.scrollLeft = middle - box.clientWidth / 2;
  };
  document.querySelectorAll(".diagram").forEach(centre);
  document.addEventListener("toggle", async (event) => {
    if (!event.target.matches?.("details.order, details.scenario")) return;
    if (event.target.matches("details.order[open]")) await unpackIn(event.target);
    event.target.querySelectorAll(".diagram").forEach(centre);
  }, true);

  // Arrow keys walk from step to step.
  document.addEventListener("keydown", (event) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = way && event.target.closest("details.step > summary");
    if (!here) return;
    const steps = [...here.closest(".sheet").querySelectorAll("details.step > summary")];
    const next = steps[steps.indexOf(here) + way];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });

  // JSON that is packed is compact, and laid out as reports/pretty_json.py does it: token by token, so that no number
  // changes on the way.
  const widest = 96;
  const laidOut = (text) => {
    const tokens = text.match(/"(?:\\.|[^"\\])*"|[[\]{}:,]|[^\s[\]{}:,"]+/g) ?? [];
    let place = 0;
    const value = (depth) => {
      const opening = tokens[place++];
      if (opening !== "{" && opening !== "[") return opening;
      const members = [];
      while (tokens[place] !== "}" && tokens[place] !== "]") {
        let member = value(depth + 1);
        if (tokens[place] === ":") {
          place += 1;
          member += `: ${value(depth + 1)}`;
        }
        members.push(member);
        if (tokens[place] === ",") place += 1;
      }
      const closing = tokens[place++];
      const line = opening + members.join(", ") + closing;
      if (line.length + 2 * depth <= widest && !line.includes("\n")) return line;
      const indent = `\n${"  ".repeat(depth)}`;
      return `${opening}${indent}  ${members.join(`,${indent}  `)}${indent}${closing}`;
    };
    return value(0);
  };

  // JSON gets its colours when it is first looked at.
  const token = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  const paint = (pre) => {
    const text = pre.matches(".compact") ? laidOut(pre.textContent) : pre.textContent;
    const parts = [];
    let end = 0;
    for (const match of text.matchAll(token)) {
      parts.push(text.slice(end, match.index));
      const span = document.createElement("span");
      span.className = match[2] ? "key" : match[1] ? "string" : "literal";
      span.textContent = match[1] ?? match[0];
      parts.push(span, match[2] ?? "");
      end = match.index + match[0].length;
    }
    pre.replaceChildren(...parts, text.slice(end));
  };
  document.addEventListener("toggle", (event) => {
    const pre = event.target.matches?.("details.step[open]") && event.target.querySelector("pre:not(.painted)");
    if (!pre) return;
    pre.classList.add("painted");
    paint(pre);
  }, true);
})();
