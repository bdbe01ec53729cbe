//! Roles, not colours.
//!
//! Owns: what each role looks like in each theme, and the characters screens are drawn with.
//! Refuses: deciding what is good or bad, reading the environment, drawing.
//!
//! Laws, each a test: the mono theme has no colour; in every theme the judging roles can be told
//! apart; high contrast keeps 7:1; both sets of glyphs have one layout.

use std::fmt;
use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};

use crate::input::{Capabilities, Colours};

/// What a piece of the screen is, as opposed to how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Better for the player's stated aims.
    Good,
    /// Worse for them.
    Bad,
    /// Soon, or uncertain.
    Warning,
    /// Yours, or changed since you last looked.
    Accent,
    /// Labels, hints, what can wait.
    Quiet,
    /// Needs you now.
    Loud,
    Text,
    Title,
    Rule,
    /// Where the cursor is.
    Selected,
}

impl Role {
    pub const ALL: [Self; 10] = [
        Self::Good,
        Self::Bad,
        Self::Warning,
        Self::Accent,
        Self::Quiet,
        Self::Loud,
        Self::Text,
        Self::Title,
        Self::Rule,
        Self::Selected,
    ];
}

/// A theme's name, as `--theme` takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ThemeName {
    /// The terminal's own sixteen colours, so that the user's palette wins.
    #[default]
    Default,
    /// Bright on black, whatever the terminal's background is.
    HighContrast,
    /// Blue and orange in place of green and red.
    ColourBlind,
    /// No colour at all: weight, underline and reverse.
    Mono,
}

impl ThemeName {
    pub const ALL: [Self; 4] = [Self::Default, Self::HighContrast, Self::ColourBlind, Self::Mono];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::HighContrast => "high-contrast",
            Self::ColourBlind => "colour-blind",
            Self::Mono => "mono",
        }
    }
}

impl fmt::Display for ThemeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// No theme has this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTheme;

impl fmt::Display for UnknownTheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no such theme; there are {}", ThemeName::ALL.map(ThemeName::as_str).join(", "))
    }
}

impl std::error::Error for UnknownTheme {}

impl FromStr for ThemeName {
    type Err = UnknownTheme;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == name).ok_or(UnknownTheme)
    }
}

/// How everything looks: styles by role, and glyphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    name: ThemeName,
    styles: [Style; Role::ALL.len()],
    pub glyphs: &'static Glyphs,
}

impl Theme {
    /// A theme with 256 colours and UTF-8 at its disposal.
    #[must_use]
    pub fn new(name: ThemeName) -> Self {
        Self { name, styles: Role::ALL.map(|role| style(name, role)), glyphs: &UTF8 }
    }

    /// The theme to use here: the one asked for; else none of colours where `NO_COLOR` or the
    /// terminal says so; else the default. A terminal of sixteen colours gets their nearest, one of
    /// none gets mono whatever was asked.
    #[must_use]
    pub fn choose(asked: Option<ThemeName>, here: &Capabilities) -> Self {
        let name = match (asked, here.colours) {
            (_, Colours::None) => ThemeName::Mono,
            (Some(name), _) => name,
            (None, _) if here.no_color => ThemeName::Mono,
            (None, _) => ThemeName::Default,
        };
        let mut theme = Self::new(name);
        if here.colours < Colours::TwoFiftySix {
            for style in &mut theme.styles {
                style.fg = style.fg.map(nearest_of_sixteen);
                style.bg = style.bg.map(nearest_of_sixteen);
            }
        }
        if !here.utf8 {
            theme.glyphs = &ASCII;
        }
        theme
    }

    #[must_use]
    pub const fn name(&self) -> ThemeName {
        self.name
    }

    #[must_use]
    pub const fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self::new(ThemeName::Default)
    }
}

fn style(name: ThemeName, role: Role) -> Style {
    let plain = Style::new();
    match name {
        ThemeName::Default => match role {
            Role::Good => plain.fg(Color::Green),
            Role::Bad => plain.fg(Color::Red),
            Role::Warning => plain.fg(Color::Yellow),
            Role::Accent => plain.fg(Color::Cyan),
            // Not bright black: several common palettes make it the background.
            Role::Quiet | Role::Rule => plain.add_modifier(Modifier::DIM),
            Role::Loud => plain.fg(Color::Magenta).add_modifier(Modifier::BOLD),
            Role::Text => plain,
            Role::Title => plain.add_modifier(Modifier::BOLD),
            Role::Selected => plain.add_modifier(Modifier::REVERSED),
        },
        ThemeName::HighContrast => {
            let on_black = plain.bg(Color::Indexed(16));
            match role {
                Role::Good => on_black.fg(Color::Indexed(120)).add_modifier(Modifier::BOLD),
                Role::Bad => on_black.fg(Color::Indexed(217)).add_modifier(Modifier::BOLD),
                Role::Warning => on_black.fg(Color::Indexed(227)).add_modifier(Modifier::BOLD),
                Role::Accent => on_black.fg(Color::Indexed(123)).add_modifier(Modifier::BOLD),
                Role::Loud => on_black
                    .fg(Color::Indexed(227))
                    .add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
                Role::Quiet | Role::Text | Role::Rule => on_black.fg(Color::Indexed(231)),
                Role::Title => on_black.fg(Color::Indexed(231)).add_modifier(Modifier::BOLD),
                Role::Selected => plain
                    .fg(Color::Indexed(16))
                    .bg(Color::Indexed(231))
                    .add_modifier(Modifier::BOLD),
            }
        }
        // Blue against orange holds in the three common kinds of colour blindness; yellow is set
        // apart by lightness.
        ThemeName::ColourBlind => match role {
            Role::Good => plain.fg(Color::Indexed(33)),
            Role::Bad => plain.fg(Color::Indexed(208)).add_modifier(Modifier::BOLD),
            Role::Warning => plain.fg(Color::Indexed(178)).add_modifier(Modifier::UNDERLINED),
            Role::Accent => plain.fg(Color::Indexed(73)).add_modifier(Modifier::BOLD),
            Role::Quiet | Role::Rule => plain.add_modifier(Modifier::DIM),
            Role::Loud => plain
                .fg(Color::Indexed(208))
                .add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
            Role::Text => plain,
            Role::Title => plain.add_modifier(Modifier::BOLD),
            Role::Selected => plain.add_modifier(Modifier::REVERSED),
        },
        ThemeName::Mono => match role {
            Role::Good | Role::Text => plain,
            Role::Bad | Role::Title => plain.add_modifier(Modifier::BOLD),
            Role::Warning => plain.add_modifier(Modifier::UNDERLINED),
            Role::Accent => plain.add_modifier(Modifier::ITALIC),
            Role::Quiet | Role::Rule => plain.add_modifier(Modifier::DIM),
            Role::Loud => plain.add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
            Role::Selected => plain.add_modifier(Modifier::REVERSED),
        },
    }
}

/// For the few numbered colours used above, by hand.
const fn nearest_of_sixteen(colour: Color) -> Color {
    match colour {
        Color::Indexed(16) => Color::Black,
        Color::Indexed(231) => Color::White,
        Color::Indexed(120) => Color::LightGreen,
        Color::Indexed(227) => Color::LightYellow,
        Color::Indexed(123) => Color::LightCyan,
        Color::Indexed(33) => Color::LightBlue,
        Color::Indexed(217 | 208) => Color::LightRed,
        Color::Indexed(178) => Color::Yellow,
        Color::Indexed(73) => Color::Cyan,
        other => other,
    }
}

/// The characters screens are drawn with. Each field has the same width in both sets, so a layout
/// never depends on the locale.
#[derive(Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Eight heights, lowest first.
    pub spark: [&'static str; 8],
    /// One to eight eighths of a cell, filled from the left.
    pub fill: [&'static str; 8],
    /// An empty stretch of a bar.
    pub track: &'static str,
    /// Of a gauge: its two ends, what an estimate spans, where the value is, where it was.
    pub gauge: [&'static str; 5],
    pub horizontal: &'static str,
    pub vertical: &'static str,
    /// Corners from the top left, clockwise.
    pub corners: [&'static str; 4],
    /// An upright rule meets a level one: from below, from above, from both sides.
    pub joints: [&'static str; 3],
    /// Between the items of one line.
    pub dot: &'static str,
    pub cursor: &'static str,
    pub marker: &'static str,
    pub up: &'static str,
    pub down: &'static str,
    pub left: &'static str,
    pub right: &'static str,
    pub full: &'static str,
    pub hollow: &'static str,
    pub branch: &'static str,
}

impl Glyphs {
    /// Whether this is the set for locales with UTF-8.
    #[must_use]
    pub const fn is_utf8(&self) -> bool {
        self.cursor.len() > 1
    }

    #[cfg(test)]
    fn all(&self) -> Vec<&'static str> {
        let singles = [
            self.track,
            self.horizontal,
            self.vertical,
            self.dot,
            self.cursor,
            self.marker,
            self.up,
            self.down,
            self.left,
            self.right,
            self.full,
            self.hollow,
            self.branch,
        ];
        [
            &self.spark[..],
            &self.fill[..],
            &self.gauge[..],
            &self.corners[..],
            &self.joints[..],
            &singles[..],
        ]
        .concat()
    }
}

/// Box drawing, blocks and geometric shapes.
pub static UTF8: Glyphs = Glyphs {
    spark: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    fill: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    track: "·",
    gauge: ["▕", "▏", "░", "█", "│"],
    horizontal: "─",
    vertical: "│",
    corners: ["╭", "╮", "╯", "╰"],
    joints: ["┬", "┴", "┼"],
    dot: "·",
    cursor: "▸",
    marker: "◆",
    up: "▲",
    down: "▼",
    left: "←",
    right: "→",
    full: "●",
    hollow: "○",
    branch: "└",
};

/// The same with what every terminal has.
pub static ASCII: Glyphs = Glyphs {
    spark: ["_", ".", ":", "-", "=", "+", "*", "#"],
    fill: [" ", " ", " ", "-", "-", "=", "=", "#"],
    track: ".",
    gauge: ["[", "]", ":", "#", "|"],
    horizontal: "-",
    vertical: "|",
    corners: ["+", "+", "+", "+"],
    joints: ["+", "+", "+"],
    dot: "-",
    cursor: ">",
    marker: "*",
    up: "^",
    down: "v",
    left: "<",
    right: ">",
    full: "#",
    hollow: "o",
    branch: "`",
};

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    const JUDGING: [Role; 5] = [Role::Good, Role::Bad, Role::Warning, Role::Loud, Role::Selected];

    fn capabilities(colours: Colours, no_color: bool, utf8: bool) -> Capabilities {
        Capabilities {
            stdin_is_tty: true,
            stdout_is_tty: true,
            stderr_is_tty: true,
            utf8,
            locale: None,
            colours,
            no_color,
            term: None,
            dumb: false,
            size: None,
        }
    }

    fn every_theme() -> Vec<Theme> {
        let mut themes = Vec::new();
        for name in ThemeName::ALL {
            for colours in [Colours::None, Colours::Sixteen, Colours::TwoFiftySix] {
                themes.push(Theme::choose(Some(name), &capabilities(colours, false, true)));
            }
        }
        themes
    }

    #[test]
    fn roles_that_judge_can_be_told_apart_in_every_theme() {
        for theme in every_theme() {
            for (i, a) in JUDGING.iter().enumerate() {
                for b in &JUDGING[i + 1..] {
                    assert_ne!(
                        theme.style(*a),
                        theme.style(*b),
                        "{:?} and {b:?} in {}",
                        a,
                        theme.name()
                    );
                }
            }
        }
    }

    #[test]
    fn only_the_selection_is_reversed_because_bars_drawn_in_reverse_read_the_wrong_way() {
        for theme in every_theme() {
            for role in Role::ALL {
                assert!(
                    role == Role::Selected
                        || !theme.style(role).add_modifier.contains(Modifier::REVERSED),
                    "{role:?} in {}",
                    theme.name()
                );
            }
        }
    }

    #[test]
    fn the_mono_theme_has_no_colour() {
        let mono = Theme::new(ThemeName::Mono);
        for role in Role::ALL {
            assert_eq!((mono.style(role).fg, mono.style(role).bg), (None, None), "{role:?}");
        }
    }

    #[test]
    fn sixteen_colours_are_enough_where_there_are_no_more() {
        for name in ThemeName::ALL {
            let theme = Theme::choose(Some(name), &capabilities(Colours::Sixteen, false, true));
            for role in Role::ALL {
                let style = theme.style(role);
                assert!(
                    !matches!(style.fg, Some(Color::Indexed(_) | Color::Rgb(..))),
                    "{name} {role:?}"
                );
                assert!(
                    !matches!(style.bg, Some(Color::Indexed(_) | Color::Rgb(..))),
                    "{name} {role:?}"
                );
            }
        }
    }

    #[test]
    fn high_contrast_keeps_seven_to_one() {
        let theme = Theme::new(ThemeName::HighContrast);
        for role in Role::ALL {
            let style = theme.style(role);
            let (Some(Color::Indexed(fg)), Some(Color::Indexed(bg))) = (style.fg, style.bg) else {
                panic!("{role:?} leaves a colour to chance")
            };
            assert!(contrast(fg, bg) >= 7.0, "{role:?}: {:.1}", contrast(fg, bg));
        }
    }

    /// Contrast by the web guidelines' formula, between two colours of the 6 x 6 x 6 cube.
    fn contrast(a: u8, b: u8) -> f64 {
        let luminance = |index: u8| {
            let level = |v: u8| if v == 0 { 0.0 } else { (f64::from(v) * 40.0 + 55.0) / 255.0 };
            let linear =
                |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
            let n = index - 16;
            0.2126 * linear(level(n / 36))
                + 0.7152 * linear(level(n / 6 % 6))
                + 0.0722 * linear(level(n % 6))
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn no_color_wins_over_the_default_and_loses_to_a_theme_asked_for() {
        let choose = |asked, colours, no_color| {
            Theme::choose(asked, &capabilities(colours, no_color, true)).name()
        };
        assert_eq!(choose(None, Colours::True, false), ThemeName::Default);
        assert_eq!(choose(None, Colours::True, true), ThemeName::Mono);
        assert_eq!(
            choose(Some(ThemeName::ColourBlind), Colours::True, true),
            ThemeName::ColourBlind
        );
        assert_eq!(choose(Some(ThemeName::ColourBlind), Colours::None, false), ThemeName::Mono);
    }

    #[test]
    fn both_glyph_sets_have_one_layout_and_the_ascii_one_is_ascii() {
        for (wide, plain) in UTF8.all().into_iter().zip(ASCII.all()) {
            assert_eq!((wide.width(), plain.width()), (1, 1), "{wide} {plain}");
            assert!(plain.is_ascii());
        }
        assert!(UTF8.is_utf8() && !ASCII.is_utf8());
    }

    #[test]
    fn theme_names_parse_back() {
        for name in ThemeName::ALL {
            assert_eq!(name.as_str().parse(), Ok(name));
        }
        assert_eq!(
            "pink".parse::<ThemeName>().unwrap_err().to_string(),
            "no such theme; there are default, high-contrast, colour-blind, mono"
        );
    }
}
