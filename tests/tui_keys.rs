//! Keys, mouse, search and the ways between screens, on the face without a terminal.
//!
//! Laws: what the footer offers does something; help knows the words a screen prints; any list can
//! be searched and says what it hides; a click is a key. Then what new players stumbled over, so
//! that nobody does again.

mod test_terminal;

use std::path::Path;

use interagency::engine::{Order, Refusal};
use interagency::game::Game;
use interagency::input::{Input, Key};
use interagency::play::{Host, Saved};
use interagency::text;
use interagency::tui::keys::Action;
use interagency::tui::screen::{Popup, Screen, Target};
use interagency::tui::{App, Library, Request};
use test_terminal::{DESK, Shelf, TURN, app, carry_out, key, painted, press, tour};

fn at(keys: &str, size: (u16, u16)) -> App {
    let mut app = app(size.0, size.1);
    press(&mut app, keys);
    app
}

fn orders(app: &App) -> Option<(usize, u128)> {
    app.play().map(|p| (p.game().orders().len(), p.game().whole().digest()))
}

fn click(app: &mut App, x: u16, y: u16) -> Option<Request> {
    app.update(&Input::Click { x, y })
}

/// The cell where a text stands on the frame.
fn cell(app: &App, words: &str) -> (u16, u16) {
    let frame = painted(app);
    for (y, line) in frame.lines().enumerate() {
        if let Some(at) = line.find(words) {
            return (text::width(&line[..at]) as u16, y as u16);
        }
    }
    panic!("{words} is not on\n{frame}");
}

#[test]
fn every_key_in_the_footer_does_something_on_the_screen_it_stands_on() {
    let mut pressed = 0;
    for size in [(80, 24), (140, 45)] {
        for (name, keys) in tour() {
            let offered = at(&keys, size).footer();
            assert!(!offered.is_empty(), "{name}");
            for foot in offered {
                // The two arrows are one label.
                let back = (foot.written == "←→").then(|| key("Left"));
                let done = foot.keys.iter().chain(&back).any(|key| {
                    let mut app = at(&keys, size);
                    let before = (painted(&app), orders(&app), app.screen());
                    let effect = app.update(&Input::Key(*key));
                    let asked = effect.is_some();
                    carry_out(&mut app, effect);
                    asked || (painted(&app), orders(&app), app.screen()) != before
                });
                assert!(
                    done,
                    "{} {} does nothing on {name} at {size:?}\n{}",
                    foot.written,
                    foot.label,
                    painted(&at(&keys, size))
                );
                pressed += 1;
            }
        }
    }
    println!("{pressed} keys of footers pressed");
}

#[test]
fn a_click_on_a_key_in_the_footer_presses_it() {
    for (name, keys) in tour() {
        for foot in at(&keys, (100, 30)).footer() {
            let (mut clicked, mut typed) = (at(&keys, (100, 30)), at(&keys, (100, 30)));
            // The arrows are two keys: the second is the one that goes on.
            let x = foot.x + u16::from(foot.written == "←→");
            let a = click(&mut clicked, x, 29);
            let b = typed.update(&Input::Key(foot.keys[0]));
            assert_eq!(a, b, "{name}: {}", foot.written);
            assert_eq!(
                painted(&clicked),
                painted(&typed),
                "{name}: {} {}",
                foot.written,
                foot.label
            );
        }
    }
    // The first arrow is the other direction.
    let mut app = at(&format!("{DESK} t"), (80, 24));
    let (x, y) = cell(&app, "←→");
    click(&mut app, x, y);
    assert!(painted(&app).contains("UNDER WAY OR IN FORCE"), "{}", painted(&app));
}

#[test]
fn a_click_selects_and_a_second_opens() {
    let mut app = at(&format!("{DESK} a"), (80, 24));
    let (x, y) = cell(&app, "Commerce");
    let before = app.target();
    assert_eq!(click(&mut app, x, y), None);
    assert_ne!(app.target(), before);
    assert!(app.overlay().popup().is_none());
    click(&mut app, x, y);
    assert!(matches!(app.overlay().popup(), Some(Popup::Detail(Target::Agency(_)))));
    // A row of a box is there to be chosen: one click takes it. Outside, the box is closed.
    let mut app = at(&format!("{DESK} e"), (80, 24));
    assert!(matches!(app.overlay().popup(), Some(Popup::EndTurn)));
    let (x, y) = cell(&app, "Not yet");
    click(&mut app, x, y);
    assert!(app.overlay().popup().is_none(), "it is taken");
    // A row of the draft opens its values; nothing goes on the agenda by clicking at it.
    let mut app = at(&format!("{DESK} p Down Enter"), (80, 24));
    let (x, y) = cell(&app, "Venue");
    let before = orders(&app);
    for _ in 0..2 {
        click(&mut app, x, y);
    }
    assert!(matches!(app.overlay().popup(), Some(Popup::Pick(..))), "{}", painted(&app));
    assert_eq!(orders(&app), before);
}

#[test]
fn the_names_of_pages_can_be_clicked() {
    let mut app = at(&format!("{DESK} t"), (80, 24));
    let (x, y) = cell(&app, "3 Promises");
    click(&mut app, x + 2, y);
    assert!(painted(&app).contains(" PROMISES"), "{}", painted(&app));
    let mut app = at(&format!("{DESK}{} r", TURN.repeat(14)), (80, 24));
    assert_eq!(app.screen(), Screen::Debrief);
    let (x, y) = cell(&app, "4 World");
    click(&mut app, x, y);
    assert!(painted(&app).contains("THE WORLD"), "{}", painted(&app));
}

#[test]
fn what_counts_the_rows_out_of_sight_turns_the_page_when_it_is_clicked() {
    let mut app = at("x", (140, 45));
    let before = app.cursor();
    let (x, y) = cell(&app, "▼");
    click(&mut app, x, y);
    let after = app.cursor();
    assert!(after.top[0] > before.top[0] + 20, "{}", painted(&app));
    assert_eq!(after.link, before.link, "the cursor stays");
    let (x, y) = cell(&app, "▲");
    click(&mut app, x, y);
    assert_eq!(app.cursor().top[0], before.top[0]);
}

#[test]
fn the_wheel_scrolls_what_is_under_it() {
    let mut app = at("x", (140, 45));
    let before = app.cursor();
    app.update(&Input::Scroll { x: 5, y: 10, lines: 5 });
    assert_eq!(app.cursor().top[0], before.top[0] + 5);
    assert_eq!(app.cursor().link, before.link, "the cursor stays");
    let list = app.cursor().top[0];
    app.update(&Input::Scroll { x: 130, y: 10, lines: 5 });
    assert_eq!(app.cursor().top[0], list, "the list stays when the wheel turns over the entry");
}

#[test]
fn the_mouse_can_be_turned_off_and_on_in_the_options() {
    let mut app = at("G Up Enter G", (80, 24));
    assert!(painted(&app).contains("Shift and the mouse mark text"));
    assert_eq!(app.update(&Input::Key(key("Enter"))), Some(Request::Mouse(false)));
    assert!(painted(&app).contains("off: left to the terminal"));
    let before = painted(&app);
    // Reports that were on their way.
    click(&mut app, 1, 1);
    app.update(&Input::Scroll { x: 20, y: 10, lines: 3 });
    assert_eq!(painted(&app), before);
    assert_eq!(app.update(&Input::Key(key("Enter"))), Some(Request::Mouse(true)));
}

/// Where a list is searched, and a word that is in some of its rows and not in all.
const LISTS: [(&str, &str, &str); 11] = [
    ("measures", "p", "a l l i"),
    ("tasks", "t", "s e c u r i t y Space c o m p"),
    ("asks", "t 2", "j u s t i c e"),
    ("promises", "t 3", "t r e a s u r y"),
    ("intelligence", "i Tab", "s i g n a l s"),
    ("agencies", "a", "c o m m e r c e"),
    ("calendar", "c", "s u m m i t"),
    ("codex", "x", "s a n c t"),
    ("assumptions", "m", "t h e f t"),
    ("help", "?", "w i n d o w"),
    ("why", "w", "t a l k s"),
];

#[test]
fn any_list_can_be_searched_and_says_what_it_hides() {
    for size in [(80, 24), (140, 45)] {
        for (name, keys, words) in LISTS {
            let mut app = at(&format!("{DESK} {keys}"), size);
            let before = painted(&app);
            press(&mut app, &format!("/ {words}"));
            let frame = painted(&app);
            let line = frame
                .lines()
                .find(|l| l.contains(" found, "))
                .unwrap_or_else(|| panic!("{name} at {size:?} does not say how many\n{frame}"));
            let numbers: Vec<usize> =
                line.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
            assert!(numbers[0] > 0 && numbers[1] > 0, "{name} at {size:?}: {line}");
            press(&mut app, "Enter");
            assert!(painted(&app).contains(" found, "), "{name}: Enter keeps the search");
            assert!(app.overlay().popup().is_none());
            press(&mut app, "Esc");
            assert!(!painted(&app).contains(" found, "), "{name}: Esc clears it");
            assert_eq!(
                app.screen(),
                at(&format!("{DESK} {keys}"), size).screen(),
                "{name}: and stays"
            );
            press(&mut app, "/ z q z");
            assert!(
                painted(&app).to_lowercase().contains("nothing matches"),
                "{name}\n{}",
                painted(&app)
            );
            press(&mut app, "Esc Home");
            assert_eq!(painted(&app).lines().count(), before.lines().count());
        }
    }
}

#[test]
fn a_search_goes_on_with_each_letter_and_back_with_backspace() {
    let mut app = at("x", (80, 24));
    let count = |app: &App| -> usize {
        let frame = painted(app);
        let line = frame.lines().find(|l| l.contains(" found, ")).expect("a count").to_owned();
        line.split(|c: char| !c.is_ascii_digit()).find_map(|n| n.parse().ok()).expect("a number")
    };
    press(&mut app, "/ s");
    let mut counts = vec![count(&app)];
    for letter in ["a", "n", "c", "t"] {
        press(&mut app, letter);
        counts.push(count(&app));
    }
    assert!(counts.windows(2).all(|w| w[0] >= w[1]) && counts[4] < counts[0], "{counts:?}");
    press(&mut app, "Backspace Backspace Backspace Backspace");
    assert_eq!(count(&app), counts[0]);
}

#[test]
fn the_cursor_goes_to_what_fits_best_and_can_be_moved_while_typing() {
    let mut app = at(&format!("{DESK} x"), (80, 24));
    press(&mut app, "/ g a t e");
    let frame = painted(&app);
    let line = frame.lines().find(|l| l.starts_with('▸')).expect("a cursor");
    assert!(line.contains("Gate"), "{frame}");
    let before = app.target();
    press(&mut app, "Down");
    assert_ne!(app.target(), before);
    assert!(app.overlay().is_searching());
}

#[test]
fn an_entry_that_another_names_is_found_though_it_was_not_searched_for() {
    let mut app = at(&format!("{DESK} x / a l l e g e d , Enter Enter"), (80, 24));
    assert!(
        painted(&app).contains("see also") && painted(&app).contains("Record and simulated"),
        "{}",
        painted(&app)
    );
    press(&mut app, "Enter");
    let frame = painted(&app);
    assert!(frame.lines().any(|l| l.starts_with("▸ Record and simulated")), "{frame}");
}

#[test]
fn the_desk_finds_a_measure_by_its_words() {
    let mut app = at(&format!("{DESK} / a l l i Enter Enter"), (80, 24));
    assert_eq!(app.screen(), Screen::Propose);
    assert!(painted(&app).contains("Joint statement"), "{}", painted(&app));
    press(&mut app, "Esc");
}

#[test]
fn a_row_of_the_draft_is_picked_from_its_values_by_typing() {
    let mut app = at(&format!("{DESK} p Enter Down"), (80, 24));
    let Some(Target::Slot(row)) = app.target() else { panic!("a row") };
    press(&mut app, "/");
    assert!(matches!(app.overlay().popup(), Some(Popup::Pick(r, _)) if *r == row));
    let all = painted(&app);
    press(&mut app, "t u r b");
    let some = painted(&app);
    assert_ne!(all, some);
    assert!(some.contains("/ turb") && some.contains(" of "), "{some}");
    press(&mut app, "Enter");
    assert!(app.overlay().popup().is_none());
    assert!(
        painted(&app).lines().any(|l| l.contains("Target") && l.contains("Firm A")),
        "{}",
        painted(&app)
    );
    // Esc first clears what was typed, then leaves the draft as it is.
    let before = painted(&app);
    press(&mut app, "/ x y z");
    assert!(painted(&app).contains("Nothing matches"));
    press(&mut app, "Esc");
    assert!(matches!(app.overlay().popup(), Some(Popup::Pick(..))));
    press(&mut app, "Esc");
    assert_eq!(painted(&app), before);
}

#[test]
fn first_last_and_half_pages_go_where_they_say() {
    for (name, keys) in [("codex", "x"), ("help", "?"), ("assumptions", "m")] {
        let mut app = at(keys, (80, 24));
        press(&mut app, "Home");
        let top = painted(&app);
        press(&mut app, "G");
        let last = painted(&app);
        assert_ne!(top, last, "{name}");
        let under = app.target();
        press(&mut app, "Down");
        assert_eq!(app.target(), under, "{name}: nothing comes after the last row");
        press(&mut app, "Home");
        assert_eq!(painted(&app), top, "{name}");
        press(&mut app, "End");
        assert_eq!((painted(&app), app.target()), (last, under), "{name}: End is G");
        press(&mut app, "Home ^d ^d");
        assert_ne!(painted(&app), top, "{name}");
        press(&mut app, "^u ^u ^u ^u");
        assert_eq!(app.target(), at(&format!("{keys} Home"), (80, 24)).target(), "{name}");
    }
    // On a page that is read, too.
    let mut app = at(&format!("{DESK}{} n", TURN.repeat(3)), (80, 24));
    let top = painted(&app);
    press(&mut app, "G");
    // What is out of sight is counted at the right edge; an arrow elsewhere is a change.
    let counts = |frame: &str| {
        frame.lines().any(|l| {
            let end = l.trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
            end.ends_with('▼')
        })
    };
    assert!(!counts(&painted(&app)) && painted(&app) != top, "{}", painted(&app));
    press(&mut app, "Home");
    assert_eq!(painted(&app), top);
}

#[test]
fn how_to_end_the_turn_is_on_every_desk() {
    for size in [(60, 18), (80, 24), (140, 45)] {
        for keys in [DESK.to_owned(), format!("{DESK}{TURN}")] {
            let frame = painted(&at(&keys, size));
            assert!(
                frame.lines().last().is_some_and(|l| l.contains("e end turn")),
                "{size:?}:\n{frame}"
            );
        }
    }
}

#[test]
fn help_knows_the_words_a_screen_prints() {
    let mut heads = 0;
    for size in [(80, 24), (140, 45)] {
        for (name, keys) in tour() {
            let mut app = at(&keys, size);
            if app.overlay().popup().is_some() || app.screen() == Screen::Help {
                continue;
            }
            let plan = app.layout();
            let mut printed: Vec<String> =
                plan.panes.iter().flat_map(|p| p.page.heads.iter().map(|h| h.1.clone())).collect();
            printed.extend(
                plan.horizontal_rules.iter().map(|l| l.1.clone()).filter(|t| !t.is_empty()),
            );
            drop(plan);
            // Names of scenarios, campaigns and endings are no words of a screen.
            let named = |h: &String| {
                ["CLOUD HOPPER", "Lesson"].iter().any(|n| h.contains(n))
                    || (app.screen() == Screen::Debrief
                        && ["debrief-ending", "debrief-marks"].contains(&name))
                    || app.screen() == Screen::Intel && h.contains('(')
            };
            printed.retain(|h| !named(h));
            press(&mut app, "?");
            let page: Vec<&str> = app.help().words.iter().map(|w| w.word.as_str()).collect();
            for head in printed {
                // "THE ROOM on Sanctions · Haitai", "TURN 4 OF 14": what they are about differs.
                let head = head.split(" on ").next().unwrap_or_default().to_owned();
                assert!(
                    page.contains(&head.as_str()),
                    "help does not know \"{head}\" of {name} at {size:?}: {page:?}"
                );
                heads += 1;
            }
        }
    }
    println!("{heads} heads explained");
}

#[test]
fn help_begins_with_the_keys_of_the_screen_and_its_words_and_opens_them() {
    let mut app = at(&format!("{DESK} ?"), (80, 90));
    let page = painted(&app);
    let find =
        |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is not on\n{page}"));
    assert!(
        find("ON THIS SCREEN: DESK") < find("WORDS ON THIS SCREEN")
            && find("WORDS ON THIS SCREEN") < find("HOW IT WORKS")
    );
    assert!(page.contains("LIVE FILES"));
    let words: Vec<&str> = app.help().words.iter().map(|w| w.word.as_str()).collect();
    assert!(words.contains(&"LIVE FILES"), "{words:?}");
    press(&mut app, "/ l i v e Space f i l e s Enter Enter");
    assert_eq!(app.screen(), Screen::Codex, "{}", painted(&app));
    assert!(painted(&app).contains("Live file"));
    press(&mut app, "Esc");
    assert_eq!(app.screen(), Screen::Help);
    press(&mut app, "Esc");
    assert_eq!(app.screen(), Screen::Desk);
}

#[test]
fn esc_on_the_title_page_says_how_to_leave_and_stays() {
    let mut app = app(80, 24);
    assert_eq!(app.update(&Input::Key(key("Esc"))), None);
    assert_eq!(app.screen(), Screen::Title);
    assert!(painted(&app).contains("q leaves the program"));
    assert!(app.footer().iter().any(|f| f.action == Action::Quit && f.label == "quit"));
    assert_eq!(app.update(&Input::Key(key("q"))), Some(Request::Quit));
}

#[test]
fn enter_in_the_debrief_is_the_next_page_unless_a_row_was_chosen() {
    let mut app = at(&format!("{DESK} p Down Enter Enter{} r", TURN.repeat(14)), (80, 24));
    let page = |app: &App| app.play().map(|p| p.selection.debrief_page);
    for n in 0..7 {
        assert_eq!(page(&app), Some(n));
        while page(&app) == Some(n) {
            let frame = painted(&app);
            let (row, foot) = match (frame.contains('▼'), n) {
                // What is out of sight is read first.
                (true, _) => ("▸ Read on", "Enter read on"),
                (false, 6) => ("▸ To the title page", "Enter title page"),
                (false, _) => ("▸ Next page, ", "Enter next page"),
            };
            assert!(frame.contains(row) && frame.contains(foot), "page {n}\n{frame}");
            if (row, n) == ("▸ To the title page", 6) {
                break;
            }
            press(&mut app, "Enter");
            assert_eq!(app.screen(), Screen::Debrief);
        }
    }
    press(&mut app, "6 Up");
    assert!(painted(&app).contains("Enter open"), "{}", painted(&app));
    press(&mut app, "Enter");
    assert_eq!(app.screen(), Screen::Why);
    // After the last page Enter leaves, as it says.
    press(&mut app, "Esc 7");
    for _ in 0..20 {
        let word = if app.screen() == Screen::Debrief { "Enter" } else { "Home" };
        press(&mut app, word);
    }
    assert_eq!(app.screen(), Screen::Title);
}

#[test]
fn tasks_open_on_tasks() {
    let mut app = at(&format!("{DESK} t 4"), (80, 24));
    press(&mut app, "x Esc");
    assert_eq!(
        app.play().map(|p| p.selection.act_page),
        Some(3),
        "coming back with Esc is where one was"
    );
    press(&mut app, "d t");
    assert_eq!(app.play().map(|p| p.selection.act_page), Some(0));
}

#[test]
fn a_number_for_a_question_out_of_sight_says_what_it_did() {
    let mut app = at(DESK, (60, 18));
    // The first questions of each turn; the later ones stand further down its page.
    for n in 0..39 {
        if n % 3 == 0 {
            press(&mut app, &format!("{TURN} n"));
        }
        let before = orders(&app);
        press(&mut app, "1");
        let frame = painted(&app);
        if app.overlay().said().as_ref().is_some_and(|s| s.contains("in sight now")) {
            assert_eq!(orders(&app), before, "nothing was answered yet");
            assert!(frame.contains("press 1 again"), "{frame}");
            assert!(
                !frame.contains("Enter answer so"),
                "who reads on with Enter answers nothing:\n{frame}"
            );
            press(&mut app, "1");
            assert_ne!(orders(&app), before, "{}", painted(&app));
            return;
        }
    }
    panic!("no question was ever out of sight");
}

#[test]
fn past_games_are_a_list_that_opens_the_game() {
    let mut app = at("Down", (80, 24));
    let effect = app.update(&Input::Key(key("Enter")));
    assert_eq!(effect, Some(Request::Past), "nothing is read before it is asked for");
    carry_out(&mut app, effect);
    assert_eq!(app.screen(), Screen::Past);
    press(&mut app, "/ t r a y");
    assert!(painted(&app).contains("1 found, 3 hidden"), "{}", painted(&app));
    press(&mut app, "Enter");
    assert_eq!(app.update(&Input::Key(key("Enter"))), Some(Request::Open("000003-3fa9".into())));
    press(&mut app, "Esc G");
    assert_eq!(app.update(&Input::Key(key("Enter"))), None);
    assert!(painted(&app).contains("line 7 was changed"), "one that cannot be opened says why");
    press(&mut app, "Esc Esc");
    assert_eq!(app.screen(), Screen::Title);
}

#[test]
fn a_past_game_is_shown_between_its_marks_and_two_of_them_side_by_side() {
    let mut app = at("Down Enter", (80, 24));
    assert_eq!(app.unweighed(), None, "a game that goes on is not weighed");
    assert!(painted(&app).contains("It is not over"), "{}", painted(&app));
    press(&mut app, "c");
    assert!(painted(&app).contains("Only games that are over"), "{}", painted(&app));
    app.update(&Input::Key(key("Down")));
    assert_eq!(app.unweighed().as_deref(), Some("000003-3fa9"), "only what is looked at");
    app.weighed("000003-3fa9", "40 of 100 between 38 and 46.".into());
    assert_eq!(app.unweighed(), None, "and that once");
    let frame = painted(&app);
    assert!(frame.contains("40 of 100 between 38 and 46."), "{frame}");
    press(&mut app, "c");
    assert!(painted(&app).contains("marked, ended: The tray"), "{}", painted(&app));
    press(&mut app, "c");
    assert!(!painted(&app).contains("marked, "), "pressed again it is taken back");
    press(&mut app, "c Down");
    let effect = app.update(&Input::Key(key("c")));
    let (a, b) = ("000003-3fa9".to_owned(), "000002-3fa9".to_owned());
    assert_eq!(effect, Some(Request::Compare(a, b)));
    carry_out(&mut app, effect);
    assert_eq!(app.screen(), Screen::Compare);
    press(&mut app, "Enter");
    assert_eq!(app.screen(), Screen::Past, "Enter leads back");
}

#[test]
fn a_game_that_is_over_is_offered_by_its_debrief() {
    let mut app = app(80, 24);
    let over = interagency::tui::Unfinished {
        title: "Cloud Hopper".into(),
        line: "A list and two names".into(),
        over: true,
    };
    app.relist(app.shelf().entries.clone(), Some(over), 0);
    let frame = painted(&app);
    assert!(
        frame.contains("THE LAST GAME")
            && frame.contains("read the debrief · A list and two names"),
        "{frame}"
    );
    press(&mut app, "Home");
    assert_eq!(app.update(&Input::Key(key("Enter"))), Some(Request::Resume));
}

#[test]
fn reserved_letters_type_while_a_line_is_typed() {
    let mut app = at("x / q", (80, 24));
    assert_eq!(app.screen(), Screen::Codex);
    assert!(app.update(&Input::Key(Key::char('?'))).is_none());
    assert_eq!(app.search(), "q?");
}

#[test]
fn a_value_is_found_on_why_and_opened() {
    for size in [(80, 24), (140, 45)] {
        let mut app = at(&format!("{DESK}{} w / a l l i e s", TURN.repeat(2)), size);
        assert_eq!(app.screen(), Screen::Why, "letters are typed");
        press(&mut app, "Enter Enter");
        let frame = painted(&app);
        assert!(
            app.search().is_empty()
                && frame.lines().nth(3).is_some_and(|l| l.contains("Allied alignment")),
            "{size:?}\n{frame}"
        );
    }
}

#[test]
fn where_nothing_can_be_searched_what_is_typed_after_a_slash_runs_nothing() {
    let boxes = ["e", "t 5 Enter", "a Enter", "p Enter b", "q"].map(|k| format!("{DESK} {k}"));
    let pages = [
        String::new(),
        "Down Down Enter".into(),
        format!("{DESK} n"),
        format!("{DESK} g"),
        format!("{DESK} r"),
        "Down Down Down Enter".into(),
    ];
    for keys in boxes.into_iter().chain(pages) {
        let mut app = at(&keys, (80, 24));
        let before = (painted(&app), orders(&app), app.screen());
        press(&mut app, "/ e q x 1 ?");
        let frame = painted(&app);
        assert!(
            frame.contains("/ eqx1?") && frame.contains("nothing to search here"),
            "{keys}\n{frame}"
        );
        press(&mut app, "Esc");
        assert_eq!((painted(&app), orders(&app), app.screen()), before, "{keys}");
        // Painting anew shows what was there.
        press(&mut app, "/ e");
        let shown = painted(&app);
        app.update(&Input::Key(Key::ctrl('l')));
        assert_eq!(painted(&app), shown, "{keys}");
        press(&mut app, "Esc");
        // Any other key ends it and does what it does.
        press(&mut app, "/ e Down");
        assert!(!painted(&app).contains("nothing to search here"));
    }
}

#[test]
fn how_sure_is_stated_by_its_number_and_says_when_it_is_left_unstated() {
    let mut app = at(&format!("{DESK} t 5 Enter"), (80, 24));
    let frame = painted(&app);
    assert!(frame.contains("1-3 25, 50 or 75%") && frame.contains("Esc leave unstated"), "{frame}");
    let before = orders(&app);
    press(&mut app, "Right Esc");
    assert_eq!(orders(&app), before);
    assert!(painted(&app).contains("Not stated"), "{}", painted(&app));
    press(&mut app, "Enter 3");
    assert!(app.overlay().popup().is_none() && orders(&app) != before, "{}", painted(&app));
    assert!(painted(&app).contains("75% sure"), "{}", painted(&app));
    press(&mut app, "Enter Left ?");
    assert!(painted(&app).contains("Not stated anew: 75% stands"), "{}", painted(&app));
}

#[test]
fn the_numbers_and_arrows_of_how_sure_can_be_clicked() {
    for size in [(80, 24), (140, 45)] {
        let mut app = at(&format!("{DESK} t 5 Enter"), size);
        let before = painted(&app);
        let (left, bar) = cell(&app, "← █");
        click(&mut app, left, bar);
        assert_ne!(painted(&app), before, "the arrow moves it");
        let (x, y) = cell(&app, "3 75%");
        click(&mut app, x, y);
        assert!(app.overlay().popup().is_none(), "{}", painted(&app));
        assert!(painted(&app).contains("% sure"), "{}", painted(&app));
    }
}

#[test]
fn a_reason_that_is_left_says_that_it_is_not_kept() {
    let mut app = at(&format!("{DESK} p Enter y T h e y Esc"), (80, 24));
    assert!(painted(&app).contains("Not kept: no reason is given"), "{}", painted(&app));
    press(&mut app, "y T h e y Enter y Esc");
    assert!(!painted(&app).contains("Not kept"), "nothing was changed");
}

#[test]
fn the_cursor_among_all_values_is_on_the_one_that_is_explained_and_opens_the_one_under_it() {
    let mut app = at(&format!("{DESK}{} w", TURN.repeat(3)), (140, 45));
    let value = |app: &App| app.play().map(|p| p.selection.explained.indicator);
    let under = |app: &App| match app.target() {
        Some(Target::To(interagency::prose::facts::Door::Indicator(i))) => Some(i),
        _ => None,
    };
    for _ in 0..4 {
        let before = value(&app);
        press(&mut app, "Tab");
        assert_ne!(value(&app), before);
        assert_eq!(under(&app), value(&app), "{}", painted(&app));
    }
    // The page follows the cursor down the list, and Enter stays with it.
    let before = value(&app);
    press(&mut app, "Down Down");
    assert_ne!(value(&app), before);
    assert_eq!(under(&app), value(&app), "{}", painted(&app));
    let wanted = value(&app);
    press(&mut app, "Enter");
    assert_eq!(value(&app), wanted, "{}", painted(&app));
}

#[test]
fn what_is_open_beside_the_desk_stays_while_the_cursor_goes_into_it() {
    let mut app = at(&format!("{DESK}{}", TURN.repeat(3)), (140, 45));
    let panes = app.layout().panes.len();
    assert!(matches!(app.target(), Some(Target::Memo(_))), "{}", painted(&app));
    let title = painted(&app);
    press(&mut app, "Right");
    let frame = painted(&app);
    assert!(matches!(app.target(), Some(Target::Answer(..))), "{frame}");
    assert_eq!(app.layout().panes.len(), panes, "{frame}");
    let words = |frame: &str| {
        frame.replace('▸', " ").lines().take(38).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(words(&frame), words(&title), "only the cursor moved");
    for _ in 0..9 {
        press(&mut app, "Tab");
        assert!(app.target().is_some() && painted(&app).contains('▸'), "{}", painted(&app));
    }
}

#[test]
fn a_search_belongs_to_its_page() {
    for (page, keys) in
        [("tasks", "Right"), ("tasks", "3"), ("tasks", "t"), ("tasks", "s"), ("tasks", "i")]
    {
        let mut app = at(&format!("{DESK} t / s e c u r Enter"), (80, 24));
        assert!(!app.search().is_empty());
        press(&mut app, keys);
        assert!(
            app.search().is_empty() && !painted(&app).contains(" hidden"),
            "{page} {keys}\n{}",
            painted(&app)
        );
    }
}

#[test]
fn the_briefing_can_be_read_again_from_the_desk() {
    let first = at("Down Down Enter", (140, 45));
    let page =
        |app: &App| painted(app).lines().skip(2).take(30).map(str::to_owned).collect::<Vec<_>>();
    let mut app = at(&format!("{DESK}{} b", TURN.repeat(3)), (140, 45));
    assert_eq!(app.screen(), Screen::Briefing);
    assert_eq!(page(&app), page(&first), "the same page, of the same day");
    assert!(painted(&app).contains("Enter back"), "{}", painted(&app));
    press(&mut app, "Enter");
    assert_eq!(app.screen(), Screen::Desk);
    press(&mut app, "?");
    assert!(painted(&app).contains("briefing"), "{}", painted(&app));
}

#[test]
fn a_draft_that_was_refused_is_found_as_it_was_left_with_the_reason() {
    let three = "p Down Enter Enter p Down Enter Enter p Down Enter Enter";
    let mut app = at(&format!("{DESK} {three} p Home Enter Enter"), (80, 24));
    // The file is being built already, and nobody is left.
    press(&mut app, "p Home Enter y B e c a u s e Enter");
    let draft =
        |app: &App| app.play().map(|p| (p.drafting.draft(), p.drafting.because().to_owned()));
    press(&mut app, "Enter");
    assert!(
        matches!(app.overlay().popup(), Some(Popup::Told(..))),
        "it is refused\n{}",
        painted(&app)
    );
    press(&mut app, "Enter Down Down Right");
    let left = draft(&app);
    press(&mut app, "d p Home Enter");
    assert_eq!(draft(&app), left, "{}", painted(&app));
    assert!(painted(&app).contains("As you left it. Refused: "), "{}", painted(&app));
}

#[test]
fn a_draft_that_was_changed_is_kept_when_it_is_left() {
    let mut app = at(&format!("{DESK} p Enter"), (80, 24));
    let draft = |app: &App| app.play().map(|p| p.drafting.draft());
    let opened = draft(&app);
    press(&mut app, "Down Down Right");
    let left = draft(&app);
    assert_ne!(left, opened);
    press(&mut app, "Escape p Enter");
    assert_eq!(draft(&app), left, "{}", painted(&app));
    assert!(
        painted(&app).contains("As you left it.") && !painted(&app).contains("Refused"),
        "{}",
        painted(&app)
    );
}

#[test]
fn another_instrument_and_back_is_the_draft_as_it_was_left() {
    let mut app = at(&format!("{DESK} p Enter"), (80, 24));
    let draft = |app: &App| app.play().map(|p| p.drafting.draft());
    let opened = draft(&app);
    press(&mut app, "Down Down Down Right");
    let left = draft(&app);
    assert_ne!(left, opened);
    press(&mut app, "Up Up Up Right");
    let subject = |app: &App| draft(app).and_then(|d| d.subject);
    assert_ne!(subject(&app), left.and_then(|d| d.subject), "{}", painted(&app));
    press(&mut app, "Left");
    assert_eq!(draft(&app), left, "{}", painted(&app));
}

#[test]
fn the_front_page_offers_numbers_only_while_the_question_is_in_sight_and_says_what_enter_does() {
    let (mut hidden, mut shown, mut read) = (0, 0, 0);
    let mut app = at(DESK, (80, 24));
    for _ in 0..10 {
        press(&mut app, &format!("{TURN} n"));
        for _ in 0..20 {
            let (frame, foot) = (painted(&app), app.footer());
            let offered = foot.iter().any(|f| f.action == Action::Number);
            let numbers =
                frame.lines().filter(|l| l.starts_with("  1 ") || l.starts_with("▸ 1 ")).count();
            assert!(!offered || numbers > 0, "no question is in sight:\n{frame}");
            (hidden, shown) = (hidden + usize::from(!offered), shown + usize::from(offered));
            let enter = foot.iter().find(|f| f.action == Action::Open).map(|f| f.label.clone());
            let row = frame.lines().find(|l| l.starts_with('▸')).unwrap_or_default().to_owned();
            assert_eq!(
                enter.as_deref() == Some("read on"),
                row.contains("Read on"),
                "{row} / {enter:?}\n{frame}"
            );
            assert_eq!(
                enter.as_deref() == Some("to the desk"),
                row.contains("On to the desk"),
                "{row} / {enter:?}\n{frame}"
            );
            assert!(!frame.contains("Enter: why"), "{frame}");
            if !row.contains("Read on") {
                break;
            }
            read += 1;
            press(&mut app, "Enter");
        }
        press(&mut app, "d");
    }
    assert!(hidden > 0 && shown > 0 && read > 0, "{hidden} {shown} {read}");
}

#[test]
fn enter_on_a_task_that_was_ordered_takes_it_back_and_says_so() {
    let mut app = at(&format!("{DESK} t"), (80, 24));
    let before = orders(&app);
    // First on which campaign; then it is ordered.
    assert!(painted(&app).contains("Enter on which"), "{}", painted(&app));
    press(&mut app, "Enter");
    assert!(painted(&app).contains("Enter order it"), "{}", painted(&app));
    press(&mut app, "Enter Enter");
    assert!(
        painted(&app).contains("Enter take back") && orders(&app) != before,
        "{}",
        painted(&app)
    );
    press(&mut app, "Enter");
    assert_eq!(orders(&app), before, "{}", painted(&app));
    press(&mut app, "Esc");
    // One of an earlier turn is not taken back: Enter says why it cannot be ordered again.
    press(&mut app, &format!("Enter Enter{TURN} t Enter"));
    let frame = painted(&app);
    assert!(!frame.contains("under way") || frame.contains("Enter why not"), "{frame}");
}

#[test]
fn a_stray_esc_and_enter_stay_in_the_game_and_q_and_enter_leave_it() {
    let mut app = at(&format!("{DESK} Esc"), (80, 24));
    assert!(
        painted(&app).contains("Leave the game? It is kept") && painted(&app).contains("▸ Stay"),
        "{}",
        painted(&app)
    );
    press(&mut app, "Enter");
    assert_eq!(
        (app.screen(), app.overlay().popup().is_none(), app.play().is_some()),
        (Screen::Desk, true, true)
    );
    press(&mut app, "q Enter");
    assert_eq!((app.screen(), app.play().is_none()), (Screen::Title, true));
}

/// A game that cannot be saved but in another place.
struct Lost {
    game: Game,
    saved: Saved,
}

impl Host for Lost {
    fn game(&self) -> &Game {
        &self.game
    }
    fn give(&mut self, order: Order, because: &str) -> Result<(), Refusal> {
        self.game.give(order, because)
    }
    fn undo(&mut self) -> bool {
        self.game.undo()
    }
    fn end(&mut self) -> Result<(), Refusal> {
        self.game.end().map(|_| ())
    }
    fn draft(&mut self) {}
    fn notice(&mut self) -> Option<String> {
        None
    }
    fn saved(&self) -> Saved {
        self.saved.clone()
    }
    fn save(&mut self, elsewhere: Option<&Path>) -> Result<String, String> {
        let path = elsewhere.ok_or("the disk is full")?;
        self.saved = Saved::Yes;
        Ok(path.display().to_string())
    }
}

fn lost(saved: Saved, turns: usize, size: (u16, u16)) -> App {
    let mut game = Game::new(test_terminal::rules(), test_terminal::start());
    for _ in 0..turns {
        game.end().expect("a turn");
    }
    let mut app = app(size.0, size.1);
    app.open_game(Box::new(Lost { game, saved }));
    press(&mut app, "On On Enter");
    app
}

fn full() -> Saved {
    Saved::No("the disk is full".to_owned())
}

#[test]
fn a_game_that_is_not_saved_says_so_on_every_screen_and_leaving_is_asked_about() {
    for size in [(60, 18), (80, 24), (140, 45)] {
        let mut app = lost(full(), 1, size);
        for keys in ["d", "p", "Enter", "d t", "i", "a", "c", "w", "n", "g", "x", "m", "?"] {
            press(&mut app, keys);
            let frame = painted(&app);
            let top = frame.lines().next().unwrap_or_default();
            assert!(top.contains("! not saved") && top.contains("turn 2"), "{keys}:\n{frame}");
        }
        press(&mut app, "d q");
        let frame = painted(&app);
        for words in ["Leave the game? It is not saved", "▸ Stay", "The reason: the disk is full"]
        {
            assert!(words.split(' ').all(|w| frame.contains(w)), "{words}:\n{frame}");
        }
        // Whoever presses on stays.
        press(&mut app, "q q Enter");
        assert!(app.play().is_some() && app.overlay().popup().is_none());
        press(&mut app, "q Down Enter");
        assert!(painted(&app).contains("The game is still not saved"), "{}", painted(&app));
        press(&mut app, "Enter q Down Down Enter");
        assert!(painted(&app).contains("Save where?"), "{}", painted(&app));
        press(&mut app, "/ m n t / a Enter");
        assert!(painted(&app).contains("All of it is in /mnt/a."), "{}", painted(&app));
        press(&mut app, "Enter");
        let top = painted(&app).lines().next().unwrap_or_default().to_owned();
        assert!(!top.contains("not saved"), "{top}");
        press(&mut app, "q Enter");
        assert!(app.play().is_none());
    }
    let mut app = lost(full(), 0, (80, 24));
    press(&mut app, "d q Down Down Down Enter");
    assert!(app.play().is_none(), "lost, as was said");
    // By wish it is not tried again in the place that was not wanted.
    let mut app = lost(Saved::ByWish, 0, (80, 24));
    press(&mut app, "d Esc");
    let frame = painted(&app);
    assert!(frame.contains("▸ Stay") && frame.contains("as you asked"), "{frame}");
    assert!(!frame.contains("Try again") && frame.contains("Save it in another place"), "{frame}");
}

#[test]
fn no_way_out_of_a_game_that_is_not_saved_goes_without_a_question() {
    // A game that is over is left without a question where it is kept.
    for keys in ["q", "Esc"] {
        let mut app = lost(full(), 14, (80, 24));
        for _ in 0..4 {
            if app.overlay().popup().is_none() {
                press(&mut app, keys);
            }
        }
        assert!(painted(&app).contains("It is not saved") && app.play().is_some(), "{keys}");
    }
    let mut app = lost(full(), 0, (80, 24));
    let kill = Input::Key(Key::ctrl('c'));
    assert_eq!(app.update(&kill), None);
    assert!(painted(&app).contains("It is not saved"), "{}", painted(&app));
    assert_eq!(app.update(&kill), Some(Request::Quit), "asked once");
}

#[test]
fn a_row_of_two_lines_under_the_cursor_is_whole() {
    for keys in ["Down", "PgDn", "^d"] {
        let mut app = at(&format!("{DESK} t"), (80, 24));
        for _ in 0..24 {
            press(&mut app, keys);
            let target = app.target().expect("a row");
            assert!(app.cursor().sees(&app.layout(), target), "{keys}:\n{}", painted(&app));
        }
    }
    // A click on its first line, at the edge.
    let mut app = at(&format!("{DESK} t"), (80, 24));
    let (x, y) = cell(&app, "Work with a security");
    click(&mut app, x, y);
    let target = app.target().expect("a row");
    assert!(app.cursor().sees(&app.layout(), target), "{}", painted(&app));
}

#[test]
fn the_key_that_jumps_to_the_files_is_in_the_footer_of_the_desk() {
    let mut app = at(&format!("{DESK}{}", TURN.repeat(3)), (80, 24));
    let foot = painted(&app).lines().last().unwrap_or_default().to_owned();
    for offered in ["▲▼ Tab move", "p propose", "t tasks", "i intel", "e end turn", "? help"] {
        assert!(foot.contains(offered), "{offered}: {foot}");
    }
    for _ in 0..6 {
        if matches!(app.target(), Some(Target::File(_))) {
            return;
        }
        press(&mut app, "Tab");
    }
    panic!("Tab does not reach the files\n{}", painted(&app));
}

#[test]
fn a_draft_says_on_each_row_that_can_be_changed_how_it_is() {
    let mut app = at(&format!("{DESK} p Down Enter"), (80, 24));
    let mut rows = Vec::new();
    for _ in 0..12 {
        let frame = painted(&app);
        let row = frame.lines().find(|l| l.starts_with('▸')).unwrap_or_default().to_owned();
        let slot = matches!(app.target(), Some(Target::Slot(_)));
        assert_eq!(
            (frame.contains("←→ change"), row.contains("← ")),
            (slot, slot),
            "{row}\n{frame}"
        );
        rows.push(row);
        press(&mut app, "Down");
    }
    assert!(
        rows.iter().any(|r| r.contains("Venue")) && rows.iter().any(|r| r.contains("Because")),
        "{rows:?}"
    );
}

#[test]
fn the_mark_of_what_you_did_is_explained_where_it_stands() {
    for size in [(80, 24), (140, 45)] {
        let app = at(&format!("{DESK} p Down Enter Enter{} r 3", TURN.repeat(14)), size);
        assert!(painted(&app).contains("◆ cleared, stopped, in effect"), "{}", painted(&app));
    }
}

#[test]
fn the_title_page_says_that_a_newer_game_could_not_be_read() {
    let mut app = app(80, 24);
    assert!(!painted(&app).contains("could not be read"));
    let shelf = Shelf { left: true };
    app.relist(shelf.entries(), shelf.unfinished().0, 1);
    assert!(
        painted(&app).contains("! the newest could not be read")
            && painted(&app).contains("CONTINUE"),
        "{}",
        painted(&app)
    );
}

#[test]
fn a_class_that_types_one_word_meets_one_draw() {
    let mut app = at("G Up Enter G Up Enter", (80, 24));
    for c in " Maple".chars() {
        let _ = app.update(&Input::Key(Key::char(c)));
    }
    press(&mut app, "Enter");
    assert!(painted(&app).contains("Maple: a new game is the same"), "{}", painted(&app));
    press(&mut app, "Esc");
    assert!(painted(&app).contains("the class word is Maple"), "{}", painted(&app));
    press(&mut app, "Home Down Down");
    match app.update(&Input::Key(key("Enter"))) {
        Some(Request::Begin(id, seed)) => {
            assert_eq!(id, "cloud-hopper");
            assert_eq!(seed, interagency::engine::seed_of("maple"));
        }
        other => panic!("{other:?}\n{}", painted(&app)),
    }
    // Without one each game is drawn for itself.
    let mut app = at("Down Down", (80, 24));
    assert!(matches!(app.update(&Input::Key(key("Enter"))), Some(Request::Begin(_, None))));
}

/// The third answer was given by whoever pressed 3 on a memo that was closed, and Enter.
#[test]
fn a_number_on_a_memo_that_is_not_open_opens_it_at_that_answer() {
    let mut app = at(&format!("{DESK}{TURN}"), (80, 24));
    let Some(Target::Memo(_)) = app.target() else {
        panic!("the cursor is on a memo\n{}", painted(&app))
    };
    press(&mut app, "2");
    let Some(Target::Answer(event, choice)) = app.popup_target() else {
        panic!("{}", painted(&app))
    };
    assert_eq!(choice, 1);
    press(&mut app, "Enter");
    let given = app.play().expect("a game").game().orders();
    assert!(given.iter().any(|o| o.order == Order::Answer { event, choice }), "{given:?}");
}

/// Page down put the cursor on the reason, and Enter then wrote one in place of the agenda.
#[test]
fn page_down_on_a_draft_reads_on_and_leaves_the_cursor_where_it_was() {
    let mut app = at(&format!("{DESK} p Down Enter Down"), (80, 24));
    let before = (app.target(), painted(&app));
    press(&mut app, "PgDn");
    assert_eq!(app.target(), before.0);
    assert_ne!(painted(&app), before.1, "what was below is in sight");
    press(&mut app, "PgUp");
    assert_eq!((app.target(), painted(&app)), before);
}
