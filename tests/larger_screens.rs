//! A larger screen says more, not the same stretched.
//!
//! A fact is a text of the facts a screen is made from. It counts as said if it stands whole on the
//! painted frame: in one row of one pane with what it belongs to, or, for running text, word for
//! word in one pane. Laws, for the desk, the propose screen and the page on why, from 80x24 over
//! 100x30 and 140x45 to 200x60: whatever the smaller says the larger says too, and more; and no
//! figure is cut at any size.

mod test_terminal;

use std::collections::BTreeSet;

use interagency::prose::facts::{Desk, Figure, Propose, Why};
use interagency::prose::words;
use interagency::tui::App;
use interagency::tui::facts::Facts;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use test_terminal::{DESK, TURN, app, press};

const SIZES: [(u16, u16); 4] = [(80, 24), (100, 30), (140, 45), (200, 60)];

/// What stands on the frame, pane by pane.
struct Seen {
    rows: Vec<String>,
    panes: Vec<Vec<String>>,
}

fn seen(app: &App) -> Seen {
    let mut terminal = Terminal::new(TestBackend::new(app.size().0, app.size().1)).expect("paper");
    terminal.draw(|frame| app.render(frame)).expect("painted");
    let buffer = terminal.backend().buffer();
    let mut out = Seen { rows: Vec::new(), panes: Vec::new() };
    for pane in app.layout().panes {
        let mut words = Vec::new();
        for y in pane.area.top()..pane.area.bottom() {
            let row: String =
                (pane.area.left()..pane.area.right()).map(|x| buffer[(x, y)].symbol()).collect();
            words.extend(row.split_whitespace().filter(|w| *w != "▸").map(str::to_owned));
            out.rows.push(row);
        }
        out.panes.push(words);
    }
    out
}

impl Seen {
    /// All of these in one row of one pane.
    fn row(&self, parts: &[&[&str]]) -> bool {
        self.rows.iter().any(|row| {
            parts.iter().all(|any| any.iter().any(|words| !words.is_empty() && has(row, words)))
        })
    }
    /// These words in this order in one pane, but for what stands at the right edge of the rows
    /// they run through.
    fn text(&self, text: &str) -> bool {
        let words: Vec<&str> = text.split_whitespace().collect();
        !words.is_empty()
            && self
                .panes
                .iter()
                .any(|pane| (0..pane.len()).any(|from| stands(&pane[from..], &words)))
    }
}

/// As words of their own, not as part of others.
fn has(row: &str, words: &str) -> bool {
    let edge = |c: Option<char>| {
        c.is_none_or(|c| !c.is_alphanumeric() && c != '…' && c != '~' && c != '.')
    };
    row.match_indices(words).any(|(at, _)| {
        edge(row[..at].chars().next_back()) && edge(row[at + words.len()..].chars().next())
    })
}

fn stands(pane: &[String], words: &[&str]) -> bool {
    let mut foreign = 8;
    let mut at = 0;
    for word in pane {
        if word.trim_start_matches('(') == words[at].trim_start_matches('(') {
            at += 1;
            if at == words.len() {
                return true;
            }
        } else if at == 0 || foreign == 0 {
            return false;
        } else {
            foreign -= 1;
        }
    }
    false
}

type Said = BTreeSet<String>;

fn note(said: &mut Said, is: bool, fact: impl Into<String>) {
    if is {
        said.insert(fact.into());
    }
}

/// The size of a change as a figure's row has it: only of one beyond its error.
fn moved(f: &Figure) -> String {
    words::size_in_short(f).filter(|_| f.marked).unwrap_or_default()
}

fn figures(said: &mut Said, seen: &Seen, figures: &[Figure]) {
    for f in figures {
        let name: &[&str] = &[&f.name, &f.short];
        note(said, seen.row(&[name, &[&f.value]]), format!("{} is {}", f.name, f.value));
        let size = moved(f);
        let told = if size.is_empty() {
            seen.row(&[name, &[&f.word]])
        } else {
            seen.row(&[name, &[&size], &[&f.word]])
        };
        note(said, told, format!("{} moved {size}, {}", f.name, f.word));
        let range = words::range_of(f);
        note(said, seen.row(&[name, &[&range]]), format!("{} lies between {range}", f.name));
        note(said, seen.text(&f.means), format!("{} measures {}", f.name, f.means));
    }
}

fn desk(d: &Desk, seen: &Seen) -> Said {
    let mut said = Said::new();
    for text in [&d.summary.matter, &d.summary.can, &d.summary.against] {
        note(&mut said, seen.text(text), format!("at a summary: {text}"));
    }
    figures(&mut said, seen, &d.figures);
    for f in &d.files {
        note(&mut said, seen.row(&[&[&f.name]]), format!("file {}", f.name));
        note(
            &mut said,
            seen.row(&[&[&f.sponsor], &[&f.until]]),
            format!("file {}: by {}", f.name, f.sponsor),
        );
        note(&mut said, seen.text(&f.says), format!("file {}: {}", f.name, f.says));
        note(
            &mut said,
            seen.text(&format!("{}; {}", f.cost, f.standing)),
            format!("file {}: {} {}", f.name, f.cost, f.standing),
        );
    }
    for r in &d.inbox {
        note(&mut said, seen.text(&r.title), format!("inbox {}", r.title));
        note(&mut said, seen.text(&r.item.body), format!("inbox {}: {}", r.title, r.item.body));
        for c in r.prompt.map_or(&[][..], |p| &d.prompts[p].choices[..]) {
            note(&mut said, seen.text(&c.say), format!("inbox {}: answer {}", r.title, c.say));
        }
    }
    for r in &d.agenda {
        note(&mut said, seen.text(&r.text), format!("ordered {}", r.text));
        for s in &r.stances {
            let stand = format!("{} {}", s.short, words::stance_sign(s.stance));
            note(&mut said, seen.text(&stand), format!("ordered {}: {stand}", r.text));
        }
    }
    for w in &d.work {
        note(&mut said, seen.text(&w.text), format!("under way {}", w.text));
        note(&mut said, seen.text(&w.when), format!("under way {}: {}", w.text, w.when));
    }
    for c in &d.coming {
        note(
            &mut said,
            seen.text(&format!("{} {}", c.date, c.what)),
            format!("coming {} {}", c.date, c.what),
        );
    }
    for r in &d.room {
        note(
            &mut said,
            seen.row(&[&[&r.short], &[words::relation_word(r.relation)]]),
            format!("room {} {}", r.short, words::relation_word(r.relation)),
        );
        note(&mut said, seen.text(&r.note), format!("room {} {}", r.short, r.note));
    }
    said
}

fn propose(f: &Propose, seen: &Seen) -> Said {
    let mut said = Said::new();
    for text in [&f.title, &f.means, &f.led_by, &f.target_means, &f.cost, &f.takes, &f.says]
        .into_iter()
        .chain(&f.least_known)
    {
        note(&mut said, seen.text(text), text.as_str());
    }
    for s in &f.slots {
        note(&mut said, seen.row(&[&[&s.chosen]]), format!("slot {} {}", s.id, s.chosen));
        for v in &s.values {
            note(&mut said, seen.row(&[&[&v.name]]), format!("slot {}: could be {}", s.id, v.name));
        }
    }
    for g in &f.gates {
        note(
            &mut said,
            seen.text(&format!("{}, needs {}: {}", g.has, g.needs, g.role)),
            format!("gate {} {} of {}", g.role, g.has, g.needs),
        );
    }
    for p in &f.positions {
        let word = words::stance(p.stance);
        note(&mut said, seen.row(&[&[&p.short], &[word]]), format!("{} {word}", p.short));
        note(
            &mut said,
            !p.standing.is_empty() && seen.row(&[&[&p.short], &[&format!("({})", p.standing)]]),
            format!("{} is {}", p.short, p.standing),
        );
        for r in &p.reasons {
            note(
                &mut said,
                seen.text(&format!("{word} {r}")) || seen.text(r),
                format!("{} says {r}", p.short),
            );
        }
        note(&mut said, seen.text(&p.voice), format!("{}: {}", p.short, p.voice));
    }
    for v in &f.venues {
        note(
            &mut said,
            seen.text(&format!("{} {}%", v.short, v.percent))
                || seen.text(&format!("{} {}%", v.name, v.percent)),
            format!("{} {}%", v.name, v.percent),
        );
        note(
            &mut said,
            seen.text(&format!("{}% {}", v.percent, v.word)),
            format!("{} {}", v.name, v.word),
        );
        note(
            &mut said,
            seen.text(&format!("{} {}", v.word, v.cost)),
            format!("{} costs {}", v.name, v.cost),
        );
    }
    for e in &f.effects {
        note(
            &mut said,
            seen.text(&format!("{} {}", e.name, e.size))
                || seen.text(&format!("{} {}, wide", e.name, e.size)),
            format!("effect {} {}", e.name, e.size),
        );
    }
    for o in &f.odds {
        note(&mut said, seen.text(&o.text), format!("odds {}", o.text));
    }
    note(&mut said, seen.text(&f.lift), format!("better {}", f.lift));
    for (who, what) in &f.hands_over {
        note(&mut said, seen.text(&format!("{who}: {what}")), format!("hands {who} {what}"));
    }
    for b in &f.bargains {
        note(
            &mut said,
            seen.text(&format!("{}: {}", b.to, b.name)),
            format!("bargain {} {}", b.to, b.name),
        );
        note(&mut said, seen.text(&b.note), format!("bargain {} {}: {}", b.to, b.name, b.note));
    }
    said
}

fn why(w: &Why, all: &[Figure], before: &[Why], seen: &Seen) -> Said {
    let mut said = Said::new();
    figures(&mut said, seen, all);
    for text in [&w.title, &w.means, &w.total, &w.note] {
        note(&mut said, seen.text(text), text.as_str());
    }
    for (n, l) in w.lines.iter().enumerate() {
        note(
            &mut said,
            seen.text(format!("{} {}", words::part(l.amount), l.text).trim_start()),
            format!("line {n} {} {}", words::part(l.amount), l.text),
        );
        note(&mut said, seen.text(&l.tag), format!("line {n} {}", l.tag));
    }
    for b in before {
        note(&mut said, seen.text(&b.title), b.title.as_str());
        for l in b.lines.iter().filter(|l| l.depth == 0) {
            note(
                &mut said,
                seen.text(&format!("{} {}", words::part(l.amount), l.text)),
                format!("{}: {} {}", b.title, words::part(l.amount), l.text),
            );
        }
    }
    said
}

fn said(app: &App) -> Said {
    let seen = seen(app);
    match app.facts() {
        Facts::Desk(d) => desk(d, &seen),
        Facts::Propose(f) => propose(f, &seen),
        Facts::Why(w) => why(&w.why, &w.figures, &w.before, &seen),
        other => panic!("no facts are counted of {other:?}"),
    }
}

fn stops() -> Vec<(&'static str, String)> {
    let later = |more: &str| {
        format!("{DESK} p Down Enter Enter t Enter Enter Esc{TURN}{TURN}{TURN} {more}")
    };
    vec![
        ("the first desk", DESK.to_owned()),
        ("a later desk", later("")),
        ("a desk with orders", later("p Down Enter Enter t Enter Enter Esc d")),
        ("a draft", format!("{DESK} p Down Enter Down Down Right")),
        ("a draft behind a gate", format!("{DESK} p Enter")),
        ("why an exact value moved", later("Tab Down Down w")),
        ("why the value that moved most moved", later("w")),
        ("why an estimate moved", later("w Tab")),
    ]
}

#[test]
fn a_larger_screen_says_all_that_a_smaller_says_and_more() {
    let mut wrong = Vec::new();
    for (name, keys) in stops() {
        let mut smaller: Option<((u16, u16), Said)> = None;
        let mut counts = Vec::new();
        for size in SIZES {
            // Opened small and then enlarged: the cursor is on the same thing at every size.
            let mut app = app(80, 24);
            press(&mut app, &keys);
            app.resize(size.0, size.1);
            let said = said(&app);
            counts.push(said.len());
            if let Some((before, less)) = &smaller {
                let lost: Vec<&String> = less.difference(&said).collect();
                if !lost.is_empty() {
                    wrong.push(format!(
                        "{name}: {size:?} does not say what {before:?} says: {lost:#?}"
                    ));
                }
                // Where all of it is told already there is no more to say.
                if said.len() <= less.len() && !name.starts_with("why ") {
                    wrong.push(format!(
                        "{name}: {size:?} says {} facts, {before:?} {}",
                        said.len(),
                        less.len()
                    ));
                }
            }
            smaller = Some((size, said));
        }
        println!("{name}: {counts:?} facts at {SIZES:?}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_figure_is_cut_at_any_of_these_sizes() {
    for (name, keys) in stops() {
        for size in SIZES.into_iter().chain([(60, 18), (90, 24), (104, 30), (120, 40), (160, 50)]) {
            let mut app = app(80, 24);
            press(&mut app, &keys);
            app.resize(size.0, size.1);
            let seen = seen(&app);
            match app.facts() {
                Facts::Desk(d) => whole(name, size, &seen, &d.figures),
                Facts::Why(w) => whole(name, size, &seen, &w.figures),
                _ => {}
            }
        }
    }
}

/// Every row that begins with a figure's name has all of its value, its change and its word.
fn whole(name: &str, size: (u16, u16), seen: &Seen, figures: &[Figure]) {
    let mut met = 0;
    for row in &seen.rows {
        let begins = |f: &&Figure| {
            [&f.name, &f.short].iter().any(|n| {
                row.trim_start_matches([' ', '▸', '◆'])
                    .strip_prefix(n.as_str())
                    .is_some_and(|r| r.starts_with("  "))
            })
        };
        let Some(f) =
            figures.iter().find(begins).filter(|f| has(row, &f.value) || row.contains('…'))
        else {
            continue;
        };
        met += 1;
        assert!(
            has(row, &f.value)
                && (moved(f).is_empty() || has(row, &moved(f)))
                && has(row, &f.word)
                && !row.contains('…'),
            "{name} at {size:?}: {row}"
        );
    }
    assert!(met > 2 || size.0 < 96, "{name} at {size:?}: {met} figures");
}
