//! The first day: hidden truths drawn, indicators at their starts, the first front page's events
//! happened.

use crate::luck::{Luck, Race, Site};
use crate::scenario::model::{Rules, WorldIx, limits};

use super::ledger::Sink;
use super::start::Start;
use super::state::{Hidden, Known, Situation};

impl Situation {
    pub fn setup<S: Sink>(rules: &Rules, start: Start, sink: &mut S) -> Situation {
        let mut known = Known::empty(rules);
        known.books.seed = start.seed;
        known.books.branches = start.branches;
        known.books.luck = start.branches.seed_from(start.seed, 0);
        let hidden = Hidden {
            world: 0,
            traits: 0,
            aims: 0,
            truth: [0; limits::CAMPAIGNS],
            value: [0; limits::INDICATORS],
            sum: [0; limits::INDICATORS],
        };
        let mut s = Situation { hidden, known };
        for (i, indicator) in rules.indicators.iter().enumerate() {
            s.hidden.value[i] = indicator.start;
        }
        s.settle_products(rules);
        s.known.value = s.hidden.value;
        s.known.opened = s.hidden.value;
        s.known.before = s.hidden.value;
        for (i, agency) in rules.agencies.iter().enumerate() {
            s.known.relation[i] = agency.relation;
        }
        for (i, file) in rules.files.iter().enumerate() {
            s.known.files_ready[i] = u8::try_from(file.ready).unwrap_or(100);
        }
        s.draw_truths(rules, start.world);
        super::turn::open_first(rules, &mut s, sink);
        s
    }

    fn draw_truths(&mut self, rules: &Rules, world: Option<WorldIx>) {
        let luck = Luck::new(self.books.seed, 0);
        let mut race = Race::default();
        for (i, w) in rules.worlds.iter().enumerate() {
            race.enter(luck, Site::of("world", &w.id), 0, w.share, i as u32);
        }
        self.hidden.world = world.map_or_else(|| won(&race), |w| w.0);
        let mut cell = 0;
        for t in &rules.traits {
            let mut race = Race::default();
            for (i, (_, share, _)) in t.values.iter().enumerate() {
                race.enter(luck, t.site, i as u32, *share, i as u32);
            }
            cell = cell * t.values.len() + usize::from(won(&race));
        }
        self.hidden.traits = u8::try_from(cell).expect("trait cells fit a table of world cells");
        self.known.world_belief[..rules.world_prior.len()].copy_from_slice(&rules.world_prior);
        self.hidden.aims = draw_cell(luck, Site::of("aims", "drawn"), &rules.aim_prior);
        self.known.aim_belief[..rules.aim_prior.len()].copy_from_slice(&rules.aim_prior);
        for (c, campaign) in rules.campaigns.iter().enumerate() {
            // A race over whole cells, keyed by the campaign's first variable: the joint prior is
            // drawn at once.
            let site = campaign.variables.first().map_or(Site(0), |v| v.site);
            self.hidden.truth[c] = draw_cell(luck, site, &campaign.prior);
            for audience in &mut self.known.belief {
                audience[campaign.first..campaign.first + campaign.cells]
                    .copy_from_slice(&campaign.prior);
            }
        }
    }
}

/// Draws one cell by its weight.
pub(super) fn draw_cell(luck: Luck, site: Site, weights: &[u64]) -> u8 {
    let top = weights.iter().copied().max().unwrap_or(1).max(1);
    let mut race = Race::default();
    for (i, w) in weights.iter().enumerate() {
        let weight =
            u32::try_from(u128::from(*w) * 1_000_000 / u128::from(top)).expect("at most a million");
        race.enter(luck, site, i as u32, weight, i as u32);
    }
    won(&race)
}

/// Who won; the first of a race in which nobody had a weight.
fn won(race: &Race) -> u8 {
    u8::try_from(race.winner().unwrap_or(0)).expect("a race is entered by a table's index")
}
