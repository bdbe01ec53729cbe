//! The loop: messages in, at most one frame out for each batch of them.
//!
//! Owns waiting, painting and what the face asks of the place it is shown in. Refuses: the tty; a
//! `Stage` is handed in, so that tests play on one of paper. It sleeps in `wait` until something
//! happens: no clock of its own, no idle frames.

use std::io;

use ratatui::Frame;

use crate::input::Msg;

use super::face::{Ask, Face, Opts, Seen};
use super::library::Library;

/// What the loop runs on: the terminal, or a stand-in.
pub trait Stage {
    fn size(&self) -> (u16, u16);
    /// Sleeps until something happened; at least one message.
    fn wait(&mut self) -> Vec<Msg>;
    /// # Errors
    /// When there is nothing to paint on any more.
    fn draw(&mut self, paint: &mut dyn FnMut(&mut Frame<'_>)) -> io::Result<()>;
    /// Forgets what is on the screen, so that the next frame paints all of it.
    fn repaint(&mut self);
    /// Back to the shell, and return when it lets us.
    fn suspend(&mut self) -> Msg;
    /// Asks for the mouse, or leaves it to the terminal.
    fn mouse(&mut self, _on: bool) {}
}

/// Plays until the player leaves.
///
/// # Errors
/// When the terminal cannot be painted on.
pub fn run(stage: &mut dyn Stage, opts: Opts, library: &mut dyn Library) -> io::Result<Seen> {
    let mut face = Face::open(opts, stage.size(), library);
    loop {
        face.look_up();
        draw(&face, stage)?;
        for msg in stage.wait() {
            if let Some(seen) = take(&mut face, stage, msg) {
                return Ok(seen);
            }
        }
    }
}

fn draw(face: &Face, stage: &mut dyn Stage) -> io::Result<()> {
    stage.draw(&mut |frame| face.paint(frame))
}

/// Deals with one message, and does what it asks.
fn take(face: &mut Face, stage: &mut dyn Stage, msg: Msg) -> Option<Seen> {
    match face.take(msg)? {
        Ask::Plan => {
            // What cannot be painted now cannot be painted after it either, and ends the loop then.
            let _ = draw(face, stage);
            face.plan();
        }
        Ask::Mouse(on) => stage.mouse(on),
        Ask::Repaint => {
            stage.repaint();
            let (width, height) = stage.size();
            if (width, height) != face.size() {
                face.take(Msg::Resize(width, height));
            }
        }
        Ask::Suspend => {
            let msg = stage.suspend();
            return take(face, stage, msg);
        }
        Ask::End(seen) => return Some(seen),
    }
    None
}
