//! What leads to what in a scenario: what each record sets off, and what each asks for.
//!
//! Owns what a condition and an effect mention. Indicators, relationships, days, windows and worlds
//! are no nodes: they do not happen. Refuses to own words and shapes (`cli/graph`).

use super::model::{
    AimIx, CampaignIx, Condition, Effect, EventIx, FileIx, FlagIx, From, InstrumentIx, Need,
    PromiseIx, ResponseIx, Rules,
};
use crate::order::Arrange;

/// A record, by the name of its table and its id; an answer is `EVENT/CHOICE` in `answers`, a flag
/// stands in `flags`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    pub table: &'static str,
    pub id: String,
}

/// One record leads to another, and in which way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    pub from: Node,
    pub to: Node,
    pub label: String,
    /// The second asks for the first; else the first does something to the second.
    pub asked: bool,
}

fn node(table: &'static str, id: &str) -> Node {
    Node { table, id: id.to_owned() }
}

fn answer(rules: &Rules, event: EventIx, choice: u8) -> Node {
    let e = &rules.events[event];
    node("answers", &format!("{}/{}", e.id, e.choices[usize::from(choice)].id))
}

/// What a condition asks for, each with how it asks.
pub fn asked(rules: &Rules, c: &Condition) -> Vec<(String, Node)> {
    let instrument = |i: InstrumentIx| node("instruments", &rules.instruments[i].id);
    let response = |i: ResponseIx| node("responses", &rules.responses[i].id);
    let promise = |i: PromiseIx| node("promises", &rules.promises[i].id);
    let campaign = |i: CampaignIx| node("campaigns", &rules.campaigns[i].id);
    let aim = |i: AimIx| node("aims", &rules.aims[i].id);
    let (how, what) = match c {
        Condition::All(list) | Condition::Any(list) => {
            return list.iter().flat_map(|c| asked(rules, c)).collect();
        }
        Condition::Not(c) => {
            let all = asked(rules, c).into_iter();
            return all.map(|(how, what)| (format!("not {how}"), what)).collect();
        }
        Condition::Fired(e) => ("fired", node("events", &rules.events[*e].id)),
        Condition::Chose(e, n) => ("chosen", answer(rules, *e, *n)),
        Condition::Flag(f) => ("asks", node("flags", &rules.flags[f.i()])),
        Condition::Cleared(i) => ("cleared", instrument(*i)),
        Condition::Refused(i) | Condition::StoppedBy(i, _) => ("refused", instrument(*i)),
        Condition::Launched(i)
        | Condition::LaunchedOn(i, _)
        | Condition::JustLaunched(i)
        | Condition::JustLaunchedWith(i, ..) => ("launched", instrument(*i)),
        Condition::Active(i) | Condition::ActiveWith(i, ..) => ("in force", instrument(*i)),
        Condition::Pending(i) | Condition::Stands(i, _) => ("under way", instrument(*i)),
        Condition::Built(i) => ("built", instrument(*i)),
        Condition::Responded(r) | Condition::JustResponded(r) => ("given", response(*r)),
        Condition::Found(e) => ("found", evidence(rules, e.i())),
        Condition::Believed(c, ..) => ("believed", campaign(*c)),
        Condition::True(c, _) => ("true", campaign(*c)),
        Condition::Promised(p) => ("made", promise(*p)),
        Condition::Broke(p) => ("broken", promise(*p)),
        Condition::Kept(p) => ("kept", promise(*p)),
        Condition::Reformed(r) => ("done", node("reforms", &rules.reforms[*r].id)),
        Condition::Asked(a) => ("asked", node("asks", &rules.asks[*a].id)),
        Condition::TaskDone(t) => ("done", node("tasks", &rules.tasks[*t].id)),
        Condition::Noticed(a, _) => ("noticed", aim(*a)),
        Condition::Won(a) => ("won", aim(*a)),
        Condition::AtLeast(..)
        | Condition::Below(..)
        | Condition::InWindow(_)
        | Condition::HeatAtLeast(_)
        | Condition::HeatAhead(_)
        | Condition::From(_)
        | Condition::Before(_)
        | Condition::World(_)
        | Condition::Relation(..)
        | Condition::Guided(..)
        | Condition::ActsAtLeast(..) => return Vec::new(),
    };
    vec![(how.to_owned(), what)]
}

/// What an effect does to another record; nothing where it moves a mood or keeps somebody busy.
pub fn done(rules: &Rules, e: &Effect) -> Option<(&'static str, Node)> {
    let file = |f: FileIx| node("live_files", &rules.files[f].id);
    let instrument = |i: InstrumentIx| node("instruments", &rules.instruments[i].id);
    let flag = |f: FlagIx| node("flags", &rules.flags[f.i()]);
    Some(match e {
        Effect::SetFlag(f) => ("sets", flag(*f)),
        Effect::ClearFlag(f) => ("clears", flag(*f)),
        Effect::Chain(e, _) => ("chains", node("events", &rules.events[*e].id)),
        Effect::Evidence(e) => ("brings", evidence(rules, e.i())),
        Effect::Tell(t) => ("brings", node("tells", &rules.tells[*t].id)),
        Effect::OpenFile(f) => ("opens", file(*f)),
        Effect::CloseFile(f) => ("closes", file(*f)),
        Effect::Ready(f, _) => ("readies", file(*f)),
        Effect::Refresh(i, _) => ("renews", instrument(*i)),
        Effect::End(i) => ("ends", instrument(*i)),
        Effect::Launch(i, _) => ("launches", instrument(*i)),
        Effect::Disrupt(c, _) => ("disrupts", node("campaigns", &rules.campaigns[*c].id)),
        Effect::Halt(a) => ("halts", node("aims", &rules.aims[*a].id)),
        Effect::Relation(..) | Effect::Lean(..) | Effect::Busy(..) | Effect::Guidance(_) => {
            return None;
        }
    })
}

fn evidence(rules: &Rules, n: usize) -> Node {
    let item = &rules.evidence[n];
    node("evidence", &format!("{}/{}", rules.campaigns[item.campaign].id, item.id))
}

/// Every edge of the records for which `wrote` holds, by table and id; what they mention may stand
/// in a layer below.
pub fn edges(rules: &Rules, wrote: &dyn Fn(&str, &str) -> bool) -> Vec<Edge> {
    let mut out = Edges { rules, wrote, found: Vec::new() };
    out.story();
    out.hidden();
    out.rulebook();
    out.found.arrange_by(Ord::cmp);
    out.found.dedup();
    out.found
}

struct Edges<'r> {
    rules: &'r Rules,
    wrote: &'r dyn Fn(&str, &str) -> bool,
    found: Vec<Edge>,
}

impl Edges<'_> {
    fn put(&mut self, from: Node, to: Node, label: &str, asked: bool) {
        self.found.push(Edge { from, to, label: label.to_owned(), asked });
    }

    fn asks(&mut self, record: &Node, conditions: &[Condition]) {
        for (how, what) in conditions.iter().flat_map(|c| asked(self.rules, c)) {
            self.put(what, record.clone(), &how, true);
        }
    }

    fn needs(&mut self, record: &Node, needs: &[Need]) {
        for need in needs {
            self.asks(record, &need.when);
        }
    }

    fn does(&mut self, record: &Node, effects: &[Effect]) {
        for (how, what) in effects.iter().filter_map(|e| done(self.rules, e)) {
            self.put(record.clone(), what, how, false);
        }
    }

    /// The record, if the scenario wrote it.
    fn own(&self, table: &'static str, id: &str) -> Option<Node> {
        (self.wrote)(table, id).then(|| node(table, id))
    }

    fn story(&mut self) {
        let rules = self.rules;
        for (n, e) in rules.events.iter().enumerate() {
            let Some(it) = self.own("events", &e.id) else { continue };
            self.asks(&it, &e.when);
            for version in &e.text.versions {
                self.asks(&it, &version.assumes);
            }
            self.does(&it, &e.also);
            for (choice, c) in (0..).zip(&e.choices) {
                let answer = answer(rules, EventIx::at(n), choice);
                self.put(it.clone(), answer.clone(), "answers", false);
                self.needs(&answer, &c.needs);
                self.does(&answer, &c.also);
            }
        }
        for f in &rules.files {
            let Some(it) = self.own("live_files", &f.id) else { continue };
            self.asks(&it, &f.when);
            let instrument = node("instruments", &rules.instruments[f.instrument].id);
            self.put(it, instrument, "drafts", false);
        }
        for e in &rules.endings {
            let Some(it) = self.own("endings", &e.id) else { continue };
            self.asks(&it, &e.when);
            for (when, _) in &e.lines {
                self.asks(&it, when);
            }
        }
    }

    fn hidden(&mut self) {
        let rules = self.rules;
        for c in &rules.campaigns {
            let Some(it) = self.own("campaigns", &c.id) else { continue };
            self.asks(&it, &c.appears);
        }
        for (n, e) in rules.evidence.iter().enumerate() {
            let campaign = &rules.campaigns[e.campaign].id;
            let Some(it) = self.own("campaigns", campaign) else { continue };
            self.put(it, evidence(rules, n), "holds", false);
            if let From::Task(t) = e.from {
                let task = node("tasks", &rules.tasks[t].id);
                self.put(task, evidence(rules, n), "brings", false);
            }
        }
        for t in &rules.targets {
            let Some(it) = self.own("targets", &t.id) else { continue };
            self.asks(&it, &t.appears);
        }
    }

    fn rulebook(&mut self) {
        let rules = self.rules;
        for i in &rules.instruments {
            let Some(it) = self.own("instruments", &i.id) else { continue };
            self.needs(&it, &i.needs);
            self.does(&it, &i.also_on_launch);
        }
        for t in &rules.tasks {
            let Some(it) = self.own("tasks", &t.id) else { continue };
            self.needs(&it, &t.needs);
            self.does(&it, &t.also);
        }
        for a in &rules.asks {
            let Some(it) = self.own("asks", &a.id) else { continue };
            self.needs(&it, &a.needs);
            self.does(&it, &a.also);
            if let Some((_, event)) = a.leaks {
                self.put(it, node("events", &rules.events[event].id), "leaks", false);
            }
        }
        for p in &rules.promises {
            let Some(it) = self.own("promises", &p.id) else { continue };
            self.asks(&it, &p.broken_if);
        }
        for r in &rules.reforms {
            let Some(it) = self.own("reforms", &r.id) else { continue };
            self.needs(&it, &r.needs);
            self.does(&it, &r.also);
        }
        for r in &rules.responses {
            let Some(it) = self.own("responses", &r.id) else { continue };
            self.asks(&it, &r.when);
            for (when, _) in &r.more_if {
                self.asks(&it, when);
            }
            self.does(&it, &r.also);
        }
        for a in &rules.aims {
            let Some(it) = self.own("aims", &a.id) else { continue };
            for step in &a.steps {
                let all = [&step.slowed_if, &step.hastened_if, &step.stopped_if];
                for when in all {
                    self.asks(&it, when);
                }
                self.does(&it, &step.also);
            }
        }
    }
}
