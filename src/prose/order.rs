//! Orders in words: what was decided, as a line of the agenda or of the record.

use crate::engine::{Order, Proposal};
use crate::scenario::model::{InstrumentIx, Name, Rules, TargetIx, limits};

use super::words;

/// `Sanctions on Huaying Haitai`; an instrument aimed at the target of its own name stands alone.
pub fn measure(rules: &Rules, instrument: InstrumentIx, target: TargetIx) -> String {
    format!("{} · {}", rules.instruments[instrument].short, rules.targets[target].short)
}

/// The terms that differ from the lead's draft: `scope: persons, with allies: three`.
pub fn terms(rules: &Rules, p: &Proposal) -> String {
    let parts: Vec<String> = rules.instruments[p.instrument]
        .slots
        .iter()
        .zip(p.terms)
        .filter(|(_, at)| *at != 0)
        .map(|(slot, at)| {
            let t = &rules.terms[slot.term];
            let value = slot
                .values
                .get(usize::from(at))
                .map_or("?", |v| t.values[usize::from(*v)].name.inside());
            format!("{}: {}", t.name.inside(), value)
        })
        .collect();
    parts.join(", ")
}

/// The proposal in a line, venue included.
pub fn proposal(rules: &Rules, p: &Proposal) -> String {
    let terms = terms(rules, p);
    let venue = words::venue(&rules.venues[p.venue].name);
    let what = measure(rules, p.instrument, p.target);
    if terms.is_empty() {
        format!("{what}, at {venue}")
    } else {
        format!("{what} ({terms}), at {venue}")
    }
}

fn points(rules: &Rules, points: [u8; limits::LENSES]) -> String {
    let parts: Vec<String> = rules
        .lenses
        .iter()
        .zip(points)
        .filter(|(_, p)| *p > 0)
        .map(|(l, p)| format!("{} {p}", l.short.inside()))
        .collect();
    parts.join(", ")
}

/// The order in words.
pub fn order(rules: &Rules, order: &Order) -> String {
    named(rules, order).to_string()
}

/// The same, for the inside of a sentence too.
pub fn named(rules: &Rules, order: &Order) -> Name {
    Name::new(match order {
        Order::Guide(p) => format!("guidance: {}", points(rules, *p)),
        Order::Amend(p) => format!("guidance amended in public: {}", points(rules, *p)),
        Order::Propose(p) => format!("propose {}", proposal(rules, p)),
        Order::Build { instrument, target } => {
            format!("build the file: {}", measure(rules, *instrument, *target))
        }
        Order::Withdraw { instrument, target } => {
            format!("withdraw {}", measure(rules, *instrument, *target))
        }
        Order::Task { task, campaign } => match campaign {
            Some(c) => {
                format!("task: {}, on {}", rules.tasks[*task].name, rules.campaigns[*c].name)
            }
            None => format!("task: {}", rules.tasks[*task].name),
        },
        // Its name is a sentence that says of whom.
        Order::Ask(a) => rules.asks[*a].name.inside().to_owned(),
        Order::Promise { promise, to } => {
            format!("promise {}: {}", rules.agencies[*to].short, rules.promises[*promise].name)
        }
        Order::Answer { event, choice } => {
            let e = &rules.events[*event];
            format!(
                "answer to \"{}\": {}",
                e.title,
                e.choices.get(usize::from(*choice)).map_or("", |c| c.say.as_str())
            )
        }
        Order::Reform(r) => format!("reform: {}", rules.reforms[*r].name),
        Order::Confidence { proposition, percent } => {
            format!(
                "{percent}% sure ({}): {}",
                words::likelihood(*percent),
                rules.propositions[*proposition].says
            )
        }
        Order::Forecast(p) => format!("forecast of {}", proposal(rules, p)),
        Order::End => "end the turn".to_owned(),
    })
}
