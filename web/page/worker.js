// The page from the browser's own store after the first visit. VERSION is a digest of the files,
// put in when the page is built: other files are another store, and the old one is dropped.
const VERSION = "@VERSION@";
const FILES = ["./", "page.css", "page.js", "machine.js", "interagency_web.js", "interagency_web_bg.wasm", "DejaVuSansMono.woff2", "DejaVuSansMono-Bold.woff2"];

self.addEventListener("install", (e) => e.waitUntil(
  caches.open(VERSION).then((c) => c.addAll(FILES.map((f) => new Request(f, { cache: "reload" })))).then(() => self.skipWaiting())));
self.addEventListener("activate", (e) => e.waitUntil(
  caches.keys().then((all) => Promise.all(all.filter((k) => k !== VERSION).map((k) => caches.delete(k)))).then(() => self.clients.claim())));
self.addEventListener("fetch", (e) => {
  if (e.request.method !== "GET" || new URL(e.request.url).origin !== location.origin) return;
  e.respondWith(caches.match(e.request, { ignoreSearch: true }).then((found) => found ?? fetch(e.request)));
});
