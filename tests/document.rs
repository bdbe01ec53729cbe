//! The debrief as a document: the facts of the other faces in each of its forms, nothing that is
//! hidden while the game goes on, one page that asks for nothing and takes no text for markup.

mod common;
#[allow(dead_code, reason = "the faces use the rest")]
mod fact_inventory;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::rc::Rc;
use std::sync::Arc;

use fact_inventory::{stands, words};
use interagency::document::{self, Form};
use interagency::engine::{Order, Start};
use interagency::game::Game;
use interagency::play::Host;
use interagency::policy::{Policy, orders_of};
use interagency::prose;
use interagency::saved_game::SavedGame;
use interagency::scenario::files;
use interagency::scenario::load;
use interagency::scenario::model::{PropositionIx, Rules, Sight, WorldIx};
use interagency::store::Store;
use interagency::tui::facts::Facts;

const FORMS: [Form; 3] = [Form::Text, Form::Markdown, Form::Html];

/// What a document does not say as it is, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("Debrief.ledger_note", "nothing opens on paper"),
    ("LineRow.marks", "the results of each turn say it, and the picture marks it"),
];

fn scenario(id: &str) -> Arc<Rules> {
    Arc::new(load::embedded(id, &[]).expect("it ships"))
}

/// A game of a policy, at most so many turns of it.
fn played(rules: &Arc<Rules>, policy: &str, start: Start, turns: usize) -> Game {
    let policy = Policy::parse(rules, policy).expect("a policy");
    let mut game = Game::new(Arc::clone(rules), start);
    for n in 0..rules.propositions.len().min(3) {
        let order = Order::Confidence { proposition: PropositionIx::at(n), percent: 70 };
        game.give(order, "").expect("a confidence costs nothing");
    }
    while !game.is_over() && game.turn() < turns {
        for order in orders_of(&policy, rules, game.whole()) {
            let because = if matches!(order, Order::Propose(_)) {
                "the window is <open> & short"
            } else {
                ""
            };
            game.give(order, because).expect("it was legal for the policy");
        }
    }
    game
}

fn seed(seed: u64) -> Start {
    Start { seed, ..Start::default() }
}

/// What a reader of the form reads.
fn read(form: Form, text: &str) -> String {
    match form {
        Form::Text => text.to_owned(),
        Form::Markdown => {
            let mut out = String::new();
            let mut letters = text.chars();
            while let Some(c) = letters.next() {
                match c {
                    '\\' => out.extend(letters.next()),
                    '*' | '|' | '#' => out.push(' '),
                    c => out.push(c),
                }
            }
            out
        }
        Form::Html => {
            let mut out = String::new();
            for (n, piece) in text.split('<').enumerate() {
                let inside =
                    if n == 0 { piece } else { piece.split_once('>').expect("a tag ends").1 };
                out.push(' ');
                out.push_str(inside);
            }
            let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
            entities.iter().fold(out, |t, (entity, sign)| t.replace(entity, sign))
        }
    }
}

#[test]
fn every_fact_of_the_debrief_stands_in_each_form() {
    /// How far from what it is said of a fact may stand, in words; and one that may stand below, or
    /// in a table, whose head says it.
    const NEAR: usize = 60;
    const BELOW: usize = 260;
    let case = scenario("cloud-hopper");
    let world = case.worlds.len().checked_sub(1).map(WorldIx::at);
    let lesson = scenario("first-day");
    for (rules, policy, start, turns) in [
        (&case, "greedy", seed(7), usize::MAX),
        (&case, "history", Start { world, ..seed(8) }, usize::MAX),
        (&case, "greedy", seed(9), 4),
        (&lesson, "history", seed(7), usize::MAX),
        (&lesson, "greedy", seed(7), 2),
    ] {
        let game = played(rules, policy, start, turns);
        let d = prose::debrief(&game);
        let every = fact_inventory::of(&Facts::Debrief(Rc::new(d)));
        assert!(every.facts.len() > 30, "the facts were taken apart");
        let blocks = document::debrief(&game);
        for form in FORMS {
            let all = words(&read(form, &document::written(form, &blocks)));
            let missing: Vec<_> = every
                .facts
                .iter()
                .filter(|f| !LEFT_OUT.iter().any(|(field, _)| *field == f.field))
                .filter(|f| {
                    let ready = |list: &[String]| -> Vec<Vec<String>> {
                        list.iter().map(|t| words(t)).filter(|w| !w.is_empty()).collect()
                    };
                    let (says, of) = (ready(&f.says), ready(&f.of));
                    let below = f.near || f.field.starts_with("Likelihood.");
                    let far = if below { BELOW } else { NEAR };
                    !says.is_empty()
                        && !says.iter().any(|s| {
                            all.windows(s.len()).enumerate().any(|(at, w)| {
                                let near = &all[at.saturating_sub(far)..all.len().min(at + far)];
                                w == s && (of.is_empty() || of.iter().any(|o| stands(near, o)))
                            })
                        })
                })
                .collect();
            assert!(missing.is_empty(), "{form:?} of {} lacks {missing:#?}", game.rules().id);
        }
    }
}

/// What a player is told when the game is over and not before.
fn hidden(rules: &Rules) -> Vec<String> {
    let worlds = rules
        .worlds
        .iter()
        .flat_map(|w| [w.name.clone(), w.means.clone()].into_iter().chain(w.tells.iter().cloned()));
    let aims = rules.aims.iter().flat_map(|a| [a.meant.clone(), a.won.clone()]);
    let meant = rules.responses.iter().map(|r| r.meant.clone());
    let endings = rules.endings.iter().map(|e| e.title.clone());
    let critics = rules.critics.iter().map(|c| c.says.clone());
    let after = rules.teaching.aftermath.iter().map(|t| t.says().to_owned());
    let unseen = rules.indicators.iter().filter(|i| i.sight == Sight::Hidden);
    worlds
        .chain(aims)
        .chain(meant)
        .chain(endings)
        .chain(critics)
        .chain(after)
        .chain(unseen.map(|i| i.name.to_string()))
        .chain(["drawn for this game".to_owned()])
        .filter(|t| !t.is_empty())
        .collect()
}

#[test]
fn a_game_that_goes_on_shows_what_the_player_knows() {
    let rules = scenario("cloud-hopper");
    let told = hidden(&rules);
    let (open, over) =
        (played(&rules, "greedy", seed(7), 6), played(&rules, "greedy", seed(7), 99));
    let (before, after) = (document::debrief(&open), document::debrief(&over));
    for form in FORMS {
        let said = words(&read(form, &document::written(form, &before)));
        let notice = "The game is not over: 6 of 14 turns were ended, and it stands on 26 Nov 2018";
        assert!(stands(&said, &words(notice)), "{form:?}: {said:?}");
        let leaks: Vec<_> = told.iter().filter(|t| stands(&said, &words(t))).collect();
        assert!(leaks.is_empty(), "{form:?} tells {leaks:?}");
        assert!(!stands(&said, &words("of 100")), "no figure of a lens: {said:?}");
        let end = words(&read(form, &document::written(form, &after)));
        let opened = told.iter().filter(|t| stands(&end, &words(t))).count();
        assert!(opened > 15, "{opened} of them are told at the end");
        assert!(!stands(&end, &words("The game is not over")));
    }
    // An estimate is shown as it was estimated.
    let text = document::text(&before);
    let lines: Vec<_> = prose::debrief(&open).lines;
    let estimated = lines.iter().filter(|l| rules.indicators[l.indicator].sight != Sight::Exactly);
    let mut apart = 0;
    for l in estimated {
        let n = l.indicator.i();
        let course = |of: &dyn Fn(usize) -> i32| {
            let all: Vec<String> =
                (0..open.line().len()).map(|t| prose::words::whole(of(t))).collect();
            words(&format!("By turn: {}.", all.join(", ")))
        };
        let seen = course(&|t| open.line()[t].seen[n]);
        let truth = course(&|t| open.line()[t].value[n]);
        assert!(stands(&words(&text), &seen), "{}: {text}", l.name);
        if seen != truth {
            apart += 1;
            assert!(!stands(&words(&text), &truth), "{}: {text}", l.name);
        }
    }
    assert!(apart > 0, "an estimate differed from the truth");
}

/// Elements that are open, in order, at the end: none of a whole page.
fn open_elements(html: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    for piece in html.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').expect("a tag ends");
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if tag.starts_with('/') {
            let last = open.pop();
            assert_eq!(last.as_ref(), Some(&name), "</{name}> closes {last:?}");
        } else if !tag.starts_with('!') && !tag.ends_with('/') && name != "meta" {
            open.push(name);
        }
    }
    open
}

#[test]
fn a_page_is_one_file_that_is_well_formed() {
    assert_eq!(open_elements("<!doctype html><p><b>a</b><i/>"), ["p"]);
    let rules = scenario("cloud-hopper");
    for turns in [3, usize::MAX] {
        let game = played(&rules, "greedy", seed(7), turns);
        let html = document::html(&document::debrief(&game));
        assert_eq!(open_elements(&html), [""; 0]);
        assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">"), "{html}");
        let title = format!("<title>Debrief: {}", game.rules().title);
        assert!(html.contains(&title) && html.contains("@media print"), "{html}");
        let pictures = html.matches("role=\"img\" aria-label=\"").count();
        assert_eq!(pictures, prose::debrief(&game).lines.len());
        for remote in ["http", "src=", "url(", "@import", "<link", "<script", "href"] {
            assert!(!html.contains(remote), "{remote} in {html}");
        }
    }
}

fn interagency(data: &Path, args: &[&str]) -> Output {
    let mut c = Command::new(env!("CARGO_BIN_EXE_interagency"));
    c.env_remove("INTERAGENCY_DATA").arg("--data-dir").arg(data).args(args);
    c.output().expect("the program starts")
}

fn said(o: &Output) -> String {
    assert_eq!(o.status.code(), Some(0), "{}", String::from_utf8_lossy(&o.stderr));
    String::from_utf8_lossy(&o.stdout).into_owned()
}

/// A run in the folder, of so many turns.
fn keep(data: &Path, rules: &Arc<Rules>, policy: &str, turns: usize) -> String {
    let store = Store::open(Some(data.to_owned()));
    let mut kept = SavedGame::begin(&store, Arc::clone(rules), seed(7), &BTreeMap::new());
    let policy = Policy::parse(rules, policy).expect("a policy");
    while !kept.game().is_over() && kept.game().turn() < turns {
        for order in orders_of(&policy, rules, kept.game().whole()) {
            let because =
                if matches!(order, Order::Propose(_)) { "*now* <or> \"never\" & so" } else { "" };
            kept.give(order, because).expect("it was legal for the policy");
        }
    }
    kept.name().to_owned()
}

#[test]
fn the_command_writes_the_form_that_is_asked_for() {
    let dir = tempfile::tempdir().expect("a folder");
    let rules = scenario("first-day");
    for (turns, over) in [(2, false), (usize::MAX, true)] {
        let run = keep(dir.path(), &rules, "greedy", turns);
        let debrief = |more: &[&str]| {
            said(&interagency(dir.path(), &[&["debrief", run.as_str()], more].concat()))
        };
        let text = debrief(&[]);
        assert!(text.starts_with("Debrief: First day. ") && text.contains("\n===="), "{text}");
        assert_eq!(
            text.contains("! The game is not over: 2 of 3 turns were ended"),
            !over,
            "{text}"
        );
        assert!(debrief(&["--format", "md"]).starts_with("# Debrief: First day"));
        assert!(debrief(&["--format", "html"]).starts_with("<!doctype html>"));
        assert_eq!(debrief(&["--format", "text"]), text);
        let file = |name: &str, more: &[&str]| {
            let path = dir.path().join(name);
            debrief(&[&["-o", path.to_str().expect("UTF-8")], more].concat());
            std::fs::read_to_string(path).expect("it is written")
        };
        assert_eq!(file("a.txt", &[]), text);
        assert_eq!(file("a", &[]), text);
        assert_eq!(file("a.md", &[]), debrief(&["--format", "md"]));
        assert_eq!(file("a.HTML", &[]), debrief(&["--format", "html"]));
        assert_eq!(file("b.txt", &["--format", "html"]), file("a.html", &[]));
    }
    for (args, why) in [
        (["debrief", "1", "--format", "json"].as_slice(), "text, md or html"),
        (&["debrief", "1", "--format", "csv"], "text, md or html"),
        (&["list", "--format", "md"], "only script and debrief write md and html"),
        (&["debrief", "99"], "99"),
    ] {
        let o = interagency(dir.path(), args);
        assert_eq!(o.status.code(), Some(2), "{args:?}");
        let err = String::from_utf8_lossy(&o.stderr).into_owned();
        assert!(err.contains(why), "{err}");
    }
}

#[test]
fn no_text_of_an_author_or_a_player_is_markup() {
    let dir = tempfile::tempdir().expect("a folder");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/example.ron");
    let text = std::fs::read_to_string(example).expect("the example");
    let own: PathBuf = dir.path().join("own.ron");
    let title = "title: \"Seed Stock\"";
    assert_eq!(text.matches(title).count(), 1);
    let marked = text.replace(title, "title: \"Seed <b>&amp; \\\"Stock\\\" *_*\"");
    std::fs::write(&own, marked).expect("it is written");
    let rules = files::load(&own, &[]).unwrap_or_else(|p| panic!("{p:?}"));
    let run = keep(dir.path(), &Arc::new(rules), "greedy", 3);
    let path = own.to_str().expect("UTF-8");
    let debrief = |form: &str| {
        let args = ["debrief", run.as_str(), "--scenario", path, "--format", form];
        said(&interagency(dir.path(), &args))
    };
    let html = debrief("html");
    assert_eq!(open_elements(&html), [""; 0]);
    assert!(
        html.contains("<title>Debrief: Seed &lt;b&gt;&amp;amp; &quot;Stock&quot; *_*."),
        "{html}"
    );
    assert!(html.contains("because *now* &lt;or&gt; &quot;never&quot; &amp; so"), "{html}");
    let markdown = debrief("md");
    assert!(
        markdown.starts_with("# Debrief: Seed \\<b\\>\\&amp; \"Stock\" \\*\\_\\*."),
        "{markdown}"
    );
    assert!(markdown.contains("because \\*now\\* \\<or\\> \"never\" \\& so"), "{markdown}");
    let script = said(&interagency(dir.path(), &["script", path, "--format", "html"]));
    assert_eq!(open_elements(&script), [""; 0]);
    assert!(script.contains("<h1>Seed &lt;b&gt;&amp;amp; &quot;Stock&quot; *_*</h1>"), "{script}");
}
