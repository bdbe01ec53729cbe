//! Signs into words, for somebody listening. Owns how a sign is said; refuses to know what it
//! stands beside.
//!
//! A screen reader leaves out what it takes for punctuation: U+2212, the minus of the screens, is
//! silent in many of them, and so are arrows, dots and tildes. A change whose sign is lost says the
//! opposite. So no sign reaches the reader: what the facts write with one is said with a word,
//! here, on the way out, where no line gets past it.

/// The text with words for signs. What has none comes back as it was.
pub fn spoken(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 16);
    let mut n = 0;
    while n < chars.len() {
        let before = out.chars().next_back();
        let starts = before.is_none_or(|c| c.is_whitespace() || c == '(');
        let rest = &chars[n..];
        n += match rest[0] {
            '+' | '−' | '~' | '×' if starts => sign(rest, &mut out),
            '=' if starts && alone(rest) => put(&mut out, "concurring", 1),
            '$' => dollars(rest, &mut out),
            '→' => put(&mut out, "to", 1),
            '×' => put(&mut out, "times", 1),
            '−' => put(&mut out, " minus ", 1),
            '~' => put(&mut out, "about ", 1),
            '·' => put(&mut out, ",", 1),
            // A dot between words, or two columns: a pause.
            ' ' if rest.get(1) == Some(&'·') => put(&mut out, ",", 2),
            ' ' if rest.get(1) == Some(&' ') => {
                let wide = rest.iter().take_while(|c| **c == ' ').count();
                put(
                    &mut out,
                    if before.is_some_and(char::is_alphanumeric) && rest.len() > wide {
                        ", "
                    } else {
                        " "
                    },
                    wide,
                )
            }
            '.' if before == Some('.')
                && rest.get(1) != Some(&'.')
                && !out.ends_with("...")
                && !out.ends_with("..") =>
            {
                1
            }
            c => {
                out.push(c);
                1
            }
        };
    }
    out
}

fn put(out: &mut String, word: &str, taken: usize) -> usize {
    out.push_str(word);
    taken
}

/// Whether a sign is a word of its own.
fn alone(rest: &[char]) -> bool {
    rest.get(1).is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ')'))
}

/// A sign that begins a word: of a number, or all there is of it.
fn sign(rest: &[char], out: &mut String) -> usize {
    let long = rest.iter().take_while(|c| **c == rest[0]).count();
    let after = rest.get(long).copied();
    if after.is_some_and(|c| c.is_ascii_digit() || c == '$') && long == 1 {
        return put(
            out,
            match rest[0] {
                '+' => "plus ",
                '−' => "minus ",
                '~' => "about ",
                _ => "times ",
            },
            1,
        );
    }
    // A factor is followed by what it is; a stance by nothing.
    let alone = after.is_none_or(|c| !c.is_whitespace())
        || rest.get(long + 1).is_none_or(|c| c.is_whitespace());
    put(
        out,
        match (rest[0], long) {
            ('+', 1) => "for",
            ('+', _) => "strongly for",
            ('−', 1) => "against",
            ('−', _) => "strongly against",
            ('~', _) => "neither for nor against",
            _ if alone => "blocking",
            _ => "times",
        },
        long,
    )
}

/// `$24bn` is read out sign by sign; "24 billion dollars" is not.
fn dollars(rest: &[char], out: &mut String) -> usize {
    let digits = rest[1..].iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    let number: String = rest[1..=digits].iter().collect();
    let end = digits + 1;
    if digits > 0 && rest.get(end) == Some(&'b') && rest.get(end + 1) == Some(&'n') {
        return put(out, &format!("{number} billion dollars"), end + 2);
    }
    put(out, "$", 1)
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn signs_are_said() {
        for (written, said) in [
            ("Talks 64 → 58 over turn 7: −6", "Talks 64 to 58 over turn 7: minus 6"),
            ("+8.0 × terms 0.8", "plus 8.0 times terms 0.8"),
            ("between −1 and +5", "between minus 1 and plus 5"),
            ("from ~61 (−6)", "from about 61 (minus 6)"),
            (
                "Justice +  Treasury −−  USTR ×",
                "Justice for, Treasury strongly against, USTR blocking",
            ),
            ("Treasury =  USTR =.", "Treasury concurring, USTR concurring."),
            ("talks=apart", "talks=apart"),
            ("(Commerce +, NEC −; bites less)", "(Commerce for, NEC against; bites less)"),
            ("record · reported · S6", "record, reported, S6"),
            ("~$24bn to $3.5bn", "about 24 billion dollars to 3.5 billion dollars"),
            ("It costs $5.", "It costs $5."),
            ("no country.. From", "no country. From"),
            ("and so on... yes", "and so on... yes"),
            ("e-mail, 2015-2017", "e-mail, 2015-2017"),
        ] {
            assert_eq!(spoken(written), said);
        }
    }
}
