//! The front page leads: what asks comes first and little has to be read before it, a refusal names
//! who stopped it, every answer and the largest act have a card, and the last turn has a page.

mod common;
mod test_terminal;

use std::sync::Arc;

use interagency::engine::{Note, Order, Start};
use interagency::game::Game;
use interagency::policy::{self, Policy};
use interagency::prose;
use interagency::tui::App;
use interagency::tui::page::Page;
use interagency::tui::screen::{Screen, Target};
use interagency::tui::shelf::Shelf;
use interagency::tui::theme::{Theme, ThemeName};
use test_terminal::{TURN, here, painted, press};

/// Words that may stand before the first decision of a turn.
const MOST: usize = 180;

/// A game of the policy, shown at each opening and at its end.
fn openings(policy: &str, seed: u64, mut look: impl FnMut(&Game)) {
    let rules = common::cloud_hopper();
    let policy = Policy::parse(&rules, policy).expect("a policy");
    let mut game = Game::new(Arc::clone(&rules), Start { seed, ..Start::default() });
    loop {
        look(&game);
        if game.is_over() {
            return;
        }
        for order in policy::orders_of(&policy, &rules, game.whole()) {
            if order != Order::End {
                let _ = game.give(order, "");
            }
        }
        game.end().expect("a turn ends");
    }
}

fn front(game: &Game, size: (u16, u16)) -> App {
    let mut app = App::new(Theme::new(ThemeName::Default), here(true), Shelf::default(), true);
    app.resize(size.0, size.1);
    app.open_game(Box::new(game.clone()));
    press(&mut app, "n");
    assert_eq!(app.screen(), Screen::Front);
    app
}

/// Words of the page's rows up to the last answer of the first question; where none is asked, up to
/// what else happened, which is folded to its titles.
fn before_the_first_decision(page: &Page) -> usize {
    let event = page.links.iter().find_map(|l| match l.to {
        Target::Answer(event, _) => Some(event),
        _ => None,
    });
    let answers = page
        .links
        .iter()
        .filter(|l| matches!(l.to, Target::Answer(e, _) if Some(e) == event))
        .map(|l| l.row + l.rows)
        .max();
    let titles = page.heads.iter().find(|(_, head)| head == "THE NEWS").map(|(row, _)| *row);
    let last = answers.or(titles).unwrap_or(page.rows.len());
    let words = page.rows[..last].iter().map(|row| {
        let text: String = row.spans.iter().map(|s| s.content.as_ref()).collect();
        text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count()
    });
    words.sum()
}

#[test]
fn at_most_180_words_stand_before_the_first_decision_of_a_turn() {
    let mut pages = 0;
    for (policy, seed) in [("history", 1), ("greedy", 2), ("random", 3)] {
        openings(policy, seed, |game| {
            let app = front(game, (80, 400));
            if game.is_over() {
                return;
            }
            let n = before_the_first_decision(&app.layout().panes[0].page);
            assert!(
                n <= MOST,
                "{n} words, seed {seed}, turn {}:\n{}",
                game.turn() + 1,
                painted(&app)
            );
            pages += 1;
        });
    }
    assert!(pages > 40, "{pages} pages were read");
}

#[test]
fn what_asks_comes_first_and_its_numbers_answer_it() {
    let mut asked = 0;
    openings("history", 1, |game| {
        let mut app = front(game, (80, 24));
        let open = app.play().expect("a game").open_questions();
        if open == 0 || game.is_over() {
            return;
        }
        asked += 1;
        let frame = painted(&app);
        let question = frame.find("!!").expect("the question is in sight");
        assert!(frame.find("WHAT BECAME OF YOURS").is_none_or(|yours| question < yours), "{frame}");
        press(&mut app, "1");
        press(&mut app, "1");
        assert!(app.play().expect("a game").open_questions() < open, "{}", painted(&app));
    });
    assert!(asked > 3, "{asked}");
}

#[test]
fn a_refusal_names_who_stopped_it_and_what_would_have_moved_the_meeting() {
    let mut refusals = 0;
    for seed in 1..=6 {
        openings("random", seed, |game| {
            let Some(last) = game.turn().checked_sub(1) else { return };
            let f = prose::front_page(game);
            let told: Vec<&str> = f
                .results
                .iter()
                .map(|i| i.body.as_str())
                .chain(f.cards.iter().map(|c| c.item.body.as_str()))
                .collect();
            for note in game.notes_of(last) {
                let (Note::Returned { first, stopped_by: by, .. }
                | Note::Blocked { first, stopped_by: by, .. }) = note
                else {
                    continue;
                };
                refusals += 1;
                let who = first
                    .map_or("The President said no", |a| game.rules().agencies[a].short.as_str());
                assert!(
                    told.iter().any(|t| t.contains(who) && t.contains("moved that meeting")),
                    "{who}: {told:?}"
                );
                // Whoever stopped it is nowhere said to have let it pass.
                for r in f.replies.iter().filter(|r| by & (1 << r.agency.0) != 0) {
                    assert!(!r.says.starts_with("concurred on"), "{}: {}", r.who, r.says);
                }
            }
        });
    }
    assert!(refusals > 10, "{refusals}");
}

#[test]
fn each_answer_and_the_largest_act_have_a_card() {
    let mut cards = 0;
    openings("greedy", 4, |game| {
        let Some(last) = game.turn().checked_sub(1) else { return };
        let f = prose::front_page(game);
        for note in game.notes_of(last) {
            match note {
                Note::Chose { event, by_player: true, .. } => {
                    let title = &game.rules().events[event].title;
                    let card = f.cards.iter().find(|c| c.item.title == *title);
                    let card = card.unwrap_or_else(|| panic!("{title}: {:?}", f.cards));
                    assert!(!card.say.is_empty());
                    cards += 1;
                }
                Note::Launched { instrument, .. } if game.rules().instruments[instrument].yours => {
                    assert!(
                        f.cards.first().is_some_and(|c| c.item.kind == "in force"),
                        "{:?}",
                        f.cards
                    );
                    cards += 1;
                }
                _ => {}
            }
        }
        for c in &f.cards {
            for m in &c.moved {
                assert_ne!(m.part, prose::facts::Part::Unknown, "{c:?}");
            }
        }
    });
    assert!(cards > 8, "{cards}");
}

#[test]
fn the_last_turn_is_read_on_a_page_before_the_debrief() {
    let mut app = test_terminal::app(80, 24);
    press(&mut app, test_terminal::DESK);
    let turns = test_terminal::rules().played();
    press(&mut app, &TURN.repeat(turns - 1));
    press(&mut app, "e Up Enter");
    let game = app.play().expect("a game").game();
    assert!(game.is_over());
    assert_eq!(app.screen(), Screen::Front, "{}", painted(&app));
    let f = prose::front_page(game);
    let fired = game.notes_of(turns - 1).filter_map(|n| match n {
        Note::Fired { event, .. } => Some(game.rules().events[event].title.clone()),
        _ => None,
    });
    let fired: Vec<String> = fired.collect();
    assert!(!fired.is_empty());
    for title in fired {
        assert!(f.items.iter().any(|i| i.title == title && !i.body.is_empty()), "{title}");
    }
    press(&mut app, "On");
    assert_eq!(app.screen(), Screen::Debrief, "{}", painted(&app));
}

/// What came in the weeks after the last turn says so, on the last page and in the debrief.
#[test]
fn the_weeks_after_the_last_turn_are_told_apart_from_it() {
    let mut later = 0;
    for seed in 1..=6 {
        openings("greedy", seed, |game| {
            let f = prose::front_page(game);
            if !game.is_over() {
                assert!(f.after.is_empty());
                return;
            }
            assert!(f.after.contains("17 Mar 2019") && f.after.contains("12 May 2019"), "{f:?}");
            let notes: Vec<Note> = game.notes_of(game.turn() - 1).collect();
            let at = notes.iter().position(|n| *n == Note::After).expect("the weeks after");
            let launched = |n: &Note| match n {
                Note::Launched { instrument, target, .. } => Some((*instrument, *target)),
                _ => None,
            };
            let told = |words: &str| {
                let cards = f.cards.iter().map(|c| &c.item);
                cards.chain(&f.results).filter(|i| i.body.contains(words)).count()
            };
            let all = notes.iter().filter_map(launched).count();
            let since = notes[at..].iter().filter_map(launched).count();
            assert!(told("takes effect") + told("take effect") >= all.min(1), "{f:?}");
            assert!(told("In the weeks after: ") >= since, "{f:?}");
            // No turn is named that nobody played.
            let rules = game.rules();
            let all =
                (0..rules.indicators.len()).map(interagency::scenario::model::IndicatorIx::at);
            let whys = all.map(|i| format!("{:?}", prose::why_open(game, i, game.turn())));
            for said in whys.chain([format!("{:?}", prose::debrief(game))]) {
                for n in rules.played() + 1..=rules.turns.len() {
                    assert!(!said.contains(&format!("turn {n}\"")), "turn {n}: {said}");
                }
            }
            let debrief = prose::debrief(game).ending.join(" ");
            assert!(debrief.contains("ran on to 12 May 2019"), "{debrief}");
            if since > 0 {
                assert!(debrief.contains("when you had left: "), "{debrief}");
                later += since;
            }
        });
    }
    assert!(later > 2, "{later}");
}
