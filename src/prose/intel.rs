//! Intelligence.
use super::facts::Intelligence;
use crate::game::Game;
use crate::scenario::model::CampaignIx;
/// What is known of a campaign; of the first on the board if none is named.
pub fn intelligence(_game: &Game, _campaign: Option<CampaignIx>) -> Intelligence { Intelligence::default() }
