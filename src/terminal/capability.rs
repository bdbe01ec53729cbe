//! What this terminal can do, as far as the environment tells.
//!
//! Owns: reading the locale, `TERM`, `COLORTERM` and `NO_COLOR`. Refuses: choosing a theme, asking
//! the terminal questions (some never answer).

use std::io::{self, IsTerminal};

use crate::input::{Capabilities, Colours};

use super::sys;

/// What the environment alone tells; the streams and the size are asked of the system.
fn from_environment(get: impl Fn(&str) -> Option<String>) -> Capabilities {
    let get = |name: &str| get(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| get(name).map(|value| format!("{name}={value}")));
    let utf8 = match &locale {
        Some(locale) => {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        }
        None => cfg!(windows),
    };
    let term = get("TERM");
    let dumb = term.as_deref().map_or(cfg!(unix), |term| term == "dumb");
    let colours = if dumb {
        Colours::None
    } else if get("COLORTERM").is_some_and(|c| c == "truecolor" || c == "24bit") {
        Colours::True
    } else {
        match term.as_deref() {
            Some(term)
                if term.contains("256color")
                    || term.contains("kitty")
                    || term.contains("alacritty") =>
            {
                Colours::TwoFiftySix
            }
            Some(term)
                if term.starts_with("vt") || term.ends_with("-m") || term.ends_with("-mono") =>
            {
                Colours::None
            }
            _ => Colours::Sixteen,
        }
    };
    Capabilities {
        stdin_is_tty: false,
        stdout_is_tty: false,
        stderr_is_tty: false,
        utf8,
        locale,
        colours,
        no_color: get("NO_COLOR").is_some(),
        term,
        dumb,
        size: None,
    }
}

/// Looks at this process's environment and standard streams.
#[must_use]
pub fn capabilities() -> Capabilities {
    Capabilities {
        stdin_is_tty: io::stdin().is_terminal(),
        stdout_is_tty: io::stdout().is_terminal(),
        stderr_is_tty: io::stderr().is_terminal(),
        size: sys::stdout_size(),
        ..from_environment(|name| {
            std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(environment: &[(&str, &str)]) -> Capabilities {
        from_environment(|name| {
            environment.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned())
        })
    }

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        assert!(with(&[("LANG", "de_DE.UTF-8")]).utf8);
        assert!(with(&[("LANG", "C"), ("LC_CTYPE", "C.utf8")]).utf8);
        assert!(!with(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")]).utf8);
        assert!(with(&[("LC_ALL", ""), ("LANG", "en_US.UTF-8")]).utf8, "an empty one is not set");
        assert!(!with(&[("LANG", "en_US.ISO-8859-1")]).utf8);
    }

    #[test]
    fn colours_follow_term_and_colorterm() {
        assert_eq!(with(&[("TERM", "xterm")]).colours, Colours::Sixteen);
        assert_eq!(with(&[("TERM", "screen-256color")]).colours, Colours::TwoFiftySix);
        assert_eq!(with(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]).colours, Colours::True);
        assert_eq!(with(&[("TERM", "vt100")]).colours, Colours::None);
        assert_eq!(with(&[("TERM", "dumb"), ("COLORTERM", "truecolor")]).colours, Colours::None);
    }

    #[test]
    fn an_empty_no_color_is_not_set() {
        assert!(with(&[("NO_COLOR", "1")]).no_color);
        assert!(!with(&[("NO_COLOR", "")]).no_color);
    }

    #[test]
    fn a_dumb_terminal_cannot_draw() {
        let all_tty =
            |c: Capabilities| Capabilities { stdin_is_tty: true, stdout_is_tty: true, ..c };
        assert!(!all_tty(with(&[("TERM", "dumb")])).can_draw());
        assert!(all_tty(with(&[("TERM", "xterm")])).can_draw());
        assert!(!with(&[("TERM", "xterm")]).can_draw(), "a pipe");
    }
}
