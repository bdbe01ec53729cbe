//! Where frames go.
//!
//! Owns: a backend that knows its size instead of asking the terminal for it, clamps it, and never
//! reads the tty; the writer that falls silent once the terminal has been given back. Refuses: what
//! is in a frame.
//!
//! The size comes from outside, so the same backend draws for a socket whose far end says how large
//! it is.

use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell as Glyph;
use ratatui::crossterm::cursor::{Hide, MoveTo, Show};
use ratatui::crossterm::queue;
use ratatui::crossterm::style::force_color_output;
use ratatui::layout::{Position, Size};

use super::restore;

/// A drawing backend over any writer.
#[derive(Debug)]
pub struct Screen<W: Write> {
    inner: CrosstermBackend<W>,
    size: Rc<Cell<Size>>,
    cursor: Position,
    cursor_shown: Option<bool>,
}

impl<W: Write> Screen<W> {
    /// Draws to `writer`; whoever holds the other `Rc` says how large the screen is.
    pub fn new(writer: W, size: Rc<Cell<Size>>) -> Self {
        // The theme decides on colour. Left to itself crossterm writes `ESC[;m` for a colour under
        // NO_COLOR, which also ends bold and reverse: the row under the cursor would not show.
        force_color_output(true);
        Self {
            inner: CrosstermBackend::new(writer),
            size,
            cursor: Position::ORIGIN,
            cursor_shown: None,
        }
    }

    fn show(&mut self, shown: bool) -> io::Result<()> {
        if self.cursor_shown == Some(shown) {
            return Ok(());
        }
        self.cursor_shown = Some(shown);
        if shown { queue!(self.inner, Show) } else { queue!(self.inner, Hide) }
    }
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Glyph)>>(
        &mut self,
        content: I,
    ) -> io::Result<()> {
        // The inner backend ends every frame by resetting all attributes: an unchanged one must
        // write nothing at all.
        let mut content = content.peekable();
        if content.peek().is_none() { Ok(()) } else { self.inner.draw(content) }
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true)
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        queue!(self.inner, MoveTo(self.cursor.x, self.cursor.y))
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        // The terminal may have been in other hands: whether the cursor shows is not known.
        self.cursor_shown = None;
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size.get())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size.get(), pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

/// The tty, for frames only: what is written after the terminal was given back is dropped, so that
/// half a frame in a buffer cannot spill onto the player's shell.
#[derive(Debug)]
pub struct Tty(pub super::sys::Output);

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            if !restore::is_live() {
                return Ok(bytes.len());
            }
            match self.0.write(bytes) {
                // Somebody who shares this terminal made it non-blocking; wait as a blocking one
                // would.
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => {
                    super::sys::wait_writable(&self.0)?;
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                done => return done,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::Terminal;
    use ratatui::style::Stylize;
    use ratatui::widgets::Paragraph;

    fn screen(width: u16, height: u16) -> (Terminal<Screen<Vec<u8>>>, Rc<Cell<Size>>) {
        let size = Rc::new(Cell::new(Size::new(width, height)));
        (Terminal::new(Screen::new(Vec::new(), Rc::clone(&size))).unwrap(), size)
    }

    #[test]
    fn a_new_size_shows_in_the_next_frame() {
        let (mut terminal, size) = screen(10, 2);
        size.set(Size::new(20, 5));
        let mut seen = None;
        terminal.draw(|frame| seen = Some(frame.area().as_size())).unwrap();
        assert_eq!(seen, Some(Size::new(20, 5)));
    }

    #[test]
    fn an_unchanged_frame_writes_nothing() {
        let (mut terminal, _size) = screen(10, 2);
        let mut written = || {
            let before = wire(&terminal).len();
            terminal
                .draw(|frame| frame.render_widget(Paragraph::new("hello"), frame.area()))
                .unwrap();
            wire(&terminal).len() - before
        };
        assert!(written() > 0);
        assert_eq!(written(), 0);
    }

    #[test]
    fn colours_are_written_whatever_the_environment_asks_of_the_library() {
        force_color_output(false);
        let (mut terminal, _size) = screen(10, 2);
        let hello = Paragraph::new("hello").red().bold();
        terminal.draw(|frame| frame.render_widget(hello, frame.area())).unwrap();
        let wire = wire(&terminal);
        assert!(wire.contains("38;5;1") && !wire.contains("[;m"), "{wire}");
    }

    #[cfg(unix)]
    #[test]
    fn after_the_terminal_was_given_back_nothing_of_a_frame_reaches_it() {
        let mut file = tempfile::tempfile().unwrap();
        let mut tty = Tty(file.try_clone().unwrap());
        tty.write_all(b"half a frame").unwrap();
        let mut written = String::new();
        io::Seek::rewind(&mut file).unwrap();
        io::Read::read_to_string(&mut file, &mut written).unwrap();
        assert_eq!(written, "", "no session is live in this process");
    }

    /// What was written. The writer itself is not public: it is read from the debug form.
    fn wire(terminal: &Terminal<Screen<Vec<u8>>>) -> String {
        let debug = format!("{:?}", terminal.backend().inner);
        let bytes = &debug[debug.find('[').unwrap() + 1..debug.rfind(']').unwrap()];
        bytes.split(", ").filter_map(|n| n.parse::<u8>().ok()).map(char::from).collect()
    }
}
