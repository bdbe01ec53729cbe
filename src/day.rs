//! Civil days and lengths of time. Owns the calendar arithmetic; knows no clock and no time of day.

use std::fmt;

use serde::{Serialize, Serializer};

/// A civil day, as days since 1970-01-01 (Gregorian).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(pub i32);

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let (y, m, d) = self.civil();
        s.collect_str(&format_args!("{y:04}-{m:02}-{d:02}"))
    }
}

impl Day {
    /// Days from a civil date; the month and day must exist.
    pub fn from_civil(year: i32, month: u32, day: u32) -> Option<Day> {
        if !(1900..=2100).contains(&year)
            || !(1..=12).contains(&month)
            || day < 1
            || day > days_in(year, month)
        {
            return None;
        }
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let m = i32::try_from(month).ok()?;
        let d = i32::try_from(day).ok()?;
        let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + d - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        Some(Day(era * 146_097 + doe - 719_468))
    }

    /// Year, month (1-12) and day of the month.
    pub fn civil(self) -> (i32, u32, u32) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let d = doy - (153 * mp + 2) / 5 + 1;
        let m = if mp < 10 { mp + 3 } else { mp - 9 };
        let y = yoe + era * 400 + i32::from(m <= 2);
        (y, m.unsigned_abs(), d.unsigned_abs())
    }

    /// The day of the week, Monday 0.
    pub fn weekday(self) -> usize {
        usize::try_from((self.0 + 3).rem_euclid(7)).unwrap_or(0)
    }

    /// Reads `2018-12-01`.
    ///
    /// # Errors
    /// A sentence for the author when the text is no such day.
    pub fn parse(text: &str) -> Result<Day, String> {
        let wrong = || format!("expected a day written \"YYYY-MM-DD\", got \"{text}\"");
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
            return Err(wrong());
        }
        let part = |a: usize, b: usize| {
            text.get(a..b)
                .filter(|p| p.bytes().all(|c| c.is_ascii_digit()))
                .and_then(|p| p.parse::<u32>().ok())
                .ok_or_else(wrong)
        };
        let (y, m, d) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
        Day::from_civil(i32::try_from(y).map_err(|_| wrong())?, m, d)
            .ok_or_else(|| format!("there is no day {text} (years 1900 to 2100)"))
    }

    /// `10 Dec 2018`.
    pub fn long(self) -> String {
        let (y, m, d) = self.civil();
        format!("{d} {} {y}", month_name(m))
    }

    /// `10 Dec`.
    pub fn short(self) -> String {
        let (_, m, d) = self.civil();
        format!("{d} {}", month_name(m))
    }

    #[must_use]
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }
}

fn month_name(m: u32) -> &'static str {
    MONTHS.get(m.saturating_sub(1) as usize).copied().unwrap_or("?")
}

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (y, m, d) = self.civil();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

/// A length of time between two whole numbers of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    pub least: u16,
    pub most: u16,
}

impl Span {
    /// Reads `10 days`, `2 weeks`, `4 to 10 weeks`, `6 months` (30 days each).
    ///
    /// # Errors
    /// A sentence for the author.
    pub fn parse(text: &str) -> Result<Span, String> {
        let wrong = || {
            format!(
                "expected a length of time in days, weeks or months, such as \"10 days\", \"4 to 10 weeks\" or \
                 \"6 months\", got \"{text}\""
            )
        };
        let words: Vec<&str> = text.split_whitespace().collect();
        let (a, b, unit) = match words.as_slice() {
            [a, unit] => (*a, *a, *unit),
            [a, "to", b, unit] => (*a, *b, *unit),
            _ => return Err(wrong()),
        };
        let days: u16 = match unit {
            "day" | "days" => 1,
            "week" | "weeks" => 7,
            "month" | "months" => 30,
            _ => return Err(wrong()),
        };
        let read = |t: &str| {
            t.parse::<u16>()
                .ok()
                .and_then(|n| n.checked_mul(days))
                .filter(|n| *n <= 3650)
                .ok_or_else(wrong)
        };
        let (least, most) = (read(a)?, read(b)?);
        if least > most {
            return Err(format!("the shorter time comes first: \"{text}\""));
        }
        Ok(Span { least, most })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_two_centuries_survives_the_round_trip() {
        let first = Day::from_civil(1900, 1, 1).unwrap();
        let last = Day::from_civil(2100, 12, 31).unwrap();
        for n in first.0..=last.0 {
            let (y, m, d) = Day(n).civil();
            assert_eq!(Day::from_civil(y, m, d), Some(Day(n)));
            assert_eq!(Day::parse(&Day(n).to_string()), Ok(Day(n)));
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for bad in [
            "2018-02-29",
            "2018-13-01",
            "2018-00-10",
            "18-12-01",
            "2018-12-1",
            "2018/12/01",
            "",
            "2018-1é-01",
        ] {
            assert!(Day::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Day::parse("1970-01-01"), Ok(Day(0)));
        assert_eq!(Day::parse("2018-12-10").unwrap().long(), "10 Dec 2018");
    }

    #[test]
    fn lengths_are_read_in_words() {
        assert_eq!(Span::parse("4 to 10 weeks"), Ok(Span { least: 28, most: 70 }));
        assert_eq!(Span::parse("6 months"), Ok(Span { least: 180, most: 180 }));
        assert!(Span::parse("10 to 4 weeks").is_err());
        assert!(Span::parse("soon").is_err());
        assert!(Span::parse("9999 months").is_err());
    }
}
