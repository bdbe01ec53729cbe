//! The order in which a session tells the app what happened.
//!
//! Owns: the notes that travel in the queue, what is left out of a flood, what is merged. Refuses:
//! the queue itself and the tty.

use std::collections::VecDeque;

use crate::input::{Input, Key, Msg};

/// More keys than a person types between two frames.
const PERSON: usize = 256;

/// What travels in the queue: messages, and what the session deals with itself.
pub enum Note {
    Msg(Msg),
    Resized,
    #[cfg(unix)]
    Stop,
    #[cfg(unix)]
    Continued,
}

impl Note {
    /// Whether it must not wait for the next frame.
    pub const fn is_urgent(&self) -> bool {
        match self {
            Note::Msg(Msg::Signal(_) | Msg::HangUp) => true,
            #[cfg(unix)]
            Note::Stop => true,
            #[cfg(unix)]
            Note::Continued => false,
            Note::Msg(Msg::Input(_) | Msg::Resize(..) | Msg::WorkerPanic(_) | Msg::Idle)
            | Note::Resized => false,
        }
    }

    pub const fn is_input(&self) -> bool {
        matches!(self, Note::Msg(Msg::Input(_)))
    }
}

/// Leaves out the input before the way out, if there is more of it than a person typed. How much
/// that was.
pub fn shorten(backlog: &mut VecDeque<Note>, way_out: Option<Key>) -> usize {
    let is_out = |note: &Note| match note {
        Note::Msg(Msg::Input(Input::Key(key))) => Some(*key) == way_out,
        _ => false,
    };
    let Some(at) = backlog.iter().rposition(is_out) else { return 0 };
    let before = backlog.iter().take(at).filter(|n| n.is_input()).count();
    if before <= PERSON {
        return 0;
    }
    let mut n = 0;
    backlog.retain(|note| {
        n += 1;
        n > at || !note.is_input()
    });
    before
}

/// What ends the session first; only the last size; neighbouring turns of the wheel in one
/// direction over one cell added up.
pub fn coalesce(msgs: Vec<Msg>) -> Vec<Msg> {
    let last_size = msgs.iter().rposition(|m| matches!(m, Msg::Resize(..)));
    let mut out: Vec<Msg> = Vec::with_capacity(msgs.len());
    let mut ends = 0;
    for (i, msg) in msgs.into_iter().enumerate() {
        match msg {
            Msg::Signal(_) | Msg::HangUp => {
                out.insert(ends, msg);
                ends += 1;
            }
            Msg::Resize(..) if Some(i) != last_size => {}
            Msg::Input(Input::Scroll { x, y, lines }) => match out.last_mut() {
                Some(Msg::Input(Input::Scroll { x: x0, y: y0, lines: sum }))
                    if (*x0, *y0) == (x, y) && sum.signum() == lines.signum() =>
                {
                    *sum = sum.saturating_add(lines);
                }
                _ => out.push(Msg::Input(Input::Scroll { x, y, lines })),
            },
            msg => out.push(msg),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Signal;

    fn key(c: char) -> Msg {
        Msg::Input(Key::char(c).into())
    }

    fn wheel(lines: i16) -> Msg {
        Msg::Input(Input::Scroll { x: 1, y: 1, lines })
    }

    #[test]
    fn what_ends_the_session_comes_first_and_in_order() {
        let out = coalesce(vec![key('a'), Msg::HangUp, key('b'), Msg::Signal(Signal::Term)]);
        assert_eq!(out, [Msg::HangUp, Msg::Signal(Signal::Term), key('a'), key('b')]);
    }

    #[test]
    fn only_the_last_size_counts() {
        let out = coalesce(vec![
            Msg::Resize(1, 1),
            key('a'),
            Msg::Resize(2, 2),
            Msg::Resize(3, 3),
            key('b'),
        ]);
        assert_eq!(out, [key('a'), Msg::Resize(3, 3), key('b')]);
    }

    #[test]
    fn wheel_turns_add_up_until_something_else_happens_or_they_turn_back() {
        let out = coalesce(vec![wheel(1), wheel(1), key('a'), wheel(1), wheel(-1), wheel(-1)]);
        assert_eq!(out, [wheel(2), key('a'), wheel(1), wheel(-2)]);
        let flood = coalesce((0..100_000).map(|_| wheel(1)).collect());
        assert_eq!(flood, [wheel(i16::MAX)]);
    }

    #[test]
    fn keys_are_never_dropped_or_moved() {
        let keys: Vec<Msg> = "propose".chars().map(key).collect();
        assert_eq!(coalesce(keys.clone()), keys);
    }

    #[test]
    fn behind_a_flood_the_way_out_comes_first_and_behind_what_a_person_typed_it_waits_its_turn() {
        let out = Key::ctrl('c');
        let typed = |n: usize| {
            let mut notes: VecDeque<Note> = (0..n).map(|_| Note::Msg(key('j'))).collect();
            notes.insert(n / 2, Note::Msg(Msg::Resize(9, 9)));
            notes.push_back(Note::Msg(Msg::Input(out.into())));
            notes.push_back(Note::Msg(key('k')));
            notes
        };
        let mut few = typed(PERSON);
        assert_eq!((shorten(&mut few, Some(out)), few.len()), (0, PERSON + 3));
        let mut many = typed(PERSON + 1);
        assert_eq!(shorten(&mut many, Some(out)), PERSON + 1);
        let left: Vec<Msg> = many
            .into_iter()
            .filter_map(|n| if let Note::Msg(m) = n { Some(m) } else { None })
            .collect();
        assert_eq!(left, [Msg::Resize(9, 9), Msg::Input(out.into()), key('k')]);
        assert_eq!(shorten(&mut typed(PERSON + 1), None), 0);
    }
}
