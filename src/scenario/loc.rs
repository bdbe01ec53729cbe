//! Values that remember where they stood in the text.
//!
//! `ron` reports a place only for its own errors. A value that is well formed but wrong (an id
//! nobody declared) has to carry its place itself. Two ways, both kept here:
//! - text that ron hands out borrowed lies inside the source, so its offset is a subtraction
//!   (free);
//! - everything else carries a serial number; to find number *k* the text is parsed once more with
//!   the order to fail there, and ron's own error then gives line and column (`locate`).
//!
//! Leaves are read by functions of their own (`inline(never)`): written out in every record that
//! has one, they were a sixth of the program.
//!
//! Owns the leaf types of the format and their local rules (id syntax, ranges, dates). Refuses to
//! own rules that need two records at once: those are `resolve`.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Unexpected, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::day::{Day, Span};

thread_local! {
    static BASE: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    static NEXT: Cell<u32> = const { Cell::new(0) };
    static FAIL: Cell<u32> = const { Cell::new(u32::MAX) };
    /// The text being read, if it is carried in the program and read the short way.
    static CARRIED: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// The message `locate` looks for; no author ever sees it.
const LOCATED: &str = "located";

/// Where a value stood.
#[derive(Debug, Clone, Copy, Default)]
pub struct At {
    /// Byte offset in the source, if known at once.
    pub offset: Option<u32>,
    /// Serial number of the leaf within its parse, from 1; 0 for values made in code.
    pub serial: u32,
    /// Length in bytes, 0 if not known.
    pub len: u32,
}

/// The one set of ron extensions, so that no file needs a header.
pub fn ron_options() -> ron::Options {
    use ron::extensions::Extensions;
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_default_extension(Extensions::UNWRAP_NEWTYPES)
        .with_default_extension(Extensions::UNWRAP_VARIANT_NEWTYPES)
}

/// Parses `source`, noting where every leaf stands.
///
/// # Errors
/// ron's own error, with its line and column.
pub fn parse<'a, T: Deserialize<'a>>(source: &'a str) -> Result<T, ron::error::SpannedError> {
    NEXT.set(0);
    FAIL.set(u32::MAX);
    BASE.set((source.as_ptr() as usize, source.len()));
    let read = ron_options().from_str(source);
    BASE.set((0, 0));
    read
}

/// As [`parse`], for a text carried in the program, the short way: words are borrowed from it, and
/// a number is asked for by its own type, which saves ron nine tenths of the work of guessing what
/// stands there. What it reads, `parse` reads alike; what it refuses is for `parse` to read or to
/// explain.
pub fn parse_carried<T: for<'a> Deserialize<'a>>(source: &'static str) -> Option<T> {
    CARRIED.set(Some(source));
    let read = parse(source);
    CARRIED.set(None);
    read.ok()
}

/// A text of the file, borrowed from the program where it is carried.
#[inline]
fn kept(text: &str, at: At) -> Cow<'static, str> {
    let borrowed = CARRIED.get().zip(at.offset).and_then(|(source, from)| {
        source.get(from as usize..(from as usize).checked_add(text.len())?)
    });
    borrowed.map_or_else(|| Cow::Owned(text.to_owned()), Cow::Borrowed)
}

/// Line and column (from 1, in characters) of the leaf with this serial number, by parsing again.
pub fn locate<'a, T: Deserialize<'a>>(source: &'a str, serial: u32) -> Option<ron::error::Span> {
    NEXT.set(0);
    FAIL.set(serial);
    BASE.set((0, 0));
    let read = ron_options().from_str::<T>(source);
    FAIL.set(u32::MAX);
    match read {
        Err(e) if matches!(&e.code, ron::Error::Message(m) if m == LOCATED) => Some(e.span),
        _ => None,
    }
}

#[inline]
fn take<E: de::Error>(borrowed: Option<&str>) -> Result<At, E> {
    let serial = NEXT.get().saturating_add(1);
    NEXT.set(serial);
    if serial == FAIL.get() {
        return Err(E::custom(LOCATED));
    }
    let (base, len) = BASE.get();
    let offset = borrowed.and_then(|text| {
        let at = (text.as_ptr() as usize).checked_sub(base)?;
        (at <= len).then(|| u32::try_from(at).ok())?
    });
    let len = borrowed.map_or(0, |t| u32::try_from(t.len()).unwrap_or(0));
    Ok(At { offset, serial, len })
}

type FromText<T> = fn(&str, At) -> Result<T, String>;
/// From thousandths.
type FromNumber<T> = fn(i64, At) -> Result<T, String>;

/// What a leaf is called in messages, and what it can be read from.
trait Leaf: Sized {
    const EXPECTS: &'static str;
    const TEXT: Option<FromText<Self>>;
    const NUMBER: Option<FromNumber<Self>>;
}

struct LeafVisitor<T>(PhantomData<T>);

impl<T: Leaf> LeafVisitor<T> {
    fn text<E: de::Error>(&self, v: &str, borrowed: Option<&str>) -> Result<T, E> {
        let Some(read) = T::TEXT else { return Err(E::invalid_type(Unexpected::Str(v), self)) };
        let at = take::<E>(borrowed)?;
        read(v, at).map_err(E::custom)
    }
    fn number<E: de::Error>(
        &self,
        found: Unexpected<'_>,
        milli: impl FnOnce() -> Result<i64, String>,
    ) -> Result<T, E> {
        let Some(read) = T::NUMBER else { return Err(E::invalid_type(found, self)) };
        let at = take::<E>(None)?;
        milli().and_then(|m| read(m, at)).map_err(E::custom)
    }
}

impl<'de, T: Leaf> Visitor<'de> for LeafVisitor<T> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(T::EXPECTS)
    }
    fn visit_borrowed_str<E: de::Error>(self, v: &'de str) -> Result<T, E> {
        self.text(v, Some(v))
    }
    fn visit_str<E: de::Error>(self, v: &str) -> Result<T, E> {
        self.text(v, None)
    }
    fn visit_i64<E: de::Error>(self, v: i64) -> Result<T, E> {
        let milli = || v.checked_mul(1000).ok_or_else(|| "the number is too large".to_owned());
        self.number(Unexpected::Signed(v), milli)
    }
    fn visit_u64<E: de::Error>(self, v: u64) -> Result<T, E> {
        self.visit_i64(i64::try_from(v).unwrap_or(i64::MAX))
    }
    fn visit_f64<E: de::Error>(self, v: f64) -> Result<T, E> {
        self.number(Unexpected::Float(v), || thousandths(v))
    }
}

/// Declares a leaf; `$ask` is how most are written. A number of a file that is searched for
/// mistakes is asked for as anything, so that a mistake is told by its own words.
macro_rules! leaf {
    ($name:ident, $expects:literal, $text:expr, $number:expr, $ask:ident) => {
        impl Leaf for $name {
            const EXPECTS: &'static str = $expects;
            const TEXT: Option<FromText<Self>> = $text;
            const NUMBER: Option<FromNumber<Self>> = $number;
        }
        impl<'de> Deserialize<'de> for $name {
            #[inline(never)]
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let visitor = LeafVisitor(PhantomData);
                if Self::NUMBER.is_none() || CARRIED.get().is_some() {
                    d.$ask(visitor)
                } else {
                    d.deserialize_any(visitor)
                }
            }
        }
    };
}

/// Equality and writing go by one field, wherever the leaf stood.
macro_rules! goes_by {
    ($($name:ident.$field:ident),*) => {$(
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.$field == other.$field
            }
        }
        impl Eq for $name {}
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                self.$field.serialize(s)
            }
        }
    )*};
}
goes_by!(Id.text, Prose.text, Percent.n, Count.n);

/// An id: letters, digits, `_` and `-`, at most 40, starting with a letter.
#[derive(Debug, Clone, Default)]
pub struct Id {
    pub text: Cow<'static, str>,
    pub at: At,
}

impl Id {
    pub fn new(text: &str) -> Self {
        Id { text: text.to_owned().into(), at: At::default() }
    }
    pub fn as_str(&self) -> &str {
        &self.text
    }
    /// Whether the word can be an id.
    pub fn is_one(v: &str) -> bool {
        v.len() <= 40
            && v.starts_with(|c: char| c.is_ascii_alphabetic())
            && v.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    }
    fn read(v: &str, at: At) -> Result<Self, String> {
        if Id::is_one(v) {
            Ok(Id { text: kept(v, at), at })
        } else {
            Err("an id is 1 to 40 ASCII letters, digits, `_` or `-`, and starts with a letter"
                .to_owned())
        }
    }
}
leaf!(Id, "a quoted id", Some(Id::read), None, deserialize_str);

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}
impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Words for a reader. A newline is a space, an empty line begins a paragraph (`resolve` folds it).
#[derive(Debug, Clone, Default)]
pub struct Prose {
    pub text: Cow<'static, str>,
    pub at: At,
}

impl Prose {
    pub fn plain(text: &str) -> Self {
        Prose { text: text.to_owned().into(), at: At::default() }
    }
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
    // All readers have one signature.
    #[expect(clippy::unnecessary_wraps, reason = "shares the signature of readers that can fail")]
    fn read(v: &str, at: At) -> Result<Self, String> {
        Ok(Prose { text: kept(v, at), at })
    }
}
leaf!(Prose, "quoted text", Some(Prose::read), None, deserialize_str);

/// A quoted ISO day.
#[derive(Debug, Clone, Copy)]
pub struct Date {
    pub day: Day,
    pub at: At,
}
impl Date {
    fn read(v: &str, at: At) -> Result<Self, String> {
        Day::parse(v).map(|day| Date { day, at })
    }
}
leaf!(Date, "a quoted day such as \"2018-12-01\"", Some(Date::read), None, deserialize_str);

/// A quoted length of time: `"10 days"`, `"2 weeks"`, `"4 to 10 weeks"`, `"6 months"` (30 days
/// each).
#[derive(Debug, Clone, Copy)]
pub struct Length {
    pub span: Span,
    pub at: At,
}
impl Length {
    fn read(v: &str, at: At) -> Result<Self, String> {
        Span::parse(v).map(|span| Length { span, at })
    }
}
leaf!(
    Length,
    "a quoted length of time such as \"4 to 10 weeks\"",
    Some(Length::read),
    None,
    deserialize_str
);

/// A decimal as whole thousandths, exactly, or why not.
fn thousandths(v: f64) -> Result<i64, String> {
    if !v.is_finite() {
        return Err(
            "expected a number, at most one million; NaN and infinities are refused".to_owned()
        );
    }
    if v.abs() > 1_000_000_000.0 {
        return Err("the number is too large; at most one million is allowed".to_owned());
    }
    let scaled = v * 1000.0;
    let whole = scaled.round();
    if (scaled - whole).abs() > 1e-4 {
        return Err("at most three decimals are kept; write fewer".to_owned());
    }
    // In range by the check above.
    #[expect(clippy::cast_possible_truncation, reason = "below 10^12 by the check above")]
    Ok(whole as i64)
}

/// A number with at most three decimals, as thousandths, within ± one million.
#[derive(Debug, Clone, Copy, Default)]
pub struct Decimal {
    pub milli: i32,
    pub at: At,
}
impl Decimal {
    pub fn whole(n: i32) -> Self {
        Decimal { milli: n.saturating_mul(1000), at: At::default() }
    }
    fn read(milli: i64, at: At) -> Result<Self, String> {
        if milli.abs() > 1_000_000_000 {
            return Err("the number is too large; at most one million is allowed".to_owned());
        }
        Ok(Decimal { milli: i32::try_from(milli).map_err(|e| e.to_string())?, at })
    }
}
leaf!(Decimal, "a number", None, Some(Decimal::read), deserialize_f64);

/// A whole number of a hundred, 0 to 1000 (factors may exceed 100; shares may not, `resolve` says
/// where).
#[derive(Debug, Clone, Copy, Default)]
pub struct Percent {
    pub n: u32,
    pub at: At,
}
impl Percent {
    pub const fn plain(n: u32) -> Self {
        Percent { n, at: At { offset: None, serial: 0, len: 0 } }
    }
    fn read(milli: i64, at: At) -> Result<Self, String> {
        if milli % 1000 != 0 {
            return Err("expected a whole number of a hundred, such as 35".to_owned());
        }
        match u32::try_from(milli / 1000) {
            Ok(n) if n <= 1000 => Ok(Percent { n, at }),
            _ => Err(format!(
                "expected a whole number of a hundred from 0 to 1000, got {}",
                milli / 1000
            )),
        }
    }
}
leaf!(Percent, "a whole number of a hundred", None, Some(Percent::read), deserialize_i64);

/// A whole number from 0 to 100 000.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count {
    pub n: u32,
    pub at: At,
}
impl Count {
    pub const fn plain(n: u32) -> Self {
        Count { n, at: At { offset: None, serial: 0, len: 0 } }
    }
    fn read(milli: i64, at: At) -> Result<Self, String> {
        if milli % 1000 != 0 {
            return Err("expected a whole number".to_owned());
        }
        match u32::try_from(milli / 1000) {
            Ok(n) if n <= 100_000 => Ok(Count { n, at }),
            _ => Err(format!("expected a whole number from 0 to 100000, got {}", milli / 1000)),
        }
    }
}
leaf!(Count, "a whole number", None, Some(Count::read), deserialize_i64);

/// A number, a signed word of the printed scale, or a signed assumption.
#[derive(Debug, Clone)]
pub struct Amount {
    pub value: AmountValue,
    pub at: At,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountValue {
    Milli(i32),
    Word { negative: bool, word: String },
    Assumed { negative: bool, id: String },
}
impl Amount {
    fn text(v: &str, at: At) -> Result<Self, String> {
        let (negative, rest) = match v.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, v.strip_prefix('+').unwrap_or(v)),
        };
        if let Ok(n) = rest.parse::<f64>() {
            // A number in quotes, most often written so for the sake of a plus sign.
            let milli = thousandths(n)?;
            return Amount::number(if negative { -milli } else { milli }, at);
        }
        let value = match rest.strip_prefix('@') {
            Some(id) => AmountValue::Assumed { negative, id: id.to_owned() },
            None if v == rest && v.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                return Err(format!("a word of the scale carries its sign: \"+{v}\" or \"-{v}\""));
            }
            None => AmountValue::Word { negative, word: rest.to_owned() },
        };
        Ok(Amount { value, at })
    }
    fn number(milli: i64, at: At) -> Result<Self, String> {
        Decimal::read(milli, at).map(|d| Amount { value: AmountValue::Milli(d.milli), at })
    }
}
leaf!(
    Amount,
    "a number, a quoted word of the scale such as \"+small\", or a quoted assumption such as \
     \"-@bite\"",
    Some(Amount::text),
    Some(Amount::number),
    deserialize_any
);

/// A map from id to record in file order; a key may stand only once.
#[derive(Debug, Clone)]
pub struct Entries<T>(pub Vec<(Id, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Entries(Vec::new())
    }
}
impl<T> Entries<T> {
    pub fn iter(&self) -> std::slice::Iter<'_, (Id, T)> {
        self.0.iter()
    }
    pub fn len(&self) -> usize {
        self.0.len()
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    pub fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(|(k, _)| k.as_str())
    }
    pub fn get(&self, id: &str) -> Option<&T> {
        self.0.iter().find(|(k, _)| k.text == id).map(|(_, v)| v)
    }
}
impl<'a, T> IntoIterator for &'a Entries<T> {
    type Item = &'a (Id, T);
    type IntoIter = std::slice::Iter<'a, (Id, T)>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
impl<T: PartialEq> PartialEq for Entries<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T: Eq> Eq for Entries<T> {}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    #[inline(never)]
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct V<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for V<T> {
            type Value = Entries<T>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a table { \"id\": ... }")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut all: Vec<(Id, T)> = Vec::new();
                // Most tables are short and are searched one by one; of a long one the keys are
                // kept in order beside it.
                let mut long: BTreeSet<Cow<'static, str>> = BTreeSet::new();
                loop {
                    let seen = |key: &str| {
                        if long.is_empty() {
                            all.iter().any(|(id, _)| id.text == key)
                        } else {
                            long.contains(key)
                        }
                    };
                    let Some(key) = next_key(&mut map, &seen)? else { return Ok(Entries(all)) };
                    if all.len() == FEW {
                        for (id, _) in &all {
                            keep(&mut long, id);
                        }
                    }
                    if all.len() >= FEW {
                        keep(&mut long, &key);
                    }
                    all.push((key, map.next_value()?));
                }
            }
        }
        d.deserialize_map(V(PhantomData))
    }
}

/// Most keys that are searched one by one.
const FEW: usize = 16;

/// The next key of a table, whatever the table is of: written once.
#[inline(never)]
fn next_key<'de, A: MapAccess<'de>>(
    map: &mut A,
    seen: &dyn Fn(&str) -> bool,
) -> Result<Option<Id>, A::Error> {
    Ok(map.next_key_seed(KeyOnce(seen))?.map(|Key(id)| id))
}

#[inline(never)]
fn keep(long: &mut BTreeSet<Cow<'static, str>>, id: &Id) {
    long.insert(id.text.clone());
}

struct Key(Id);
/// Reads a key and refuses it on the spot if it stood before, so that the error lands on the key.
struct KeyOnce<'s>(&'s dyn Fn(&str) -> bool);
impl<'de> de::DeserializeSeed<'de> for KeyOnce<'_> {
    type Value = Key;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Key, D::Error> {
        struct V<'s>(&'s dyn Fn(&str) -> bool);
        impl V<'_> {
            fn once<E: de::Error>(self, text: &str, at: At) -> Result<Key, E> {
                let id = Id::read(text, at).map_err(E::custom)?;
                if (self.0)(text) {
                    Err(E::custom(format!(
                        "duplicate id `{text}`: it already stands in this table"
                    )))
                } else {
                    Ok(Key(id))
                }
            }
        }
        impl<'de> Visitor<'de> for V<'_> {
            type Value = Key;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a quoted id")
            }
            fn visit_borrowed_str<E: de::Error>(self, v: &'de str) -> Result<Key, E> {
                let at = take::<E>(Some(v))?;
                self.once(v, at)
            }
            fn visit_str<E: de::Error>(self, v: &str) -> Result<Key, E> {
                let at = take::<E>(None)?;
                self.once(v, at)
            }
        }
        d.deserialize_str(V(self.0))
    }
}

impl<T: Serialize> Serialize for Entries<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(Some(self.0.len()))?;
        for (k, v) in &self.0 {
            map.serialize_entry(k, v)?;
        }
        map.end()
    }
}
