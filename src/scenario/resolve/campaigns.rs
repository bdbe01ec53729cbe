//! Hidden truths: campaigns with their cells, evidence, and what can be aimed at.
//!
//! A cell is one combination of values: see `cells`.

use super::super::loc::{Entries, Id, Percent, Prose};
use super::super::model::{
    self, About, Campaign, CampaignIx, Evidence, IndicatorIx, Kind, Minds, Role, Target, Value,
    Variable, limits,
};
use super::super::raw;
use super::cells::{cells, fine, in_doubt, mask_where, sizes};
use super::conditions::Reader;
use super::finding::Code;
use super::merge::Row;
use super::names::Cx;
use super::{calendar, words};
use crate::luck::Site;
use crate::num::{self, byte};

pub fn campaigns(cx: &Cx) -> Vec<Campaign> {
    let mut first = 0;
    let mut all = Vec::new();
    for row in &cx.m.campaigns {
        let campaign = campaign(cx, row, first);
        first = first.saturating_add(campaign.cells);
        all.push(campaign);
    }
    if first > limits::ALL_CELLS {
        cx.enter_scenario();
        let message = format!(
            "the campaigns have {first} combinations of hidden values together; at most {} fit",
            limits::ALL_CELLS
        );
        cx.report_row(Code::TooMany, message, "drop a variable or a value");
    }
    all
}

fn campaign(cx: &Cx, row: &Row<raw::Campaign>, first: usize) -> Campaign {
    cx.enter(row);
    let (raw, id) = (row.raw, row.id.as_str());
    if raw.truth.is_empty() {
        cx.report_row(
            Code::MissingField,
            "this campaign has no hidden truth",
            "give `truth` at least one variable",
        );
    }
    let sizes = sizes(raw);
    let cells = cells(&sizes);
    if cells.is_empty() && sizes.iter().all(|s| *s > 0) {
        let message = format!(
            "the hidden values of this campaign combine in more than {} ways",
            limits::CELLS
        );
        cx.report_row(Code::TooMany, message, "drop a variable or a value");
    }
    distinct_values(cx, raw);
    nothing_done_is_drawn(cx, raw);
    let variables: Vec<Variable> = raw
        .truth
        .iter()
        .enumerate()
        .map(|(i, (name, v))| variable(cx, id, (name, v), raw, &cells, i))
        .collect();
    let given: Vec<Option<Given>> =
        raw.truth.iter().enumerate().map(|(i, (_, v))| given(cx, raw, v, i)).collect();
    for value in &raw.espionage {
        cx.truth(row.id, value);
    }
    let espionage = accepted(raw);
    Campaign {
        id: id.to_owned(),
        name: cx.title(&raw.name),
        plural: raw.plural,
        means: cx.means(&raw.means),
        route: cx.words(&raw.route, words::LINE, "the route"),
        record: raw.record.as_ref().and_then(|s| cx.source(s)),
        first,
        cells: cells.len(),
        prior: fine(cells.iter().map(|cell| prior(raw, &given, cell)).collect()),
        espionage,
        espionage_costs: raw.espionage_costs.n,
        does: cx.moves(&raw.does),
        recovers: cx.decay(Some(&raw.recovers), "the half-life"),
        appears: cx.conditions(&raw.appears, Reader::Player),
        shift: shifts(cx, raw, &cells),
        shift_site: Site::of("shift", id),
        variables,
    }
}

/// Of a campaign of record nothing is drawn that somebody did (law 11).
fn nothing_done_is_drawn(cx: &Cx, raw: &raw::Campaign) {
    let Some(source) = &raw.record else { return };
    let conduct = raw.truth.iter().filter(|(_, v)| v.about == About::Conduct);
    let names: Vec<String> = conduct.map(|(name, _)| format!("`{name}`")).collect();
    if !names.is_empty() {
        cx.report(
            Code::RealGuilt,
            source.at,
            format!("this campaign is of record, but what was done is drawn: {}", names.join(", ")),
            "make it `about: Proof` and word its values as what can be shown, or leave `record` \
             out and give the campaign an invented name",
        );
    }
}

/// Values are named across all variables of a campaign, so a name may stand only once.
fn distinct_values(cx: &Cx, raw: &raw::Campaign) {
    let mut seen = std::collections::BTreeSet::new();
    for (_, variable) in &raw.truth {
        for (value, _) in &variable.shares {
            if !seen.insert(value.as_str()) {
                cx.report(
                    Code::DuplicateId,
                    value.at,
                    format!("`{value}` is already a value of another variable of this campaign"),
                    "give one of the two another name",
                );
            }
        }
    }
}

fn variable(
    cx: &Cx,
    campaign: &str,
    (name, raw): (&Id, &raw::Variable),
    of: &raw::Campaign,
    cells: &[Vec<usize>],
    i: usize,
) -> Variable {
    if lopsided(cx, name, raw, of) {
    } else if raw.shares.len() < 2 {
        cx.report(
            Code::MissingField,
            name.at,
            format!("the variable `{name}` has fewer than two values"),
            "what is certain is no hidden truth",
        );
    } else {
        let shares = raw.shares.iter().map(|(_, p)| p);
        cx.sums_to_100(shares, name.at, &format!("the shares of `{name}`"));
    }
    let values = raw.shares.iter().enumerate().map(|(v, (value, share))| Value {
        id: value.text.to_string(),
        says: raw
            .says
            .get(value.as_str())
            .map_or_else(String::new, |p| cx.words(p, words::LINE, "the words for a value")),
        share: share.n.min(100),
        mask: mask_where(cells, i, v),
    });
    let values = values.collect();
    Variable {
        id: name.text.to_string(),
        asks: model::Name::new(cx.words(&raw.asks, words::LINE, "the question")),
        about: raw.about,
        values,
        site: Site::of("truth", &format!("{campaign}.{name}")),
    }
}

/// Whether `shares` and `says` name other values; said once for each, or once for the two of one, at
/// the one that no evidence goes by.
fn lopsided(cx: &Cx, name: &Id, raw: &raw::Variable, of: &raw::Campaign) -> bool {
    let wordless: Vec<&Id> =
        raw.shares.iter().map(|(v, _)| v).filter(|v| raw.says.get(v.as_str()).is_none()).collect();
    let shareless: Vec<&Id> =
        raw.says.iter().map(|(v, _)| v).filter(|v| raw.shares.get(v.as_str()).is_none()).collect();
    if let ([share], [words]) = (&*wordless, &*shareless) {
        let gone_by =
            |id: &Id| of.evidence.iter().any(|(_, e)| e.seen_if.get(id.as_str()).is_some());
        let words_stand_alone = gone_by(share) && !gone_by(words);
        cx.report(
            Code::UnknownId,
            if words_stand_alone { words.at } else { share.at },
            format!("`shares` of `{name}` names `{share}`, and `says` names `{words}`"),
            "write one name in both; evidence, roles and conditions use it too",
        );
        return true;
    }
    for value in &wordless {
        cx.report(
            Code::MissingField,
            value.at,
            format!("`says` has no words for the value `{value}`"),
            "add them",
        );
    }
    for value in &shareless {
        cx.report(
            Code::MissingField,
            value.at,
            format!("`{value}` has words in `{name}` and no share"),
            "give it one under `shares`, or take its words away",
        );
    }
    !wordless.is_empty() || !shareless.is_empty()
}

/// The words for a value of a trait.
pub fn words_for(cx: &Cx, says: &Entries<Prose>, value: &Id) -> String {
    if let Some(p) = says.get(value.as_str()) {
        return cx.words(p, words::LINE, "the words for a value");
    }
    cx.report(
        Code::MissingField,
        value.at,
        format!("`says` has no words for the value `{value}`"),
        "add them",
    );
    String::new()
}

/// Shares that depend on an earlier variable: which one, and by its value.
struct Given<'r> {
    on: usize,
    shares: Vec<Option<&'r Entries<Percent>>>,
}

fn given<'r>(
    cx: &Cx,
    campaign: &'r raw::Campaign,
    raw: &'r raw::Variable,
    i: usize,
) -> Option<Given<'r>> {
    let mut found: Option<Given> = None;
    for (condition, shares) in &raw.given {
        cx.sums_to_100(
            shares.iter().map(|(_, p)| p),
            condition.at,
            &format!("the shares given `{condition}`"),
        );
        for (value, _) in shares {
            cx.pick(raw.shares.keys(), value, "a value of this variable");
        }
        let earlier = campaign.truth.iter().take(i).enumerate();
        let Some((on, value)) = earlier
            .flat_map(|(j, (_, v))| v.shares.keys().enumerate().map(move |(k, name)| (j, k, name)))
            .find(|(_, _, name)| *name == condition.text)
            .map(|(j, k, _)| (j, k))
        else {
            let names = campaign.truth.iter().take(i).flat_map(|(_, v)| v.shares.keys());
            cx.pick(names, condition, "a value of an earlier variable");
            continue;
        };
        let size = campaign.truth.iter().nth(on).map_or(0, |(_, v)| v.shares.len());
        let entry = found.get_or_insert_with(|| Given { on, shares: vec![None; size] });
        if entry.on != on {
            cx.report(
                Code::OneVariable,
                condition.at,
                "these shares depend on values of two different variables",
                "let them depend on one",
            );
            continue;
        }
        if let Some(slot) = entry.shares.get_mut(value) {
            *slot = Some(shares);
        }
    }
    found
}

/// The prior weight of a cell: the product of its values' shares, given those before.
fn prior(raw: &raw::Campaign, given: &[Option<Given>], cell: &[usize]) -> u64 {
    let mut weight: u64 = 1;
    for ((i, (_, variable)), given) in raw.truth.iter().enumerate().zip(given) {
        let value = cell.get(i).and_then(|v| variable.shares.iter().nth(*v));
        let Some((name, share)) = value else { return 0 };
        let special = given
            .as_ref()
            .and_then(|g| cell.get(g.on).and_then(|v| g.shares.get(*v)).copied().flatten());
        let share = special.map_or(share.n, |table| table.get(name.as_str()).map_or(0, |p| p.n));
        weight = weight.saturating_mul(u64::from(share));
    }
    weight
}

/// One, as 2^-16.
const WHOLE: u64 = 1 << 16;

/// Transition weights by turn, empty where nothing shifts.
fn shifts(cx: &Cx, raw: &raw::Campaign, cells: &[Vec<usize>]) -> Vec<Vec<u32>> {
    for (name, variable) in &raw.truth {
        for (from, to) in &variable.shifts {
            cx.pick(variable.shares.keys(), from, &format!("a value of `{name}`"));
            let mut sum = 0u32;
            for (value, chance) in to {
                cx.pick(variable.shares.keys(), value, &format!("a value of `{name}`"));
                sum = sum.saturating_add(cx.share(chance, "the chance of a shift"));
                if value == from {
                    cx.report(
                        Code::Contradiction,
                        value.at,
                        "a value cannot shift to itself",
                        "what does not shift stays",
                    );
                }
            }
            if sum > 100 {
                cx.report(
                    Code::BadSum,
                    from.at,
                    format!("`{from}` shifts with a chance of {sum} in 30 days; at most 100"),
                    "",
                );
            }
        }
    }
    if raw.truth.iter().all(|(_, v)| v.shifts.is_empty()) {
        return Vec::new();
    }
    cx.turns.iter().map(|turn| transition(raw, cells, turn.days)).collect()
}

fn transition(raw: &raw::Campaign, cells: &[Vec<usize>], days: u16) -> Vec<u32> {
    let single: Vec<Vec<Vec<u64>>> = raw.truth.iter().map(|(_, v)| one_variable(v, days)).collect();
    let mut all = Vec::new();
    for (a, from) in cells.iter().enumerate() {
        let mut row: Vec<u64> = cells
            .iter()
            .map(|to| {
                let each = single.iter().zip(from).zip(to).map(|((table, f), t)| {
                    table.get(*f).and_then(|r| r.get(*t)).copied().unwrap_or(0)
                });
                each.fold(WHOLE, |share, p| share.saturating_mul(p).saturating_add(WHOLE / 2) >> 16)
            })
            .collect();
        // Rounding stays in the cell it came from, so that a row sums to one.
        let others: u64 = row.iter().enumerate().filter(|(b, _)| *b != a).map(|(_, p)| *p).sum();
        if let Some(stay) = row.get_mut(a) {
            *stay = WHOLE.saturating_sub(others);
        }
        all.extend(row.into_iter().map(|p| u32::try_from(p).unwrap_or(u32::MAX)));
    }
    all
}

/// A variable's own transitions over `days`: the chance to leave, split in proportion.
fn one_variable(raw: &raw::Variable, days: u16) -> Vec<Vec<u64>> {
    let names: Vec<&str> = raw.shares.keys().collect();
    let mut all = Vec::new();
    for (i, from) in names.iter().enumerate() {
        let mut row = vec![0; names.len()];
        let to = raw.shifts.get(from);
        let sum: u32 = to.map_or(0, |t| t.iter().map(|(_, p)| p.n).sum());
        let leaves = num::chance(sum.min(100), days) >> 16;
        for (name, share) in to.into_iter().flatten() {
            if let Some(slot) =
                names.iter().position(|n| *n == name.text).and_then(|j| row.get_mut(j))
            {
                *slot = leaves
                    .saturating_mul(u64::from(share.n))
                    .checked_div(u64::from(sum))
                    .unwrap_or(0);
            }
        }
        let gone: u64 = row.iter().sum();
        if let Some(stay) = row.get_mut(i) {
            *stay = WHOLE.saturating_sub(gone);
        }
        all.push(row);
    }
    all
}

/// The evidence of all campaigns, one after the other.
pub fn evidence(cx: &Cx) -> Vec<Evidence> {
    let mut all = Vec::new();
    for (c, row) in cx.m.campaigns.iter().enumerate() {
        cx.enter(row);
        let cells = cells(&sizes(row.raw));
        let variables: Vec<(&str, Vec<&str>)> = row
            .raw
            .truth
            .iter()
            .map(|(name, v)| (name.as_str(), v.shares.keys().collect()))
            .collect();
        for (id, raw) in &row.raw.evidence {
            let site = Site::of("evidence", &format!("{}.{id}", row.id));
            if let raw::From::Task(task) = &raw.from
                && cx.m.tasks.iter().any(|t| t.id == task && !t.raw.on_campaign)
            {
                cx.report(
                    Code::Contradiction,
                    task.at,
                    format!(
                        "the task `{task}` is not aimed at a campaign, so it brings in nothing \
                         about one"
                    ),
                    "name another task, or `Brought`",
                );
            }
            let of = format!("a value of campaign `{}`", row.id);
            let doubt = in_doubt(row.raw);
            let seen = Seen { variables: &variables, cells: &cells, of: &of, doubt };
            all.push(item(cx, id, raw, CampaignIx::at(c), &seen, site));
        }
    }
    all
}

/// What an item of evidence can speak about: the variables with their values, and the cells.
pub struct Seen<'s> {
    pub variables: &'s [(&'s str, Vec<&'s str>)],
    pub cells: &'s [Vec<usize>],
    /// What a name under `seen_if` must be.
    pub of: &'s str,
    /// Whether a name that is not there may be kept away by another mistake.
    pub doubt: bool,
}

/// An item of evidence about one of several variables.
pub fn item(
    cx: &Cx,
    id: &Id,
    raw: &raw::Evidence,
    campaign: CampaignIx,
    seen: &Seen,
    site: Site,
) -> Evidence {
    let from = match &raw.from {
        raw::From::Task(task) => cx.task(task).map_or(model::From::Brought, model::From::Task),
        raw::From::On(date) => {
            cx.in_calendar(date.day, date.at, "this evidence comes on");
            model::From::On(date.day)
        }
        raw::From::Passing(p) => model::From::Passing(cx.share(p, "the chance in 30 days")),
        raw::From::Brought => model::From::Brought,
    };
    let (variable, by_value) = one_variable_of(cx, id, raw, seen);
    let chance = |cell: &Vec<usize>| {
        let p = cell.get(variable).and_then(|v| by_value.get(*v)).copied().unwrap_or(0);
        u16::try_from(p.saturating_mul(10).clamp(1, 999)).unwrap_or(999)
    };
    if let Some(p) = &raw.silence {
        cx.words(p, words::PARAGRAPH, "what is said when nothing is found");
        cx.no_quotes(p, "what is said when nothing is found");
    }
    Evidence {
        id: id.text.to_string(),
        campaign,
        from,
        takes: calendar::span(raw.takes.as_ref()),
        reaches: raw.reaches.iter().fold(1, |mask, a| mask | 1 << *a as u8),
        seen: seen.cells.iter().map(chance).collect(),
        variable: byte(variable),
        by_value,
        burns: raw.burns,
        text: cx.text(&raw.text, words::WORDS_OF_AN_EVENT, "the text").unwrap_or_else(Cx::no_text),
        silence: raw.silence.as_ref().map(|p| crate::text::fold_paragraphs(&p.text)),
        moves: cx.moves(&raw.moves),
        site,
    }
}

/// The variable whose values `seen_if` names, and how often of 100 under each of them.
fn one_variable_of(cx: &Cx, id: &Id, raw: &raw::Evidence, seen: &Seen) -> (usize, Vec<u32>) {
    let Seen { variables, of, doubt, .. } = *seen;
    let Some((first, _)) = raw.seen_if.iter().next() else {
        cx.report(
            Code::OneVariable,
            id.at,
            "`seen_if` is empty",
            "say how often of 100 it is seen under each value of one variable",
        );
        return (0, Vec::new());
    };
    let Some(variable) = variables.iter().position(|(_, values)| values.contains(&first.as_str()))
    else {
        let names = variables.iter().flat_map(|(_, values)| values.iter().copied());
        if !doubt {
            cx.pick(names, first, of);
        }
        return (0, Vec::new());
    };
    let Some((name, values)) = variables.get(variable) else { return (0, Vec::new()) };
    for (value, share) in &raw.seen_if {
        cx.share(share, "how often it is seen");
        if !values.contains(&value.as_str()) {
            let elsewhere = variables.iter().any(|(_, v)| v.contains(&value.as_str()));
            if elsewhere {
                cx.report(
                    Code::OneVariable,
                    value.at,
                    format!("`{first}` is a value of `{name}` and `{value}` is not"),
                    "an item of evidence speaks about one variable; write two items",
                );
            } else if !doubt {
                cx.pick(values.iter().copied(), value, of);
            }
        }
    }
    let missing: Vec<&str> =
        values.iter().copied().filter(|v| raw.seen_if.get(v).is_none()).collect();
    let mixed = raw.seen_if.iter().any(|(v, _)| !values.contains(&v.as_str()));
    if !missing.is_empty() && !doubt && !mixed {
        let message =
            format!("`seen_if` does not say how often it is seen under {}", missing.join(", "));
        cx.report(
            Code::OneVariable,
            first.at,
            message,
            "silence speaks too: give every value of the variable",
        );
    }
    let by_value: Vec<u32> =
        values.iter().map(|v| raw.seen_if.get(v).map_or(0, |p| p.n.min(100))).collect();
    if missing.is_empty()
        && by_value.windows(2).all(|w| w.first() == w.last())
        && by_value.len() > 1
    {
        cx.report(
            Code::NotUsed,
            first.at,
            "this evidence is equally likely under every value, so it says nothing",
            "",
        );
    }
    (variable, by_value)
}

pub fn targets(cx: &Cx) -> Vec<Target> {
    cx.m.targets.iter().map(|row| target(cx, row)).collect()
}

/// Cells in which what a campaign does is accepted espionage.
pub fn espionage(cx: &Cx, campaign: CampaignIx) -> u64 {
    cx.m.campaigns.get(campaign.i()).map_or(0, |row| accepted(row.raw))
}

fn accepted(raw: &raw::Campaign) -> u64 {
    raw.espionage.iter().fold(0, |mask, v| mask | super::cells::mask_of(raw, v.as_str()))
}

fn minds(cx: &Cx, raw: &raw::Minds) -> Option<Minds> {
    Some(Minds {
        points: cx.within(&raw.points, -20, 20, "the points"),
        when: cx.conditions(&raw.when, Reader::Player),
        says: cx.words(&raw.says, words::NAME, "why it minds"),
        agency: cx.agency_soft(&raw.agency)?,
    })
}

/// Indicators on which what is meant for others lands; none lands on one that is sent on itself.
fn lands(cx: &Cx, raw: &Entries<Id>) -> Vec<(IndicatorIx, IndicatorIx)> {
    let each = |(from, to): &(Id, Id)| {
        if raw.get(to.as_str()).is_some() {
            cx.report(
                Code::Contradiction,
                to.at,
                format!("`{to}` is sent on to another indicator itself"),
                "name the last one",
            );
        }
        Some((cx.indicator_soft(from)?, cx.indicator_soft(to)?))
    };
    raw.iter().filter_map(each).collect()
}

fn target(cx: &Cx, row: &Row<raw::Target>) -> Target {
    cx.enter(row);
    let raw = row.raw;
    let campaign = raw.campaign.as_ref().and_then(|id| cx.campaign(id));
    let truth = campaign.and_then(|ix| cx.m.campaigns.get(ix.i())).map(|c| c.raw);
    let mut roles: Vec<(Role, u64)> = Vec::new();
    for test in &raw.roles {
        let Some(truth) = truth else {
            if raw.campaign.is_none() {
                cx.report_row(
                    Code::MissingField,
                    "this target has `roles` but no `campaign` they are about",
                    "name the campaign",
                );
            }
            break;
        };
        let mask = role_mask(cx, row, truth, test);
        match roles.iter_mut().find(|(role, _)| *role == test.role) {
            Some((_, m)) => *m |= mask,
            None => roles.push((test.role, mask)),
        }
    }
    if raw.kind == Kind::Persons && raw.record.is_none() {
        cx.report_row(
            Code::RealGuilt,
            "a target of named persons must be of record",
            "give `record` with status and source, or aim at a campaign or company",
        );
    }
    let record = raw.record.as_ref().map(|r| on_record(cx, r)).unwrap_or_default();
    Target {
        id: row.id.text.to_string(),
        name: cx.title(&raw.name),
        short: cx.short(&raw.short),
        means: cx.means(&raw.means),
        kind: raw.kind,
        campaign,
        record,
        roles,
        weight: raw.weight.n,
        appears: cx.conditions(&raw.appears, Reader::Player),
        lands: lands(cx, &raw.lands),
        minds: raw.minds.iter().filter_map(|m| minds(cx, m)).collect(),
    }
}

/// What the record says of a target, and from which day on.
fn on_record(cx: &Cx, raw: &raw::OnRecord) -> Vec<model::OnRecord> {
    let tag = |from, status, source: &Id, says: &Prose| {
        let says = cx.words(says, words::LINE, "what the record says");
        Some(model::OnRecord { from, status, source: cx.source(source)?, says })
    };
    let mut last = None;
    for then in &raw.then {
        cx.in_calendar(then.on.day, then.on.at, "this is of");
        super::days::out_by(cx, &then.source, then.on.day);
        if last.is_some_and(|last| then.on.day <= last) {
            cx.report(
                Code::Contradiction,
                then.on.at,
                "what the record says later stands before what it says sooner",
                "write the days in their order",
            );
        }
        last = Some(then.on.day);
    }
    let first = tag(None, raw.status, &raw.source, &raw.says);
    let then = raw.then.iter().map(|t| tag(Some(t.on.day), t.status, &t.source, &t.says));
    std::iter::once(first).chain(then).flatten().collect()
}

/// The cells in which every variable named has one of the values named.
fn role_mask(cx: &Cx, row: &Row<raw::Target>, truth: &raw::Campaign, test: &raw::RoleTest) -> u64 {
    let cells = cells(&sizes(truth));
    let of = match &row.raw.campaign {
        Some(campaign) => format!("a value of campaign `{campaign}`"),
        None => String::new(),
    };
    let mut mask = u64::MAX;
    // Without a variable it is so whatever is drawn; of somebody real only what is law may be.
    let legal = |r: &raw::OnRecord| {
        use raw::Status as S;
        matches!(r.status, S::Enacted | S::Admitted | S::Settled | S::Convicted)
    };
    if let Some(record) = row.raw.record.as_ref().filter(|r| test.is.is_empty() && !legal(r)) {
        let message = format!(
            "`{}` is of record, and {:?} would be so whatever is drawn, on a record that is not law",
            row.id, test.role
        );
        cx.report(
            Code::RealGuilt,
            record.source.at,
            message,
            "name a variable about Proof and its values; without one the status is Enacted, Admitted, \
             Settled or Convicted",
        );
    }
    for (name, values) in &test.is {
        let Some(i) = cx.pick(truth.truth.keys(), name, "a variable of the target's campaign")
        else {
            continue;
        };
        let Some((_, variable)) = truth.truth.iter().nth(i) else { continue };
        // Of a campaign of record it is said of the variable itself.
        let drawn = variable.about == About::Conduct && truth.record.is_none();
        if row.raw.record.is_some() && drawn {
            let message = format!(
                "`{}` is of record, but the role {:?} depends on `{name}`, which draws what was \
                 done",
                row.id, test.role
            );
            cx.report(
                Code::RealGuilt,
                name.at,
                message,
                "test a variable about Proof, or make the target an invented one without `record`",
            );
        }
        let any = values
            .iter()
            .filter(|v| !in_doubt(truth) || variable.shares.get(v.as_str()).is_some())
            .filter_map(|v| cx.pick(variable.shares.keys(), v, &of));
        mask &= any.fold(0, |m, v| m | mask_where(&cells, i, v));
    }
    let all = (0..cells.len().min(64)).fold(0u64, |m, c| m | 1 << c);
    mask & all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_run_row_by_row_with_the_last_variable_fastest() {
        assert_eq!(cells(&[2, 3]), [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
        assert_eq!(mask_where(&cells(&[2, 3]), 0, 1), 0b111_000);
        assert_eq!(mask_where(&cells(&[2, 3]), 1, 2), 0b100_100);
        assert_eq!(cells(&[8, 8]).len(), 64);
        assert!(cells(&[8, 9]).is_empty());
    }
}
