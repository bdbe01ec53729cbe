//! One thing opened: what a row of a list leads to, in full. The side of a wide screen, the strip
//! of a narrow one and the box that Enter opens all show this.

use std::fmt::Write as _;

use ratatui::text::Span;

use crate::engine::Order;
use crate::prose;
use crate::prose::facts::{
    ActionRow, Actions, AgencyPage, Desk, Door, Item, Prompt, WindowRow, WorkRow,
};
use crate::prose::words;
use crate::scenario::model::TaskIx;
use crate::tui::facts::Facts;
use crate::tui::page::{Page, right};
use crate::tui::scene::Scene;
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::{draft, parts, why};

/// What a target opens, or none where there is nothing more to say.
pub fn page<'a>(scene: &Scene<'a>, target: Target, width: u16) -> Option<Page<'a>> {
    let mut s = Page::new(scene.theme, width);
    match (target, scene.facts) {
        (Target::Memo(n), Facts::Desk(d)) => memo(&mut s, d, n)?,
        (Target::File(n), Facts::Desk(d)) => file(&mut s, d, n)?,
        (Target::File(_) | Target::Instrument(_), Facts::Choose(c)) => {
            return Some(draft::preview(scene, &c.draft, width));
        }
        (Target::Order(n), Facts::Desk(d)) => {
            let r = d.agenda.iter().find(|r| r.order == n)?;
            s.text(Role::Title, 1, &r.text);
            s.text(Role::Text, 1, &parts::signs(&r.stances));
            s.text(Role::Quiet, 1, &r.because);
            s.gap();
            // What loses nothing comes first: Enter twice is easily pressed.
            let change = match scene.game().and_then(|g| g.orders().get(n)).map(|g| g.order) {
                Some(Order::Propose(p)) => Some(Door::Propose(p.instrument, p.target)),
                Some(Order::Guide(_) | Order::Amend(_)) => Some(Door::Guidance),
                _ => None,
            };
            if let Some(door) = change {
                onward(&mut s, "Change it", Target::To(door));
            }
            let at = s.at();
            s.line(vec![Span::raw("  "), s.span(Role::Accent, "Take it back")]);
            s.link(at, Target::Undo(n));
        }
        (Target::Work(n), Facts::Desk(d)) => work(&mut s, d.work.get(n)?),
        (Target::Work(n), Facts::Calendar(c)) => work(&mut s, c.work.get(n)?),
        (Target::To(door @ Door::Measure(..)), Facts::Calendar(c)) => {
            work(&mut s, c.work.iter().find(|w| w.door == Some(door))?);
        }
        (Target::To(door @ Door::Measure(..)), Facts::Act(a)) => {
            work(&mut s, a.withdrawals.iter().find(|w| w.door == Some(door))?);
        }
        (Target::To(Door::Window(w)), Facts::Calendar(c)) => {
            window(&mut s, c.windows.iter().find(|r| r.window == w)?);
        }
        (Target::To(Door::Indicator(i)), Facts::Desk(d)) => indicator(&mut s, scene, d, i)?,
        (Target::Give(order), Facts::Act(a)) => order_row(
            &mut s,
            a.tasks.iter().chain(&a.asks).chain(&a.reforms).find(|r| r.order == order),
        )?,
        (Target::Task(task), Facts::Act(a)) => on_campaigns(&mut s, scene, a, task)?,
        (Target::Give(order), Facts::Intel(f)) => {
            order_row(&mut s, f.tasks.iter().find(|r| r.order == order))?;
        }
        (Target::Promise(p, a), Facts::Act(f)) => {
            promise(&mut s, f.promises.iter().find(|r| r.promise == p && r.agency == a)?);
        }
        (Target::Sure(p), Facts::Act(f)) => {
            let r = f.propositions.iter().find(|r| r.proposition == p)?;
            s.text(Role::Text, 1, &r.says);
            s.text(Role::Quiet, 1, &r.by);
            if let Some(shut) = &r.shut {
                parts::refused(&mut s, shut, 3);
            }
        }
        (Target::Evidence(n), Facts::Intel(f)) => {
            let e = f.evidence.iter().chain(&f.tells).nth(n)?;
            s.text(Role::Quiet, 1, &e.date);
            s.text(if e.silent { Role::Quiet } else { Role::Text }, 1, &e.body);
            s.text(Role::Quiet, 1, &e.label);
            if e.silent {
                s.text(Role::Quiet, 1, "Looked for, and not found.");
            }
            s.gap();
            parts::labelled(&mut s, "usable in", 12, Role::Text, &e.uses);
            parts::labelled(&mut s, "speaks", 12, Role::Text, &e.speaks);
            if e.burns {
                s.text(Role::Warning, 1, "! Using it would end the access it came from.");
            }
        }
        (Target::Agency(a), Facts::Agencies(all)) => agency(&mut s, all.page(a)?),
        (Target::Entry(n), Facts::Codex(all)) => {
            let e = all.get(n)?;
            s.text(Role::Title, 1, &e.title);
            s.text(Role::Text, 1, &e.says);
            for source in &e.sources {
                s.text(Role::Quiet, 1, source);
            }
            if !e.see.is_empty() {
                s.gap();
                s.text(Role::Quiet, 1, "see also");
                for c in &e.see {
                    if let Some(other) = all.iter().find(|o| o.codex == *c) {
                        let at = s.at();
                        s.line(vec![Span::raw("  "), s.span(Role::Text, &other.title)]);
                        s.link(at, Target::To(Door::Codex(*c)));
                    }
                }
            }
        }
        (Target::Entry(n), Facts::Assumptions(all)) => {
            let a = all.get(n)?;
            s.text(Role::Title, 1, &a.name);
            s.text(Role::Text, 1, &a.means);
            parts::labelled(&mut s, "value", 8, Role::Text, &format!("{} in {}", a.value, a.range));
            s.text(Role::Quiet, 1, &a.why);
            s.text(Role::Quiet, 1, &format!("--assume {}=VALUE", a.id));
        }
        (Target::To(Door::Event(e)), _) => {
            let game = scene.game()?;
            let event = game.rules().events.get(e.i())?;
            let item = prose::event_item(game, e);
            s.text(Role::Title, 1, &event.title);
            s.text(Role::Text, 1, &item.body);
            s.text(Role::Quiet, 1, &item.label);
        }
        (Target::Story(n), Facts::Front(f)) => story(&mut s, f.stories().nth(n)?),
        (Target::Foretold, Facts::Front(f)) => story(&mut s, f.foretold.as_ref()?),
        (Target::Reply(n), Facts::Front(f)) => {
            let r = f.replies.get(n)?;
            s.text(Role::Title, 1, &r.who);
            s.text(Role::Text, 1, &r.says);
            onward(&mut s, "Its page", Target::To(Door::Agency(r.agency)));
        }
        (Target::Question(n), Facts::Front(f)) => {
            let p = f.asks.get(n)?;
            s.text(Role::Quiet, 1, &p.from);
            s.text(Role::Title, 1, &p.item.title);
            s.gap();
            s.text(Role::Text, 1, &p.item.body);
            s.text(Role::Quiet, 1, &p.item.label);
            choices(&mut s, p);
        }
        (Target::Topic(n), _) => {
            let t = prose::TOPICS.get(n)?;
            s.text(Role::Title, 1, t.title);
            s.blank();
            s.text(Role::Text, 1, t.says_by(scene.rules()));
        }
        _ => return None,
    }
    Some(s)
}

/// A text with its standing, and the way to what it is about.
fn story(s: &mut Page, item: &Item) {
    s.text(Role::Title, 1, &item.title);
    s.text(Role::Text, 1, &item.body);
    s.text(Role::Quiet, 1, &item.label);
    if let Some(door @ Door::Campaign(_)) = item.door {
        onward(s, "What is known of it", Target::To(door));
    }
}

fn onward(s: &mut Page, words: &str, to: Target) {
    s.gap();
    let at = s.at();
    s.line(vec![Span::raw("  "), s.span(Role::Accent, words)]);
    s.link(at, to);
}

fn memo(s: &mut Page, d: &Desk, n: usize) -> Option<()> {
    let r = d.inbox.get(n)?;
    s.text(Role::Quiet, 1, &r.from);
    s.text(Role::Title, 1, &r.title);
    s.gap();
    s.text(Role::Text, 1, &r.item.body);
    s.text(Role::Quiet, 1, &r.item.label);
    if let Some(p) = r.prompt.and_then(|p| d.prompts.get(p)) {
        choices(s, p);
    }
    Some(())
}

/// The answers to what is asked, numbered.
fn choices(s: &mut Page, p: &Prompt) {
    s.gap();
    for (n, c) in p.choices.iter().enumerate() {
        let at = s.at();
        let role = if c.chosen {
            Role::Accent
        } else if p.answered || c.shut.is_some() {
            Role::Quiet
        } else {
            Role::Text
        };
        let sign = if c.chosen { s.theme().glyphs.marker.to_owned() } else { (n + 1).to_string() };
        let mut words = c.say.clone();
        if !c.cost.is_empty() {
            _ = write!(words, "  ({})", c.cost);
        }
        words.push_str(&parts::stirs(s, c, p.answered));
        if c.default && !p.answered {
            words.push_str("  · stands if you say nothing");
        }
        let lead = vec![s.span(Role::Accent, format!("  {sign} "))];
        s.hanging(lead, 4, role, &words);
        if !p.answered {
            s.link(at, Target::Answer(p.event, c.choice));
        }
        // That one is answered shuts every other; it is said once, below.
        if let Some(shut) = c.shut.as_ref().filter(|_| !p.answered) {
            parts::refused(s, shut, 6);
        }
    }
    if let Some(shut) = p.choices.iter().find_map(|c| c.shut.as_ref()).filter(|_| p.answered) {
        s.gap();
        parts::refused(s, shut, 2);
    }
}

fn file(s: &mut Page, d: &Desk, n: usize) -> Option<()> {
    let f = d.files.get(n)?;
    s.text(Role::Title, 1, &f.measure);
    s.text(Role::Text, 1, &f.name);
    s.text(Role::Text, 1, &f.says);
    s.text(Role::Quiet, 1, "simulated");
    s.gap();
    parts::labelled(s, "sponsor", 10, Role::Text, &f.sponsor);
    parts::labelled(s, "until", 10, if f.expires { Role::Warning } else { Role::Text }, &f.until);
    parts::labelled(s, "costs", 10, Role::Text, &f.cost);
    parts::labelled(s, "standing", 10, Role::Text, &f.standing);
    if let Some(shut) = &f.shut {
        parts::refused(s, shut, 3);
    }
    Some(())
}

fn indicator(
    s: &mut Page,
    scene: &Scene<'_>,
    d: &Desk,
    i: crate::scenario::model::IndicatorIx,
) -> Option<()> {
    let f = d.figures.iter().find(|f| f.indicator == i)?;
    s.text(Role::Title, 1, &f.name);
    s.text(Role::Text, 1, &f.means);
    s.gap();
    parts::labelled(s, "now", 10, Role::Text, &format!("{} {}", f.value, f.word));
    parts::labelled(s, "range", 10, Role::Text, &words::range_of(f));
    let trend = parts::spark(s.theme(), &f.history, f.history.len().min(30), f.least, f.most);
    parts::labelled(s, "so far", 10, Role::Accent, &trend);
    if let Some(game) = scene.game()
        && !game.past().is_empty()
    {
        let w = prose::why(game, i, game.past().len());
        s.gap();
        s.text(Role::Title, 1, &w.title);
        for l in w.lines.iter().filter(|l| l.depth == 0) {
            let lead =
                vec![s.span(Role::Title, format!("  {} ", right(&words::part(l.amount), 6)))];
            let indent = lead[0].width() + 1;
            s.hanging(lead, indent, Role::Text, &l.text);
        }
        s.text(Role::Quiet, 2, &w.total);
    }
    Some(())
}

fn window(s: &mut Page, w: &WindowRow) {
    s.text(Role::Title, 1, &w.name);
    parts::labelled(s, "from", 8, Role::Text, &format!("{} to {}", w.from, w.to));
    parts::labelled(s, "hottest", 8, Role::Text, &w.peak);
    parts::labelled(s, "now", 8, if w.now { Role::Warning } else { Role::Text }, w.word);
    s.text(Role::Quiet, 1, &w.source);
}

fn work(s: &mut Page, w: &WorkRow) {
    s.text(Role::Title, 1, &w.text);
    s.text(Role::Text, 1, &w.when);
    if let Some(door @ Door::Propose(..)) = w.door {
        onward(s, "Open its draft", Target::To(door));
    }
    if let Some((instrument, target)) = w.revise {
        onward(s, "Propose new terms for it", Target::To(Door::Propose(instrument, target)));
    }
    if let Some((instrument, target)) = w.withdraw {
        // What loses nothing comes first: Enter twice is easily pressed.
        onward(s, "Leave it as it is", Target::No);
        let at = s.at();
        s.line(vec![Span::raw("  "), s.span(Role::Warning, "Withdraw it")]);
        s.link(at, Target::Give(Order::Withdraw { instrument, target }));
    }
}

fn order_row(s: &mut Page, row: Option<&ActionRow>) -> Option<()> {
    let r = row?;
    s.text(Role::Title, 1, &r.name);
    s.text(Role::Text, 1, &r.means);
    parts::labelled(s, "by", 8, Role::Text, &r.by);
    parts::labelled(s, "costs", 8, Role::Text, &r.cost);
    parts::labelled(s, "takes", 8, Role::Text, &r.takes);
    if let Some(shut) = &r.shut {
        parts::refused(s, shut, 3);
    }
    Some(())
}

/// A task with the campaigns it may be given on, each an order.
fn on_campaigns(s: &mut Page, scene: &Scene<'_>, a: &Actions, task: TaskIx) -> Option<()> {
    let rules = scene.rules()?;
    let mine = a
        .tasks
        .iter()
        .filter(|r| matches!(r.order, Order::Task { task: t, campaign: Some(_) } if t == task));
    for (n, r) in mine.enumerate() {
        if n == 0 {
            s.text(Role::Title, 1, &rules.tasks[task].name);
            s.text(Role::Text, 1, &r.means);
            s.gap();
        }
        let at = s.at();
        let so = if r.so.is_empty() { String::new() } else { format!("{}, ", r.so) };
        let end = format!("{so}{} · {} · {}", r.takes, r.by, r.cost);
        let role = if r.shut.is_some() { Role::Quiet } else { Role::Text };
        s.entry(
            vec![Span::raw("  "), s.span(role, &r.name)],
            vec![s.span(Role::Quiet, end), Span::raw(" ")],
        );
        s.link(at, Target::Give(r.order));
        if let Some(shut) = &r.shut {
            parts::refused(s, shut, 6);
        }
    }
    (!s.rows.is_empty()).then_some(())
}

fn promise(s: &mut Page, p: &crate::prose::facts::PromiseRow) {
    s.text(Role::Title, 1, &p.name);
    parts::labelled(s, "to", 8, Role::Text, &p.to);
    s.text(Role::Text, 1, &p.says);
    s.text(Role::Quiet, 1, &p.note);
    if let Some(shut) = &p.shut {
        parts::refused(s, shut, 3);
    }
}

fn agency(s: &mut Page, a: &AgencyPage) {
    let (sign, word, _) = parts::relation(a.room.relation);
    s.text(Role::Title, 1, &a.name);
    s.line(vec![
        Span::raw(" "),
        s.span(Role::Accent, format!("{sign} {word}{}", parts::warmth(s, a.room.moved))),
        s.span(Role::Quiet, format!("  {}", a.holder)),
    ]);
    s.text(Role::Quiet, 1, &a.room.note);
    s.text(Role::Text, 1, &a.voice);
    s.text(Role::Text, 1, &a.quote);
    s.gap();
    parts::labelled(s, "does", 8, Role::Text, &a.mandate);
    parts::labelled(s, "wants", 8, Role::Text, &a.wants);
    parts::labelled(s, "fears", 8, Role::Text, &a.fears);
    parts::labelled(s, "writes", 8, Role::Quiet, &a.writes);
    parts::labelled(s, "cares", 8, Role::Text, &a.cares.join(" · "));
    parts::labelled(s, "leads", 8, Role::Text, &a.leads.join(" · "));
    for (n, r) in a.red_lines.iter().enumerate() {
        parts::labelled(s, if n == 0 { "limits" } else { "" }, 8, Role::Warning, r);
    }
    s.text(Role::Quiet, 1, "Wants, fears, limits and words here are simulated.");
    s.gap();
    s.head("WHAT IT REMEMBERS", "");
    s.text(Role::Quiet, 1, &a.relation);
    why::causes(s, &a.memory);
    if !a.stands.is_empty() {
        s.gap();
        s.head("ON WHAT LIES ON YOUR DESK", "");
        for stand in &a.stands {
            let (sign, word, role) = parts::stands(stand.stance);
            s.entry(
                vec![Span::raw("  "), s.span(Role::Text, &stand.name)],
                vec![s.span(role, format!("{sign} {word}")), Span::raw(" ")],
            );
        }
    }
    if !a.predictions.is_empty() || !a.hit_rate.is_empty() {
        s.gap();
        s.text(Role::Quiet, 1, &a.hit_rate);
        for p in &a.predictions {
            s.text(Role::Text, 2, p);
        }
    }
    if !a.asks.is_empty() {
        s.gap();
        s.head("ASK", "");
        let cost = parts::costs(&a.asks);
        for r in &a.asks {
            parts::action(s, r, cost);
            s.text(Role::Quiet, 4, &r.means);
            // The row itself leaves the price of what is shut out.
            let words =
                if r.shut.is_some() { format!("{}; {}", r.cost, r.takes) } else { r.takes.clone() };
            s.text(Role::Quiet, 4, &words);
            if let Some(shut) = &r.shut {
                parts::refused(s, shut, 6);
            }
        }
    }
    if !a.promises.is_empty() {
        s.gap();
        s.head("WHAT YOU CAN PROMISE", "to");
    }
    for p in &a.promises {
        parts::promise(s, p);
        s.text(Role::Quiet, 4, &p.says);
        s.text(Role::Quiet, 4, &p.note);
        if let Some(shut) = &p.shut {
            parts::refused(s, shut, 6);
        }
    }
}
