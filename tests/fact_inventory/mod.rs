//! Every fact of every screen, taken from its struct field by field.
//!
//! No struct is taken apart with `..`: a new field does not compile until somebody says what it is.
//! A fact is words, and what they are said of. Typed indices, doors, orders and ids are how a face
//! goes on and are bound to `_`. What is no fact but a number for a picture goes through `drawn`,
//! and must be in `LEFT_OUT` with its reason.
#![expect(clippy::needless_for_each, reason = "a line a field reads as the list it is")]

use interagency::engine::{Order, Slot};
use interagency::prose::facts::{
    ActionRow, Actions, AgencyPage, AgencyRow, AgendaRow, AimRow, AnswerReply, AssumptionRow,
    Calendar, Card, ChoiceRow, Coach, CodexEntry, Desk, DeskSummary, Due, EffectRow, EvidenceRow,
    Figure, FileRow, FileStand, FrontPage, GateLine, Guidance, GuidanceRow, Header, InboxRow,
    Intelligence, Item, LawCell, LawRow, Likelihood, MindRow, Moved, OddsRow, Part, PositionRow,
    ProfileRow, PromiseRow, Prompt, Propose, PropositionRow, QuestionRow, Refused, Reply, RoomRow,
    SlotRow, Stand, StepRow, Tone, Trend, ValueRow, VariableRow, VenueRow, Why, WhyLine, WindowRow,
    WorkRow, WorldRow,
};
use interagency::prose::review::{
    AdviserRow, CalibrationPart, CauseRow, Comparison, Debrief, LensRow, LineRow, MarkRow, PairRow,
    PairTurn, PlaceRow, SideRow, Standing, TruthRow, TurnRow, TurningRow, WorldPart,
};
use interagency::prose::words;
use interagency::tui::facts::Facts as Screen;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    Terminal,
    Plain,
}

/// Fields a face does not say as they are, and why.
pub const LEFT_OUT: &[(&str, &[Face], &str)] = &[
    ("Figure.at", BOTH, "a number for the picture; value says it"),
    ("Figure.least", BOTH, "an end of the picture's scale"),
    ("Figure.most", BOTH, "an end of the picture's scale"),
    ("Figure.unit", BOTH, "value, delta and range are said in it"),
    (
        "Figure.history",
        BOTH,
        "drawn as a line; the plain face says each change when it comes, and why opens each turn",
    ),
    (
        "Figure.trend",
        BOTH,
        "which way the line goes; the sign of the change says it, in plain up and down",
    ),
    ("Figure.ranked", BOTH, "which figures come first; the order of both faces says it"),
    ("Figure.marked", BOTH, "what is coloured; the figure and its word are said either way"),
    ("Due.on", BOTH, "to sort by; date says it"),
    ("Header.n", BOTH, "turn says it"),
    ("Header.of", BOTH, "turn says it"),
    ("Header.capital", BOTH, "capital_text says it, with its decimal"),
    ("Header.income", BOTH, "income_text says it"),
    (
        "Intelligence.campaigns",
        TERMINAL,
        "Tab turns from one to the next, and the head says how many there are",
    ),
    (
        "ProfileRow.points",
        TERMINAL,
        "taking a profile fills the rows with its points; the plain face has no rows to fill and lists them",
    ),
    ("Guidance.total", BOTH, "the points of the rows add up to it"),
    (
        "WindowRow.heat",
        BOTH,
        "drawn turn by turn; word says how hot it is now, from, peak and to say when",
    ),
    ("LensRow.raw", BOTH, "the length of the bar; raw_text says it"),
    ("LineRow.least", BOTH, "an end of the picture's scale"),
    ("LineRow.most", BOTH, "an end of the picture's scale"),
    ("LineRow.values", BOTH, "drawn; text says where it began and ended, why opens each turn"),
    ("LineRow.seen", BOTH, "what was seen then; text and why say what was so"),
    ("LineRow.history", TERMINAL, "drawn as a second line"),
    ("FileRow.percent", BOTH, "a number to pick by; standing says it"),
    ("WorkRow.in_force", BOTH, "when says it"),
    ("WorkRow.begins", BOTH, "a day for the timeline; when says it"),
    ("WorkRow.ends", BOTH, "days for the timeline; when says them"),
    ("OddsRow.lifts", BOTH, "an arrow in the terminal; the sentence says which way it goes"),
    ("SlotRow.brief", BOTH, "chosen, where columns are short"),
    (
        "PositionRow.stops",
        BOTH,
        "brackets or words where a no stops nothing by itself; odds say it",
    ),
    ("PositionRow.briefs", BOTH, "reasons, where columns are short"),
    ("Calendar.opens", BOTH, "days for the timeline; turns says them"),
    ("Calendar.files", BOTH, "drawn on the timeline; coming says each last day"),
    ("WindowRow.ends", BOTH, "to, where columns are short"),
    ("TurningRow.served", BOTH, "an arrow in the terminal, words in plain"),
    ("Standing.outcome", BOTH, "the length of the bar; outcome_text says it"),
    ("Standing.text", TERMINAL, "the figure and the marks in a sentence; there each has a row"),
    ("MarkRow.outcome", BOTH, "the length of the bar; outcome_text says it"),
    ("PlaceRow.games", BOTH, "text says it"),
    ("PlaceRow.below", BOTH, "text says it"),
    ("PlaceRow.low", BOTH, "text says it"),
    ("PlaceRow.high", BOTH, "text says it"),
];

const BOTH: &[Face] = &[Face::Terminal, Face::Plain];
const TERMINAL: &[Face] = &[Face::Terminal];

/// Words of a screen, and what they are said of.
#[derive(Debug, Clone)]
pub struct Fact {
    pub field: &'static str,
    /// One of these stands with it; none: it stands by itself.
    pub of: Vec<String>,
    /// Any of these says it.
    pub says: Vec<String>,
    /// It may stand some rows below what it is said of.
    pub near: bool,
}

#[derive(Default)]
pub struct Every {
    pub facts: Vec<Fact>,
    pub drawn: Vec<&'static str>,
    of: Vec<String>,
}

impl Every {
    /// What follows is said of one of these.
    fn about(&mut self, names: &[&str]) {
        self.of = names.iter().filter(|n| !n.is_empty()).map(|n| (*n).to_owned()).collect();
    }
    fn any(&mut self, field: &'static str, says: Vec<String>) {
        let says: Vec<String> = says.into_iter().filter(|s| !s.trim().is_empty()).collect();
        if !says.is_empty() {
            self.facts.push(Fact { field, of: self.of.clone(), says, near: false });
        }
    }
    /// A remark under what it is said of.
    fn under(&mut self, field: &'static str, words: &str) {
        let n = self.facts.len();
        self.says(field, words);
        self.facts[n..].iter_mut().for_each(|f| f.near = true);
    }
    fn says(&mut self, field: &'static str, words: &str) {
        self.any(field, vec![words.to_owned()]);
    }
    fn all<'w>(&mut self, field: &'static str, words: impl IntoIterator<Item = &'w String>) {
        for w in words {
            self.says(field, w);
        }
    }
    /// Said with one of these words, where it is so.
    fn flag(&mut self, field: &'static str, is: bool, words: &[&str]) {
        if is {
            self.any(field, words.iter().map(|w| (*w).to_owned()).collect());
        }
    }
    fn drawn(&mut self, field: &'static str) {
        assert!(
            LEFT_OUT.iter().any(|(f, ..)| *f == field),
            "{field} is not said: give the reason in LEFT_OUT"
        );
        self.drawn.push(field);
    }
}

/// "+4" is "up 4" to a listener, and may stand without its unit in a column.
fn change(f: &Figure, delta: i32) -> Vec<String> {
    let short = words::change_in_short(f);
    let arrow = short.replace('+', "▲").replace('−', "▼");
    vec![short, arrow, words::change_by(f, delta), words::change_said(f, delta)]
}

pub fn of(screen: &Screen) -> Every {
    let mut e = Every::default();
    match screen {
        Screen::None => {}
        Screen::Front(f) => front(&mut e, f),
        Screen::Guidance(g) => guidance(&mut e, g),
        Screen::Desk(d) => desk(&mut e, d),
        // The rest of a file stands on the desk; the draft beside the list has a screen of its own.
        Screen::Choose(c) => {
            for f in &c.desk.files {
                e.about(&[]);
                e.says("FileRow.name", &f.name);
                e.about(&[&f.name]);
                e.says("FileRow.sponsor", &f.sponsor);
                e.says("FileRow.until", &f.until);
            }
            c.instruments.iter().for_each(|v| value(&mut e, v));
        }
        Screen::Propose(p) => propose(&mut e, p),
        Screen::Act(a) => actions(&mut e, a),
        Screen::Intel(i) => intelligence(&mut e, i),
        Screen::Agencies(all) => {
            all.rows.iter().for_each(|r| agency_row(&mut e, r));
            all.pages.iter().for_each(|p| agency(&mut e, p));
        }
        Screen::Calendar(c) => calendar(&mut e, c),
        Screen::Why(w) => {
            why(&mut e, &w.why);
            w.figures.iter().for_each(|f| figure(&mut e, f, true));
            w.before.iter().for_each(|w| why(&mut e, w));
        }
        Screen::Debrief(d) => debrief(&mut e, d),
        Screen::Codex(all) => all.iter().for_each(|c| codex(&mut e, c, all)),
        Screen::Assumptions(all) => all.iter().for_each(|a| assumption(&mut e, a)),
    }
    e
}

/// The desk of a lesson: how things stand, what is ordered and owed, the coach. The rest of a desk
/// is not on it.
pub fn lesson(d: &Desk, coach: &Coach) -> Every {
    let mut e = Every::default();
    header(&mut e, &d.header);
    for f in &d.figures {
        e.about(&[&f.name, &f.short]);
        e.says("Figure.value", &f.value);
        e.says("Figure.word", &f.word);
        if f.marked && f.delta.abs() >= 1000 {
            e.any("Figure.delta", change(f, f.delta));
        }
    }
    d.agenda.iter().for_each(|a| {
        e.about(&[]);
        e.says("AgendaRow.text", &a.text);
    });
    d.room.iter().for_each(|r| room_row(&mut e, r));
    let Coach { says, steps } = coach;
    e.about(&[]);
    // It names the first step, and is said until one is taken.
    if !coach.is_under_way() {
        e.says("Coach.says", says);
    }
    // What is said of a step once it is taken is said once, then.
    for StepRow { n: _, key: _, say, then: _, done: _, does: _ } in steps {
        e.says("StepRow.say", say.trim_end_matches(['.', '?']));
    }
    e
}

/// The page of a lesson while it asks something, or tells what the answer did: that and nothing
/// else.
pub fn question(f: &FrontPage) -> Every {
    let mut e = Every::default();
    let open: Vec<&Prompt> = f.asks.iter().filter(|a| !a.answered).collect();
    if open.is_empty() {
        f.answered.iter().for_each(|a| card(&mut e, a, true));
    } else {
        f.briefing.iter().for_each(|i| item(&mut e, i));
        open.iter().for_each(|p| prompt(&mut e, p));
    }
    e
}

fn refused(e: &mut Every, r: Option<&Refused>) {
    if let Some(Refused { refusal: _, what, unblock }) = r {
        e.under("Refused.what", what);
        e.under("Refused.unblock", unblock);
    }
}

/// `means`: whether what it measures is said here too.
fn figure(e: &mut Every, f: &Figure, with_means: bool) {
    let Figure {
        indicator: _,
        name,
        short,
        value,
        estimated,
        at: _,
        least: _,
        most: _,
        unit: _,
        range: _,
        history: _,
        delta,
        trend: Trend::Rising | Trend::Falling | Trend::Level,
        tone: Tone::Good | Tone::Bad | Tone::Plain,
        word,
        means,
        ranked: _,
        is_new,
        marked,
    } = f;
    for field in [
        "Figure.at",
        "Figure.least",
        "Figure.most",
        "Figure.unit",
        "Figure.history",
        "Figure.trend",
        "Figure.ranked",
        "Figure.marked",
    ] {
        e.drawn(field);
    }
    e.about(&[]);
    e.any("Figure.name", vec![name.clone(), short.clone()]);
    e.about(&[name, short]);
    e.says("Figure.value", value);
    e.flag("Figure.estimated", *estimated, &[value]);
    e.any("Figure.range", vec![words::range_of(f), words::range_in_full(f)]);
    // Nothing can have changed before the first turn has ended.
    // A change within an estimate's own error is none to tell.
    if words::can_have_changed(f) && *marked {
        e.any("Figure.delta", change(f, *delta));
    }
    e.says("Figure.word", word);
    e.says("Figure.means", if with_means { means } else { "" });
    e.flag("Figure.is_new", *is_new, &["◆", "new on the desk"]);
}

fn item(e: &mut Every, i: &Item) {
    let Item { kind: _, title, body, label, record: _, door: _ } = i;
    e.about(&[]);
    e.says("Item.title", title);
    for paragraph in body.split("\n\n") {
        e.says("Item.body", paragraph);
    }
    let last = body.split("\n\n").last().unwrap_or("");
    let end = last
        .split_whitespace()
        .rev()
        .take(3)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect::<Vec<_>>()
        .join(" ");
    e.about(&[title, &first(body), &end]);
    e.under("Item.label", label);
}

/// The first words of a text: enough to know it by.
fn first(text: &str) -> String {
    text.split_whitespace().take(6).collect::<Vec<_>>().join(" ")
}

fn due(e: &mut Every, d: &Due) {
    let Due { on: _, date, what, door: _ } = d;
    e.drawn("Due.on");
    // When a file ends may stand with the file.
    let file = what.strip_prefix("last day of the file: ").unwrap_or(what);
    e.about(&[what, file]);
    e.says("Due.date", date);
    e.about(&[date]);
    e.any("Due.what", vec![what.clone(), file.to_owned()]);
}

fn front(e: &mut Every, f: &FrontPage) {
    let FrontPage {
        scenario,
        turn,
        dates,
        after,
        headline,
        briefing,
        asks,
        answered: given,
        cards,
        results,
        foretold,
        changes,
        items,
        counterpart,
        found,
        replies,
        minds,
        opened_files,
        closed_files,
        due: dates_to_come,
        wants_guidance,
    } = f;
    e.about(&[]);
    e.says("FrontPage.scenario", scenario);
    e.says("FrontPage.turn", turn);
    e.says("FrontPage.dates", dates);
    e.says("FrontPage.after", after);
    e.says("FrontPage.headline", headline);
    items
        .iter()
        .chain(found)
        .chain(briefing)
        .chain(counterpart)
        .chain(foretold)
        .for_each(|i| item(e, i));
    for Item { kind: _, title: _, body, label, record: _, door: _ } in results {
        e.about(&[]);
        e.says("FrontPage.results", body);
        e.about(&[&first(body)]);
        e.under("FrontPage.results", label);
    }
    for Reply { agency: _, who, says } in replies {
        e.about(&[who]);
        e.says("Reply.says", says);
        e.about(&[&first(says)]);
        e.says("Reply.who", who);
    }
    for f in changes {
        figure(e, f, false);
    }
    for MindRow { agency: _, short, readier, says, until } in minds {
        e.about(&[says]);
        e.says("MindRow.short", short);
        e.says("MindRow.until", until);
        e.flag("MindRow.readier", *readier, &["+", "is readier"]);
        e.about(&[short]);
        e.says("MindRow.says", says);
    }
    e.about(&[]);
    e.all("FrontPage.opened_files", opened_files);
    e.all("FrontPage.closed_files", closed_files);
    dates_to_come.iter().for_each(|d| due(e, d));
    asks.iter().for_each(|p| prompt(e, p));
    given.iter().for_each(|a| card(e, a, true));
    cards.iter().for_each(|c| card(e, c, false));
    e.about(&[]);
    e.flag("FrontPage.wants_guidance", *wants_guidance, &["guidance"]);
}

/// `at_once`: told on the page that has just asked.
fn card(e: &mut Every, c: &Card, at_once: bool) {
    let Card { item, say, replies, moved } = c;
    let Item { kind: _, title, body, label, record: _, door: _ } = item;
    e.about(&[]);
    if !at_once && !say.is_empty() {
        // What was answered names the question.
        e.says("Card.item", title);
    }
    e.says("Card.item", body);
    e.about(&[&first(body)]);
    e.under("Card.item", label);
    e.about(&[]);
    e.says("Card.say", say);
    for AnswerReply { agency: _, who, reaction, says, label } in replies {
        e.about(&[who]);
        e.says("AnswerReply.reaction", words::reaction(*reaction).1);
        e.says("AnswerReply.says", says);
        // Side by side in the terminal: who says it heads the column that the words stand in.
        e.about(&[]);
        e.says("AnswerReply.who", who);
        e.says("AnswerReply.label", label);
    }
    for Moved {
        figure,
        before,
        word_before,
        part,
        delta,
        tone: Tone::Good | Tone::Bad | Tone::Plain,
    } in moved
    {
        e.about(&[&figure.name]);
        e.says("Moved.figure", &figure.value);
        e.under("Moved.figure", &figure.word);
        if !at_once || figure.estimated {
            // What this did of it stands for where the value was.
            e.says("Moved.part", &words::part(*part));
            continue;
        }
        e.says("Moved.before", &words::amount(figure, *before));
        e.under("Moved.word_before", word_before);
        e.any(
            "Moved.delta",
            vec![words::change_by(figure, *delta), words::change_said(figure, *delta)],
        );
    }
}

fn prompt(e: &mut Every, p: &Prompt) {
    let Prompt { event: _, id: _, from, item: asked, choices, answered: _ } = p;
    item(e, asked);
    e.about(&[&asked.title]);
    e.says("Prompt.from", from);
    for ChoiceRow {
        choice: _,
        id: _,
        say,
        cost,
        warms,
        cools,
        raises,
        lowers,
        bet,
        default,
        chosen,
        shut,
    } in choices
    {
        e.about(&[]);
        e.says("ChoiceRow.say", say);
        e.about(&[say]);
        if cost != "free" {
            e.says("ChoiceRow.cost", cost);
        }
        if !p.answered {
            e.says("ChoiceRow.bet", bet);
            for (field, sign, who) in [
                ("ChoiceRow.warms", "+", warms),
                ("ChoiceRow.cools", "−", cools),
                ("ChoiceRow.raises", "▲", raises),
                ("ChoiceRow.lowers", "▼", lowers),
            ] {
                for w in who {
                    e.flag(field, true, &[&format!("{sign}{w}"), w]);
                }
            }
        }
        e.flag(
            "ChoiceRow.default",
            *default && !p.answered,
            &["stands if you say nothing", "stands if nobody answers"],
        );
        e.flag("ChoiceRow.chosen", *chosen, &["◆", "this is your answer"]);
        // Once one is taken, that the others are shut goes without saying.
        refused(e, shut.as_ref().filter(|_| !p.answered));
    }
}

fn guidance(e: &mut Every, g: &Guidance) {
    let Guidance { rows, profiles, total: _, written: _, amended: _, verb, note } = g;
    e.drawn("Guidance.total");
    e.about(&[]);
    e.says("Guidance.note", note);
    for GuidanceRow { lens: _, id: _, name, short, means, points } in rows {
        e.about(&[]);
        e.any("GuidanceRow.name", vec![name.clone(), short.to_string()]);
        e.says("GuidanceRow.means", means);
        e.about(&[name, short]);
        e.says("GuidanceRow.points", &points.to_string());
    }
    if verb.is_some() {
        for ProfileRow { profile: _, id: _, name, says, points } in profiles {
            e.about(&[]);
            e.says("ProfileRow.name", name);
            e.says("ProfileRow.says", says);
            e.about(&[name]);
            let given = rows
                .iter()
                .zip(points)
                .filter(|(_, p)| **p > 0)
                .map(|(r, p)| format!("{} {p}", r.short));
            e.any("ProfileRow.points", vec![given.collect::<Vec<_>>().join(", ")]);
        }
    }
}

fn header(e: &mut Every, h: &Header) {
    let Header {
        scenario,
        date,
        turn,
        n: _,
        of: _,
        staff,
        staff_most: _,
        capital: _,
        capital_text,
        income: _,
        income_text,
        over,
        on_the_record,
    } = h;
    for field in ["Header.n", "Header.of", "Header.capital", "Header.income"] {
        e.drawn(field);
    }
    e.about(&[]);
    e.says("Header.scenario", scenario);
    if *on_the_record {
        e.says("Header.on_the_record", "on the record");
    }
    if *over {
        e.says("Header.over", "over");
        return;
    }
    e.says("Header.date", date);
    e.says("Header.turn", turn);
    e.about(&[scenario]);
    let most = usize::try_from(h.staff_most.max(*staff)).unwrap_or(0);
    let have = usize::try_from(*staff).unwrap_or(0).min(most);
    let dots = format!("staff {}{}", "●".repeat(have), "○".repeat(most - have));
    e.any("Header.staff", vec![dots, format!("staff {staff}"), format!("{staff} of {most} staff")]);
    e.any(
        "Header.capital_text",
        vec![format!("capital {capital_text}"), format!("{capital_text} capital")],
    );
    e.says("Header.income_text", income_text);
}

fn file(e: &mut Every, f: &FileRow) {
    let FileRow {
        file: _,
        instrument: _,
        target: _,
        measure,
        name,
        says,
        sponsor,
        until,
        expires,
        is_new,
        cost,
        percent: _,
        standing,
        shut,
        on_agenda,
        stances,
    } = f;
    e.drawn("FileRow.percent");
    e.about(&[]);
    e.says("FileRow.name", name);
    e.says("FileRow.measure", measure);
    e.about(&[name]);
    e.says("FileRow.says", says);
    e.says("FileRow.sponsor", sponsor);
    e.says("FileRow.until", until);
    e.flag("FileRow.expires", *expires, &["!", "its last turn"]);
    e.flag("FileRow.is_new", *is_new && !*on_agenda && shut.is_none(), &["◆", "new"]);
    e.says("FileRow.cost", cost);
    e.says("FileRow.standing", standing);
    refused(e, shut.as_ref());
    e.about(&[]);
    stances.iter().for_each(|s| stand(e, "FileRow.stances", s));
}

fn desk(e: &mut Every, d: &Desk) {
    let Desk {
        header: head,
        summary,
        figures,
        files,
        inbox,
        prompts,
        agenda,
        work: under_way,
        coming,
        room,
        promises,
    } = d;
    header(e, head);
    let DeskSummary { matter, can, against, file: _ } = summary;
    e.about(&[]);
    e.says("DeskSummary.matter", matter);
    e.says("DeskSummary.can", can);
    e.says("DeskSummary.against", against);
    figures.iter().for_each(|f| figure(e, f, true));
    files.iter().for_each(|f| file(e, f));
    for InboxRow { event: _, from, title, prompt: _, answered: _, item: paper } in inbox {
        item(e, paper);
        e.about(&[title]);
        e.says("InboxRow.from", from);
    }
    prompts.iter().for_each(|p| prompt(e, p));
    for AgendaRow { order: _, text, stances, because } in agenda {
        e.about(&[]);
        e.says("AgendaRow.text", text);
        e.about(&[text]);
        stances.iter().for_each(|s| stand(e, "AgendaRow.stances", s));
        e.about(&[text]);
        e.says("AgendaRow.because", because);
    }
    under_way.iter().for_each(|w| work(e, w));
    coming.iter().for_each(|d| due(e, d));
    room.iter().for_each(|r| room_row(e, r));
    // What was promised, to whom; its terms stand where it was given, its day among the dates.
    for p in promises {
        e.about(&[&p.name]);
        e.says("PromiseRow.name", &p.name);
        e.says("PromiseRow.to", &p.to);
    }
}

fn work(e: &mut Every, w: &WorkRow) {
    let WorkRow {
        text,
        when,
        in_force: _,
        begins: _,
        ends: _,
        door: _,
        revise: _,
        withdraw: _,
        takes_with_it: _,
    } = w;
    for field in ["WorkRow.in_force", "WorkRow.begins", "WorkRow.ends"] {
        e.drawn(field);
    }
    e.about(&[]);
    e.says("WorkRow.text", text);
    e.about(&[text]);
    e.says("WorkRow.when", when);
}

fn stand(e: &mut Every, field: &'static str, s: &Stand) {
    let Stand { agency: _, short, stance } = s;
    let (word, sign) = (words::stance(*stance), words::stance_sign(*stance));
    e.about(&[]);
    e.any(
        field,
        vec![
            format!("{short} {word}"),
            format!("{short} {sign}"),
            format!("{short} {sign} {word}"),
        ],
    );
}

fn room_row(e: &mut Every, r: &RoomRow) {
    let RoomRow { agency: _, short, relation, moved, note } = r;
    e.about(&[short]);
    e.says("RoomRow.relation", words::relation_word(*relation));
    let arrow = match moved {
        Trend::Rising => "▲",
        Trend::Falling => "▼",
        Trend::Level => "",
    };
    e.any("RoomRow.moved", vec![words::warmth(*moved).to_owned(), arrow.to_owned()]);
    e.says("RoomRow.note", note);
}

fn promise(e: &mut Every, p: &PromiseRow) {
    let PromiseRow { promise: _, agency: _, id: _, name, to, says, note, shut, given } = p;
    e.about(&[]);
    e.says("PromiseRow.name", name);
    e.about(&[name]);
    e.says("PromiseRow.to", to);
    e.says("PromiseRow.says", says);
    e.says("PromiseRow.note", note);
    e.flag("PromiseRow.given", *given, &["●", "owed", "promised to"]);
    refused(e, shut.as_ref());
}

fn action(e: &mut Every, a: &ActionRow) {
    let ActionRow { order: _, id: _, name, means, by, cost, takes, shut, so } = a;
    e.about(&[]);
    e.says("ActionRow.name", name);
    e.about(&[name]);
    e.says("ActionRow.means", means);
    e.says("ActionRow.by", by);
    e.under("ActionRow.cost", cost);
    e.says("ActionRow.takes", takes);
    e.says("ActionRow.so", so);
    refused(e, shut.as_ref());
}

/// Where it is only listed; what it is stands where it is ordered.
fn action_in_short(e: &mut Every, a: &ActionRow) {
    e.about(&[]);
    e.says("ActionRow.name", &a.name);
    e.about(&[&a.name]);
    e.says("ActionRow.takes", &a.takes);
}

fn value(e: &mut Every, v: &ValueRow) {
    let ValueRow { value: _, id: _, name, detail, shut, chosen: _ } = v;
    e.about(&[]);
    e.says("ValueRow.name", name);
    e.about(&[name]);
    e.under("ValueRow.detail", detail);
    refused(e, shut.as_ref());
}

fn propose(e: &mut Every, p: &Propose) {
    let Propose {
        header: _,
        slots,
        proposal,
        order,
        shut,
        ordered,
        file,
        revises,
        title,
        means,
        led_by,
        target_means,
        cost,
        takes,
        gates,
        positions,
        venues,
        says,
        odds,
        lift,
        effects,
        hands_over,
        least_known,
        bargains,
        breaks,
        asks,
    } = p;
    e.about(&[]);
    e.all("Propose.breaks", breaks);
    e.says("Propose.ordered", ordered);
    e.says("Propose.title", title);
    e.says("Propose.means", means);
    e.says("Propose.led_by", led_by);
    e.says("Propose.target_means", target_means);
    e.says("Propose.takes", takes);
    e.says("Propose.file", file);
    e.says("Propose.revises", revises);
    e.says("Propose.says", says);
    let builds = matches!(order, Some(Order::Build { .. })) && shut.is_none();
    e.says("Propose.order", if builds { "to build" } else { "" });
    e.all("Propose.least_known", least_known);
    refused(e, shut.as_ref());
    for OddsRow { lifts: _, text } in odds {
        e.drawn("OddsRow.lifts");
        e.says("OddsRow.text", text);
    }
    e.says("Propose.lift", lift);
    for SlotRow { slot, name, id: _, chosen, brief: _, detail, values } in slots {
        e.drawn("SlotRow.brief");
        // The instrument is what the page is about.
        e.about(&[name, "propose"]);
        e.says("SlotRow.chosen", chosen);
        e.about(&[chosen]);
        e.under("SlotRow.detail", detail);
        // Which instruments there are has a screen of its own.
        if *slot != Slot::Subject {
            values.iter().for_each(|v| value(e, v));
        }
    }
    if proposal.is_some() {
        e.about(&[]);
        e.says("Propose.cost", cost);
    }
    for GateLine { role, record, has, needs, open, carries, all_at, unblock, may_shut } in gates {
        e.about(&[role]);
        e.says("GateLine.record", record);
        e.says("GateLine.has", &has.to_string());
        e.says("GateLine.needs", &format!("needs {needs}"));
        e.flag("GateLine.open", *open, &["open", "ok", "✓"]);
        if *carries > 0 {
            e.says("GateLine.carries", &format!("carries {carries}%"));
        }
        if (1..100).contains(carries) {
            e.says("GateLine.all_at", &format!("all from {all_at}"));
        }
        e.flag("GateLine.may_shut", *may_shut, &["looked for now may shut it"]);
        // What is not the player's to propose is not opened by proof.
        e.says("GateLine.unblock", if asks.is_empty() { unblock } else { "" });
    }
    for PositionRow {
        agency: _,
        short,
        stance,
        standing,
        no,
        stops: _,
        reasons,
        briefs: _,
        voice,
    } in positions
    {
        e.drawn("PositionRow.stops");
        e.drawn("PositionRow.briefs");
        e.about(&[short]);
        if let Some(no) = no.filter(|n| *n > 0) {
            e.says("PositionRow.no", &format!("{no}%"));
        }
        e.says("PositionRow.stance", words::stance(*stance));
        e.says("PositionRow.standing", standing);
        for reason in reasons {
            e.under("PositionRow.reasons", reason);
        }
        e.under("PositionRow.voice", voice);
    }
    for VenueRow { venue: _, name, short, percent, word, cost, chosen: _, shut } in venues {
        e.about(&[name, short]);
        e.says("VenueRow.percent", &format!("{percent}%"));
        e.says("VenueRow.word", word);
        e.says("VenueRow.cost", cost);
        refused(e, shut.as_ref());
    }
    for EffectRow {
        indicator: _,
        name,
        short: _,
        up,
        size,
        spread,
        tone: Tone::Good | Tone::Bad | Tone::Plain,
        text: _,
    } in effects
    {
        e.about(&[name]);
        e.any(
            "EffectRow.up",
            if *up {
                vec!["up".into(), "+".into(), "↑".into(), "▲".into()]
            } else {
                vec!["down".into(), "−".into(), "↓".into(), "▼".into()]
            },
        );
        e.says("EffectRow.size", size);
        // What advisers agree on is not remarked upon everywhere.
        e.flag("EffectRow.spread", *spread == "wide", &["wide"]);
    }
    for (to, what) in hands_over {
        e.about(&[to]);
        e.says("Propose.hands_over", what);
    }
    bargains.iter().for_each(|b| promise(e, b));
    // What may be asked instead is named; what it is stands where it is ordered.
    e.about(&[]);
    e.all("Propose.asks", asks.iter().map(|a| &a.name));
}

fn actions(e: &mut Every, a: &Actions) {
    let Actions { tasks, asks, reforms, promises, propositions, withdrawals } = a;
    tasks.iter().chain(asks).chain(reforms).for_each(|r| action(e, r));
    promises.iter().for_each(|p| promise(e, p));
    for PropositionRow { proposition: _, id: _, says, by, stated, word, judged, shut } in
        propositions
    {
        e.about(&[]);
        e.says("PropositionRow.says", says);
        e.about(&[says]);
        e.says("PropositionRow.by", by);
        e.flag("PropositionRow.stated", *stated > 0, &[&format!("{stated}%")]);
        e.says("PropositionRow.word", word);
        e.says("PropositionRow.judged", judged);
        refused(e, shut.as_ref());
    }
    withdrawals.iter().for_each(|w| work(e, w));
}

fn likelihood(e: &mut Every, l: &Likelihood) {
    let Likelihood { says, percent, word } = l;
    e.about(&[]);
    e.says("Likelihood.says", says);
    e.about(&[says]);
    e.says("Likelihood.percent", &format!("{percent}%"));
    e.says("Likelihood.word", word);
}

fn evidence(e: &mut Every, r: &EvidenceRow) {
    let EvidenceRow { evidence: _, date, body, label, uses, speaks, burns, silent, is_new } = r;
    e.about(&[]);
    e.says("EvidenceRow.body", body);
    e.about(&[&first(body)]);
    e.says("EvidenceRow.date", date);
    e.says("EvidenceRow.label", label);
    e.says("EvidenceRow.uses", uses);
    e.says("EvidenceRow.speaks", speaks);
    e.flag(
        "EvidenceRow.burns",
        *burns,
        &["Using it would end the access", "Publishing it would end the access"],
    );
    e.flag("EvidenceRow.silent", *silent, &["not found", "nothing found", "–", "∅", "looked for"]);
    e.flag("EvidenceRow.is_new", *is_new, &["◆", "new"]);
}

fn intelligence(e: &mut Every, i: &Intelligence) {
    let Intelligence {
        header: _,
        campaign: _,
        campaigns,
        name,
        means,
        route,
        drawn,
        variables,
        evidence: items,
        tasks,
        active_tasks: running,
        tells,
        aims,
        gates,
        grid,
        law,
        worlds,
        worlds_moved,
    } = i;
    for QuestionRow { asks, cells } in grid {
        for Likelihood { says, percent, word } in cells.iter().flatten() {
            e.about(&[asks]);
            e.says("QuestionRow.cells", says);
            e.about(&[]);
            e.any(
                "QuestionRow.cells",
                vec![format!("{percent}% {word}"), format!("{word} {percent}%")],
            );
        }
    }
    for LawRow { target, cells } in law {
        for LawCell { instrument, has, needs, open } in cells {
            e.about(&[]);
            e.says("LawCell.instrument", instrument);
            e.about(&[target]);
            let open = if *open { " open" } else { "" };
            e.says("LawRow.cells", &format!("{has}/{needs}{open}"));
        }
    }
    for WorldRow { now: Likelihood { says, percent, word }, before } in worlds {
        e.about(&[says]);
        e.says("WorldRow.now", &format!("{percent}%"));
        e.says("WorldRow.now", word);
        if before != percent {
            e.says("WorldRow.before", &format!("{before}% a turn ago"));
        }
    }
    e.about(&[]);
    e.all("Intelligence.worlds_moved", worlds_moved);
    e.says("Intelligence.name", name);
    e.says("Intelligence.means", means);
    e.says("Intelligence.route", route);
    e.says("Intelligence.drawn", drawn);
    e.all("Intelligence.campaigns", campaigns.iter().map(|(_, n)| n));
    e.all("Intelligence.gates", gates);
    for VariableRow { asks, values } in variables {
        e.about(&[]);
        e.says("VariableRow.asks", asks);
        values.iter().for_each(|l| likelihood(e, l));
    }
    for AimRow { likely, means, guard } in aims {
        e.about(&[]);
        likelihood(e, likely);
        e.about(&[&likely.says]);
        e.under("AimRow.means", means);
        e.under("AimRow.guard", guard);
    }
    items.iter().chain(tells).for_each(|r| evidence(e, r));
    tasks.iter().for_each(|r| action(e, r));
    running.iter().for_each(|w| work(e, w));
}

fn agency_row(e: &mut Every, r: &AgencyRow) {
    let AgencyRow { room, name, holder, outside } = r;
    room_row(e, room);
    e.about(&[&room.short, name]);
    e.any("AgencyRow.name", vec![name.clone()]);
    e.says("AgencyRow.holder", holder);
    e.about(&[]);
    e.flag("AgencyRow.outside", *outside, &["outside the room"]);
}

fn agency(e: &mut Every, p: &AgencyPage) {
    let AgencyPage {
        agency: _,
        room,
        name,
        mandate,
        wants,
        fears,
        writes,
        holder,
        cares,
        leads,
        red_lines,
        promises,
        predictions,
        hit_rate,
        asks,
        voice,
        stands,
        relation,
        quote,
        memory,
    } = p;
    room_row(e, room);
    e.about(&[name]);
    for (field, words) in [
        ("AgencyPage.mandate", mandate),
        ("AgencyPage.wants", wants),
        ("AgencyPage.fears", fears),
        ("AgencyPage.writes", writes),
        ("AgencyPage.holder", holder),
        ("AgencyPage.voice", voice),
        ("AgencyPage.hit_rate", hit_rate),
        ("AgencyPage.relation", relation),
        ("AgencyPage.quote", quote),
    ] {
        e.under(field, words);
    }
    e.about(&[]);
    e.says("AgencyPage.name", name);
    for FileStand { file: _, name, stance } in stands {
        e.about(&[name]);
        e.says("AgencyPage.stands", words::stance(*stance));
    }
    e.about(&[]);
    e.all("AgencyPage.cares", cares);
    e.all("AgencyPage.leads", leads);
    e.all("AgencyPage.red_lines", red_lines);
    e.all("AgencyPage.predictions", predictions);
    promises.iter().for_each(|p| promise(e, p));
    asks.iter().for_each(|a| action(e, a));
    causes(e, memory);
}

fn calendar(e: &mut Every, c: &Calendar) {
    let Calendar {
        header: head,
        turns,
        opens: _,
        now,
        files: _,
        windows,
        work: under_way,
        coming,
        reforms,
    } = c;
    header(e, head);
    e.drawn("Calendar.opens");
    e.drawn("Calendar.files");
    e.about(&[]);
    e.all("Calendar.turns", turns);
    e.any("Calendar.now", vec![format!("{} of {}", now + 1, turns.len()), "this turn".to_owned()]);
    for WindowRow { window: _, name, from, to, peak, ends: _, heat: _, now: _, word, source } in
        windows
    {
        e.drawn("WindowRow.ends");
        e.drawn("WindowRow.heat");
        e.about(&[]);
        e.says("WindowRow.name", name);
        e.about(&[name]);
        // In the box that the row opens.
        e.under("WindowRow.from", from);
        e.under("WindowRow.to", to);
        e.under("WindowRow.peak", peak);
        e.says("WindowRow.word", word);
        e.says("WindowRow.source", source);
    }
    under_way.iter().for_each(|w| work(e, w));
    coming.iter().for_each(|d| due(e, d));
    reforms.iter().for_each(|r| action_in_short(e, r));
}

fn why(e: &mut Every, w: &Why) {
    let Why { indicator: _, turn: _, title, means, lines, total, note, figure: f } = w;
    e.about(&[]);
    e.says("Why.title", title);
    e.says("Why.means", means);
    e.says("Why.note", note);
    e.about(&[title]);
    e.says("Why.total", total);
    causes(e, lines);
    // The figure as it stood then: its title has the values, and the range of an estimate is in the
    // note.
    let Figure { name, .. } = f;
    let _ = name;
}

fn causes(e: &mut Every, lines: &[WhyLine]) {
    for WhyLine { depth: _, amount, text, tag, door: _ } in lines {
        e.about(&[]);
        e.says("WhyLine.text", text);
        e.about(&[text]);
        e.any(
            "WhyLine.amount",
            match amount {
                Part::Exact(n) => vec![
                    words::exact(*n),
                    format!("{} {}", words::way(*n > 0), words::tenths(n.abs())),
                ],
                Part::Way { .. } => vec![words::part(*amount)],
                Part::None | Part::Unknown => Vec::new(),
            },
        );
        e.says("WhyLine.tag", tag);
    }
}

fn codex(e: &mut Every, c: &CodexEntry, all: &[CodexEntry]) {
    let CodexEntry { codex: _, id: _, title, short, says, sources, see } = c;
    e.about(&[]);
    e.says("CodexEntry.title", title);
    e.about(&[title]);
    e.says("CodexEntry.short", short);
    e.says("CodexEntry.says", says);
    e.all("CodexEntry.sources", sources);
    for other in all.iter().filter(|o| see.contains(&o.codex)) {
        e.says("CodexEntry.see", &other.title);
    }
}

fn assumption(e: &mut Every, a: &AssumptionRow) {
    let AssumptionRow { id: _, name, means, value, range, overridden, why } = a;
    e.about(&[]);
    e.says("AssumptionRow.name", name);
    e.about(&[name]);
    e.says("AssumptionRow.means", means);
    e.says("AssumptionRow.value", value);
    e.says("AssumptionRow.range", range);
    e.says("AssumptionRow.why", why);
    e.flag("AssumptionRow.overridden", *overridden, &["◆", "set for this game"]);
}

/// A figure and its marks; `of` is what the figure is said of.
fn held(e: &mut Every, s: &Standing, of: &str) {
    let Standing { outcome: _, outcome_text, by, marks, place, yours, text } = s;
    e.drawn("Standing.outcome");
    e.about(&[]);
    e.says("Standing.by", by);
    e.about(&[of, by]);
    e.says("Standing.outcome_text", outcome_text);
    e.about(&[]);
    e.says("Standing.text", text);
    e.says("Standing.yours", yours);
    let PlaceRow { games: _, below: _, low: _, high: _, text } = place;
    for field in ["PlaceRow.games", "PlaceRow.below", "PlaceRow.low", "PlaceRow.high"] {
        e.drawn(field);
    }
    e.says("PlaceRow.text", text);
    for MarkRow { who, outcome: _, outcome_text, ending, did } in marks {
        e.drawn("MarkRow.outcome");
        e.about(&[who]);
        e.says("MarkRow.outcome_text", outcome_text);
        e.says("MarkRow.ending", ending);
        e.says("MarkRow.did", did);
    }
}

/// Two games side by side.
pub fn comparison(c: &Comparison) -> Every {
    let Comparison { scenario, draw, premise, sides, lenses, values, alike, turns } = c;
    let mut e = Every::default();
    for (field, words) in [
        ("Comparison.scenario", scenario),
        ("Comparison.draw", draw),
        ("Comparison.premise", premise),
        ("Comparison.alike", alike),
    ] {
        e.says(field, words);
    }
    for SideRow { run, ending, guidance, standing } in sides {
        e.about(&[]);
        e.says("SideRow.run", run);
        e.about(&["it ended"]);
        e.says("SideRow.ending", ending);
        e.about(&[]);
        e.says("SideRow.guidance", guidance);
        standing.iter().for_each(|s| held(&mut e, s, "this game"));
    }
    for PairRow { name, left, right } in lenses.iter().chain(values) {
        e.about(&[name]);
        e.says("PairRow.left", left);
        e.says("PairRow.right", right);
    }
    for PairTurn { turn, date, left, right } in turns {
        e.about(&[]);
        e.says("PairTurn.turn", &format!("turn {}, {date}", turn + 1));
        e.all("PairTurn.left", left);
        e.all("PairTurn.right", right);
    }
    e
}

fn debrief(e: &mut Every, d: &Debrief) {
    let Debrief {
        over,
        scenario,
        title,
        ending,
        lesson,
        luck,
        next,
        premise,
        lenses,
        guidance,
        guided,
        standing,
        turning,
        luck_says,
        lines,
        causes,
        turns,
        world,
        truths,
        calibration,
        advisers,
        critics,
        questions,
        aftermath,
        cautions,
        history,
        ledger_note,
    } = d;
    e.about(&[]);
    e.flag("Debrief.over", !*over, &["the game is not over"]);
    e.flag(
        "Debrief.guided",
        *over && !*guided,
        &["no guidance was written", "the points that stood"],
    );
    for (field, words) in [
        ("Debrief.scenario", scenario),
        ("Debrief.title", title),
        ("Debrief.next", next),
        ("Debrief.premise", premise),
        ("Debrief.guidance", guidance),
        ("Debrief.ledger_note", ledger_note),
    ] {
        e.says(field, words);
    }
    e.says("Debrief.luck_says", luck_says);
    standing.iter().for_each(|s| held(e, s, "this game"));
    for TurningRow { turn: _, when, what, without, served: _ } in turning {
        e.drawn("TurningRow.served");
        e.about(&[]);
        e.says("TurningRow.when", when);
        e.says("TurningRow.what", what);
        e.says("TurningRow.without", without);
    }
    e.about(&[]);
    e.all("Debrief.ending", ending);
    e.all("Debrief.lesson", lesson);
    e.all("Debrief.luck", luck);
    e.all("Debrief.questions", questions);
    e.all("Debrief.cautions", cautions);
    e.all("Debrief.history", history);
    for LensRow { lens: _, name, means, points, raw: _, raw_text } in lenses {
        e.drawn("LensRow.raw");
        e.about(&[]);
        e.says("LensRow.means", means);
        e.about(&[name]);
        e.says("LensRow.name", name);
        let dots = format!(
            "{}{}",
            "●".repeat(usize::from(*points)),
            "○".repeat(4 - usize::from(*points).min(4))
        );
        e.any("LensRow.points", vec![dots, format!("{points} of 12 points")]);
        e.says("LensRow.raw_text", raw_text);
    }
    for LineRow {
        indicator: _,
        name,
        least: _,
        most: _,
        values: _,
        seen: _,
        history,
        marks,
        text,
    } in lines
    {
        for field in ["LineRow.least", "LineRow.most", "LineRow.values", "LineRow.seen"] {
            e.drawn(field);
        }
        e.about(&[name]);
        e.says("LineRow.name", name);
        e.says("LineRow.text", text);
        if let (Some((_, a)), Some((_, b)), true) =
            (history.first(), history.last(), history.len() > 1)
        {
            e.any("LineRow.history", vec![format!("{} to {}", a / 1000, b / 1000)]);
        }
        for (turn, what) in marks {
            e.about(&[&format!("turn {}", turn + 1)]);
            e.says("LineRow.marks", what);
        }
    }
    for CauseRow { indicator: _, name, amount: _, amount_text, text, origin } in causes {
        let what = text.split_once(&format!("{amount_text}: ")).map_or(text.as_str(), |t| t.1);
        e.about(&[]);
        e.says("CauseRow.name", name);
        e.about(&[name]);
        e.says("CauseRow.amount_text", amount_text);
        e.says("CauseRow.text", what);
        e.about(&[]);
        e.says("CauseRow.origin", origin);
    }
    for TurnRow { turn, date, orders, results, events, response, seen, meant, worlds } in turns {
        let head = format!("turn {}", turn + 1);
        let number = format!("{} {date}", turn + 1);
        e.about(&[]);
        e.says("TurnRow.date", date);
        e.about(&[]);
        e.all("TurnRow.orders", orders);
        e.all("TurnRow.results", results);
        e.all("TurnRow.events", events);
        e.about(&[&head, &number]);
        e.under("TurnRow.response", response);
        e.about(&[response]);
        e.flag(
            "TurnRow.seen",
            !*seen && !response.is_empty(),
            &["you did not see it", "which you did not see"],
        );
        e.about(&[]);
        e.says("TurnRow.meant", meant);
        worlds.iter().for_each(|l| likelihood(e, l));
    }
    let WorldPart { name, means, tells, belief, traits, evidence, fixed } = world;
    e.about(&[]);
    e.says("WorldPart.name", name);
    e.says("WorldPart.means", means);
    e.all("WorldPart.tells", tells);
    for (what, value) in traits {
        e.about(&[what]);
        e.says("WorldPart.traits", value);
    }
    e.about(&[]);
    e.flag("WorldPart.fixed", *fixed && !name.is_empty(), &["fixed for this game"]);
    belief.iter().for_each(|l| likelihood(e, l));
    evidence.iter().chain(critics).chain(aftermath).for_each(|i| item(e, i));
    for TruthRow { campaign, asks, truth, believed, record } in truths {
        e.about(&[campaign]);
        e.says("TruthRow.asks", asks);
        e.says("TruthRow.truth", truth);
        e.under("TruthRow.record", record);
        let Likelihood { says: _, percent, word } = believed;
        e.about(&[truth]);
        e.under("TruthRow.believed", &format!("{percent}%"));
        e.under("TruthRow.believed", word);
    }
    let CalibrationPart { rows, score } = calibration;
    e.about(&[]);
    e.all("CalibrationPart.rows", rows);
    e.says("CalibrationPart.score", score);
    for AdviserRow { agency: _, name, hits: _, checks: _, text } in advisers {
        e.about(&[name]);
        e.says("AdviserRow.text", text);
    }
}

/// The words of a text without what stands at their edges.
pub fn words(text: &str) -> Vec<String> {
    let edge = |c: char| ".,;:()\"'“”‘’!?·│─▸▁▂▃▄▅▆▇█ ".contains(c) && c != '!';
    // A mark of the screen stands close to what it marks.
    let apart = ["◆", "●", "○", "×", "!"]
        .iter()
        .fold(text.to_lowercase(), |t, mark| t.replace(mark, &format!(" {mark} ")));
    apart
        .split_whitespace()
        .map(|w| w.trim_matches(edge).to_owned())
        .filter(|w| !w.is_empty())
        .collect()
}

pub fn stands(at: &[String], words: &[String]) -> bool {
    !words.is_empty() && at.windows(words.len()).any(|w| w == words)
}
