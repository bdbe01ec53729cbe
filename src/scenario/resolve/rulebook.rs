//! The parts of the rulebook that hold numbers: roles, tuning, the scale, indicators, flows,
//! lenses, profiles.

use super::super::loc::{AmountValue, Id, Prose};
use super::super::model::{
    AssumptionIx, Flow, Indicator, IndicatorIx, Lens, Name, Profile, ProfileIx, Roles, Sight,
    TEXTS, Tuning, Unit, Why, limits,
};
use super::super::raw::{self, Good, Seen};
use super::amounts::{show, signed};
use super::finding::Code;
use super::merge::{Row, Table};
use super::names::Cx;
use super::words;
use crate::luck::Site;
use crate::num::ONE;
use crate::num::{Milli, byte};

/// Points of guidance: how many, how many on one lens, how many lenses must have some.
pub const POINTS: u32 = 12;
pub const POINTS_A_LENS: u32 = 4;
pub const FUNDED: usize = 4;

macro_rules! roles {
    ($($name:ident),*) => {
        /// Names of the roles.
        pub const ROLES: &[&str] = &[$(stringify!($name)),*];
        fn role_field<'r>(roles: &'r mut Roles, name: &str) -> Option<&'r mut IndicatorIx> {
            match name { $(stringify!($name) => Some(&mut roles.$name),)* _ => None }
        }
    };
}
roles!(
    staff,
    capital,
    president,
    authority_security,
    authority_economy,
    bundling,
    talks,
    legitimacy,
    allies,
    law,
    process
);

pub fn roles(cx: &Cx) -> Roles {
    let mut roles = Roles::default();
    for row in &cx.m.roles {
        cx.enter(row);
        let found = cx.indicator(row.raw);
        match role_field(&mut roles, row.id.as_str()) {
            Some(field) => *field = found.unwrap_or_default(),
            None => {
                cx.pick(ROLES.iter().copied(), row.id, "a role the engine knows");
            }
        }
        if let Some(ix) = found
            && cx.indicator_row(ix).is_some_and(|i| !i.product.is_empty())
        {
            cx.report(
                Code::MissingRole,
                row.raw.at,
                format!("the role `{}` cannot be played by a product", row.id),
                "",
            );
        }
    }
    cx.enter_scenario();
    for name in ROLES {
        if !cx.incomplete(Table::Role) && !cx.m.roles.iter().any(|row| row.id == *name) {
            cx.report_row(
                Code::MissingRole,
                format!("`roles` does not say which indicator is `{name}`"),
                "add it to `roles`",
            );
        }
    }
    roles
}

pub fn texts(cx: &Cx) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for row in &cx.m.texts {
        cx.enter(row);
        cx.pick(TEXTS.iter().copied(), row.id, "a text the program asks for");
        texts.push((row.id.text.to_string(), cx.words(row.raw, words::PARAGRAPH, "the text")));
    }
    texts
}

pub fn tuning(cx: &Cx) -> Tuning {
    let mut tuning = Tuning::default();
    for row in &cx.m.tuning {
        cx.enter(row);
        match tuning.field(row.id.as_str()) {
            Some(field) => *field = row.raw.milli,
            None => {
                cx.pick(Tuning::KEYS.iter().copied(), row.id, "a tuning key the engine knows");
            }
        }
    }
    cx.enter_scenario();
    for key in Tuning::KEYS {
        if !cx.incomplete(Table::Tuning) && !cx.m.tuning.iter().any(|row| row.id == *key) {
            cx.report_row(
                Code::MissingRole,
                format!("`tuning` does not give `{key}`"),
                "add it to `tuning`",
            );
        }
    }
    let t = &tuning;
    for (key, n, most) in [
        ("mood", t.mood, 5 * ONE),
        ("mood_others", t.mood_others, 5 * ONE),
        ("mood_lasts", t.mood_lasts, ONE),
        ("estimate_doubt", t.estimate_doubt, 5 * ONE),
        ("relation_half_life", t.relation_half_life, 3650 * ONE),
    ] {
        if !(0..=most).contains(&n) {
            cx.report_row(
                Code::OutOfRange,
                format!("`{key}` is {}; expected 0 to {}", super::amounts::show(n), most / ONE),
                "",
            );
        }
    }
    let stances = [t.presses_at, t.supports_at, t.concurs_at, t.reserves_at, t.objects_at];
    if stances.windows(2).any(|w| w.first() <= w.last()) && cx.m.tuning.len() == Tuning::KEYS.len()
    {
        cx.report_row(
            Code::OutOfRange,
            "the stances' thresholds do not fall from `presses_at` to `objects_at`",
            "",
        );
    }
    for (key, value) in [
        ("position_scale", t.position_scale),
        ("prediction_days", t.prediction_days),
        ("staff_a_turn", t.staff_a_turn),
    ] {
        if value <= 0
            && let Some(row) = cx.m.tuning.iter().find(|row| row.id == key)
        {
            cx.enter(row);
            cx.report(
                Code::OutOfRange,
                row.raw.at,
                format!("`{key}` is {}; expected more than 0", show(value)),
                "",
            );
        }
    }
    tuning
}

pub fn scale(cx: &Cx) -> Vec<(String, Milli)> {
    let mut all = Vec::new();
    for row in &cx.m.scale {
        cx.enter(row);
        if row.raw.milli <= 0 {
            cx.report(
                Code::OutOfRange,
                row.raw.at,
                "a word of the scale is a size, so more than 0",
                "the sign stands where the word is used",
            );
        }
        all.push((row.id.text.to_string(), row.raw.milli));
    }
    all
}

pub fn indicators(cx: &Cx) -> Vec<Indicator> {
    let mut all: Vec<Indicator> = cx.m.indicators.iter().map(|row| indicator(cx, row)).collect();
    let products: Vec<(IndicatorIx, (IndicatorIx, IndicatorIx))> = all
        .iter()
        .enumerate()
        .filter_map(|(i, ind)| ind.product.map(|f| (IndicatorIx::at(i), f)))
        .collect();
    for (product, (a, b)) in products {
        let (start_a, start_b) =
            (all.get(a.i()).map_or(0, |f| f.start), all.get(b.i()).map_or(0, |f| f.start));
        if let Some(ind) = all.get_mut(product.i()) {
            // Two shares of 100: start_a * start_b / 100, in thousandths.
            ind.start = crate::num::ratio(i64::from(start_a), i64::from(start_b), 100_000)
                .clamp(ind.least, ind.most);
        }
        for factor in [a, b] {
            if let Some(f) = all.get_mut(factor.i()) {
                f.factor_of = Some(product);
            }
        }
    }
    all
}

fn indicator(cx: &Cx, row: &Row<raw::Indicator>) -> Indicator {
    cx.enter(row);
    let (raw, id) = (row.raw, row.id.as_str());
    let (least, most) = (raw.least.milli, raw.most.milli);
    if least >= most {
        cx.report(
            Code::OutOfRange,
            raw.most.at,
            format!("the range runs from {} to {}", show(least), show(most)),
            "`least` must be below `most`",
        );
    }
    let start = cx.m.scenario.starts.get(id).unwrap_or(&raw.start);
    let settling = raw.settles.as_ref().map(|s| s.to.milli);
    // One bound that has moved under both is one mistake: that of the bound.
    let moved = match settling {
        Some(to) if start.milli > most && to > most => Some((&raw.most, "below", to)),
        Some(to) if start.milli < least && to < least => Some((&raw.least, "above", to)),
        _ => None,
    };
    if let Some((bound, side, to)) = moved {
        let message = format!(
            "{} is {side} where `{id}` starts ({}) and where it settles ({})",
            show(bound.milli),
            show(start.milli),
            show(to)
        );
        cx.report(Code::OutOfRange, bound.at, message, "move the bound, or both of them");
    } else if start.milli < least || start.milli > most {
        if cx.m.scenario.starts.get(id).is_some() {
            cx.enter_scenario();
        }
        cx.report(
            Code::OutOfRange,
            start.at,
            format!(
                "`{id}` starts at {}, outside {} to {}",
                show(start.milli),
                show(least),
                show(most)
            ),
            "",
        );
        cx.enter(row);
    }
    let deviation = |d: &super::super::loc::Decimal, what: &str| {
        if d.milli < 0 || i64::from(d.milli) > i64::from(most).saturating_sub(i64::from(least)) {
            cx.report(
                Code::OutOfRange,
                d.at,
                format!("{what} is {}; expected 0 to the width of the range", show(d.milli)),
                "",
            );
        }
        d.milli.max(0)
    };
    let sight = match &raw.seen {
        Seen::Exactly => Sight::Exactly,
        Seen::Hidden => Sight::Hidden,
        Seen::Estimated(d) => Sight::Estimated(deviation(d, "the deviation of the estimate")),
    };
    let mut upper = least;
    // A bound below several bands is told once.
    let mut told = moved.is_some();
    let mut bands = Vec::new();
    for (word, end) in &raw.words {
        // The lowest band may be the one value `least`.
        let too_low = end.milli < upper || (end.milli == upper && !bands.is_empty());
        let beyond = end.milli > most;
        if too_low || (beyond && !told) {
            told |= beyond;
            cx.report(
                Code::OutOfRange,
                end.at,
                format!(
                    "the band `{word}` ends at {}; expected more than {} and at most {}",
                    show(end.milli),
                    show(upper),
                    show(most)
                ),
                "",
            );
        }
        upper = upper.max(end.milli);
        bands.push((word.text.replace('_', " "), end.milli));
    }
    match bands.last_mut() {
        Some(last) => last.1 = most,
        None => cx.report_row(
            Code::MissingField,
            "`words` names no band",
            "name at least one, such as {\"low\": 30, \"high\": 100}",
        ),
    }
    let drift = raw.drift.as_ref().and_then(|a| {
        let milli = cx.amount(a)?;
        let i = cx.m.indicators.iter().position(|r| r.id == row.id)?;
        cx.reaches(IndicatorIx::at(i), milli, a.at);
        Some(milli)
    });
    let settles = raw.settles.as_ref().map(|s| {
        if moved.is_none() && (s.to.milli < least || s.to.milli > most) {
            cx.report(
                Code::OutOfRange,
                s.to.at,
                format!("it settles to {}, outside its range", show(s.to.milli)),
                "",
            );
        }
        (s.to.milli, cx.decay(Some(&s.half_life), "the half-life"))
    });
    let noise = raw.noise.as_ref().map_or(0, |d| deviation(d, "the noise"));
    Indicator {
        id: id.to_owned(),
        name: cx.name(&raw.name),
        short: Name::new(cx.words(&raw.short, words::COLUMN, "the short name")),
        means: cx.means(&raw.means),
        unit: unit(cx, &raw.unit),
        least,
        most: most.max(least),
        start: start.milli,
        good: raw.good,
        sight,
        words: bands,
        drift: drift.unwrap_or(0),
        settles,
        noise,
        noise_by_turn: cx.noise_by_turn(noise),
        adds_up: raw.adds_up,
        product: product(cx, row),
        factor_of: None,
        appears: cx.conditions(&raw.appears, super::conditions::Reader::Player),
        rank: raw.rank.as_ref().map(|c| cx.count(c, 1, 100, "the rank")),
        noise_site: Site::of("noise", id),
        sight_site: Site::of("sight", id),
        why: cx.why(&raw.why).unwrap_or(Why::Judgement(String::new())),
    }
}

/// `points` is bare; a pattern has its number at `#`, as `$#bn`; any other word follows the number.
fn unit(cx: &Cx, raw: &Prose) -> Unit {
    let text = cx.words_or_none(raw, words::COLUMN, "the unit");
    if text.contains(|c: char| c.is_numeric() || "+-−.,~".contains(c))
        || text.matches('#').count() > 1
    {
        cx.report(
            Code::BadValue,
            raw.at,
            format!("the unit `{text}` would be read as part of the number"),
            "write a word, such as staff, or a pattern with one #, such as $#bn",
        );
    }
    match text.split_once('#') {
        _ if text.is_empty() || text == "points" => Unit::default(),
        Some((before, after)) => Unit { before: before.to_owned(), after: after.to_owned() },
        None => Unit { before: String::new(), after: format!(" {text}") },
    }
}

/// The two factors of a product, each a plain indicator from 0 to 100.
fn product(cx: &Cx, row: &Row<raw::Indicator>) -> Option<(IndicatorIx, IndicatorIx)> {
    let first = row.raw.product.first()?;
    let [a, b] = row.raw.product.as_slice() else {
        cx.report(
            Code::BadProduct,
            first.at,
            format!("a product has two factors; this has {}", row.raw.product.len()),
            "",
        );
        return None;
    };
    let share = |i: &raw::Indicator| i.least.milli == 0 && i.most.milli == 100_000;
    if row.raw.drift.is_some() || row.raw.settles.is_some() || row.raw.noise.is_some() {
        cx.report(
            Code::BadProduct,
            first.at,
            "a product has no drift, noise or settling of its own",
            "give them to its factors",
        );
    }
    if !share(row.raw) {
        cx.report(Code::BadProduct, first.at, "a product runs from 0 to 100", "");
    }
    for id in [a, b] {
        let Some(factor) = cx.indicator(id).and_then(|ix| cx.indicator_row(ix)) else { continue };
        if !factor.product.is_empty() {
            cx.report(
                Code::BadProduct,
                id.at,
                format!("the factor `{id}` is itself a product"),
                "name the plain indicators",
            );
        }
        if !share(factor) {
            cx.report(
                Code::BadProduct,
                id.at,
                format!("the factor `{id}` does not run from 0 to 100"),
                "",
            );
        }
        let other = cx.m.indicators.iter().find(|r| r.id != row.id && r.raw.product.contains(id));
        if let Some(other) = other {
            cx.report(
                Code::BadProduct,
                id.at,
                format!("`{id}` is already a factor of `{}`", other.id),
                "",
            );
        }
    }
    if a == b {
        cx.report(Code::BadProduct, b.at, "the two factors are the same", "");
    }
    Some((cx.indicator(a)?, cx.indicator(b)?))
}

pub fn flows(cx: &Cx) -> Vec<Flow> {
    cx.m.flows.iter().filter_map(|row| flow(cx, row)).collect()
}

fn flow(cx: &Cx, row: &Row<raw::Flow>) -> Option<Flow> {
    cx.enter(row);
    let raw = row.raw;
    let (from, to) = (cx.indicator_soft(&raw.from), cx.indicator_soft(&raw.to));
    let says = cx.words(&raw.says, words::LINE, "what explains the change");
    let why = cx.why(&raw.why).unwrap_or(Why::Judgement(String::new()));
    let (threshold, above) = match (&raw.above, &raw.below) {
        (Some(d), None) => (*d, true),
        (None, Some(d)) => (*d, false),
        (None, None) => (super::super::loc::Decimal::default(), true),
        (Some(_), Some(d)) => {
            cx.report(
                Code::Contradiction,
                d.at,
                "a flow counts what is above a value or what is missing below one, not both",
                "write two flows",
            );
            (*d, false)
        }
    };
    if let Some(source) = from.and_then(|ix| cx.indicator_row(ix))
        && threshold.at.serial != 0
        && (threshold.milli < source.least.milli || threshold.milli > source.most.milli)
    {
        cx.report(
            Code::OutOfRange,
            threshold.at,
            format!("`{}` never passes {}", raw.from, show(threshold.milli)),
            "",
        );
    }
    if raw.from == raw.to {
        cx.report(
            Code::Contradiction,
            raw.to.at,
            "an indicator cannot flow into itself",
            "use `settles` or `drift`",
        );
    }
    let rates = rates(cx, raw)?;
    if let (Some(to), Some(assumption)) = (to, rates.assumption)
        && cx.assumed.get(assumption.i()).is_some_and(super::names::Assumed::varies)
    {
        readable(cx, to, assumption, raw);
    }
    let (from, to) = (from?, to?);
    cx.reaches(to, 0, raw.to.at);
    Some(Flow {
        id: row.id.text.to_string(),
        from,
        to,
        threshold: threshold.milli,
        above,
        rate: rates.by_world,
        rate_expected: rates.expected,
        rate_believed: rates.believed,
        assumption: rates.assumption,
        says,
        why,
    })
}

/// A flow's rate as the worlds, the prior and the agencies have it.
struct Rates {
    by_world: [Milli; limits::WORLDS],
    expected: Milli,
    believed: Vec<Milli>,
    assumption: Option<AssumptionIx>,
}

fn rates(cx: &Cx, raw: &raw::Flow) -> Option<Rates> {
    let mut by_world = [0; limits::WORLDS];
    if let AmountValue::Assumed { negative, id } = &raw.rate.value {
        let ix = cx.assumption(&Id { text: id.clone().into(), at: raw.rate.at })?;
        let assumed = cx.assumed.get(ix.i())?;
        for (slot, value) in by_world.iter_mut().zip(&assumed.by_world) {
            *slot = signed(*negative, *value);
        }
        let believed =
            cx.m.agencies.iter().map(|a| {
                signed(*negative, a.raw.believes.get(id).map_or(assumed.value, |d| d.milli))
            });
        return Some(Rates {
            by_world,
            expected: signed(*negative, assumed.expected(&cx.world_weights)),
            believed: believed.collect(),
            assumption: Some(ix),
        });
    }
    let value = cx.amount(&raw.rate)?;
    by_world.iter_mut().take(cx.m.worlds.len()).for_each(|slot| *slot = value);
    Some(Rates {
        by_world,
        expected: value,
        believed: vec![value; cx.m.agencies.len()],
        assumption: None,
    })
}

/// A rate that differs by world may act only where the player sees an estimate at best.
fn readable(cx: &Cx, to: IndicatorIx, assumption: AssumptionIx, raw: &raw::Flow) {
    let assumption = cx.m.assumptions.get(assumption.i()).map_or("", |row| row.id.as_str());
    let exact = |i: &raw::Indicator| matches!(i.seen, Seen::Exactly);
    let Some(target) = cx.m.indicators.get(to.i()) else { return };
    let through =
        cx.m.indicators.iter().find(|p| exact(p.raw) && p.raw.product.contains(target.id));
    let exposed = if exact(target.raw) { Some(target) } else { through };
    if let Some(exposed) = exposed {
        let message = format!(
            "`@{assumption}` differs from world to world, and the player sees `{}` exactly",
            exposed.id
        );
        cx.report(
            Code::WorldVaried,
            raw.rate.at,
            message,
            "let it act on an indicator that is estimated or hidden",
        );
    }
}

pub fn lenses(cx: &Cx) -> Vec<Lens> {
    let mut all = Vec::new();
    for row in &cx.m.lenses {
        cx.enter(row);
        let raw = row.raw;
        let mut weighs = Vec::new();
        for (id, weight) in &raw.weighs {
            if weight.milli <= 0 || weight.milli > 100_000 {
                cx.report(
                    Code::OutOfRange,
                    weight.at,
                    format!(
                        "the weight is {}; expected more than 0 and at most 100",
                        show(weight.milli)
                    ),
                    "which way is good stands with the indicator",
                );
            }
            let Some(ix) = cx.indicator_soft(id) else { continue };
            if cx.indicator_row(ix).is_some_and(|i| i.good == Good::Neither) {
                cx.report(
                    Code::Contradiction,
                    id.at,
                    format!("`{id}` is good neither way, so a lens cannot weigh it"),
                    "give the indicator a good direction or leave it out",
                );
            }
            weighs.push((ix, weight.milli.max(1)));
        }
        if weighs.is_empty() {
            cx.report_row(
                Code::MissingField,
                "this lens weighs no indicator",
                "give it at least one",
            );
        }
        all.push(Lens {
            id: row.id.text.to_string(),
            name: cx.name(&raw.name),
            short: Name::new(cx.short(&raw.short)),
            means: cx.means(&raw.means),
            total: weighs.iter().map(|(_, w)| i64::from(*w)).sum(),
            weighs,
        });
    }
    if all.len() < FUNDED && !cx.incomplete(Table::Lens) {
        cx.enter_scenario();
        cx.report_row(
            Code::MissingRole,
            format!("there are {} lenses; guidance funds at least {FUNDED}", all.len()),
            "",
        );
    }
    all
}

pub fn profiles(cx: &Cx) -> (Vec<Profile>, ProfileIx) {
    let mut all = Vec::new();
    for row in &cx.m.profiles {
        cx.enter(row);
        let points = guidance(cx, &row.raw.points, row.id);
        all.push(Profile {
            id: row.id.text.to_string(),
            name: cx.title(&row.raw.name),
            says: cx.words(&row.raw.says, words::PARAGRAPH, "the profile's text"),
            points,
        });
    }
    let mut defaults = cx.m.profiles.iter().enumerate().filter(|(_, row)| row.raw.default);
    let first = defaults.next();
    if let Some((_, second)) = defaults.next() {
        cx.enter(second);
        cx.report_row(
            Code::NoDefault,
            "more than one profile is the default",
            "exactly one profile has `default: true`",
        );
    }
    if first.is_none() && !cx.incomplete(Table::Profile) {
        cx.enter_scenario();
        cx.report_row(
            Code::NoDefault,
            "no profile is the default",
            "give exactly one profile `default: true`",
        );
    }
    (all, ProfileIx::at(first.map_or(0, |(i, _)| i)))
}

/// Points by lens: twelve in all, at most four a lens, at least four lenses funded.
pub fn guidance(
    cx: &Cx,
    points: &super::super::loc::Entries<super::super::loc::Count>,
    at: &Id,
) -> [u8; limits::LENSES] {
    let mut by_lens = [0; limits::LENSES];
    let mut sum = 0u32;
    for (id, n) in points {
        let n_points = cx.count(n, 0, POINTS_A_LENS, "the points on a lens");
        sum = sum.saturating_add(n_points);
        if let Some(slot) = cx.lens_soft(id).and_then(|ix| by_lens.get_mut(ix.i())) {
            *slot = byte(n_points as usize);
        }
    }
    if sum != POINTS {
        cx.report(Code::BadSum, at.at, format!("the points sum to {sum}; expected {POINTS}"), "");
    }
    let funded = points.iter().filter(|(_, n)| n.n > 0).count();
    if funded < FUNDED {
        cx.report(
            Code::BadSum,
            at.at,
            format!("{funded} lenses have points; at least {FUNDED} must"),
            "",
        );
    }
    by_lens
}
