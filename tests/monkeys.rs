//! A great many keys: in process, and through a pseudo-terminal on the program itself.
//!
//! Laws: no key, click, paste or size makes it panic; whatever was played is kept and replays; what
//! the terminal shows is what a fresh painting shows. The quit keys are left out, so that sessions
//! last.

mod pty;
mod test_terminal;

use std::cell::RefCell;
use std::rc::Rc;

use interagency::engine::{Order, Refusal};
use interagency::game::Game;
use interagency::input::{Code, Input, Key};
use interagency::play::{Host, Saved};
use interagency::tui::keys::{Action, KEYS};
use interagency::tui::screens::row;
use interagency::tui::{App, Request};
use test_terminal::{Dice, app, carry_out, key, painted, rules, start};

/// A game that is handed in when the face lets go of it.
struct Watched {
    game: Option<Game>,
    desk: Rc<RefCell<Vec<Game>>>,
}

impl Host for Watched {
    fn game(&self) -> &Game {
        self.game.as_ref().expect("held until it is let go")
    }
    fn give(&mut self, order: Order, because: &str) -> Result<(), Refusal> {
        self.game.as_mut().expect("held").give(order, because)
    }
    fn undo(&mut self) -> bool {
        self.game.as_mut().expect("held").undo()
    }
    fn end(&mut self) -> Result<(), Refusal> {
        self.game.as_mut().expect("held").end().map(|_| ())
    }
    fn draft(&mut self) {}
    fn notice(&mut self) -> Option<String> {
        None
    }
    fn saved(&self) -> Saved {
        Saved::Yes
    }
    fn save(&mut self, _: Option<&std::path::Path>) -> Result<String, String> {
        Err("no file".to_owned())
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.desk.borrow_mut().extend(self.game.take());
    }
}

/// Every key of the table but those that leave, and a few that mean nothing.
fn keys() -> Vec<Key> {
    let mut keys: Vec<Key> = KEYS
        .iter()
        .filter(|r| !matches!(r.action, Action::Quit | Action::Kill | Action::Suspend))
        .flat_map(|r| r.keys.iter().copied())
        .collect();
    keys.extend([
        Key::char('Z'),
        Key::plain(Code::F(7)),
        Key::plain(Code::Delete),
        Key::ctrl('a'),
        Key::char('\u{4f60}'),
    ]);
    keys.sort();
    keys.dedup();
    keys
}

fn random_input(dice: &mut Dice, keys: &[Key], size: (u16, u16)) -> Input {
    const OFTEN: [&str; 10] =
        ["Enter", "Enter", "Enter", "Enter", "Down", "Down", "Right", "e", "e", "Tab"];
    let cell = |dice: &mut Dice| {
        (dice.roll(usize::from(size.0)) as u16, dice.roll(usize::from(size.1)) as u16)
    };
    match dice.roll(24) {
        0 => {
            let (x, y) = cell(dice);
            Input::Click { x, y }
        }
        1 => {
            let (x, y) = cell(dice);
            Input::Scroll { x, y, lines: [-3, -2, -1, 0, 1, 2, 3][dice.roll(7)] }
        }
        2 if dice.roll(4) == 0 => Input::Paste("because \u{1b}[2J of \u{202e} the date\n".into()),
        3..=13 => Input::Key(key(OFTEN[dice.roll(OFTEN.len())])),
        _ => Input::Key(keys[dice.roll(keys.len())]),
    }
}

/// One session; the games played in it.
fn session(seed: u64, inputs: usize) -> Vec<Game> {
    const SIZES: [(u16, u16); 8] =
        [(80, 24), (140, 45), (60, 18), (104, 30), (200, 60), (100, 30), (20, 5), (400, 200)];
    let keys = keys();
    let desk = Rc::new(RefCell::new(Vec::new()));
    let mut dice = Dice(seed);
    let size = SIZES[dice.roll(5)];
    let mut app: App = app(size.0, size.1);
    let begin = |app: &mut App| {
        let start = interagency::engine::Start { seed, ..start() };
        app.open_game(Box::new(Watched {
            game: Some(Game::new(rules(), start)),
            desk: Rc::clone(&desk),
        }));
    };
    begin(&mut app);
    for n in 0..inputs {
        if dice.roll(60) == 0 {
            let (width, height) = SIZES[dice.roll(SIZES.len())];
            app.resize(width, height);
        }
        let input = match dice.roll(12) {
            // Now and then a turn is ended, or a page left on which it cannot be.
            0 if app.overlay().popup().is_some() => Input::Key(key("Enter")),
            0 if row(app.screen()).is_in_game() => Input::Key(key("e")),
            0 => Input::Key(key("Esc")),
            _ => random_input(&mut dice, &keys, app.size()),
        };
        match app.update(&input) {
            // Back at the title page: a new game.
            Some(Request::Begin(..) | Request::Relist | Request::Quit | Request::Resume) => {
                begin(&mut app);
            }
            effect => carry_out(&mut app, effect),
        }
        if n % 8 == 0 && app.size().0 < 300 {
            painted(&app);
        }
    }
    painted(&app);
    drop(app);
    desk.take()
}

fn replays(game: &Game) -> Result<usize, String> {
    let past: Vec<_> =
        (0..game.past().len()).map(|t| (game.named_past(t), game.past()[t].digest)).collect();
    let again = Game::replay(
        rules(),
        game.start(),
        past.iter().map(|(orders, digest)| (orders.as_slice(), Some(*digest))),
    );
    again.map(|_| past.len()).map_err(|e| format!("{e:?}"))
}

/// Sessions on as many threads as there are cores. Turns ended in each, sorted.
fn sessions(seeds: std::ops::Range<u64>, inputs: usize) -> Vec<usize> {
    let next = std::sync::atomic::AtomicU64::new(seeds.start);
    let turns = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                    if seed >= seeds.end {
                        return;
                    }
                    let outcome = std::panic::catch_unwind(|| session(seed, inputs));
                    let Ok(games) = outcome else {
                        panic!("session {seed} of {inputs} inputs panicked")
                    };
                    let mut ended = 0;
                    for game in &games {
                        ended += replays(game).unwrap_or_else(|e| {
                            panic!("session {seed} of {inputs} inputs does not replay: {e}")
                        });
                    }
                    turns.lock().expect("no session failed").push(ended);
                }
            });
        }
    });
    let mut turns = turns.into_inner().expect("no session failed");
    turns.sort_unstable();
    turns
}

#[test]
fn random_keys_never_panic_and_what_was_played_replays() {
    let turns = sessions(0..100, 250);
    assert_eq!(turns.len(), 100);
    assert!(turns[50] >= 2, "the keys go nowhere: {turns:?}");
}

#[test]
#[ignore = "ten thousand sessions of five hundred keys: `just monkeys`"]
fn ten_thousand_sessions_of_five_hundred_keys() {
    let n: u64 = std::env::var("SESSIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let turns = sessions(0..n, 500);
    let median = turns[turns.len() / 2];
    println!(
        "{} sessions of 500 inputs: no panic, every game replays; turns ended: median {median}, least {}, most {}",
        turns.len(),
        turns[0],
        turns[turns.len() - 1]
    );
    assert!(median >= 3, "the keys go nowhere");
}

#[cfg(unix)]
mod through_a_terminal {
    use std::time::Duration;

    use interagency::scenario::load;
    use interagency::{record, saved_game};

    use super::test_terminal::Dice;
    use crate::pty::{Pty, program};

    /// Bytes as a terminal sends them. Ctrl-C, Ctrl-Z and q are left out.
    fn bytes(dice: &mut Dice, size: (u16, u16)) -> Vec<u8> {
        const KEYS: [&[u8]; 30] = [
            b"\r",
            b"\r",
            b"\r",
            b"\r",
            b"\r",
            b"e\x1b[A\r",
            b"e\x1b[A\r",
            b"e",
            b"p",
            b"t",
            b"i",
            b"a",
            b"c",
            b"w",
            b"n",
            b"x",
            b"m",
            b"d",
            b"u",
            b"g",
            b"?",
            b"/",
            b"y",
            b"b",
            b"s",
            b"1",
            b"2",
            b"\t",
            b" ",
            b"\x7f",
        ];
        const ESCAPES: [&[u8]; 12] = [
            b"\x1b[A",
            b"\x1b[B",
            b"\x1b[B",
            b"\x1b[C",
            b"\x1b[D",
            b"\x1b[Z",
            b"\x1b[5~",
            b"\x1b[6~",
            b"\x1b[H",
            b"\x1b[F",
            b"\x1bOP",
            b"\x1b[15;5~",
        ];
        match dice.roll(20) {
            0 => {
                let (x, y) =
                    (dice.roll(usize::from(size.0)) + 1, dice.roll(usize::from(size.1)) + 1);
                let button = [0, 0, 64, 65][dice.roll(4)];
                format!("\x1b[<{button};{x};{y}M\x1b[<{button};{x};{y}m").into_bytes()
            }
            1 if dice.roll(3) == 0 => b"\x1b[200~pasted \x1b[2J words\r\n\x1b[201~".to_vec(),
            // Garbage: half a sequence, half a character, a reply nobody asked for.
            2 if dice.roll(3) == 0 => [
                &b"\x1b[<12;"[..],
                &b"\xe4\xbd"[..],
                &b"\x1b]11;rgb:0/0/0\x07"[..],
                &b"\x1b[999;999;999X"[..],
                &b"\xff\xfe"[..],
            ][dice.roll(5)]
            .to_vec(),
            3..=7 => ESCAPES[dice.roll(ESCAPES.len())].to_vec(),
            8 => b"\x1b".to_vec(),
            // From almost anywhere to the desk, and the turn ended: few of two hundred single keys
            // would get there.
            9..=13 => b"de\x1b[A\r".to_vec(),
            _ => KEYS[dice.roll(KEYS.len())].to_vec(),
        }
    }

    /// A session of so many keys. Turns that were kept.
    fn session(seed: u64, keys: usize) -> usize {
        const SIZES: [(u16, u16); 7] =
            [(80, 24), (140, 45), (60, 18), (104, 30), (200, 60), (100, 30), (20, 5)];
        let data = tempfile::tempdir().expect("a folder");
        let data_dir = data.path().display().to_string();
        let seed_text = seed.to_string();
        let mut dice = Dice(seed);
        let mut size = (80, 24);
        let mut pty = Pty::spawn(
            program(),
            &["--data-dir", &data_dir, "play", "cloud-hopper", "--seed", &seed_text],
            &[],
        );
        if seed % 2 == 1 {
            // Every other session begins when there is something to see, at the desk; the rest type
            // into whatever is there.
            pty.until_screen("the first page", |s| {
                s.alternate_screen() && s.contents().contains("help")
            });
            pty.type_in(b"\r\r\r\r");
        }
        let mut sent = 0;
        while sent < keys {
            let burst = dice.roll(12) + 1;
            let mut all = Vec::new();
            for _ in 0..burst {
                all.extend(bytes(&mut dice, size));
                sent += 1;
            }
            if pty.try_type_in(&all).is_err() || pty.has_ended() {
                break;
            }
            if dice.roll(8) == 0 {
                size = SIZES[dice.roll(SIZES.len())];
                pty.resize(size.0, size.1);
            }
            // Sometimes the program keeps up, sometimes it does not.
            if dice.roll(4) == 0 {
                pty.read_for(Duration::from_millis(dice.roll(8) as u64));
            }
        }
        if !pty.has_ended() {
            // What was typed before the terminal was raw was edited by it, and a paste may have
            // lost its end.
            let _ = pty.try_type_in(b"\x1b[201~");
            // What is on the screen is what a fresh painting puts there.
            pty.resize(100, 30);
            pty.read_until_quiet(Duration::from_millis(400));
            let shown = pty.text();
            if pty.try_type_in(b"\x0c").is_ok() {
                pty.read_until_quiet(Duration::from_millis(200));
                if !pty.has_ended() {
                    assert_eq!(
                        pty.text(),
                        shown,
                        "session {seed}: painting anew shows something else"
                    );
                }
            }
            let _ = pty.try_type_in(b"\x03");
        }
        let status = pty.wait();
        assert!(status.success(), "session {seed}: {status:?}\n{}", pty.report());
        let tail = format!("session {seed}: {}", pty.report());
        let restored =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| pty.assert_restored()));
        assert!(restored.is_ok(), "{tail}");
        let mut turns = 0;
        for entry in std::fs::read_dir(data.path().join("runs")).expect("runs").flatten() {
            let decoded = record::decode(&std::fs::read(entry.path()).expect("read"));
            assert!(decoded.damage.is_none(), "session {seed}: {:?}", decoded.damage);
            // Random keys find the title page, and there another scenario.
            let scenario = &decoded.header.as_ref().expect("a first line").scenario;
            let rules = std::sync::Arc::new(load::embedded(scenario, &[]).expect("loads"));
            let game = saved_game::replay(&rules, &decoded);
            assert!(game.is_ok(), "session {seed}: {:?}", game.err());
            turns += decoded.turns.len();
        }
        turns
    }

    #[test]
    fn random_keys_through_a_terminal_never_panic_and_the_game_kept_replays() {
        for seed in 0..5 {
            session(seed, 200);
        }
    }

    #[test]
    #[ignore = "a thousand sessions of two hundred keys: `just monkeys`"]
    fn a_thousand_sessions_through_a_terminal() {
        let n: u64 =
            std::env::var("PTY_SESSIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(1000);
        // `PTY_FIRST=547 PTY_SESSIONS=548` plays one of them again.
        let first: u64 = std::env::var("PTY_FIRST").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
        let next = std::sync::atomic::AtomicU64::new(first);
        let turns = std::sync::Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    loop {
                        let seed = next.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                        if seed >= n {
                            return;
                        }
                        let ended = session(seed, 200);
                        turns.lock().expect("no session failed").push(ended);
                    }
                });
            }
        });
        let mut turns = turns.into_inner().expect("no session failed");
        turns.sort_unstable();
        let median = turns[turns.len() / 2];
        println!(
            "{} sessions of 200 keys: no panic, everything restored, every run replays; turns kept: median {median}",
            turns.len()
        );
        assert!(median >= 3, "the keys go nowhere");
    }
}
