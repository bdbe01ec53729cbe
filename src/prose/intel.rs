//! What is known of the campaigns: likelihoods by question, the items they rest on, what may be
//! looked for.

use crate::engine::{Known, Note, belief};
use crate::game::Game;
use crate::order::Arrange;
use crate::scenario::model::{
    AimIx, Audience, CampaignIx, Evidence, EvidenceIx, From, InstrumentIx, Rules, TargetIx, TellIx,
};

use super::facts::{
    AimRow, Door, EvidenceRow, Intelligence, LawCell, LawRow, Likelihood, QuestionRow, VariableRow,
    WorldRow,
};
use super::{actions, order, stand, text, words, work};

/// What is known of a campaign; of the first on the board if none is named.
pub fn intelligence(game: &Game, campaign: Option<CampaignIx>) -> Intelligence {
    let rules = game.rules();
    let known: Vec<CampaignIx> = (0..rules.campaigns.len())
        .map(CampaignIx::at)
        .filter(|c| actions::on_board(game, *c))
        .collect();
    let names = known.iter().map(|c| (*c, rules.campaigns[*c].name.clone())).collect();
    let mut facts = Intelligence {
        header: stand::header(game),
        campaigns: names,
        tells: tells(game),
        aims: aims(game),
        grid: grid(game, &known),
        law: law(game, &known),
        worlds: worlds(game),
        worlds_moved: worlds_moved(game),
        ..Intelligence::default()
    };
    let Some(c) = campaign.filter(|c| known.contains(c)).or(known.first().copied()) else {
        return facts;
    };
    let page = &rules.campaigns[c];
    facts.campaign = Some(c);
    facts.name.clone_from(&page.name);
    facts.means.clone_from(&page.means);
    facts.route.clone_from(&page.route);
    facts.drawn = match page.record {
        Some(source) => {
            let id = &rules.sources[source].id;
            let named = if text::is_out(game, source) { format!(" ({id})") } else { String::new() };
            format!(
                "What was done is of record{named}. Drawn, and estimated here, is only what can be \
                 proved of it."
            )
        }
        None => "Invented: what was done is drawn.".to_owned(),
    };
    facts.variables = variables(game, c);
    facts.evidence = evidence(game, c);
    facts.tasks = actions::tasks_on(game, c);
    facts.active_tasks =
        work::work(game).into_iter().filter(|w| w.door == Some(Door::Campaign(c))).collect();
    facts.gates = gates(game, c);
    facts
}

/// Questions down, campaigns across.
fn grid(game: &Game, known: &[CampaignIx]) -> Vec<QuestionRow> {
    let mut out: Vec<QuestionRow> = Vec::new();
    for (n, c) in known.iter().enumerate() {
        for v in variables(game, *c) {
            let at = out.iter().position(|r| *r.asks == *v.asks).unwrap_or_else(|| {
                let cells = vec![None; known.len()];
                out.push(QuestionRow { asks: v.asks.to_string(), cells });
                out.len() - 1
            });
            out[at].cells[n] = v.values.into_iter().next();
        }
    }
    out
}

/// Targets down, instruments the law is asked about across.
fn law(game: &Game, known: &[CampaignIx]) -> Vec<LawRow> {
    let (rules, s) = (game.rules(), game.situation());
    let mut out = Vec::new();
    for (t, target) in rules.targets.iter().enumerate() {
        if s.targets_known() & (1 << t) == 0 || !target.campaign.is_some_and(|c| known.contains(&c))
        {
            continue;
        }
        let of = |n: usize| stand::gates(game, InstrumentIx::at(n), TargetIx::at(t)).into_iter();
        let cells: Vec<LawCell> = rules
            .instruments
            .iter()
            .enumerate()
            .filter(|(_, ins)| !ins.gates.is_empty() && ins.targets & (1 << t) != 0)
            .filter_map(|(n, ins)| {
                let g = of(n).next()?;
                let instrument = ins.short.clone();
                Some(LawCell { instrument, has: g.has, needs: g.needs, open: g.open })
            })
            .collect();
        if !cells.is_empty() {
            out.push(LawRow { target: target.short.clone(), cells });
        }
    }
    out
}

/// Belief in each world model.
pub(super) fn belief_in_worlds(rules: &Rules, s: &Known) -> Vec<Likelihood> {
    let weights = &s.world_belief[..rules.world_prior.len()];
    let one = |(n, w): (usize, &crate::scenario::model::World)| {
        let percent = words::belief(belief::share(weights, belief::of_world(rules, n)));
        Likelihood { says: w.name.clone(), percent, word: words::likelihood(percent) }
    };
    rules.worlds.iter().enumerate().map(one).collect()
}

fn worlds(game: &Game) -> Vec<WorldRow> {
    let rules = game.rules();
    let now = belief_in_worlds(rules, game.situation());
    let before = game.before().map(|s| belief_in_worlds(rules, s));
    now.into_iter()
        .enumerate()
        .map(|(n, now)| {
            let before = before.as_ref().and_then(|b| b.get(n)).map_or(now.percent, |l| l.percent);
            WorldRow { now, before }
        })
        .collect()
}

/// What was seen of the other side over the last turn, which is all that moves it, each with the
/// world it speaks for.
fn worlds_moved(game: &Game) -> Vec<String> {
    let rules = game.rules();
    let Some(before) = game.before() else { return Vec::new() };
    if worlds(game).iter().all(|w| w.before == w.now.percent) {
        return Vec::new();
    }
    // By how much belief in each world has grown, and how much of that tells have done.
    let (was, is) = (shares_of_worlds(rules, before), shares_of_worlds(rules, game.situation()));
    let mut rest: Vec<f64> = was.iter().zip(&is).map(|(was, is)| is / was.max(1e-9)).collect();
    let mut told = Vec::new();
    let mut answered = None;
    for n in stand::news(game) {
        let (found, t) = match n {
            Note::TellFound(t) => (true, t),
            Note::TellSilence(t) => (false, t),
            Note::Responded { response, .. } if rules.responses[response].visible => {
                answered = Some(response);
                continue;
            }
            _ => continue,
        };
        let tell = &rules.tells[t];
        let cells = rules.trait_cells.max(1);
        let chance = |n: usize| {
            let seen = tell.seen.iter().skip(n * cells).take(cells);
            let mean = seen.map(|p| f64::from(*p)).sum::<f64>() / cells as f64 / 1000.0;
            if found { mean } else { 1.0 - mean }
        };
        let by_world: Vec<f64> = (0..rules.worlds.len()).map(chance).collect();
        rest.iter_mut().zip(&by_world).for_each(|(r, p)| *r /= p.max(1e-9));
        let silence = tell.silence.clone().unwrap_or_default();
        let says = if found { tell.text.says().to_owned() } else { silence };
        if !says.is_empty() {
            told.push(speaks_for(rules, &says, &by_world));
        }
    }
    if let Some(response) = answered {
        let r = &rules.responses[response];
        let answer = format!("{} {}.", rules.agencies[r.seat].short, r.name.inside());
        told.push(speaks_for(rules, &answer, &rest));
    } else if told.is_empty() || likeliest(&rest).is_some() {
        // In a turn in which it was not its turn to answer, silence says nothing.
        told.push(speaks_for(rules, "No answer of the other side was seen.", &rest));
    }
    told
}

/// Belief in each world, of one.
fn shares_of_worlds(rules: &Rules, s: &Known) -> Vec<f64> {
    let cells = rules.trait_cells.max(1);
    let sum = |chunk: &[u64]| chunk.iter().map(|w| *w as f64).sum::<f64>();
    let weights = &s.world_belief[..rules.world_prior.len()];
    weights.chunks(cells).map(|chunk| sum(chunk) / sum(weights).max(1.0)).collect()
}

/// What was seen with the world in which it was likeliest, where that says anything.
fn speaks_for(rules: &Rules, says: &str, by_world: &[f64]) -> String {
    match likeliest(by_world) {
        Some(n) => format!("{says} Speaks for: {}.", rules.worlds[n].name),
        None => format!("{says} Speaks for none more than another."),
    }
}

/// The world in which something was likeliest; none where no world stands out.
fn likeliest(by_world: &[f64]) -> Option<usize> {
    let mean = by_world.iter().sum::<f64>() / by_world.len().max(1) as f64;
    let best = (0..by_world.len()).max_by(|a, b| by_world[*a].total_cmp(&by_world[*b]));
    best.filter(|n| by_world[*n] > mean * WORTH_NAMING)
}

/// So much likelier than on average before a world is named.
const WORTH_NAMING: f64 = 1.05;

/// Likelihood of each value of each question before all sources, largest first.
pub(super) fn variables(game: &Game, c: CampaignIx) -> Vec<VariableRow> {
    let (rules, s) = (game.rules(), game.situation());
    let page = &rules.campaigns[c];
    let weights = &s.belief[Audience::AllSource as usize][page.first..page.first + page.cells];
    page.variables
        .iter()
        .map(|v| {
            let mut values: Vec<Likelihood> = v
                .values
                .iter()
                .map(|value| {
                    let percent = words::belief(belief::share(weights, value.mask));
                    Likelihood {
                        says: value.says.clone(),
                        percent,
                        word: words::likelihood(percent),
                    }
                })
                .collect();
            values.arrange_by_key(|l| std::cmp::Reverse(l.percent));
            VariableRow { asks: v.asks.clone(), values }
        })
        .collect()
}

/// What an item or its silence speaks for: the value under which it was likeliest, and how
/// strongly.
fn speaks(game: &Game, e: &Evidence, seen: bool) -> String {
    let Some(v) = game.rules().campaigns[e.campaign].variables.get(usize::from(e.variable)) else {
        return String::new();
    };
    let chances: Vec<u32> =
        e.by_value.iter().map(|p| if seen { *p } else { 100 - (*p).min(100) }).collect();
    let (Some(best), Some(least)) = (chances.iter().max(), chances.iter().min()) else {
        return String::new();
    };
    // What is nearly as likely is spoken for as well: an item can speak against one value of three.
    let tops: Vec<&str> = v
        .values
        .iter()
        .zip(&chances)
        .filter(|(_, p)| **p * 10 >= *best * 9)
        .map(|(v, _)| v.says.as_str())
        .collect();
    let strength = match best * 10 / (*least).max(1) {
        0..15 => "says little",
        15..30 => "weakly for",
        30..80 => "clearly for",
        _ => "strongly for",
    };
    if strength == "says little" {
        return strength.to_owned();
    }
    let masks = v.values.iter().zip(&chances).filter(|(_, p)| **p * 10 >= *best * 9);
    let mask = masks.fold(0, |all, (v, _)| all | v.mask);
    let moved = weighed(game, e, seen, mask);
    format!("{strength}: {}{moved}", tops.join(" or "))
}

/// "; 46% without it, 71% with it": how likely these cells are before all sources, were it taken
/// out of what is known. Nothing where the truth may have moved since.
fn weighed(game: &Game, e: &Evidence, seen: bool, mask: u64) -> String {
    let (rules, s) = (game.rules(), game.situation());
    let c = &rules.campaigns[e.campaign];
    if e.reaches & (1 << Audience::AllSource as u8) == 0 || c.shift.iter().any(|t| !t.is_empty()) {
        return String::new();
    }
    let with = &s.belief[Audience::AllSource as usize][c.first..c.first + c.cells];
    let chance = |n: usize| u64::from(if seen { e.seen[n] } else { 1000 - e.seen[n] }).max(1);
    let without: Vec<u64> = with.iter().enumerate().map(|(n, w)| w / chance(n)).collect();
    let percent = |weights: &[u64]| words::belief(belief::share(weights, mask));
    format!("; {}% without it, {}% with it", percent(&without), percent(with))
}

/// Where an item may be used besides before all sources.
fn uses(e: &Evidence) -> String {
    let open = [Audience::AdminRecord, Audience::Court, Audience::Public]
        .into_iter()
        .filter(|a| e.reaches & (1 << *a as u8) != 0);
    let names: Vec<&str> = open.map(words::audience).collect();
    if names.is_empty() { "analysts only".to_owned() } else { names.join(", ") }
}

/// When it came in: its own day, or the opening after the turn that brought it.
fn came(game: &Game, from: From, turn: Option<usize>) -> String {
    let rules = game.rules();
    match (from, turn) {
        (From::On(day), _) => day.long(),
        (_, Some(t)) => rules.turns[t].ends.long(),
        (_, None) => "known at the start".to_owned(),
    }
}

fn evidence(game: &Game, c: CampaignIx) -> Vec<EvidenceRow> {
    let rules = game.rules();
    let row = |e: EvidenceIx, seen: bool, turn: Option<usize>| {
        let item = &rules.evidence[e];
        let silence =
            item.silence.clone().unwrap_or_else(|| "Looked for, and not found.".to_owned());
        EvidenceRow {
            evidence: Some(e),
            date: came(game, item.from, turn),
            body: if seen { item.text.says().to_owned() } else { silence },
            label: if seen {
                text::label(game, &item.text)
            } else {
                text::silence(rules, &item.text)
            },
            uses: uses(item),
            speaks: speaks(game, item, seen),
            burns: item.burns && seen,
            silent: !seen,
            is_new: game.turn() > 0 && turn >= Some(game.turn() - 1),
        }
    };
    let items = seen_notes(game).filter_map(|(turn, n)| {
        if let Note::Found(e) = n {
            return Some((turn, e, true));
        }
        let Note::Silence(e) = n else { return None };
        Some((turn, e, false))
    });
    let mut rows: Vec<EvidenceRow> = items
        .filter(|(_, e, _)| rules.evidence[*e].campaign == c)
        .map(|(t, e, seen)| row(e, seen, t))
        .collect();
    rows.reverse();
    rows
}

/// Notes of the setup, then of each turn that has ended, with the turn of each.
fn seen_notes(game: &Game) -> impl Iterator<Item = (Option<usize>, Note)> {
    let turns = (0..game.past().len()).flat_map(|t| game.dated_notes_of(t));
    game.notes_of_setup().map(|n| (None, n)).chain(turns.map(|(t, n)| (Some(t), n)))
}

/// What has been seen of how the other side works; what it proves is left to the reader until the
/// debrief.
fn tells(game: &Game) -> Vec<EvidenceRow> {
    let rules = game.rules();
    let row = |t: TellIx, seen: bool, turn: Option<usize>| {
        let item = &rules.tells[t];
        let body = if seen { item.text.says().to_owned() } else { item.silence.clone()? };
        Some(EvidenceRow {
            date: came(game, item.from, turn),
            body,
            label: if seen {
                text::label(game, &item.text)
            } else {
                text::silence(rules, &item.text)
            },
            silent: !seen,
            is_new: game.turn() > 0 && turn >= Some(game.turn() - 1),
            ..EvidenceRow::default()
        })
    };
    let mut rows: Vec<EvidenceRow> = seen_notes(game)
        .filter_map(|(turn, n)| {
            if let Note::TellFound(t) = n {
                return row(t, true, turn);
            }
            if let Note::TellSilence(t) = n {
                return row(t, false, turn);
            }
            of_aim(game, n, turn)
        })
        .collect();
    rows.reverse();
    rows
}

/// A sign or an act of an aim, or that it was looked for or due and did not come.
fn of_aim(game: &Game, note: Note, turn: Option<usize>) -> Option<EvidenceRow> {
    let rules = game.rules();
    let (a, n, silent) = if let Note::SignSeen(a, n) | Note::Acted(a, n) = note {
        (a, n, false)
    } else if let Note::SignSilence(a, n) | Note::NotActed(a, n) = note {
        (a, n, true)
    } else {
        return None;
    };
    let aim = &rules.aims[a];
    let step = aim.steps.get(usize::from(n))?;
    let is_act = matches!(note, Note::Acted(..) | Note::NotActed(..));
    let text = step.act.as_ref().filter(|_| is_act).unwrap_or(&step.sign);
    let body = match (silent, is_act) {
        (false, _) => text.says().to_owned(),
        (true, false) => step
            .silence
            .clone()
            .unwrap_or_else(|| format!("Looked for, and not seen: {}.", step.name.inside())),
        (true, true) => format!("It could have come by now, and has not: {}.", step.name.inside()),
    };
    let way = if silent { "against" } else { "for" };
    Some(EvidenceRow {
        date: came(game, From::Brought, turn),
        body,
        label: if silent { text::silence(rules, text) } else { text::label(game, text) },
        speaks: format!("{way}: {}", aim.name.inside()),
        silent,
        is_new: game.turn() > 0 && turn >= Some(game.turn() - 1),
        ..EvidenceRow::default()
    })
}

/// How likely it is that the aim is pursued, of a hundred, by these weights of the cells.
fn share_of(rules: &Rules, weights: &[u64], a: AimIx) -> u8 {
    let with = |mask: &u8| mask & (1 << a.0) != 0;
    let cells = rules.aim_cells.iter().enumerate().filter(|(_, m)| with(m));
    let mask = cells.fold(0, |all, (n, _)| all | 1u64 << n);
    words::belief(belief::share(weights, mask))
}

/// `about as likely as not (48%)`.
pub(super) fn share_in_words(rules: &Rules, weights: &[u64], a: AimIx) -> String {
    let percent = share_of(rules, weights, a);
    format!("{} ({percent}%)", words::likelihood(percent))
}

/// What it may work towards by itself, the likeliest first.
fn aims(game: &Game) -> Vec<AimRow> {
    let (rules, s) = (game.rules(), game.situation());
    let row = |n: usize| {
        let aim = &rules.aims[n];
        let percent = share_of(rules, &s.aim_belief[..rules.aim_prior.len()], AimIx::at(n));
        AimRow {
            likely: Likelihood {
                says: aim.name.to_string(),
                percent,
                word: words::likelihood(percent),
            },
            means: aim.means.clone(),
            guard: if s.halted & (1 << n) == 0 {
                format!("stands in its way: {}", aim.guard)
            } else {
                "given up, if it was pursued".to_owned()
            },
        }
    };
    let mut rows: Vec<AimRow> = (0..rules.aims.len()).map(row).collect();
    rows.arrange_by_key(|r| std::cmp::Reverse(r.likely.percent));
    rows
}

/// Where the law stands for the measures that aim at this campaign's people and firms.
fn gates(game: &Game, c: CampaignIx) -> Vec<String> {
    let (rules, s) = (game.rules(), game.situation());
    let mut out = Vec::new();
    for (n, ins) in rules.instruments.iter().enumerate().filter(|(_, i)| !i.gates.is_empty()) {
        for (t, target) in rules.targets.iter().enumerate() {
            if target.campaign != Some(c)
                || ins.targets & (1 << t) == 0
                || s.targets_known() & (1 << t) == 0
            {
                continue;
            }
            let (instrument, target) = (InstrumentIx::at(n), TargetIx::at(t));
            if let Some(g) = stand::gates(game, instrument, target).first() {
                let state = if g.open { "open" } else { "shut" };
                out.push(format!(
                    "{}: {} {}, needs {}: {state} ({})",
                    order::measure(rules, instrument, target),
                    g.record,
                    g.has,
                    g.needs,
                    g.role
                ));
            }
        }
    }
    out
}
