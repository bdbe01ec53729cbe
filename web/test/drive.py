#!/usr/bin/env python3
"""Plays target/web in a real Chromium and says what came of it.

Owns the browser it starts and the folder it serves; both end with it. Needs chromium, the module
websocket-client (Debian: python3-websocket) and the native program, by which runs are replayed.
"""

import functools
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import websocket

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "target" / "web"
PROGRAM = os.environ.get("INTERAGENCY", str(ROOT / "target" / "debug" / "interagency"))
REFUSED = """Object.defineProperty(window, 'localStorage',
  { get() { throw new DOMException('refused', 'SecurityError'); } });"""
FULL = "Storage.prototype.setItem = function () { throw new DOMException('', 'QuotaExceededError'); };"


class Quiet(http.server.SimpleHTTPRequestHandler):
    asked = []

    def log_message(self, *_):
        pass

    def do_GET(self):
        Quiet.asked.append(self.path)
        super().do_GET()


class Browser:
    """One Chromium with a profile of its own, spoken to over its protocol."""

    def __init__(self, folder):
        binary = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
        self.process = subprocess.Popen(
            [binary, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
             "--remote-allow-origins=*", "--no-first-run", "--hide-scrollbars",
             f"--user-data-dir={folder}", "--window-size=1366,768", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        at = pathlib.Path(folder) / "DevToolsActivePort"
        wait("the browser", lambda: at.exists() and at.read_text().count("\n") >= 1)
        self.port = at.read_text().split()[0]

    def page(self, *first):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/json/new?about:blank", method="PUT")
        about = json.load(urllib.request.urlopen(request))
        return Page(about["webSocketDebuggerUrl"], first)

    def end(self):
        self.process.terminate()
        self.process.wait(20)


class Page:
    def __init__(self, url, first):
        self.socket = websocket.create_connection(url, timeout=60)
        self.n = 0
        self.errors = []
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=1366, height=768,
                  deviceScaleFactor=1, mobile=False)
        for script in first:
            self.call("Page.addScriptToEvaluateOnNewDocument", source=script)

    def call(self, method, **params):
        self.n += 1
        self.socket.send(json.dumps({"id": self.n, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.n:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            if message.get("method") == "Runtime.exceptionThrown":
                self.errors.append(message["params"]["exceptionDetails"])
            if message.get("method") == "Log.entryAdded" and message["params"]["entry"]["level"] == "error":
                self.errors.append(message["params"]["entry"])
            if message.get("method") == "Page.javascriptDialogOpening":
                self.n += 1
                self.socket.send(json.dumps({"id": self.n, "method": "Page.handleJavaScriptDialog",
                                             "params": {"accept": True}}))
                self.n -= 1

    def js(self, text):
        result = self.call("Runtime.evaluate", expression=text, awaitPromise=True, returnByValue=True,
                           userGesture=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{text}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def go(self, url):
        self.call("Page.navigate", url=url)
        self.ready()

    def reload(self):
        self.call("Page.reload")
        time.sleep(0.5)
        self.ready()

    def ready(self):
        said = "document.getElementById('said')?.innerText.length ?? 0"
        wait("a first frame", lambda: "Interagency" in self.js("document.title")
             and (len(self.text()) > 200 or self.js(said) > 100))

    def text(self):
        return self.js("[...document.querySelectorAll('#rows > div')].map(r => r.textContent).join('\\n')")

    def key(self, name, text=""):
        codes = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowDown": 40, "ArrowUp": 38}
        text = text or (name if len(name) == 1 else "\r" if name == "Enter" else "")
        more = {"text": text} if text else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=name,
                  windowsVirtualKeyCode=codes.get(name, ord(name.upper()[0])), **more)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=name)
        self.js("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")

    def keys(self, *names):
        for name in names:
            self.key(name)

    def click(self, words):
        """A click on these words of the screens, the lowest there are."""
        for y, row in reversed(list(enumerate(self.text().split("\n")))):
            if words in row:
                box = self.js("(b => [b.left, b.top, b.width, b.height])(document.getElementById('rows')"
                              ".getBoundingClientRect())")
                columns = self.js("probe.getBoundingClientRect().width / 100")
                height = self.js("document.querySelector('#rows > div').getBoundingClientRect().height")
                at = {"x": box[0] + (row.index(words) + 0.5) * columns, "y": box[1] + (y + 0.5) * height,
                      "button": "left", "clickCount": 1}
                self.call("Input.dispatchMouseEvent", type="mousePressed", **at)
                self.call("Input.dispatchMouseEvent", type="mouseReleased", **at)
                self.js("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
                return True
        return False

    def runs(self):
        return self.js("Object.fromEntries(Object.entries(localStorage)"
                       ".filter(([k]) => k.startsWith('interagency/run/')))")

    def shot(self, name):
        import base64
        data = self.call("Page.captureScreenshot")["data"]
        (ROOT / "target" / name).write_bytes(base64.b64decode(data))


def wait(what, done, seconds=40):
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise SystemExit(f"gave up waiting for {what}")
        time.sleep(0.05)


def check(what, holds, more=""):
    print(("ok    " if holds else "FAILED ") + what, flush=True)
    if not holds:
        print(more)
        check.failed += 1


check.failed = 0


def play(page, most):
    """Ends turns until there is none more to end, or so many of them: asks for the end of the turn
    and grants it; where that ended none, Enter answers or turns the page."""
    ended = lambda: sum(text.count("\nTurn(") for text in page.runs().values())
    first = ended()
    for _ in range(most * 12):
        if ended() - first >= most:
            break
        before = ended()
        page.key("e")
        if "End the turn?" in page.text():
            if "Enter no" in page.text():
                page.key("ArrowUp")
            page.key("Enter")
        if ended() == before:
            page.key("Enter")
    return ended() - first


def play_on(page):
    """Asks for the end of a turn and grants it, whatever becomes of it."""
    for _ in range(12):
        page.key("e")
        if "End the turn?" in page.text():
            if "Enter no" in page.text():
                page.key("ArrowUp")
            page.key("Enter")
            return
        page.key("Enter")


def in_plain(page, most):
    """Lines typed in plain text until the game is over; what the page says then."""
    for _ in range(most * 8):
        if "is over" in page.js("document.getElementById('note').textContent"):
            break
        for line in ("end", "yes"):
            page.js("document.getElementById('line').focus()")
            page.call("Input.insertText", text=line)
            page.key("Enter")
            page.js("(i => { if (i.value) document.querySelector('#ask button').click(); })(document.getElementById('line'))")
    page.js("document.getElementById('line').value = 'debrief'; document.querySelector('#ask button').click()")
    return page.js("document.getElementById('said').innerText")


def by_mouse(page):
    """Turns ended by clicks alone: what the page offers at its foot, answers first."""
    ended = lambda: sum(text.count("\nTurn(") for text in page.runs().values())
    clicks = 0
    while "Debrief" not in page.text().split("\n")[0] and clicks < 80:
        for words in ("Enter yes", "Back to the desk", "▸ 3  ", "  3  ", "▸ 2  ", "  2  ", "▸ 1  ", "  1  ", "Enter "):
            if page.click(words):
                break
        else:
            break
        clicks += 1
    return ended(), clicks


def axe(page, source, where):
    """No violation of axe-core on the page as it stands."""
    page.js(source + ";0")
    found = page.js("axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.map("
                    "v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html.slice(0, 80)).join(' | ')}`))")
    check(f"axe-core finds no violation: {where}", not found, "\n".join(found))


def axe_source():
    """axe-core from where npm has it, once."""
    kept = ROOT / "target" / "axe"
    if not (kept / "package" / "axe.min.js").exists():
        kept.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", "axe-core@4.10.2"], cwd=kept, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["tar", "xf", next(kept.glob("axe-core-*.tgz"))], cwd=kept, check=True)
    return (kept / "package" / "axe.min.js").read_text()


def digests(page, games=200):
    """Games of every policy that costs little, here and by the native program."""
    said = subprocess.run([PROGRAM, "simulate", "cloud-hopper", "--policy", "?"], capture_output=True, text=True)
    names = [n for n in said.stderr.split("there are ")[1].strip().split(", ") if n != "planner"]
    other = []
    for name in names:
        done = subprocess.run([PROGRAM, "simulate", "cloud-hopper", "--policy", name, "--games", str(games), "--format",
                               "json"], capture_output=True, text=True, check=True)
        here = page.js(f"import('./interagency_web.js').then(m => m.digest('cloud-hopper', '{name}', {games}))")
        if json.loads(done.stdout)["digest"] != here:
            other.append(name)
    check(f"{games} games of each of {len(names)} policies have the digests of the native program",
          len(names) >= 20 and not other, other)


def replay(page, folder, name):
    """The run of the page as a file, played again by the native program."""
    page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    for old in folder.glob("*.run"):
        old.unlink()
    page.js("document.getElementById('download').click()")
    wait("the download", lambda: list(folder.glob("*.run")), 15)
    time.sleep(0.3)
    file = next(folder.glob("*.run"))
    done = subprocess.run([PROGRAM, "replay", str(file)], capture_output=True, text=True)
    check(f"{name}: the downloaded run replays in the native program", done.returncode == 0,
          done.stdout + done.stderr)
    return done.stdout


def main():
    handler = functools.partial(Quiet, directory=str(PAGE))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}/"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(folder)
        downloads = pathlib.Path(folder) / "downloads"
        downloads.mkdir()
        try:
            every(browser, home, downloads, server)
        finally:
            browser.end()
    return 1 if check.failed else 0


def every(browser, home, downloads, server):
    page = browser.page()
    page.go(home)
    check("the title page opens", "First day" in page.text(), page.text())
    page.shot("web-title.png")

    page.go(home + "?scenario=first-day&seed=7")
    page.shot("web-first-day.png")
    ended = play(page, 3)
    check("First day is played to its end by keyboard", ended == 3, f"{ended} turns\n{page.text()}")
    page.key("Enter")
    check("and the debrief opens", "Debrief" in page.text(), page.text())
    page.shot("web-debrief.png")
    said = replay(page, downloads, "First day")
    print("      " + said.strip().replace("\n", "\n      "))
    page.js("document.getElementById('debrief').click()")
    wait("the debrief", lambda: list(downloads.glob("*.html")), 15)
    printed = next(downloads.glob("*.html")).read_text()
    check("the debrief is handed out as a page", "<h1>Debrief: First day." in printed and "The game is not over" not in printed,
          printed[:2000])

    digests(page)

    page.go(home + "?scenario=first-day&seed=9")
    ended, clicks = by_mouse(page)
    check(f"First day is played to its debrief by mouse alone, {clicks} clicks", "Debrief" in page.text(), page.text())
    before = page.text()
    page.call("Input.dispatchMouseEvent", type="mouseWheel", x=400, y=300, deltaX=0, deltaY=300)
    time.sleep(0.3)
    check("the wheel turns the page", page.text() != before, page.text())

    page.go(home + "?scenario=cloud-hopper&seed=12")
    ended = play(page, 14)
    page.key("Enter")
    check("Cloud Hopper is played to its debrief by keyboard", ended == 14 and "Debrief" in page.text(),
          f"{ended} turns\n{page.text()}")
    replay(page, downloads, "Cloud Hopper to its end")
    for scenario, turns in (("first-day", 3), ("cloud-hopper", 14)):
        page.go(home + f"?scenario={scenario}&seed=13")
        before = page.runs()
        page.js("document.getElementById('face').click()")
        said = in_plain(page, turns)
        axe(page, axe_source(), f"the debrief of {scenario} in plain text")
        ended = sum(t.count("\nTurn(") for t in page.runs().values()) - sum(t.count("\nTurn(") for t in before.values())
        check(f"{scenario} is played to its debrief in plain text", ended == turns and "debrief" in said.lower(),
              f"{ended} turns\n{said}")
        page.js("document.getElementById('face').click()")

    page.go(home + "?scenario=cloud-hopper&seed=11&record=1")
    ended = play(page, 4)
    check("Cloud Hopper is played some turns", ended == 4, page.text())
    page.shot("web-desk.png")
    before = page.runs()
    if "u undo" not in page.text():
        page.keys("Enter", "1")
    ordered = "u undo" in page.text()
    page.reload()
    check("an order of the turn under way outlasts a reload", ordered and "u undo" in page.text(), page.text())
    check("a reload finds the run and every line of it",
          all(page.runs()[n].startswith(t) for n, t in before.items()) and "#run=" in page.js("location.hash"),
          page.text())
    check("nothing was begun anew by the reload", len(page.runs()) == len(before))
    replay(page, downloads, "Cloud Hopper")

    page.key("/")
    page.call("Input.insertText", text="treas")
    page.js("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
    check("text that comes without a key, as from an input method, is typed", "treas" in page.text(), page.text())
    page.js("""(() => { const data = new DataTransfer(); data.setData('text/plain', 'ury');
      document.getElementById('keys').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, cancelable: true })); })()""")
    page.js("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
    check("and what is pasted", "treasury" in page.text(), page.text())
    page.key("Escape")

    page.js("document.getElementById('face').click()")
    check("the plain face has the same game, with a heading and buttons",
          page.js("document.querySelectorAll('#said h2').length === 1 && document.querySelectorAll('#said li button').length > 2"),
          page.js("document.getElementById('said').innerText"))
    page.shot("web-plain.png")
    source = axe_source()
    axe(page, source, "plain text")
    page.reload()
    check("a reload finds the plain face again", page.js("!document.getElementById('plain').hidden"), page.js("location.href"))
    page.js("document.getElementById('line').value = 'end'; document.querySelector('#ask button').click()")
    turns = sum(t.count("\nTurn(") for t in page.runs().values())
    check("a turn ended in plain is kept", turns > sum(t.count("\nTurn(") for t in before.values()))
    page.js("document.getElementById('face').click()")
    check("the screens go on with it", len(page.text()) > 200, page.text())

    page.keys("Escape", "Tab")
    check("Escape and Tab leave the screens", page.js("document.activeElement.id") != "keys")

    page.js("""(() => { const data = new DataTransfer();
      data.items.add(new File(['(core: 1, id: "x", nonsense: 3'], 'broken.ron'));
      dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })); })()""")
    wait("the report", lambda: page.js("!document.getElementById('report').hidden"))
    report = page.js("document.getElementById('report').innerText")
    check("a broken scenario shows its problems", "cannot be played" in report and "broken.ron:1" in report, report)
    page.shot("web-report.png")
    axe(page, source, "the report on a file")
    scenario = (ROOT / "tests" / "scenarios" / "example.ron").read_text()
    page.js(f"""(() => {{ const data = new DataTransfer();
      data.items.add(new File([{json.dumps(scenario)}], 'mine.ron'));
      dispatchEvent(new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }})); }})()""")
    wait("the report", lambda: "mine.ron can be played" in page.js("document.getElementById('report').innerText"))
    page.js("document.getElementById('report-play').click()")
    time.sleep(0.5)
    runs = page.runs()
    check("a scenario without a mistake is played", any('scenario:"seed-stock"' in t for t in runs.values()), list(runs))
    page.reload()
    check("and found again by a reload", page.js("document.getElementById('note').hidden"),
          page.js("document.getElementById('note').textContent"))

    finished = next(t for t in runs.values() if t.count("\nTurn(") == 3)
    page.js(f"""(() => {{ const data = new DataTransfer();
      data.items.add(new File([{json.dumps(finished)}], 'handed-in.run'));
      dispatchEvent(new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }})); }})()""")
    wait("the file", lambda: len(page.runs()) == len(runs) + 1)
    time.sleep(0.5)
    check("a run file is taken in and opens by its debrief", "Debrief" in page.text(), page.text())

    native = downloads / "native"
    subprocess.run([PROGRAM, "play", "first-day", "--plain", "--seed", "5", "--data-dir", str(native)],
                   input="end\nyes\n" * 8, capture_output=True, text=True)
    made = next(native.glob("runs/*.run")).read_text()
    runs = page.runs()
    page.js(f"""(() => {{ const data = new DataTransfer();
      data.items.add(new File([{json.dumps(made)}], 'native.run'));
      dispatchEvent(new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }})); }})()""")
    wait("the file", lambda: len(page.runs()) == len(runs) + 1)
    check("a run of the native program is taken in", "First day" in page.text(), page.text())

    page.go(home + "?scenario=cloud-hopper&seed=41")
    play(page, 1)
    page.js("localStorage.clear()")
    play_on(page)
    check("a storage that is wiped under a game is said", "not saved" in page.text().lower(), page.text())

    page.go(home + "?scenario=cloud-hopper&seed=21")
    other = browser.page()
    other.go(page.js("location.href"))
    page.call("Page.bringToFront")
    play(page, 1)
    before = page.runs()
    other.call("Page.bringToFront")
    play(other, 1)
    check("a second window on one run adds nothing", other.runs() == before)
    check("and says so", "another window" in other.text() or "not saved" in other.text().lower(), other.text())

    page.call("Page.bringToFront")
    page.go(home + "?scenario=cloud-hopper&seed=31&guidance=raise_the_price&assume=bite=1")
    check("a link's guidance and assumption hold", page.js("document.getElementById('note').hidden")
          and any("bite" in t for t in page.runs().values()), page.js("document.getElementById('note').textContent"))
    page.go(home + "?scenario=cloud-hopper&seed=%20")
    check("a link that is wrong is said to be", "seed" in page.js("document.getElementById('note').textContent"))
    page.go(home + "?scenario=cloud-hopper&seed=3&world=nowhere")
    check("a world that is not there too", "no world" in page.js("document.getElementById('note').textContent"))
    page.call("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True)
    page.go(home + "?scenario=first-day&seed=2")
    page.shot("web-phone.png")
    check("a narrow window opens in plain text", page.js("!document.getElementById('plain').hidden")
          and "Screens" in page.js("document.getElementById('note').textContent"), page.js("document.body.innerText"))
    axe(page, source, "plain text on a phone")
    page.go(home + "#face=plain")
    page.reload()
    check("the plain face lists the scenarios", page.js("document.querySelectorAll('#said li button').length") >= 2,
          page.js("document.body.innerText"))
    axe(page, source, "the list of scenarios in plain text")
    page.go(home + "?face=screens&scenario=first-day&seed=2")
    check("and the screens where they are asked for", "turn" in page.text(), page.text())
    check("nothing failed in the page", not page.errors, page.errors)

    for what, script in (("refused", REFUSED), ("full", FULL)):
        page = browser.page(script)
        page.go(home + "?scenario=first-day&seed=8")
        check(f"storage {what}: the game opens and says that it is not saved",
              "not" in page.text() and "sav" in page.text(), page.text())
        page.key("Enter")
        check(f"storage {what}: and on the next screen too", "not saved" in page.text().lower(), page.text())
        check(f"storage {what}: leaving would ask", page.js(
            "!dispatchEvent(new Event('beforeunload', { cancelable: true }))"))
        replay(page, downloads, f"storage {what}")

    times(browser, home)
    stranger = [p for p in Quiet.asked if not (PAGE / p.split("?")[0].lstrip("/")).exists()]
    check("nothing is asked for that the page does not carry", not stranger, stranger)

    page = browser.page()
    page.go(home)
    wait("the worker", lambda: page.js("navigator.serviceWorker.getRegistration().then(r => !!(r && r.active))"))
    server.shutdown()
    server.server_close()
    page.reload()
    check("without a network it opens again", "First day" in page.text(), page.text())


def times(browser, home):
    for rate in (1, 4):
        timed(browser, home, rate)


def timed(browser, home, rate):
    page = browser.page()
    page.call("Emulation.setCPUThrottlingRate", rate=rate)
    page.call("Network.setCacheDisabled", cacheDisabled=True)
    print(f"      processor slowed {rate} times:")
    start = time.monotonic()
    page.go(home + "?scenario=cloud-hopper&seed=5")
    print(f"      a page with a game opened after {time.monotonic() - start:.2f} s, as seen from outside")
    spent = page.js("""(async () => { const out = [];
      const keys = document.getElementById('keys');
      for (let n = 0; n < 60; n++) {
        const t = performance.now();
        keys.dispatchEvent(new KeyboardEvent('keydown', { key: n % 2 ? 'ArrowUp' : 'ArrowDown', cancelable: true }));
        await new Promise(r => requestAnimationFrame(() => setTimeout(r)));
        out.push(performance.now() - t);
      }
      return out.sort((a, b) => a - b); })()""")
    print(f"      a key is painted after {spent[30]:.0f} ms (median), {spent[57]:.0f} ms (95th percentile)")
    print(f"      {page.js('document.querySelectorAll(`#rows *`).length')} elements")


if __name__ == "__main__":
    sys.exit(main())
