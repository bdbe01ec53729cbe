// The elements of the page. It paints what the game says, tells it keys, clicks and sizes, and does
// nothing while nobody does anything: no timers, no idle frames.
import init, { Edition } from "./interagency_web.js";

const $ = (id) => document.getElementById(id);
const grid = $("grid"), rows = $("rows"), keys = $("keys"), probe = $("probe");
let game, cell, size, due = false, inPlain = false, checked = "", escaped = false, broken = false;

// A panic ends the module for good. Ended turns are stored before they are shown.
function ask(what) {
  if (broken) return undefined;
  try { return what(game); } catch (e) {
    broken = true;
    console.error(e);
    say("Something failed in the game. Ended turns are kept: load this page again to go on.");
    return undefined;
  }
}

function say(words) {
  $("note").textContent = words;
  $("note").hidden = !words;
}

// Cells: the largest letter up to 15 pixels with which 80 columns fit.
function measure() {
  const width = grid.clientWidth, height = grid.clientHeight;
  const px = Math.max(9, Math.min(15, Math.floor((width / 80 / 0.603) * 2) / 2));
  const row = Math.floor(1.164 * px);
  document.documentElement.style.setProperty("--px", `${px}px`);
  document.documentElement.style.setProperty("--row", `${row}px`);
  probe.textContent = "M".repeat(100);
  cell = { width: probe.getBoundingClientRect().width / 100, height: row };
  return [Math.floor(width / cell.width), Math.floor(height / row)].map((n) => Math.max(1, n));
}

function palette(c) {
  if (c[0] === "#") return c;
  const n = Number(c);
  if (n < 16) return `var(--c${n})`;
  if (n > 231) { const v = 8 + 10 * (n - 232); return `rgb(${v},${v},${v})`; }
  const part = (k) => (k ? 55 + 40 * k : 0), m = n - 16;
  return `rgb(${part(Math.floor(m / 36))},${part(Math.floor(m / 6) % 6)},${part(m % 6)})`;
}

function run(text) {
  const [look, words] = text.split("\x1f");
  const span = document.createElement("span");
  span.textContent = words;
  for (const word of look.split(" ")) {
    if (word[0] === "f") span.style.setProperty("--f", palette(word.slice(1)));
    else if (word[0] === "b") span.style.setProperty("--b", palette(word.slice(1)));
    else if (word) span.classList.add(word);
  }
  return span;
}

function paint() {
  due = false;
  if (inPlain || grid.hidden) return;
  const frame = ask((g) => g.frame());
  if (!frame) return;
  while (rows.childElementCount < size[1]) rows.append(document.createElement("div"));
  while (rows.childElementCount > size[1]) rows.lastChild.remove();
  for (const line of frame.split("\x1d")) {
    const [y, ...runs] = line.split("\x1e");
    rows.children[Number(y)].replaceChildren(...runs.map(run));
  }
}

function soon() {
  if (!due) { due = true; requestAnimationFrame(paint); }
}

// The run in hand and the face are named in the address, so that loading the page again finds them.
function address() {
  const name = ask((g) => g.run());
  const parts = [name && `run=${name}`, inPlain && "face=plain"].filter(Boolean);
  const hash = parts.length ? `#${parts.join("&")}` : "";
  if (location.hash !== hash) history.replaceState(null, "", location.pathname + location.search + hash);
}

// Whoever has come to the end is told what can be handed in.
let over = false;
function ended() {
  const now = ask((g) => g.over()) ?? false;
  if (now && !over) say("The game is over. “Download the run file” gives the file to hand in.");
  over = now;
}

function told(answer) {
  if (answer === "plan") {
    paint();
    requestAnimationFrame(() => setTimeout(() => { ask((g) => g.plan()); soon(); }));
  } else if (answer === "leave") {
    say("You have left the game. This page can be closed; any key on the screens goes on.");
  }
  address();
  ended();
  soon();
}

// Ctrl, Alt and Meta belong to the browser, but for what the game uses: half a page up and down.
const ours = (e) => !(e.altKey || e.metaKey) && (!e.ctrlKey || ["u", "d"].includes(e.key)) || e.getModifierState("AltGraph");

keys.addEventListener("keydown", (e) => {
  if (e.isComposing || ["Dead", "Process", "Unidentified", "Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock"].includes(e.key)) return;
  if (!ours(e)) return;
  if (e.key === "Tab" && escaped) return;
  escaped = e.key === "Escape";
  const graph = e.getModifierState("AltGraph");
  if (/^F(1[12]|5)$/.test(e.key)) return;
  e.preventDefault();
  say("");
  told(ask((g) => g.key(e.key, e.ctrlKey && !graph, false, e.shiftKey)));
});
// Text that comes without a key: dead keys, input methods, keyboards on a screen.
function typed() {
  const text = keys.value;
  keys.value = "";
  for (const c of text) told(ask((g) => g.key(c === "\n" ? "Enter" : c, false, false, false)));
}
keys.addEventListener("input", (e) => { if (!e.isComposing) typed(); });
keys.addEventListener("compositionend", typed);
keys.addEventListener("paste", (e) => {
  e.preventDefault();
  told(ask((g) => g.paste(e.clipboardData.getData("text/plain"))));
});

const place = (e) => {
  const box = rows.getBoundingClientRect();
  const at = (n, most) => Math.max(0, Math.min(most - 1, n));
  return [at(Math.floor((e.clientX - box.left) / cell.width), size[0]), at(Math.floor((e.clientY - box.top) / cell.height), size[1])];
};
grid.addEventListener("click", (e) => {
  if (!getSelection().isCollapsed) return;
  keys.focus({ preventScroll: true });
  told(ask((g) => g.click(...place(e))));
});
let turned = 0;
grid.addEventListener("wheel", (e) => {
  if (e.ctrlKey) return;
  e.preventDefault();
  turned += e.deltaMode === 1 ? e.deltaY : e.deltaY / (cell.height * 2);
  const lines = Math.trunc(turned);
  if (lines) { turned -= lines; told(ask((g) => g.scroll(...place(e), lines))); }
}, { passive: false });

// A phone held upright has fewer columns than the screens are made for.
function narrow() {
  if (size[0] < 80) say("This window is narrow: turn the device, or choose “Plain text”.");
}

function resize() {
  if (grid.hidden) return;
  const now = measure();
  if (size && now[0] === size[0] && now[1] === size[1]) return;
  size = now;
  ask((g) => g.resize(...size));
  narrow();
  soon();
}

// The plain face: what was said as paragraphs, the menu as buttons.
function speak(text) {
  const said = $("said");
  const parts = [], menu = document.createElement("ol");
  for (const line of text.split("\n")) {
    const item = /^(\d+)\. (.*)$/.exec(line);
    if (item) {
      menu.append(choice(line, () => send(item[1])));
    } else if (line.trim()) {
      const p = document.createElement(parts.length ? "p" : "h2");
      p.textContent = line;
      parts.push(p);
    }
  }
  if (menu.childElementCount) parts.push(menu);
  said.replaceChildren(...parts);
  const head = said.firstChild;
  if (head) { head.tabIndex = -1; head.focus(); }
}

function choice(words, does) {
  const li = document.createElement("li"), button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.addEventListener("click", does);
  li.append(button);
  return li;
}

function send(line) {
  const text = ask((g) => g.line(line)) ?? "";
  speak(text);
  if (!ask((g) => g.in_hand())) offer(false);
  address();
  ended();
}

function offer(anew) {
  const all = ask((g) => g.scenarios()) ?? [];
  if (anew) speak("Scenarios");
  const list = document.createElement("ol");
  for (let n = 0; n + 3 < all.length; n += 4) {
    const [id, title, summary, length] = all.slice(n, n + 4);
    list.append(choice(`${title}: ${summary} ${length}`, () => {
      const trouble = ask((g) => g.begin(id));
      if (trouble) say(trouble); else speak(ask((g) => g.to_plain()) ?? "");
      address();
    }));
  }
  $("said").append(list);
}

$("ask").addEventListener("submit", (e) => {
  e.preventDefault();
  const line = $("line").value;
  $("line").value = "";
  if (ask((g) => g.in_hand())) send(line);
});

function show(plain) {
  inPlain = plain;
  say("");
  $("report").hidden = true;
  $("plain").hidden = !plain;
  grid.hidden = plain;
  $("way-out").hidden = plain;
  $("face").textContent = plain ? "Screens" : "Plain text";
  if (plain) {
    const text = ask((g) => g.to_plain());
    if (text === undefined) offer(true); else speak(text);
  } else {
    ask((g) => g.to_screens());
    size = undefined;
    resize();
    keys.focus();
  }
  address();
}

$("face").addEventListener("click", () => show(!inPlain));
$("download").addEventListener("click", () => {
  const trouble = ask((g) => g.download());
  if (trouble !== undefined) say(trouble || "The run file is with your downloads.");
});
$("debrief").addEventListener("click", () => {
  const trouble = ask((g) => g.debrief());
  if (trouble !== undefined) say(trouble || "The debrief is with your downloads: open it there and print it.");
});
$("upload").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", () => { take($("file").files[0]); $("file").value = ""; });

async function take(file) {
  if (!file) return;
  if (file.size > 16 * 1024 * 1024) return say(`${file.name} is larger than any file of the game.`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (file.name.endsWith(".ron")) return report(file.name, bytes);
  opened(ask((g) => g.upload(bytes)));
}

function opened(trouble) {
  if (inPlain && !trouble) { ask((g) => g.to_screens()); show(true); } else if (!inPlain) show(false);
  if (trouble) say(trouble);
  address();
}

// What `check` says of a scenario's file.
function report(name, bytes) {
  const verdict = ask((g) => g.check(name, bytes));
  if (!verdict) return;
  checked = name;
  $("report-title").textContent = verdict.plays ? `${name} can be played` : `${name} cannot be played`;
  $("report-text").textContent = verdict.text;
  $("report-play").hidden = !verdict.plays;
  grid.hidden = true;
  $("plain").hidden = true;
  $("report").hidden = false;
  $("report-title").focus();
}
$("report-play").addEventListener("click", () => opened(ask((g) => g.begin(checked))));
$("report-back").addEventListener("click", () => show(inPlain));
addEventListener("dragover", (e) => e.preventDefault());
addEventListener("drop", (e) => { e.preventDefault(); take(e.dataTransfer.files[0]); });

// What is not stored is lost with the page; orders of the turn are put down before it goes.
addEventListener("beforeunload", (e) => { if (ask((g) => g.unsaved())) e.preventDefault(); });
addEventListener("pagehide", () => ask((g) => g.keep()));
document.addEventListener("visibilitychange", () => { if (document.hidden) ask((g) => g.keep()); });

async function open() {
  await Promise.all([init(), document.fonts.load("15px Cells"), document.fonts.load("bold 15px Cells")]);
  document.body.classList.remove("loading");
  size = measure();
  game = new Edition(...size, matchMedia("(prefers-contrast: more)").matches);
  new ResizeObserver(resize).observe(grid);
  const hash = new URLSearchParams(location.hash.slice(1)), query = new URLSearchParams(location.search);
  const run = hash.get("run"), face = hash.get("face") ?? query.get("face");
  query.delete("face");
  let trouble = run ? ask((g) => g.open(run)) : undefined;
  if ((!run || trouble) && query.size) trouble = ask((g) => g.link([...query].flat(), true));
  const isNarrow = size[0] < 80 && !face;
  if (face === "plain" || isNarrow) show(true); else { keys.focus(); soon(); narrow(); }
  if (isNarrow) say("This window is narrow, so the game is in plain text. “Screens” shows its other face.");
  if (trouble) say(trouble);
  address();
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("worker.js").catch(() => {});
}
open().catch((e) => {
  console.error(e);
  $("wait").textContent = "The game cannot be opened here: this browser, or a filter before it, does not run its program (WebAssembly).";
});
