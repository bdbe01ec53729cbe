//! Pieces several screens share: a figure's row, likelihoods, prices, what is in the way.

use ratatui::text::Span;

use crate::engine::position::Stance;
use crate::num::Milli;
use crate::prose::facts::{
    ActionRow, ChoiceRow, Figure, Likelihood, PromiseRow, Reaction, Refused, Relation, Stand, Tone,
    Trend,
};
use crate::prose::words;
use crate::text;
use crate::tui::page::{Page, pad, right};
use crate::tui::screen::Target;
use crate::tui::theme::{Role, Theme};

pub fn tone(t: Tone) -> Role {
    match t {
        Tone::Good => Role::Good,
        Tone::Bad => Role::Bad,
        Tone::Plain => Role::Text,
    }
}

/// A history as heights, the last value last.
pub fn spark(
    theme: &Theme,
    history: &[Milli],
    columns: usize,
    least: Milli,
    most: Milli,
) -> String {
    let tail = &history[history.len().saturating_sub(columns)..];
    let (mut low, mut high) = (
        i64::from(tail.iter().copied().min().unwrap_or(least)),
        i64::from(tail.iter().copied().max().unwrap_or(most)),
    );
    // A flat line stays flat: the scale spans at least a quarter of the range.
    let span = (i64::from(most) - i64::from(least)).max(1) / 4;
    if high - low < span {
        let middle = i64::midpoint(high, low);
        low = middle - span / 2;
        high = middle + span / 2;
    }
    let bars = &theme.glyphs.spark;
    let mut out = " ".repeat(columns - tail.len());
    for v in tail {
        let at = (i64::from(*v) - low) * 7 / (high - low).max(1);
        out.push_str(bars[usize::try_from(at.clamp(0, 7)).unwrap_or(0)]);
    }
    out
}

/// Where a figure is on its scale, in so many columns with both ends: what its estimate spans,
/// where it stood a turn ago, where it stands.
pub fn gauge(page: &Page, f: &Figure, columns: usize) -> Vec<Span<'static>> {
    let [open, close, band, value, before] = page.theme().glyphs.gauge;
    let cells = columns.saturating_sub(2).max(1);
    let last = i64::try_from(cells - 1).unwrap_or(0);
    let scale = (i64::from(f.most) - i64::from(f.least)).max(1);
    let at = |v: Milli| {
        let n = ((i64::from(v) - i64::from(f.least)) * last + scale / 2) / scale;
        usize::try_from(n.clamp(0, last)).unwrap_or(0)
    };
    // By the whole numbers that stand beside it: it moves when they do.
    let point = |v: Milli| at(words::round_whole(v));
    let here = point(f.at);
    let was = words::can_have_changed(f).then(|| point(f.at - f.delta)).filter(|n| *n != here);
    let span = f.range.map(|r| at(r.low)..=at(r.high));
    let tone = if f.marked { tone(f.tone) } else { Role::Text };
    let mut out = vec![page.span(Role::Rule, open)];
    for n in 0..cells {
        out.push(match () {
            () if n == here => page.span(tone, value),
            () if was == Some(n) => page.span(Role::Quiet, before),
            () if span.as_ref().is_some_and(|s| s.contains(&n)) => page.span(Role::Quiet, band),
            () => page.span(Role::Rule, page.theme().glyphs.track),
        });
    }
    out.push(page.span(Role::Rule, close));
    out
}

/// Columns of a gauge at most and at least, of a band's word, of a change, of an estimate's range.
const GAUGE: usize = 10;
const LEAST_GAUGE: usize = 6;
const WORD: usize = 9;
const CHANGE: usize = 5;
const RANGE: usize = 18;

/// Columns for a sparkline beside names of so many columns, such that all else fits.
pub fn sparks(width: u16, name: usize) -> usize {
    let used = name + 2 + GAUGE + VALUE + 1 + WORD + CHANGE + 1 + RANGE;
    let rest = usize::from(width).saturating_sub(used);
    if rest < 6 { 0 } else { rest.min(14) }
}

/// Columns of a value.
const VALUE: usize = 6;

/// `▲4`: a change that is more than the estimate's own error; else nothing.
fn arrow(theme: &Theme, f: &Figure) -> String {
    let Some(size) = words::size_in_short(f).filter(|_| f.marked) else { return String::new() };
    format!("{}{size}", if f.delta < 0 { theme.glyphs.down } else { theme.glyphs.up })
}

/// ` Theft tempo ▕··░░█│···▏ ~52 high ▲4`: where it is on its scale, the value, a word for its
/// band, and its change where that is more than its error. `fresh`: it moved and has not been
/// looked at since. `sparks`: columns for its line, where there are any.
pub fn figure(page: &mut Page, f: &Figure, fresh: bool, name: usize, sparks: usize) {
    let theme = page.theme();
    let mark = match (f.is_new, fresh) {
        (true, _) => theme.glyphs.marker,
        (false, true) => theme.glyphs.full,
        (false, false) => " ",
    };
    // Between a long name and a long value there is a space at least.
    let label = if text::width(&f.name) < name { &f.name } else { &f.short };
    // A long value takes from the gauge: a figure is never cut.
    let longer = (text::width(&f.value) + 1).saturating_sub(VALUE);
    let mut spans = vec![
        page.span(Role::Text, " "),
        page.span(Role::Accent, mark),
        page.span(Role::Text, pad(label, name)),
    ];
    // Words go before pictures: where there is no room for both there is no gauge.
    let others = 2 + name + VALUE + longer + 1 + WORD + CHANGE + 1;
    let room = page.width.saturating_sub(others + sparks).min(GAUGE);
    if room >= LEAST_GAUGE {
        spans.extend(gauge(page, f, room));
    }
    let used: usize = spans.iter().map(Span::width).sum();
    let rest = page.width.saturating_sub(used + VALUE + longer + 1 + CHANGE + 1 + sparks);
    // An estimate's range stands at the end where it fits. What a long value takes, the word gives
    // back as far as it can, so that columns stay in line.
    let range = if rest + longer >= WORD + RANGE { RANGE } else { 0 };
    let word = (rest + longer - range).min(WORD + 2);
    let word = word.saturating_sub(longer).max(text::width(&f.word).min(rest));
    let change = if f.marked { tone(f.tone) } else { Role::Quiet };
    spans.extend([
        page.span(Role::Title, right(&f.value, VALUE + longer)),
        Span::raw(" "),
        page.span(Role::Text, pad(&f.word, word)),
        page.span(change, pad(&arrow(theme, f), CHANGE)),
        Span::raw(" "),
    ]);
    if sparks > 0 {
        // One point is no line.
        let line = if f.history.len() > 1 {
            spark(theme, &f.history, sparks, f.least, f.most)
        } else {
            " ".repeat(sparks)
        };
        spans.push(page.span(Role::Quiet, line));
    }
    if range > 0 {
        spans.push(page.span(Role::Quiet, right(&words::range_of(f), range - 1)));
    }
    page.line(spans);
}

/// `  · ▲talks · +State −Treasury`: what an answer moves most, who will think better or worse of the
/// office for it, and whether what follows is a bet.
pub fn stirs(page: &Page, c: &ChoiceRow, answered: bool) -> String {
    let signed =
        |sign: &str, who: &[String]| who.iter().map(|w| format!("{sign}{w}")).collect::<Vec<_>>();
    let (up, down) = (page.theme().glyphs.up, page.theme().glyphs.down);
    let stirred = [signed("+", &c.warms), signed("−", &c.cools)].concat().join(" ");
    let moves = [signed(up, &c.raises), signed(down, &c.lowers)].concat().join(" ");
    let parts = [moves, stirred, c.bet.clone()].into_iter().filter(|p| !answered && !p.is_empty());
    parts.flat_map(|p| ["  · ".to_owned(), p]).collect()
}

/// What values measure, as many as have room.
pub fn measured(page: &mut Page, figures: &[Figure], rows: usize) {
    let from = page.at();
    page.head("WHAT IS MEASURED", "");
    for f in figures.iter().filter(|f| !f.means.is_empty()) {
        let indent = 4;
        let high = 1 + text::wrap(&f.means, page.width.saturating_sub(indent + 1).max(1)).len();
        if page.at() - from + high > rows {
            break;
        }
        page.line(vec![page.span(Role::Text, format!("  {}", f.name))]);
        page.text(Role::Quiet, indent, &f.means);
    }
}

/// "contractor for the state   71% likely   ███████".
pub fn likelihood(page: &mut Page, l: &Likelihood, lead: &str, indent: usize) {
    let theme = page.theme();
    let room = page.width.saturating_sub(indent + 2);
    // Words before pictures: a narrow screen has a short bar.
    let bar = if room < 84 { room / 8 } else { (room / 5).min(24) };
    let says = room.saturating_sub(bar + 26);
    let full = usize::from(l.percent) * bar / 100;
    let mut rows = text::wrap(&l.says, says.max(8)).into_iter();
    page.line(vec![
        page.span(Role::Quiet, pad(lead, indent)),
        page.span(Role::Text, pad(&rows.next().unwrap_or_default(), says)),
        page.span(Role::Title, right(&format!("{}%", l.percent), 5)),
        page.span(Role::Text, format!(" {}", pad(l.word, 19))),
        Span::raw(" "),
        page.span(Role::Accent, theme.glyphs.fill[7].repeat(full)),
        page.span(Role::Rule, theme.glyphs.track.repeat(bar - full)),
    ]);
    for row in rows {
        page.text(Role::Text, indent + 1, &row);
    }
}

/// The same in so many rows at most.
pub fn briefly(
    page: &mut Page,
    lead: Vec<Span<'static>>,
    indent: usize,
    role: Role,
    words: &str,
    rows: usize,
) {
    let room = page.width.saturating_sub(indent + 1).max(1);
    let lines = text::wrap(words, room);
    let most = rows.max(1);
    if lines.len() <= most {
        page.hanging(lead, indent, role, words);
        return;
    }
    let kept: Vec<&str> = lines.iter().take(most).map(String::as_str).collect();
    // One column short of the room, so that the cut shows.
    let last = text::cut(&format!("{} {}", kept[most - 1], lines[most]), room);
    let words =
        kept[..most - 1].iter().copied().chain([last.as_str()]).collect::<Vec<_>>().join("\n");
    page.hanging(lead, indent, role, &words);
}

/// What is in the way, and what would open it.
pub fn refused(page: &mut Page, r: &Refused, indent: usize) {
    let lead = vec![
        page.span(Role::Text, " ".repeat(indent.saturating_sub(2))),
        page.span(Role::Warning, "! "),
    ];
    page.hanging(lead, indent, Role::Warning, &r.what);
    if !r.unblock.is_empty() {
        page.text(Role::Text, indent, &r.unblock);
    }
}

/// A label in a fixed column and what it labels.
pub fn labelled(page: &mut Page, label: &str, columns: usize, role: Role, words: &str) {
    if words.is_empty() {
        return;
    }
    let lead = vec![page.span(Role::Quiet, format!(" {}", pad(label, columns.saturating_sub(1))))];
    page.hanging(lead, columns, role, words);
}

/// The sign before a row and its look: what was done already in its own, what is shut crossed out
/// and quiet.
pub fn standing(done: Option<(&'static str, Role)>, shut: bool) -> (&'static str, Role) {
    match (done, shut) {
        (Some(so), _) => so,
        (None, true) => ("×", Role::Quiet),
        (None, false) => (" ", Role::Text),
    }
}

/// The sign and the word of a stance or of a relation, and what the sign looks like.
pub type Stands = (&'static str, &'static str, Role);

pub fn relation(r: Relation) -> Stands {
    let role = match r {
        Relation::With | Relation::Friendly => Role::Good,
        Relation::Correct => Role::Quiet,
        Relation::Wary | Relation::Against => Role::Bad,
    };
    (words::relation_sign(r), words::relation_word(r), role)
}

/// ` ▲`, ` ▼`: which way it went of late.
pub fn warmth(s: &Page, t: Trend) -> String {
    match t {
        Trend::Rising => format!(" {}", s.theme().glyphs.up),
        Trend::Falling => format!(" {}", s.theme().glyphs.down),
        Trend::Level => String::new(),
    }
}

pub fn reaction(r: Reaction) -> Stands {
    let role = match r {
        Reaction::Helped => Role::Good,
        Reaction::Noted => Role::Quiet,
        Reaction::Annoyed | Reaction::Stopped => Role::Bad,
    };
    let (sign, word) = words::reaction(r);
    (sign, word, role)
}

/// `Justice +  Treasury −−`.
pub fn signs(all: &[Stand]) -> String {
    let sign = |s: &Stand| format!("{} {}", s.short, words::stance_sign(s.stance));
    all.iter().map(sign).collect::<Vec<_>>().join("  ")
}

/// A stance beside others, where the sign alone is coloured.
pub fn stands(s: Stance) -> Stands {
    let role = if s == Stance::Concurs { Role::Quiet } else { stance(s) };
    (words::stance_sign(s), words::stance(s), role)
}

pub fn stance(s: Stance) -> Role {
    match s {
        Stance::Presses | Stance::Supports => Role::Good,
        Stance::Concurs => Role::Text,
        Stance::Reserves => Role::Warning,
        Stance::Objects | Stance::Blocks => Role::Bad,
    }
}

/// Columns the longest price takes.
pub fn costs(rows: &[ActionRow]) -> usize {
    rows.iter()
        .map(|r| text::width(if r.shut.is_some() { r.so } else { &r.cost }))
        .max()
        .unwrap_or(0)
}

/// A task, an ask or a reform in one line; prices have so many columns.
pub fn action(s: &mut Page, r: &ActionRow, cost: usize) {
    let at = s.at();
    let (sign, role) = standing(
        (!r.so.is_empty()).then_some((s.theme().glyphs.full, Role::Text)),
        r.shut.is_some(),
    );
    let end = if r.shut.is_some() { r.so.to_owned() } else { r.cost.clone() };
    let by = if s.width >= 60 && !r.by.is_empty() {
        format!("{} ", pad(&r.by, 9))
    } else {
        String::new()
    };
    s.entry(
        vec![Span::raw(" "), s.span(Role::Quiet, sign), s.span(role, &r.name)],
        vec![
            s.span(Role::Quiet, by),
            s.span(Role::Quiet, right(&end, cost.max(text::width(&end)))),
            Span::raw(" "),
        ],
    );
    s.link(at, Target::Give(r.order));
}

/// One that may be made, or was.
pub fn promise(s: &mut Page, p: &PromiseRow) {
    let at = s.at();
    let (sign, role) =
        standing(p.given.then_some((s.theme().glyphs.full, Role::Accent)), p.shut.is_some());
    s.entry(
        vec![Span::raw(" "), s.span(Role::Accent, sign), s.span(role, &p.name)],
        vec![s.span(Role::Quiet, &p.to), Span::raw(" ")],
    );
    s.link(at, Target::Promise(p.promise, p.agency));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(page: &Page) -> Vec<String> {
        page.rows.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_long_value_takes_from_its_gauge_and_is_never_cut() {
        let theme = Theme::default();
        for width in 42..110 {
            let mut page = Page::new(&theme, width);
            let f = Figure {
                name: "Loss since you began".into(),
                short: "Loss".into(),
                value: "~$141bn".into(),
                most: 200_000,
                ..Figure::default()
            };
            figure(&mut page, &f, true, 11, 0);
            let row = &rows(&page)[0];
            assert!(row.contains("Loss ") && row.contains("~$141bn "), "{width}: {row}");
        }
    }

    #[test]
    fn a_gauge_shows_the_value_its_band_and_where_it_was() {
        let f = Figure {
            at: 52_000,
            most: 100_000,
            delta: -9_000,
            history: vec![61_000, 52_000],
            range: Some(crate::prose::facts::Range { low: 34_000, high: 58_000 }),
            ..Figure::default()
        };
        for (utf8, want) in [(true, "▕···░█│···▏"), (false, "[...:#|...]")] {
            let mut theme = Theme::default();
            if !utf8 {
                theme.glyphs = &crate::tui::theme::ASCII;
            }
            let page = Page::new(&theme, 40);
            let text: String = gauge(&page, &f, 11).iter().map(|s| s.content.to_string()).collect();
            assert_eq!(text, want);
        }
    }

    #[test]
    fn an_arrow_stands_only_for_a_change_beyond_the_error() {
        let theme = Theme::default();
        let mut f = Figure {
            at: 52_000,
            most: 100_000,
            delta: 4_000,
            history: vec![48_000, 52_000],
            ..Figure::default()
        };
        assert_eq!(arrow(&theme, &f), "");
        f.marked = true;
        assert_eq!(arrow(&theme, &f), "▲4");
        f.delta = -4_000;
        assert_eq!(arrow(&theme, &f), "▼4");
    }
}
