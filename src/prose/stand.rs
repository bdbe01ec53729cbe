//! How things stand, for every page that says so: the head of a screen, what is new, what lies
//! ready, where everyone stands, what the law asks.
//!
//! Owns what several pages say alike. Refuses to know any of them.

use crate::engine::position::{
    PairStanding, RoomWeights, Stance, expected, in_room, scores, stance,
};
use crate::engine::state::carried;
use crate::engine::{Note, Proposal};
use crate::game::Game;
use crate::num::ONE;
use crate::order::Arrange;
use crate::scenario::model::{
    AgencyIx, EventIx, FileIx, InstrumentIx, LiveFile, TargetIx, Turn, Window,
};

use super::facts::{GateLine, Header, Stand};
use super::{refusal, words};

pub fn header(game: &Game) -> Header {
    let (rules, s) = (game.rules(), game.situation());
    let staff = rules.roles.staff.i();
    let capital = rules.roles.capital.i();
    let of = rules.played();
    let n = (game.turn() + 1).min(of);
    // Nobody spends what comes with the end of the last turn.
    let room = rules.indicators[capital].most - s.value[capital];
    let income = if game.is_over() || n == of { 0 } else { s.income(rules).min(room) };
    Header {
        scenario: rules.title.clone(),
        date: words::date(s.today(rules)),
        turn: format!("turn {n} of {of}"),
        n,
        of,
        staff: s.value[staff] / ONE,
        staff_most: s.opened[staff] / ONE,
        capital: s.value[capital] / ONE,
        capital_text: words::spendable(s.value[capital]),
        income,
        income_text: if income == 0 { String::new() } else { words::exact(income) },
        over: game.is_over(),
        on_the_record: game.start().on_the_record,
    }
}

/// Notes since the opening before; on the first day those of the setup.
pub(super) fn news(game: &Game) -> Vec<Note> {
    match game.turn() {
        0 => game.notes_of_setup().collect(),
        n => game.notes_of(n - 1).collect(),
    }
}

/// Events since the opening before.
pub(super) fn fired(game: &Game) -> Vec<EventIx> {
    news(game)
        .into_iter()
        .filter_map(|n| if let Note::Fired { event, .. } = n { Some(event) } else { None })
        .collect()
}

/// The live files that lie ready now.
pub(super) fn open_files(game: &Game) -> impl Iterator<Item = (FileIx, &LiveFile)> {
    let open = game.situation().files_open;
    game.rules()
        .files
        .iter()
        .enumerate()
        .filter(move |(n, _)| open & (1 << n) != 0)
        .map(|(n, f)| (FileIx::at(n), f))
}

/// Where everyone in the room stands on a draft.
pub(super) fn stances(game: &Game, room: &RoomWeights, p: &Proposal) -> Vec<Stand> {
    let (rules, s) = (game.rules(), game.situation());
    let seats = PairStanding::new(rules, s, p.instrument, p.target);
    let all = scores(rules, room, &seats, &expected(rules, s, p, room.heat), p);
    let one = |a: AgencyIx| {
        let stance =
            if seats.red & (1 << a.0) != 0 { Stance::Blocks } else { stance(rules, all[a]) };
        Stand { agency: a, short: rules.agencies[a].short.clone(), stance }
    };
    in_room(rules).map(one).collect()
}

pub(super) fn percent(share: u32) -> u8 {
    words::percent(crate::num::ratio(i64::from(share), i64::from(ONE), 1 << 16))
}

/// The lines of the law for the pair, the one that lacks least first.
pub(super) fn gates(game: &Game, instrument: InstrumentIx, target: TargetIx) -> Vec<GateLine> {
    let (rules, s) = (game.rules(), game.situation());
    let easiest = s.easiest_role(rules, instrument, target);
    let mut lines: Vec<GateLine> = rules.gate_tests[instrument][target]
        .iter()
        .map(|g| {
            let question = &rules.questions[g.question];
            let has = i32::from(s.answers[g.question]);
            let open = has >= g.needs;
            GateLine {
                role: words::role_asked(g.role, rules.targets[target].kind, g.for_gain),
                record: words::audience(question.of).to_owned(),
                has: has / 10,
                needs: g.needs / 10,
                open,
                // A measure goes by the role that lacks least.
                carries: match easiest {
                    Some((role, ..)) if open && role == g.role => carried(rules, g.needs, has) / 10,
                    _ => 0,
                },
                all_at: (g.needs / 10..100)
                    .find(|n| carried(rules, g.needs, n * 10) >= 1000)
                    .unwrap_or(100),
                may_shut: open && s.could_lose(rules, instrument, target),
                unblock: if open {
                    String::new()
                } else {
                    refusal::how_to_prove(rules, s, instrument, target)
                },
            }
        })
        .collect();
    lines.arrange_by_key(|l| l.needs - l.has);
    lines
}

/// Whether a window may be spoken of yet.
pub(super) fn in_view(game: &Game, w: &Window) -> bool {
    in_view_in(game.situation().turn_now(game.rules()), w)
}

/// Whether it may be spoken of as that turn opens.
pub(super) fn in_view_in(turn: &Turn, w: &Window) -> bool {
    w.known.map_or(w.from < turn.ends, |d| d <= turn.opens)
}

/// The agency's own words for a stance on a draft of an instrument.
pub(super) fn voice_on(game: &Game, a: AgencyIx, i: InstrumentIx, stance: Stance) -> String {
    let of = game.rules().agencies[a].voice.of.iter().find(|(of, _)| *of == i);
    let own = of.map(|(_, stances)| &stances[stance as usize]).filter(|lines| !lines.is_empty());
    own.map_or_else(|| voice(game, a, stance), |lines| pick(game, lines))
}

/// The agency's own words for a stance, whatever it is on.
pub(super) fn voice(game: &Game, a: AgencyIx, stance: Stance) -> String {
    pick(game, &game.rules().agencies[a].voice.stances[stance as usize])
}

/// One of several lines, by the turn: the same page says the same thing twice.
pub(super) fn pick(game: &Game, lines: &[String]) -> String {
    lines.get(game.turn() % lines.len().max(1)).cloned().unwrap_or_default()
}
