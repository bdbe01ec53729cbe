//! What may be ordered besides proposals, with what is in the way of each.

use crate::day::{Day, Span};
use crate::engine::{Order, Refusal};
use crate::game::Game;
use crate::scenario::model::{
    AgencyIx, AskIx, CampaignIx, PromiseIx, PropositionIx, ReformIx, TaskIx,
};

use super::facts::{ActionRow, Actions, PromiseRow, PropositionRow, Refused};
use super::refusal::refusal;
use super::{debts, words, work};

/// The refusal of an order now, in words.
pub(super) fn shut(game: &Game, order: &Order) -> Option<Refused> {
    because(game, game.situation().validate(game.rules(), order))
}

/// The same, and what stands for the price of what is shut only because it was ordered already.
fn shut_or_so(game: &Game, order: &Order) -> (Option<Refused>, &'static str) {
    let result = game.situation().validate(game.rules(), order);
    let so = match result {
        Err(Refusal::TaskRunning { .. }) => "under way",
        Err(Refusal::AskSpent { .. }) => "asked",
        Err(Refusal::ReformDone { reform }) if game.situation().is_in_place(reform) => "in place",
        Err(Refusal::ReformDone { .. }) => "begun",
        _ => "",
    };
    (because(game, result), so)
}

pub(super) fn because(game: &Game, r: Result<(), Refusal>) -> Option<Refused> {
    r.err().map(|r| refusal(game.rules(), game.situation(), &r))
}

/// A task; on a campaign if it is about one.
pub(super) fn task(game: &Game, ix: TaskIx, campaign: Option<CampaignIx>) -> ActionRow {
    let rules = game.rules();
    let t = &rules.tasks[ix];
    let order = Order::Task { task: ix, campaign };
    let name = campaign
        .map_or_else(|| t.name.clone(), |c| format!("{}, on {}", t.name, rules.campaigns[c].name));
    let (shut, so) = shut_or_so(game, &order);
    ActionRow {
        order,
        id: t.id.clone(),
        name,
        means: t.means.clone(),
        by: rules.agencies[t.by].short.clone(),
        cost: words::cost(u32::from(t.staff), u32::from(t.capital)),
        takes: takes(game, t.takes, rules.closes()),
        shut,
        so,
    }
}

/// How long work takes that begins today, and whether it is there by the day from which it is of no
/// more use.
fn takes(game: &Game, span: Span, end: Day) -> String {
    let rules = game.rules();
    let due = |days: u16| game.situation().today(rules).plus(i32::from(days));
    let takes = words::span(span);
    let over = work::over_with(game, end);
    match () {
        () if due(span.least) >= end => format!("{takes}, which is after {over}"),
        () if due(span.most) >= end => format!("{takes}, which may be after {over}"),
        () => takes,
    }
}

/// Whether anything about the campaign is on the board.
pub(super) fn on_board(game: &Game, c: CampaignIx) -> bool {
    game.situation().all(game.rules(), &game.rules().campaigns[c].appears)
}

pub(super) fn tasks_on(game: &Game, c: CampaignIx) -> Vec<ActionRow> {
    let rules = game.rules();
    let about = (0..rules.tasks.len()).map(TaskIx::at).filter(|t| rules.tasks[*t].on_campaign);
    // A task that never had anything to look into here is no option, spent or not.
    about
        .filter(|t| rules.tasks[*t].items.get(c.i()).is_some_and(|i| !i.is_empty()))
        .map(|t| task(game, t, Some(c)))
        .collect()
}

pub(super) fn ask(game: &Game, ix: AskIx) -> ActionRow {
    let rules = game.rules();
    let a = &rules.asks[ix];
    let order = Order::Ask(ix);
    let (shut, so) = shut_or_so(game, &order);
    ActionRow {
        order,
        id: a.id.clone(),
        name: a.name.to_string(),
        means: a.means.clone(),
        by: rules.agencies[a.of].short.clone(),
        cost: words::cost(u32::from(a.staff), u32::from(a.capital)),
        takes: if a.leaks.is_some() {
            "at the end of the turn; it may get out".to_owned()
        } else {
            "at the end of the turn".to_owned()
        },
        shut,
        so,
    }
}

pub(super) fn reform(game: &Game, ix: ReformIx) -> ActionRow {
    let rules = game.rules();
    let r = &rules.reforms[ix];
    let order = Order::Reform(ix);
    let (shut, so) = shut_or_so(game, &order);
    ActionRow {
        order,
        id: r.id.clone(),
        name: r.name.clone(),
        means: r.means.clone(),
        by: String::new(),
        cost: words::cost(u32::from(r.staff), u32::from(r.capital)),
        takes: work::reform_when(game, ix).unwrap_or_else(|| takes(game, r.takes, rules.ends())),
        shut,
        so,
    }
}

pub(super) fn promise(game: &Game, ix: PromiseIx, to: AgencyIx) -> PromiseRow {
    let (rules, s) = (game.rules(), game.situation());
    let p = &rules.promises[ix];
    let standing = s.commitments.iter().find(|d| d.promise == ix && d.to == to);
    let about: Vec<String> = p.about.iter().map(|i| rules.instruments[*i].short.clone()).collect();
    let about =
        if about.is_empty() { "whatever you propose".to_owned() } else { words::list(&about) };
    let note = match standing {
        Some(d) => format!("binds you until {}", words::day(rules, d.until).long()),
        None => debts::broken_by(game, ix).map_or_else(
            || {
                format!(
                    "moves {} your way on {about}; binds you for {}",
                    rules.agencies[to].short,
                    words::span(crate::day::Span { least: p.lasts, most: p.lasts })
                )
            },
            |what| format!("{what}, which is cleared, would break it"),
        ),
    };
    PromiseRow {
        promise: ix,
        agency: to,
        id: p.id.clone(),
        name: p.name.to_string(),
        to: rules.agencies[to].short.clone(),
        says: p.says.clone(),
        note,
        shut: shut(game, &Order::Promise { promise: ix, to }),
        given: standing.is_some(),
    }
}

pub(super) fn proposition(game: &Game, ix: PropositionIx) -> PropositionRow {
    let (rules, s) = (game.rules(), game.situation());
    let p = &rules.propositions[ix];
    let stated = s.confidence[ix];
    PropositionRow {
        proposition: ix,
        id: p.id.clone(),
        says: p.says.clone(),
        by: p.by.map_or_else(|| "the last day".to_owned(), words::date),
        stated,
        word: if stated == 0 { "" } else { words::likelihood(stated) },
        judged: match s.judged[ix] {
            1 => "held",
            2 => "did not hold",
            _ if stated == 0 && s.is_settled(rules, &p.when) => "settled",
            _ => "",
        },
        shut: shut(game, &Order::Confidence { proposition: ix, percent: 50 }),
    }
}

/// Tasks, asks, reforms, promises, confidences and withdrawals, with what is in the way of each.
pub fn actions(game: &Game) -> Actions {
    let rules = game.rules();
    let mut tasks = Vec::new();
    for n in 0..rules.tasks.len() {
        let t = TaskIx::at(n);
        if rules.tasks[n].on_campaign {
            let campaigns =
                (0..rules.campaigns.len()).map(CampaignIx::at).filter(|c| on_board(game, *c));
            tasks.extend(
                campaigns
                    .filter(|c| rules.tasks[n].items.get(c.i()).is_some_and(|i| !i.is_empty()))
                    .map(|c| task(game, t, Some(c))),
            );
        } else {
            tasks.push(task(game, t, None));
        }
    }
    let promises = (0..rules.promises.len())
        .map(PromiseIx::at)
        .flat_map(|p| rules.promises[p].to.iter().map(move |to| (p, *to)));
    Actions {
        tasks,
        asks: (0..rules.asks.len()).map(|n| ask(game, AskIx::at(n))).collect(),
        reforms: (0..rules.reforms.len()).map(|n| reform(game, ReformIx::at(n))).collect(),
        promises: promises.map(|(p, to)| promise(game, p, to)).collect(),
        propositions: (0..rules.propositions.len())
            .filter(|n| rules.propositions[*n].stated)
            .map(|n| proposition(game, PropositionIx::at(n)))
            .collect(),
        withdrawals: work::work(game).into_iter().filter(|w| w.withdraw.is_some()).collect(),
    }
}
