// What the game asks of the browser. Storage that throws is storage that is refused.
const store = () => window.localStorage;

export function get(name) {
  try { return store().getItem(name) ?? undefined; } catch { return undefined; }
}
export function put(name, value) {
  try { store().setItem(name, value); return undefined; }
  catch (e) { return e.name === "QuotaExceededError" ? "full" : "refused"; }
}
export function names() {
  try { return Object.keys(store()); } catch { return []; }
}
export function today() {
  const now = new Date();
  return Math.floor((now.getTime() - now.getTimezoneOffset() * 60000) / 86400000);
}
export function chance() {
  return crypto.getRandomValues(new Uint32Array(1))[0] % 1000000;
}
export function hand(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  link.download = name;
  link.click();
  // The browser has taken the bytes by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
