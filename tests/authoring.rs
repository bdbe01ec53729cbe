//! From the binary alone: a first case, the names there are, what a layer takes over, and what
//! playing finds.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use interagency::scenario::load::Checked;
use interagency::scenario::problem;
use interagency::scenario::source::Source;

fn run(args: &[&str], typed: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_interagency"))
        .env_remove("INTERAGENCY_DATA")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(typed.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

fn out(o: &Output) -> String {
    String::from_utf8_lossy(&o.stdout).into_owned()
}

fn err(o: &Output) -> String {
    String::from_utf8_lossy(&o.stderr).into_owned()
}

fn path(p: &Path) -> &str {
    p.to_str().expect("UTF-8")
}

#[test]
fn new_writes_what_was_answered_asks_again_and_overwrites_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("my-case");
    let typed = "The \"Quoted\" Case\n\nnowhere\nrussia\nsoon\n2019-04-01\n2\n4\n";
    let o = run(&["new", path(&file), "--ask"], typed);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let said = out(&o);
    assert!(said.contains("there is no theatre `nowhere`"), "{said}");
    assert!(said.contains("expected a day written"), "{said}");
    assert!(said.contains("a whole number from 3 to 30"), "{said}");
    let text = std::fs::read_to_string(file.with_extension("ron")).expect("the file");
    assert!(text.contains("title: \"The \\\"Quoted\\\" Case\""), "{text}");
    assert!(text.contains("theatre: \"russia\""));
    assert!(text.contains("calendar: (opens: \"2019-04-01\", every: \"2 weeks\", turns: 4)"));
    assert!(!text.contains("{{"), "a blank is left: {text}");
    let checked = Checked::of(&Source::embedded("my-case.ron", &text), &[]);
    assert!(checked.problems.is_empty(), "{}", problem::text(&checked.problems, false, 100));
    let again = run(&["new", path(&file)], "");
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("it is there already"), "{}", err(&again));
    assert_eq!(std::fs::read_to_string(file.with_extension("ron")).expect("the file"), text);
    for (name, says) in [("cloud-hopper", "that ships"), ("9lives", "cannot be an id")] {
        let o = run(&["new", path(&dir.path().join(name))], "");
        assert_eq!(o.status.code(), Some(2));
        assert!(err(&o).contains(says), "{}", err(&o));
    }
}

#[test]
fn new_from_a_case_that_ships_is_that_case_under_another_id() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("autumn.ron");
    let o = run(&["new", path(&file), "--from", "first-day"], "");
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let o = run(&["check", path(&file)], "");
    assert_eq!(o.status.code(), Some(0), "{}", out(&o));
    assert!(std::fs::read_to_string(&file).expect("the file").contains("id: \"autumn\""));
}

#[test]
fn the_first_case_is_alive_by_play() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("my-case.ron");
    run(&["new", path(&file), "--theatre", "china"], "");
    let o = run(&["check", "--deep", path(&file)], "");
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    assert!(out(&o).contains("no problems"), "{}", out(&o));
    assert!(out(&o).contains("played 2520 games by 21 policies"), "{}", out(&o));
}

#[test]
fn shipped_cases_answer_for_what_playing_finds() {
    let o = run(&["check", "--deep"], "");
    assert!(out(&o).contains("no problems"), "{}", out(&o));
}

/// Each planted deadness is named, on its line, with where it died.
#[test]
fn what_nobody_can_meet_is_found_by_play() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("my-case.ron");
    run(&["new", path(&file), "--theatre", "china"], "");
    let text = std::fs::read_to_string(&file).expect("the file");
    // More conditions than a word has bits.
    let many: Vec<String> = (1..70).map(|n| format!("AtLeast(\"allies\", {}.5)", n / 3)).collect();
    let many = format!(
        "    \"many\": (title: \"Many\", when: [{}, Launched(\"PLEDGE\")], says: \"It cannot be.\"),\n    \
         \"handed_over\": (\n",
        many.join(", ")
    );
    let planted = text
        .replace("when: [Fired(\"news\")],", "when: [Fired(\"news\"), AtLeast(\"allies\", 99)],")
        .replace(
            "    \"handed_over\": (\n",
            "    \"never\": (title: \"Never\", when: [Below(\"process\", 1)], says: \"It cannot be.\"),\n    \
             \"both\": (title: \"Both\", when: [Not(Fired(\"news\")), Launched(\"ATTRIB\")], says: \"It cannot be.\"),\n    \
             \"handed_over\": (\n",
        )
        .replace("    \"handed_over\": (\n", &many)
        .replace("\"PLEDGE\": \"No summit", "\"SIGNAL\": \"No summit");
    assert_ne!(planted, text);
    std::fs::write(&file, &planted).expect("written");
    let o = run(&["check", "--deep", "--format", "short", path(&file)], "");
    let said = out(&o);
    let line = |of: &str| planted.lines().position(|l| l.contains(of)).expect("there") + 1;
    for (at, words) in [
        (
            line("AtLeast(\"allies\", 99)"),
            "games: AtLeast(\"allies\", 99) held at no end of a turn; the nearest it came is ",
        ),
        (line("\"never\": ("), "warning[never-met]: the ending `never` came in none of"),
        (line("\"many\": ("), "games: Launched(\"PLEDGE\") held at no end of a turn"),
        (
            line("\"both\": ("),
            "games: Not(Fired(\"news\")) and Launched(\"ATTRIB\") held at no end of a turn both",
        ),
        (line("\"SIGNAL\": \"No summit"), "warning[nothing-to-accept]"),
        (line("holds: [(on:"), "error[test-fails]"),
    ] {
        let found = said.lines().any(|l| l.contains(&format!(":{at}:")) && l.contains(words));
        assert!(found, "line {at}: {words}\n{said}");
    }
    assert!(said.contains("warning[never-launched]: `PLEDGE` took effect in none of"), "{said}");
}

#[test]
fn a_test_that_is_never_asked_fails_on_its_line() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("my-case.ron");
    run(&["new", path(&file)], "");
    let text = std::fs::read_to_string(&file).expect("the file");
    let planted = text.replace(
        "    \"handed_over\": (\n",
        "    \"at_once\": (title: \"At once\", early: true, when: [AtLeast(\"process\", 1)], says: \"Over.\"),\n    \"handed_over\": (\n",
    );
    std::fs::write(&file, &planted).expect("written");
    let o = run(&["check", "--format", "short", path(&file)], "");
    assert_eq!(o.status.code(), Some(1), "{}", out(&o));
    let line = planted.lines().position(|l| l.contains("holds: [(on:")).expect("there") + 1;
    let said = out(&o);
    assert!(
        said.contains(&format!(":{line}:")) && said.contains("is never asked: the game was over"),
        "{said}"
    );
}

#[test]
fn ids_say_what_a_thing_is_and_which_layer_has_it() {
    let o = run(&["ids", "pressure on", "--format", "json"], "");
    let value: serde_json::Value = serde_json::from_slice(&o.stdout).expect("JSON");
    let all = value["ids"].as_array().expect("a list");
    let indicator = all.iter().find(|n| n["table"] == "indicators").expect("the indicator");
    assert_eq!((&indicator["id"], &indicator["layer"]), (&"pressure".into(), &"china".into()));
    let bare = run(&["ids", "pressure on", "--theatre", "none"], "");
    assert!(out(&bare).contains("pressure on the other side"), "{}", out(&bare));
    let none = run(&["ids", "presidnet"], "");
    assert_eq!(none.status.code(), Some(2));
    assert!(err(&none).contains("did you mean `president`?"), "{}", err(&none));
    let wrong = run(&["ids", "--theatre", "atlantis"], "");
    assert!(
        err(&wrong).contains("there are china, north_korea, russia, ransom, none"),
        "{}",
        err(&wrong)
    );
}

#[test]
fn show_prints_a_record_as_its_last_layer_leaves_it() {
    let china = out(&run(&["show", "pressure"], ""));
    assert!(china.contains("as the layer china leaves it"), "{china}");
    assert!(
        china.contains("name: \"pressure on Beijing\"") && china.contains("start: 34"),
        "{china}"
    );
    let core = out(&run(&["show", "pressure", "--theatre", "none"], ""));
    assert!(core.contains("as the layer core leaves it") && core.contains("start: 34"), "{core}");
    assert!(!core.contains("Beijing"), "{core}");
    // What is printed can be laid over the core again.
    let record = core.lines().filter(|l| !l.starts_with("//")).collect::<Vec<_>>().join("\n");
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("my-case.ron");
    run(&["new", path(&file)], "");
    let text = std::fs::read_to_string(&file).expect("the file");
    let with =
        text.replace("  rules: (\n", &format!("  rules: (\n    indicators: {{ {record} }},\n"));
    let checked = Checked::of(&Source::embedded("my-case.ron", &with), &[]);
    assert!(checked.problems.is_empty(), "{}", problem::text(&checked.problems, false, 100));
    let none = run(&["show", "presure"], "");
    assert_eq!(none.status.code(), Some(2));
    assert!(err(&none).contains("did you mean `pressure`?"), "{}", err(&none));
    let json: serde_json::Value =
        serde_json::from_slice(&run(&["show", "SANC", "--format", "json"], "").stdout)
            .expect("JSON");
    assert_eq!(json["records"][0]["table"], "instruments");
}

#[test]
fn script_is_a_document_of_the_whole_case() {
    let dir = tempfile::tempdir().expect("a folder");
    let page = dir.path().join("case.html");
    let o = run(&["script", "first-day", "-o", path(&page)], "");
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let html = std::fs::read_to_string(&page).expect("the page");
    let rules = interagency::scenario::load::embedded("first-day", &[]).expect("it loads");
    let safe = |t: &str| t.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    for e in &rules.events {
        assert!(html.contains(&safe(&e.title)), "{}", e.title);
        for text in e.text.texts() {
            let first = text.says().split("\n\n").next().unwrap_or_default().trim().to_owned();
            assert!(html.contains(&safe(&first)), "{first}");
        }
        for c in &e.choices {
            assert!(html.contains(&safe(&c.say)), "{}", c.say);
        }
    }
    let markdown = out(&run(&["script", "first-day"], ""));
    assert!(markdown.starts_with(&format!("# {}", rules.title)), "{markdown}");
}

#[test]
fn a_page_gives_the_parts_that_are_asked_for() {
    let evidence = out(&run(&["help", "format", "evidence"], ""));
    assert!(evidence.starts_with("## Evidence") && !evidence.contains("## Limits"), "{evidence}");
    let none = run(&["help", "format", "nonsense"], "");
    assert!(err(&none).contains("no heading has `nonsense`"), "{}", err(&none));
}

#[test]
fn the_pages_are_in_the_program() {
    assert!(out(&run(&["help", "authoring"], "")).starts_with("# Your first case in 45 minutes"));
    assert!(out(&run(&["help", "format"], "")).starts_with("# The scenario format"));
}

/// A record that lays one field over the core's keeps the others, and a mistake in it is shown as
/// it was written.
#[test]
fn a_record_laid_over_the_core_is_reported_where_it_was_written() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("my-case.ron");
    run(&["new", path(&file)], "");
    let text = std::fs::read_to_string(&file).expect("the file");
    let with = |more: &str| text.replace("  rules: (\n", &format!("  rules: (\n    {more}\n"));
    let good = with("agencies: { \"state\": (name: \"Foggy Bottom\") },");
    let checked = Checked::of(&Source::embedded("my-case.ron", &good), &[]);
    assert!(checked.problems.is_empty(), "{}", problem::text(&checked.problems, false, 100));
    let rules = checked.rules.expect("rules");
    let state = rules.agencies.iter().find(|a| a.id == "state").expect("State");
    assert_eq!(state.name, "Foggy Bottom");
    assert!(!state.wants.is_empty());
    let bad = with(
        "agencies: { \"state\": (nmae: \"Foggy Bottom\", relation: 500), \"odni\": (mandate: \"\") },",
    );
    let checked = Checked::of(&Source::embedded("my-case.ron", &bad), &[]);
    let said = problem::text(&checked.problems, false, 200);
    assert!(said.contains("nmae"), "{said}");
    for p in &checked.problems {
        let line = bad.lines().nth(p.line as usize - 1).expect("a line of the file");
        assert!(p.column as usize <= line.chars().count() + 1, "{p:?}");
        let shown = p.excerpt.as_ref().map(|e| e.text.clone()).unwrap_or_default();
        assert!(
            shown.is_empty() || bad.contains(shown.lines().next().unwrap_or_default()),
            "{p:?}"
        );
    }
}

/// Taking away what another record needs names that record and its table.
#[test]
fn what_a_removed_record_leaves_hanging_is_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("my-case.ron");
    run(&["new", path(&file)], "");
    let text = std::fs::read_to_string(&file).expect("the file");
    let cut = text.replace("  rules: (\n", "  remove: { \"agencies\": [\"ustr\"] },\n  rules: (\n");
    let checked = Checked::of(&Source::embedded("my-case.ron", &cut), &[]);
    let said = problem::text(&checked.problems, false, 100);
    assert!(said.contains("ask `ustr_link` still needs it"), "{said}");
    assert!(said.contains("remove: {\"asks\": [\"ustr_link\"]}"), "{said}");
}

/// What an author slips in the file that `new` writes: the text, what stands in its place, and the
/// code of the one message.
const SLIPS: &[(&str, &str, &str)] = &[
    ("flags: [\"said_in_public\"]", "flags: [\"said_in_public\"]]", "stray-bracket"),
    ("every: \"2 weeks\", turns: 8)", "every: \"2 weeks\", turns: 8}", "unclosed-bracket"),
    (
        "calendar: (opens: \"2018-03-05\", every: \"2 weeks\", turns: 8)",
        "calendar: { opens: \"2018-03-05\", every: \"2 weeks\", turns: 8 }",
        "wrong-bracket",
    ),
    ("when: [Flag(\"said_in_public\")]", "when: [\"said_in_public\" >= 1]", "syntax"),
    ("  summary:", "  sumary:", "unknown-field"),
    ("    \"handed_over\": (", "    \"named\": (", "duplicate-id"),
    ("when: [Fired(\"news\")]", "when: [Fired(\"what_was_said\")]", "cannot-hold"),
    ("flags: [\"said_in_public\"]", "flags: \"said_in_public\"", "wrong-type"),
    ("flags: [\"said_in_public\"]", "flags: [said_in_public]", "bare-word"),
    ("flags: [\"said_in_public\"]", "flags: [\"said_in_publik\"]", "unknown-id"),
    ("theatre: \"none\"", "theatre: \"chna\"", "unknown-id"),
    ("shares: { \"state\": 60, \"gang\": 40 }", "shares: { \"state\": 60 }", "missing-field"),
    ("shares: { \"state\": 60,", "shares: { \"nation\": 60,", "unknown-id"),
    ("says: { \"state\": \"a service", "says: { \"nation\": \"a service", "unknown-id"),
    ("kind: Campaign, campaign: \"intrusions\",", "kind: Campaign,", "missing-field"),
    ("kind: FrontCompany, campaign: \"intrusions\",", "kind: FrontCompany,", "missing-field"),
    ("    \"intrusions\": (", "    \"intrusion\": (", "unknown-id"),
    ("title: \"The Survey Firm\"", "title: “The Survey Firm”", "bad-character"),
    ("\"state\", 60)", "60)", "wrong-type"),
    ("\"state\", 60)", "\"state\", 60%)", "bad-value"),
    (
        "seen_if: { \"state\": 70, \"gang\": 20 }",
        "seen_if: (\"state\": 70, \"gang\": 20)",
        "wrong-bracket",
    ),
    ("choices: {\n        \"say_it\"", "choices: (\n        \"say_it\"", "unclosed-bracket"),
    ("\"credibility\": 1 },  // ind", "\"credibility\": 1 }},  // ind", "stray-bracket"),
    ("moves: { \"congress\": 2,", "moves: [ \"congress\": 2,", "unclosed-bracket"),
    ("  endings: {", "  ending: {", "unknown-field"),
    ("recovers: \"6 weeks\"", "recovers: 6", "wrong-type"),
    ("default: \"wait\"", "default: \"waits\"", "unknown-id"),
    ("rules: (", "rules: ( agencies: { \"treasry\": (name: \"Them\") },", "missing-field"),
    ("from: Task(\"fbi_case\")", "from: Task(\"fbi_cases\")", "unknown-id"),
];

#[test]
fn one_slip_gives_one_message() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("case.ron");
    assert_eq!(run(&["new", path(&file)], "").status.code(), Some(0));
    let text = std::fs::read_to_string(&file).expect("the file");
    let mut wrong = String::new();
    for (right, slip, code) in SLIPS {
        assert!(text.contains(right), "the template has no `{right}`");
        let slipped = text.replacen(right, slip, 1);
        let found = Checked::of(&Source::embedded("case.ron", &slipped), &[]).problems;
        let said = problem::short(&found);
        if found.len() != 1 || !said.contains(&format!("[{code}]")) {
            let _ = write!(wrong, "{right}  ->  {slip}: one {code}, but\n{said}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_theatre_that_is_not_there_is_one_mistake_whatever_was_laid_over_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("case.ron");
    assert_eq!(run(&["new", path(&file)], "").status.code(), Some(0));
    let text = std::fs::read_to_string(&file).expect("the file");
    let named = text.split('\n').find(|l| l.trim_start().starts_with("theatre:")).expect("a line");
    let rules = "rules: (responses: { \"deny\": (weight: 40) },";
    let wrong = text.replacen(named, "  theatre: \"iran\",", 1).replacen("rules: (", rules, 1);
    let found = Checked::of(&Source::embedded("case.ron", &wrong), &[]).problems;
    let said = problem::short(&found);
    assert!(found.len() == 1 && said.contains("there is no theatre `iran`"), "{said}");
}

#[test]
fn a_test_that_fails_points_at_the_condition_that_does_not_hold() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("case.ron");
    assert_eq!(run(&["new", path(&file)], "").status.code(), Some(0));
    let text = std::fs::read_to_string(&file).expect("the file");
    let at = text.find("holds: [").and_then(|n| Some(n + text[n..].find("when: [")? + 7));
    let at = at.expect("a day of a test");
    let wrong = format!("{}Flag(\"said_in_public\"), {}", &text[..at], &text[at..]);
    std::fs::write(&file, &wrong).expect("it is written");
    let said = out(&run(&["check", path(&file), "--format", "short"], ""));
    let (line, column) = {
        let before = &wrong[..at];
        let line = before.matches('\n').count() + 1;
        (line, at - before.rfind('\n').expect("a line before"))
    };
    let place = format!("case.ron:{line}:{column}: error[test-fails]");
    assert!(said.contains(&place), "{place}: {said}");
}
