//! The game for programs: the same game as the other faces play, messages that are what
//! docs/json.md says, and nothing that a line can break.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use interagency::engine::Start;
use interagency::engine::{Order, names};
use interagency::game::Game;
use interagency::json;
use interagency::policy::{self, Policy};
use interagency::record;
use interagency::scenario::load;
use interagency::scenario::model::Rules;
use serde_json::{Value, json};

fn scenario(id: &str) -> Arc<Rules> {
    Arc::new(load::embedded(id, &[]).expect("the scenario loads"))
}

fn begin(rules: &Arc<Rules>, seed: u64) -> Game {
    Game::new(Arc::clone(rules), Start { seed, ..Start::default() })
}

/// What the face answers to these lines.
fn said(game: &mut Game, script: &[u8]) -> Vec<Value> {
    let mut out = Vec::new();
    json::run(game, None, &mut &*script, &mut out).expect("played");
    let out = String::from_utf8(out).expect("UTF-8");
    out.lines().map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{e}: {l}"))).collect()
}

fn lines(requests: &[Value]) -> Vec<u8> {
    requests.iter().flat_map(|r| format!("{r}\n").into_bytes()).collect()
}

/// What a policy orders this turn.
fn orders(rules: &Rules, game: &Game, policy: &Policy) -> Vec<Order> {
    let mut all = policy::orders_of(policy, rules, game.whole());
    all.retain(|o| *o != Order::End);
    all
}

/// The orders of a whole game by a policy, turn by turn.
fn course(rules: &Arc<Rules>, seed: u64, policy: &Policy) -> Vec<Vec<Order>> {
    let mut game = begin(rules, seed);
    let mut all = Vec::new();
    while !game.is_over() {
        let orders = orders(rules, &game, policy);
        for order in &orders {
            game.give(*order, "").expect("legal");
        }
        game.end().expect("not over");
        all.push(orders);
    }
    all
}

/// The order as a line of the numbered prompts.
fn command(rules: &Rules, order: &Order) -> String {
    let points = |verb: &str, points: &[u8]| {
        let lenses = rules.lenses.iter().zip(points).map(|(l, p)| format!(" {}={p}", l.id));
        verb.to_owned() + &lenses.collect::<String>()
    };
    match order {
        Order::Guide(p) => points("guide", p),
        Order::Amend(p) => points("amend", p),
        Order::Propose(p) => {
            let ins = &rules.instruments[p.instrument];
            let terms =
                ins.slots.iter().zip(p.values(rules)).map(|(slot, (_, value))| {
                    format!(" {}={}", rules.terms[slot.term].id, value.id)
                });
            let (target, venue) = (&rules.targets[p.target].id, &rules.venues[p.venue].id);
            format!("propose {} {target}{} at {venue}", ins.id, terms.collect::<String>())
        }
        Order::Build { instrument, target } => {
            format!("build {} {}", rules.instruments[*instrument].id, rules.targets[*target].id)
        }
        Order::Withdraw { instrument, target } => {
            format!("withdraw {} {}", rules.instruments[*instrument].id, rules.targets[*target].id)
        }
        Order::Task { task, campaign } => {
            let on = campaign.map_or("", |c| &rules.campaigns[c].id);
            format!("task {} {on}", rules.tasks[*task].id)
        }
        Order::Ask(a) => format!("ask {}", rules.asks[*a].id),
        Order::Promise { promise, to } => {
            format!("promise {} {}", rules.promises[*promise].id, rules.agencies[*to].id)
        }
        Order::Answer { event, choice } => {
            let event = &rules.events[*event];
            format!("answer {} {}", event.id, event.choices[usize::from(*choice)].id)
        }
        Order::Reform(r) => format!("reform {}", rules.reforms[*r].id),
        Order::Confidence { proposition, percent } => {
            format!("sure {} {percent}", rules.propositions[*proposition].id)
        }
        Order::Forecast(_) | Order::End => "end".to_owned(),
    }
}

fn request(rules: &Rules, order: &Order) -> Value {
    json!({ "order": names::name(rules, order, "") })
}

/// Plays a script by the program and reads its run file.
fn program(args: &[&str], script: &[u8]) -> (String, record::Decoded) {
    let dir = tempfile::tempdir().expect("a folder");
    let mut child = Command::new(env!("CARGO_BIN_EXE_interagency"))
        .env_remove("INTERAGENCY_DATA")
        .arg("--data-dir")
        .arg(dir.path())
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut input = child.stdin.take().expect("piped");
    let script = script.to_vec();
    let feeder = std::thread::spawn(move || {
        // A game that is over may read no more.
        let _ = input.write_all(&script);
    });
    let out = child.wait_with_output().expect("ended");
    feeder.join().expect("fed");
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    assert_eq!(out.stderr, b"");
    let bytes = std::fs::read(dir.path().join("runs/000001-0006.run")).expect("a run");
    (String::from_utf8(out.stdout).expect("UTF-8"), record::decode(&bytes))
}

#[test]
fn a_whole_game_ends_as_the_same_orders_end_it_in_plain_mode() {
    let rules = scenario("cloud-hopper");
    for policy in [Policy::Random, Policy::parse(&rules, "greedy").expect("a policy")] {
        let turns = course(&rules, 6, &policy);
        assert!(turns.iter().map(Vec::len).sum::<usize>() > 20);
        let mut requests = Vec::new();
        let mut commands = String::new();
        for orders in &turns {
            requests.extend(orders.iter().map(|o| request(&rules, o)));
            requests.push(json!({ "end": true }));
            commands.extend(orders.iter().map(|o| command(&rules, o) + "\n"));
            commands += "end\n";
        }
        let (out, mine) =
            program(&["play", "cloud-hopper", "--seed", "6", "--json"], &lines(&requests));
        let (_, plain) =
            program(&["play", "cloud-hopper", "--seed", "6", "--plain"], commands.as_bytes());
        assert_eq!(mine.turns.len(), rules.played());
        assert_eq!(mine.turns, plain.turns, "orders and digests");
        assert_eq!(mine.header, plain.header);
        // One answer to each request, between the first page and the last line.
        let answers: Vec<Value> =
            out.lines().map(|l| serde_json::from_str(l).expect("an object")).collect();
        assert_eq!(answers.len(), requests.len() + 3);
        assert!(answers.iter().all(|a| a.get("error").is_none()));
        assert_eq!(answers[0]["hello"]["run"], "000001-0006");
        assert_eq!(answers[answers.len() - 2]["screen"], "debrief");
        assert_eq!(answers[answers.len() - 1]["bye"]["over"], true);
    }
}

#[test]
fn the_end_of_the_input_keeps_the_orders_of_the_turn() {
    let script = br#"{"order": {"Task": {"task": "signals", "on": "apt10"}}}"#;
    let (_, run) = program(&["play", "cloud-hopper", "--seed", "6", "--json"], script);
    assert_eq!(run.draft.map(|d| d.len()), Some(1));
}

#[test]
fn whatever_cannot_be_done_is_told_and_changes_nothing() {
    let rules = scenario("cloud-hopper");
    let mut game = begin(&rules, 7);
    let before = game.whole().digest();
    let long = format!("{{\"show\": \"{}\"}}", "x".repeat(1 << 20));
    let deep = "[".repeat(15_000);
    let cases: &[(&[u8], &str)] = &[
        (b"nonsense", "bad_json"),
        (b"{\"show\": \"desk\"} {}", "bad_json"),
        (b"\xff\xfe{", "bad_json"),
        (deep.as_bytes(), "bad_json"),
        (b"{}", "bad_json"),
        (br#"{"show": "nowhere"}"#, "bad_request"),
        (br#"{"undo": false}"#, "bad_request"),
        (br#"{"order": {"Ask": "no id at all"}}"#, "bad_request"),
        (br#"{"order": {"Task": {"task": "signals", "when": 1}}}"#, "bad_request"),
        (
            br#"{"order": {"Confidence": {"proposition": "talks_alive", "percent": 1e99}}}"#,
            "bad_request",
        ),
        (long.as_bytes(), "too_long"),
        (br#"{"order": {"Task": {"task": "spell"}}}"#, "unknown_name"),
        (br#"{"show": {"agency": {"agency": "mystery"}}}"#, "unknown_name"),
        (br#"{"show": {"intelligence": {"campaign": "mystery"}}}"#, "unknown_name"),
        (br#"{"show": {"propose": {"instrument": "SPELL"}}}"#, "unknown_name"),
        (br#"{"options": {"draft": {"verb": "Propose", "instrument": 3}}}"#, "unknown_name"),
        (br#"{"options": {"draft": {"verb": "Propose", "color": "red"}}}"#, "unknown_slot"),
        (br#"{"options": {"draft": {"verb": "Ask"}, "slot": "venue"}}"#, "unknown_slot"),
        (br#"{"show": {"why": {"indicator": "talks", "turn": 9}}}"#, "no_such_turn"),
        (br#"{"undo": true}"#, "nothing_to_undo"),
        (br#"{"planner": true}"#, "not_weighed"),
        (br#"{"save": "/nowhere/at/all"}"#, "not_saved"),
        (br#"{"order": {"Amend": {"security": 12}}}"#, "refused"),
        (
            br#"{"order": {"Confidence": {"proposition": "talks_alive", "percent": 100}}}"#,
            "refused",
        ),
    ];
    for (n, (line, code)) in cases.iter().enumerate() {
        let mut script = b"\n".repeat(n);
        script.extend_from_slice(line);
        script.extend_from_slice(b"\n{\"show\": \"figures\"}\n");
        let answers = said(&mut game, &script);
        let [_, _, error, figures, bye] = answers.as_slice() else { panic!("{code}: {answers:?}") };
        let shown = String::from_utf8_lossy(&line[..line.len().min(80)]).into_owned();
        assert_eq!(error["error"]["code"], *code, "{shown}: {error}");
        assert_eq!(error["error"]["at"]["line"], n + 1, "{shown}");
        assert_eq!(error["error"]["refusal"].is_object(), *code == "refused", "{shown}");
        assert_eq!(figures["screen"], "figures", "{shown}: the game goes on");
        assert!(bye.get("bye").is_some());
        assert_eq!(game.whole().digest(), before, "{shown}");
    }
    let documented: BTreeSet<String> =
        rows(&section(&doc(), "## Errors")).into_iter().map(|r| r[0].clone()).collect();
    let met: BTreeSet<String> = cases.iter().map(|(_, code)| (*code).to_owned()).collect();
    assert_eq!(met, documented);
}

#[test]
fn no_line_brings_it_down() {
    let rules = scenario("cloud-hopper");
    let seeds: Vec<Value> = snippets().into_iter().flat_map(|(_, list)| list).collect();
    let mut n = 1u64;
    let mut next = |most: usize| {
        n = interagency::luck::mix(n.wrapping_add(1));
        usize::try_from(n >> 16).unwrap_or(0) % most.max(1)
    };
    let mut script = Vec::new();
    let mut count = 0;
    for _ in 0..1500 {
        let mut line = seeds[next(seeds.len())].to_string().into_bytes();
        for _ in 0..next(4) {
            let at = next(line.len());
            match next(4) {
                0 => _ = line.remove(at),
                1 => line.insert(at, b"{}[]\",:0x\\\xc3"[next(11)]),
                2 => line[at] = u8::try_from(next(256)).unwrap_or(0),
                _ => line.truncate(at),
            }
            if line.is_empty() {
                line.push(b'.');
            }
        }
        line.retain(|b| *b != b'\n');
        if line.trim_ascii() == br#"{"quit":true}"# || line.trim_ascii().is_empty() {
            continue;
        }
        count += 1;
        script.extend(line);
        script.push(b'\n');
    }
    let answers = said(&mut begin(&rules, 3), &script);
    assert_eq!(answers.len(), count + 3);
    assert!(answers.iter().all(|a| a.as_object().is_some_and(|o| o.len() == 1 || o.len() == 2)));
}

// --- docs/json.md ---

fn doc() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json.md"))
        .expect("docs/json.md")
        .replace("\r\n", "\n")
}

/// What stands under a heading, up to the next of its rank or above.
fn section(doc: &str, heading: &str) -> String {
    let rank = heading.split(' ').next().unwrap_or("").len();
    let from = doc.find(&format!("{heading}\n")).unwrap_or_else(|| panic!("{heading}"));
    let rest = &doc[from + heading.len() + 1..];
    let mut out = String::new();
    for line in rest.lines() {
        let marks = line.len() - line.trim_start_matches('#').len();
        if (1..=rank).contains(&marks) && line[marks..].starts_with(' ') {
            break;
        }
        out += line;
        out.push('\n');
    }
    out
}

/// The rows of the tables, without their heads, code marks taken off.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let mut in_table = false;
    for line in text.lines() {
        if !line.starts_with('|') {
            in_table = false;
        } else if line.starts_with("|---") {
            in_table = true;
        } else if in_table {
            let cells = line.trim_matches('|').split(" | ");
            out.push(cells.map(|c| c.trim().trim_matches('`').to_owned()).collect());
        }
    }
    out
}

/// Every block of JSON lines, with its heading.
fn snippets() -> Vec<(String, Vec<Value>)> {
    let doc = doc();
    let mut out = Vec::new();
    let mut heading = String::new();
    let mut block: Option<Vec<Value>> = None;
    for line in doc.lines() {
        if line.starts_with('#') {
            line.clone_into(&mut heading);
        }
        match (line, &mut block) {
            ("```json", None) => block = Some(Vec::new()),
            ("```", Some(_)) => out.extend(block.take().map(|b| (heading.clone(), b))),
            (_, Some(list)) => {
                list.push(serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")));
            }
            (_, None) => {}
        }
    }
    out
}

#[test]
fn every_example_of_the_document_is_what_it_says() {
    let rules = scenario("cloud-hopper");
    let all = snippets();
    let (session, examples): (Vec<_>, Vec<_>) = all.iter().partition(|(h, _)| h == "## A session");
    let mut requests = 0;
    for (heading, list) in examples {
        for example in list {
            requests += 1;
            let answers = said(&mut begin(&rules, 7), &lines(std::slice::from_ref(example)));
            let error = &answers[2]["error"];
            assert!(error.is_null() || error["code"] == "refused", "{heading}: {example}: {error}");
        }
    }
    assert!(requests > 15, "{requests}");
    let [(_, asked), (_, answered)] = session.as_slice() else { panic!("requests and answers") };
    let answers: Vec<Value> = said(&mut begin(&rules, 7), &lines(asked))
        .into_iter()
        .filter(|a| a.get("screen").is_none())
        .collect();
    let text = |list: &[Value]| list.iter().map(Value::to_string).collect::<Vec<_>>().join("\n");
    assert!(answers == *answered, "the answers of the session are now:\n{}", text(&answers));
}

/// The document's objects: keys and types.
struct Schema {
    objects: BTreeMap<String, BTreeMap<String, String>>,
    met: BTreeSet<String>,
    wrong: BTreeSet<String>,
}

impl Schema {
    fn new() -> Schema {
        let doc = doc();
        let mut objects = BTreeMap::new();
        for part in ["## Messages", "## Objects"] {
            let part = section(&doc, part);
            for name in part.lines().filter_map(|l| l.strip_prefix("### ")) {
                let keys = rows(&section(&part, &format!("### {name}")));
                let keys = keys.into_iter().map(|r| (r[0].clone(), r[1].clone())).collect();
                objects.insert(name.to_owned(), keys);
            }
        }
        Schema { objects, met: BTreeSet::new(), wrong: BTreeSet::new() }
    }

    /// Whether a value is of the type, and its keys are those of its object.
    fn check(&mut self, value: &Value, kind: &str, at: &str) {
        if let Some(kind) = kind.strip_suffix('?') {
            if !value.is_null() {
                self.met.insert(format!("{at}?"));
                self.check(value, kind, at);
            }
            return;
        }
        if let Some(kind) = kind.strip_prefix('[').and_then(|k| k.strip_suffix(']')) {
            match value.as_array() {
                Some(list) => list.iter().for_each(|v| self.check(v, kind, at)),
                None => _ = self.wrong.insert(format!("{at} is no list: {value}")),
            }
            return;
        }
        let whole = |v: &Value| v.is_i64() || v.is_u64();
        let fits = match kind {
            "text" => value.is_string(),
            "id" => value.as_str().is_some_and(|s| {
                s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
            }),
            "whole" => whole(value),
            "decimal" => {
                value.as_f64().is_some_and(|n| ((n * 1000.0).round() - n * 1000.0).abs() < 1e-6)
            }
            "bool" => value.is_boolean(),
            "day" => value.as_str().is_some_and(|s| s.len() == 10 && s.matches('-').count() == 2),
            "order" | "door" | "part" | "does" => value.is_string() || value.is_object(),
            "proposal" => value.get("instrument").is_some() && value.get("venue").is_some(),
            "pair" => value.as_array().is_some_and(|l| l.len() == 2),
            "any" => true,
            object => return self.object(value, object, at),
        };
        if !fits {
            self.wrong.insert(format!("{at} is no {kind}: {value}"));
        }
    }

    fn object(&mut self, value: &Value, name: &str, at: &str) {
        let Some(keys) = self.objects.get(name).cloned() else {
            self.wrong.insert(format!("{at}: the document has no {name}"));
            return;
        };
        let Some(object) = value.as_object() else {
            self.wrong.insert(format!("{at} is no {name}: {value}"));
            return;
        };
        self.met.insert(name.to_owned());
        let sent: BTreeSet<&String> = object.keys().collect();
        let said: BTreeSet<&String> = keys.keys().collect();
        for key in sent.symmetric_difference(&said) {
            self.wrong.insert(format!("{name}.{key} is sent or documented, not both"));
        }
        for (key, kind) in &keys {
            if let Some(value) = object.get(key) {
                self.check(value, kind, &format!("{name}.{key}"));
            }
        }
    }

    fn message(&mut self, message: &Value, kinds: &BTreeMap<String, String>) {
        let object = message.as_object().expect("an object");
        let (key, value) = match object.get("screen").and_then(Value::as_str) {
            Some(screen) => (screen, &object["facts"]),
            None => object.iter().next().map(|(k, v)| (k.as_str(), v)).expect("a key"),
        };
        match kinds.get(key) {
            Some(kind) => self.check(value, kind, key),
            None => _ = self.wrong.insert(format!("{key} is not documented")),
        }
    }
}

/// Everything that can be looked at.
fn looks(rules: &Rules, game: &Game) -> Vec<Value> {
    let mut all: Vec<Value> = [
        "front",
        "guidance",
        "desk",
        "actions",
        "agencies",
        "calendar",
        "figures",
        "lesson",
        "debrief",
        "codex",
        "assumptions",
    ]
    .map(|s| json!({ "show": s }))
    .to_vec();
    let ids = |kind: &str, key: &str, ids: Vec<&String>| -> Vec<Value> {
        ids.into_iter().map(|id| json!({ "show": { kind: { key: id } } })).collect()
    };
    all.extend(ids("agency", "agency", rules.agencies.iter().map(|a| &a.id).collect()));
    all.extend(ids("why", "indicator", rules.indicators.iter().map(|i| &i.id).collect()));
    all.extend(ids("intelligence", "campaign", rules.campaigns.iter().map(|c| &c.id).collect()));
    for ins in &rules.instruments {
        for target in &rules.targets {
            let draft = json!({ "instrument": ins.id, "target": target.id });
            all.push(json!({ "show": { "propose": draft } }));
        }
    }
    // Every draft that can be begun, and every slot of it.
    let mut drafts = vec![json!({})];
    let mut seen = game.clone();
    while let Some(draft) = drafts.pop() {
        let request = json!({ "options": { "draft": draft } });
        let answer = said(&mut seen, &lines(std::slice::from_ref(&request))).remove(2);
        all.push(request);
        let offer = &answer["options"];
        let Some(slot) = offer["slot"].as_str() else {
            assert!(offer["order"].is_object() || offer["order"] == "End", "{answer}");
            continue;
        };
        let values = offer["values"].as_array().expect("values");
        // One that is on offer and one that is not.
        for ok in [true, false] {
            let most = if slot == "verb" { 20 } else { 1 };
            for choice in values.iter().filter(|c| c["ok"] == ok).take(most) {
                assert_eq!(choice["refused"].is_null(), ok);
                let mut next = draft.clone();
                next[slot] = choice["value"].clone();
                drafts.push(next);
            }
        }
    }
    all
}

#[test]
fn every_message_is_as_documented_and_every_object_is_met() {
    let doc = doc();
    let mut kinds: BTreeMap<String, String> = BTreeMap::new();
    for table in [rows(&section(&doc, "### Screens")), {
        let messages = section(&doc, "## Messages");
        rows(&messages[..messages.find("\n### ").expect("objects")])
    }] {
        kinds.extend(table.into_iter().map(|r| (r[0].clone(), r[1].clone())));
    }
    let mut schema = Schema::new();
    for (id, policy) in
        [("cloud-hopper", "greedy"), ("cloud-hopper", "random"), ("first-day", "random")]
    {
        let rules = scenario(id);
        let policy = Policy::parse(&rules, policy).expect("a policy");
        let mut game = begin(&rules, 5);
        for turn in 0.. {
            if game.is_over() || [0, 2, 6].contains(&turn) {
                let before = game.whole().digest();
                let looks = lines(&looks(&rules, &game));
                for answer in said(&mut game, &looks) {
                    schema.message(&answer, &kinds);
                }
                assert_eq!(game.whole().digest(), before, "looking changes nothing");
            }
            if game.is_over() {
                break;
            }
            // What an answer does at once stands on the page it was asked on.
            let asked = game.situation().prompts.iter();
            let answers = asked.map(|p| Order::Answer { event: p.event, choice: 0 });
            let ordered = answers.chain(orders(&rules, &game, &policy));
            let mut requests: Vec<Value> = ordered.map(|o| request(&rules, &o)).collect();
            requests.extend([json!({ "show": "desk" }), json!({ "show": "front" })]);
            requests.push(json!({ "undo": true }));
            requests.push(json!({ "end": true }));
            for answer in said(&mut game, &lines(&requests)) {
                schema.message(&answer, &kinds);
            }
        }
    }
    let wrong: Vec<String> = schema.wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unmet: Vec<&String> = schema.objects.keys().filter(|o| !schema.met.contains(*o)).collect();
    assert!(unmet.is_empty(), "documented and never sent: {unmet:?}");
}
