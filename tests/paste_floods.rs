//! More input than anybody types: keys held down, a wheel that never stops, a megabyte pasted.
//!
//! Laws: what is held of it is bounded, one frame at most is painted for each batch, the way out is
//! found behind it, and the game is what the keys made of it. No clock here; `just floods` measures
//! how long the way out takes on the program itself.

mod pty;
mod test_terminal;

use std::collections::VecDeque;
use std::io;

use interagency::game::Game;
use interagency::input::{Input, Msg, Signal};
use interagency::terminal::Decoder;
use interagency::tui::{Opening, Opts, Seen, Stage, run};
use ratatui::backend::TestBackend;
use ratatui::{Frame, Terminal};
use test_terminal::{Dice, Shelf, here, rules, start, to_text};

/// Paper that hands out what it was given and then asks the program to end.
struct Paper {
    terminal: Terminal<TestBackend>,
    batches: VecDeque<Vec<Msg>>,
    frames: usize,
}

impl Stage for Paper {
    fn size(&self) -> (u16, u16) {
        (80, 24)
    }
    fn wait(&mut self) -> Vec<Msg> {
        self.batches.pop_front().unwrap_or_else(|| vec![Msg::Signal(Signal::Term)])
    }
    fn draw(&mut self, paint: &mut dyn FnMut(&mut Frame<'_>)) -> io::Result<()> {
        self.frames += 1;
        self.terminal.draw(|frame| paint(frame)).map(|_| ()).map_err(io::Error::other)
    }
    fn repaint(&mut self) {}
    fn suspend(&mut self) -> Msg {
        Msg::Resize(80, 24)
    }
}

/// Plays these bytes as they would come from a terminal, so many inputs to a batch.
fn play(bytes: &[u8], batch: usize) -> (Seen, Paper, usize) {
    let mut inputs = Vec::new();
    let mut decoder = Decoder::new();
    decoder.feed(bytes, |input| inputs.push(input));
    decoder.flush(|input| inputs.push(input));
    let batches: VecDeque<Vec<Msg>> =
        inputs.chunks(batch).map(|c| c.iter().cloned().map(Msg::Input).collect()).collect();
    let (n, all) = (batches.len(), inputs.len());
    let mut paper = Paper {
        terminal: Terminal::new(TestBackend::new(80, 24)).expect("paper"),
        batches,
        frames: 0,
    };
    let opts = Opts {
        theme: None,
        here: here(true),
        mouse: true,
        opening: Opening::Game(Box::new(Game::new(rules(), start()))),
    };
    let seen = run(&mut paper, opts, &mut Shelf { left: false }).expect("plays");
    assert!(paper.frames <= n + 1, "{} frames for {n} batches", paper.frames);
    (seen, paper, all)
}

/// To the desk of the first turn.
const DESK: &[u8] = b"\r\r\r\r\r\r";

#[test]
fn a_flood_of_keys_is_worked_off_a_frame_a_batch_and_the_way_out_is_found_behind_it() {
    let mut dice = Dice(1);
    let keys: Vec<u8> = (0..5_000).map(|_| b"jkhl\tiawcd"[dice.roll(10)]).collect();
    let (seen, paper, inputs) = play(&[DESK, &keys, b"\x03never"].concat(), 4096);
    assert_eq!(seen, Seen::Quit);
    assert!(inputs > 5_000 && paper.frames <= 3, "{} frames", paper.frames);
    // Without a way out in it, what is on the paper is a whole screen of the game, once what the keys
    // may have opened over it is closed.
    let (seen, paper, _) = play(&[DESK, &keys, b"\x1b[27ud"].concat(), 8192);
    assert_eq!(seen, Seen::Ended);
    assert!(to_text(paper.terminal.backend().buffer()).contains("THE ROOM"));
}

#[test]
fn a_flood_of_mouse_reports_moves_nothing_it_should_not_and_the_way_out_is_found_behind_it() {
    let mut bytes = DESK.to_vec();
    for n in 0..1_500 {
        // On the top line, where nothing can be pressed; and the wheel over the figures.
        bytes.extend(
            format!("\x1b[<0;{};1M\x1b[<0;{};1m\x1b[<65;10;10M", n % 80 + 1, n % 80 + 1).bytes(),
        );
    }
    let (seen, paper, _) = play(&bytes, 8192);
    assert_eq!(seen, Seen::Ended);
    assert!(to_text(paper.terminal.backend().buffer()).contains("THE ROOM"));
    assert_eq!(play(&[&bytes[..], b"\x03"].concat(), 8192).0, Seen::Quit);
}

#[test]
fn a_megabyte_pasted_is_one_input_and_a_line_takes_what_a_line_holds() {
    let paste = [&b"\x1b[200~"[..], &vec![b'x'; 1 << 20], b"\x1b[201~"].concat();
    let mut inputs = Vec::new();
    Decoder::new().feed(&paste, |input| inputs.push(input));
    assert!(
        matches!(&inputs[..], [Input::Paste(text)] if text.len() == 16 * 1024),
        "{} inputs",
        inputs.len()
    );
    // Into the reason of a draft; nothing of it is a key.
    let draft = [DESK, b"p\x1b[B\ry", &paste, b"\r"].concat();
    let (seen, paper, inputs) = play(&draft, 8192);
    assert_eq!(seen, Seen::Ended);
    assert!(inputs < 15, "{inputs}");
    assert!(to_text(paper.terminal.backend().buffer()).contains("xxxxxxxx"));
    // Where nothing is typed it does nothing at all.
    let (_, paper, _) = play(&[DESK, &paste].concat(), 8192);
    assert!(to_text(paper.terminal.backend().buffer()).contains("THE ROOM"));
    assert_eq!(play(&[DESK, &paste, b"\x03"].concat(), 8192).0, Seen::Quit);
}

#[cfg(unix)]
mod measured {
    use std::time::{Duration, Instant};

    use crate::pty::{Pty, program};
    use crate::test_terminal::Dice;

    /// From the moment the terminal has taken Ctrl-C behind a flood to the end of the program,
    /// which is fed all the while.
    fn one(flood: &[u8], seed: u64) -> (Duration, u64) {
        let data = tempfile::tempdir().expect("a folder");
        let mut pty = Pty::spawn(
            program(),
            &[
                "--data-dir",
                &data.path().display().to_string(),
                "play",
                "cloud-hopper",
                "--seed",
                &seed.to_string(),
            ],
            &[],
        );
        // The briefing, the front page, what the guidance is, and its signing.
        pty.type_in(b"\r\r\r\r");
        pty.until("HOW THINGS STAND");
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_millis(200) {
            for chunk in flood.chunks(1024) {
                pty.try_type_in(chunk).expect("takes keys");
            }
        }
        // A paste under way has to end, or everything is part of it.
        pty.try_type_in(b"\x1b[201~\x03").expect("takes keys");
        let asked = Instant::now();
        let rss = rss(pty.child_id());
        assert!(pty.wait().success(), "{}", pty.report());
        let took = asked.elapsed();
        pty.assert_restored();
        (took, rss)
    }

    /// Most memory used so far, in KiB.
    fn rss(pid: u32) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        status
            .lines()
            .find_map(|l| l.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok())
            .unwrap_or(0)
    }

    #[test]
    #[ignore = "measures: `just floods`"]
    fn how_long_the_way_out_takes_behind_a_flood() {
        let mut dice = Dice(3);
        let keys: Vec<u8> = (0..16_384).map(|_| b"jkhl\tiawcd"[dice.roll(10)]).collect();
        let arrows = b"\x1b[A\x1b[B\x1b[B".repeat(2048);
        let mouse: Vec<u8> = (0..2048)
            .flat_map(|n| {
                format!("\x1b[<65;{0};10M\x1b[<0;{0};1M\x1b[<0;{0};1m", n % 80 + 1).into_bytes()
            })
            .collect();
        let paste = [&b"\x1b[200~"[..], &vec![b'x'; 1 << 20], b"\x1b[201~"].concat();
        for (name, flood) in [
            ("keys", &keys[..]),
            ("arrows", &arrows[..]),
            ("mouse", &mouse[..]),
            ("paste of 1 MiB", &paste[..]),
        ] {
            let mut all: Vec<(Duration, u64)> = (0..50).map(|seed| one(flood, seed)).collect();
            all.sort();
            let rss = all.iter().map(|(_, r)| *r).max().unwrap_or(0);
            println!(
                "{name}: the way out took {:.1?} at the median, {:.1?} at most of 50; memory {rss} KiB at most",
                all[25].0, all[49].0
            );
        }
    }
}
