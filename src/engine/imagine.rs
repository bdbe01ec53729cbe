//! A game as it might be: the hidden part drawn from what the player believes, on luck of its own.
//!
//! Owns drawing and rolling forward. It is handed `&Known`, so it cannot copy the truth. Policies
//! that look ahead, forecasts and debriefs stand on it.

use crate::luck::{Luck, Site, mix};
use crate::scenario::model::{CampaignIx, Rules, Sight, limits};

use super::ledger::NoLedger;
use super::player::Player;
use super::setup::draw_cell;
use super::start::Branches;
use super::state::{Hidden, Known, Situation};

/// Draws a complete game that agrees with what is known: world and traits, the other side's aims,
/// each campaign's cell and the values seen as estimates, each by its probability given what is
/// known; hidden values as analysts reckon them. The luck of its turns goes by `seed`, which also
/// keys the draws.
///
/// An estimate is the value plus an error of known size, so the value is drawn as the estimate
/// minus such an error. Products follow from their factors.
///
/// # Panics
/// Never with rules that `resolve` made: it bounds the cells.
pub fn imagine(rules: &Rules, known: &Known, seed: u64) -> Situation {
    let luck = Luck::new(mix(seed), known.turn);
    let world = draw_cell(
        luck,
        Site::of("imagine", "world"),
        &known.world_belief[..rules.world_prior.len()],
    );
    let traits =
        u8::try_from(rules.trait_cells.max(1)).expect("trait cells fit a table of world cells");
    let mut hidden = Hidden {
        world: world / traits,
        traits: world % traits,
        aims: draw_cell(
            luck,
            Site::of("imagine", "aims"),
            &known.aim_belief[..rules.aim_prior.len()],
        ),
        truth: [0; limits::CAMPAIGNS],
        value: known.value,
        sum: known.sum,
    };
    for (n, c) in rules.campaigns.iter().enumerate() {
        let site = c.variables.first().map_or(c.shift_site, |v| v.site);
        hidden.truth[n] = draw_cell(luck, site, known.cells(rules, 0, CampaignIx::at(n)));
    }
    for (n, i) in rules.indicators.iter().enumerate() {
        if let Sight::Estimated(_) = i.sight {
            let error = luck.noise(i.sight_site, 0, known.doubt[n]);
            hidden.value[n] = (known.value[n] - error).clamp(i.least, i.most);
        }
    }
    let mut s = Situation { hidden, known: known.clone() };
    s.known.books.seed = seed;
    s.known.books.luck = seed;
    s.known.books.branches = Branches::default();
    s.settle_products(rules);
    s
}

/// Plays on to the opening of turn `until` (from 0) or the end of the game. `play` gives the orders
/// of a turn; its end is given here.
pub fn roll(
    rules: &Rules,
    s: &mut Situation,
    until: u8,
    mut play: impl FnMut(&mut Player<'_, NoLedger>),
) {
    while !s.is_over() && s.turn < until {
        let sink = &mut NoLedger;
        let mut player = Player::new(rules, s, sink);
        play(&mut player);
        player.end();
    }
}
