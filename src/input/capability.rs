//! What the place a face is shown in can do.
//!
//! Owns: the answers. Refuses: asking anybody (`terminal` reads the environment), choosing a theme.

/// How many colours may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colours {
    None,
    Sixteen,
    TwoFiftySix,
    True,
}

/// The machine's answers, for choosing faces and for `doctor`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate question with a yes or no")]
pub struct Capabilities {
    pub stdin_is_tty: bool,
    pub stdout_is_tty: bool,
    pub stderr_is_tty: bool,
    /// The locale's encoding is UTF-8.
    pub utf8: bool,
    /// The variable that decides the encoding and its value, `LC_ALL=C`.
    pub locale: Option<String>,
    pub colours: Colours,
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// TERM, if set.
    pub term: Option<String>,
    /// TERM is missing or says `dumb`: no screen can be drawn.
    pub dumb: bool,
    /// Columns and rows as reported, before any clamping.
    pub size: Option<(u16, u16)>,
}

impl Capabilities {
    /// Whether the full-screen interface can run.
    #[must_use]
    pub const fn can_draw(&self) -> bool {
        self.stdin_is_tty && self.stdout_is_tty && !self.dumb
    }
}
