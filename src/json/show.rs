//! Which facts stand on which screen, and how one is asked for.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::engine::{Draft, Verb};
use crate::find_id;
use crate::game::Game;
use crate::prose;
use crate::scenario::loc::Id;

use super::{Fault, options};

/// A screen with what it is about.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Screen {
    Front,
    Guidance,
    Desk,
    /// Any draft of a proposal: slots by name, as `options` fills them.
    Propose(Map<String, Value>),
    /// Everything that may be ordered besides proposals.
    Actions,
    Intelligence {
        #[serde(default)]
        campaign: Option<Id>,
    },
    Agencies,
    Agency {
        agency: Id,
    },
    Calendar,
    /// All values that are seen.
    Figures,
    Why {
        indicator: Id,
        /// From 1; the latest that has ended, if it is left out.
        #[serde(default)]
        turn: Option<usize>,
    },
    /// The coach of a lesson.
    Lesson,
    Debrief,
    Codex,
    Assumptions,
}

/// Why a screen was not shown.
pub enum Failed {
    Asked(Fault),
    Written(serde_json::Error),
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        Failed::Asked(fault)
    }
}

/// The facts of a screen as a message.
pub fn of(game: &Game, screen: &Screen) -> Result<String, Failed> {
    match screen {
        Screen::Front => written("front", &prose::front_page(game)),
        Screen::Guidance => written("guidance", &prose::guidance(game)),
        Screen::Desk => written("desk", &prose::desk(game)),
        Screen::Propose(map) => written("propose", &prose::propose(game, &draft(game, map)?)),
        Screen::Actions => written("actions", &prose::actions(game)),
        Screen::Intelligence { campaign } => {
            let board = prose::intelligence(game, None);
            let known = |c: &Id| {
                let named = |ix: &crate::scenario::model::CampaignIx| {
                    game.rules().campaigns[*ix].id == c.text
                };
                board
                    .campaigns
                    .iter()
                    .map(|(ix, _)| *ix)
                    .find(named)
                    .ok_or_else(|| unknown("campaign on the board", c))
            };
            let campaign = campaign.as_ref().map(known).transpose()?;
            written("intelligence", &prose::intelligence(game, campaign))
        }
        Screen::Agencies => written("agencies", &prose::agencies(game)),
        Screen::Agency { agency } => {
            let ix = find_id!(game.rules().agencies, agency.text, AgencyIx)
                .ok_or_else(|| unknown("agency", agency))?;
            written("agency", &prose::agency(game, ix))
        }
        Screen::Calendar => written("calendar", &prose::calendar(game)),
        Screen::Figures => written("figures", &prose::figures(game)),
        Screen::Why { indicator, turn } => written("why", &why(game, indicator, *turn)?),
        Screen::Lesson => written("lesson", &prose::coach(game, &[])),
        Screen::Debrief => written("debrief", &prose::debrief(game)),
        Screen::Codex => written("codex", &prose::codex(game.rules(), prose::codex_until(game))),
        Screen::Assumptions => {
            written("assumptions", &prose::assumptions(game.rules(), prose::codex_until(game)))
        }
    }
}

fn written<F: Serialize>(screen: &str, facts: &F) -> Result<String, Failed> {
    #[derive(Serialize)]
    struct Shown<'s, F> {
        screen: &'s str,
        facts: &'s F,
    }
    serde_json::to_string(&Shown { screen, facts }).map_err(Failed::Written)
}

fn unknown(kind: &str, id: &Id) -> Fault {
    Fault::new(
        "unknown_name",
        format!("there is no {kind} `{}`", id.text),
        "the facts of the screens name those there are",
    )
}

/// A draft with its slots as given; those left out stand as the file or its lead has them, once it
/// is known what is aimed at whom.
fn draft(game: &Game, map: &Map<String, Value>) -> Result<Draft, Fault> {
    let mut given = map.clone();
    given.insert("verb".to_owned(), Value::from("Propose"));
    let mut aim = Map::new();
    for slot in ["verb", "instrument", "target"] {
        aim.extend(given.get(slot).map(|v| (slot.to_owned(), v.clone())));
    }
    let aim = options::draft(game, &aim)?;
    let (Some(instrument), Some(target)) = (aim.subject, aim.object) else {
        // Terms of nothing are refused there.
        return options::draft(game, &given);
    };
    let begun = prose::begin_draft(
        game,
        crate::scenario::model::InstrumentIx(instrument),
        crate::scenario::model::TargetIx(target),
    );
    options::fill(game, Draft { verb: Some(Verb::Propose), ..begun }, &given)
}

fn why(game: &Game, id: &Id, turn: Option<usize>) -> Result<prose::facts::Why, Fault> {
    let rules = game.rules();
    let unseen = || unknown("value that is seen", id);
    let ix = find_id!(rules.indicators, id.text, IndicatorIx).ok_or_else(unseen)?;
    if !game.is_over() && prose::figures(game).iter().all(|f| f.indicator != ix) {
        return Err(unseen());
    }
    let turns = game.past().len();
    let turn = turn.unwrap_or(turns);
    // The turn in play may be asked for once an order of it has moved the value.
    let last = turns + usize::from(prose::moved_now(game, ix));
    if turn > last {
        return Err(Fault::new(
            "no_such_turn",
            format!("turn {turn} has not ended"),
            format!("0 to {last}; 0 is the opening of the game"),
        ));
    }
    let why = if game.is_over() { prose::why_open } else { prose::why };
    Ok(why(game, ix, turn))
}
