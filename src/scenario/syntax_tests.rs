//! Mistakes an author makes, one at a time and many at once, and what is said about them.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::loc::{self, Count, Entries};
use super::problem::{self, Code, Problem};
use super::raw::Core;
use super::source::Source;
use super::syntax::{self, Read};

const GOOD: &str = r##"// A small core.
Core(
  roles: { "authority": "auth", "staff": "staff" },
  indicators: {
    "talks": (
      name: "Trade talks", short: "talks",
      means: "How the talks stand.
        A second line of the same text,
        and a \"third\" \u{2014} with marks.",
      start: 50.5, good: Up, seen: Estimated(3), /* a note, with ( and " */
      words: { "stalled": 30, "moving": 70 },
      drift: "-small",
      appears: [AtLeast("talks", 20), Any([Flag("open"), Not(Fired("walkout"))])],
      settles: (to: 50, half_life: "6 months"),
      why: Judgement("S1"),
    ),
    "allies": (name: r#"Al "so called" lies"#, short: "allies", means: "x", start: 40, good: Neither, seen: Exactly, words: {}, drift: 0.5, rank: 2, why: Source("S2")),
  },
  flows: {
    "theft_costs": (from: "talks", to: "allies", above: 20, rate: "@bite", says: "theft that goes on", why: Judgement("x")),
  },
  venues: {
    "deputies": (name: "Deputies", short: "DC", staff: 1, capital: 0, stops: (lead: -2.5, veto: -0.5, consulted: -1.5, others: -2.5), means: "Deputies meet."),
    "principals": (name: "Principals", short: "PC", staff: 2, capital: 1, stops: (lead: -2.5, veto: -0.5, consulted: -1.5, others: -2.5), needs_authority: 30, means: "They meet."),
  },
  profiles: { "plain": (name: "Plain", says: "Even.", points: {"security": 3, "economy": 3}, default: true) },
)
"##;

fn core(text: &str) -> Read<Core> {
    syntax::read(&Source::embedded("core.ron", text))
}

fn with(find: &str, put: &str) -> Read<Core> {
    assert_eq!(GOOD.matches(find).count(), 1, "{find}");
    core(&GOOD.replace(find, put))
}

fn lines(problems: &[Problem]) -> String {
    problem::short(problems).replace("core.ron:", "").replace("error[", "[")
}

#[test]
fn a_good_file_has_no_problems() {
    let read = core(GOOD);
    assert_eq!(lines(&read.problems), "");
    assert_eq!(read.value.unwrap().indicators.len(), 2);
    assert!(read.poisoned.is_empty());
}

/// What stands there, what is put in its place, and the whole report.
const MISTAKES: &[(&str, &str, &str)] = &[
    (
        "means: \"x\", start: 40",
        "means: 7, start: 40",
        "17:72: [wrong-type]: `means`: expected a text in quotation marks, found the number 7 (write \"7\"; a length of time has a unit, \"7 days\")\n",
    ),
    (
        "rank: 2",
        "rank: 2.5",
        "17:147: [not-whole]: `rank`: expected a whole number (found the number 2.5)\n",
    ),
    (
        "rank: 2",
        "rank: -2",
        "17:147: [bad-value]: `rank`: expected a whole number from 0 to 100000, got -2\n",
    ),
    (
        "rank: 2",
        "rank:    \"2\"",
        "17:150: [wrong-type]: `rank`: expected a whole number, found the text \"2\"\n",
    ),
    (
        "rank: 2,",
        "rank: 2",
        "17:147: [missing-comma]: a comma is missing after this (end every item with a comma; one after the last is allowed)\n",
    ),
    (
        "drift: \"-small\",\n",
        "drift: \"-small\"\n",
        "12:21: [missing-comma]: a comma is missing after this (end every item with a comma; one after the last is allowed)\n",
    ),
    (
        "drift: \"-small\"",
        "drift: -small",
        "12:14: [bare-word]: `drift`: `-small` stands without quotation marks; expected a number (write \"-small\")\n",
    ),
    (
        "drift: \"-small\"",
        "drift: small",
        "12:14: [bare-word]: `drift`: `small` stands without quotation marks; expected a number, a quoted word of the scale such as \"+small\", or a quoted assumption such as \"-@bite\" (write \"small\")\n",
    ),
    (
        "drift: \"-small\"",
        "drift: Some(\"-small\")",
        "12:14: [some-written]: `Some(...)` is not part of the format (write the value alone, without `Some( )`)\n",
    ),
    (
        "drift: \"-small\"",
        "\"drift\": \"-small\"",
        "12:7: [quoted-field]: the field name `drift` stands in quotation marks (write `drift:`)\n",
    ),
    (
        "drift: \"-small\"",
        "drfit: \"-small\"",
        "12:7: [unknown-field]: there is no field `drfit` here (did you mean `drift`?)\n",
    ),
    (
        "drift: \"-small\"",
        "drift \"-small\"",
        "12:7: [missing-colon]: a colon is missing after `drift` (write `:` between a name and its value)\n",
    ),
    (
        "drift: \"-small\"",
        "drift = \"-small\"",
        "12:13: [missing-colon]: `=` stands where a colon belongs (write `:`)\n",
    ),
    (
        "drift: \"-small\"",
        "drift: ",
        "12:7: [syntax]: `drift` has no value (write the value after the colon, or delete the field)\n",
    ),
    (
        "drift: \"-small\"",
        "start: 3",
        "12:7: [duplicate-field]: the field `start` stands twice (delete one of them)\n",
    ),
    (
        "drift: \"-small\"",
        "drift: NaN",
        "12:14: [bad-value]: `drift`: expected a number, at most one million; NaN and infinities are refused (found the number NaN)\n",
    ),
    (
        "drift: \"-small\"",
        "drift: 1,5",
        "12:16: [syntax]: a comma stands inside a number; decimals are written with a point (write 1.5)\n",
    ),
    (
        "drift: \"-small\"",
        "drift: 1e999",
        "12:14: [bad-value]: `drift`: expected a number, at most one million; NaN and infinities are refused (found the number 1e999)\n",
    ),
    (
        "good: Up,",
        "good: \"Up\",",
        "10:26: [wrong-type]: `good`: a plain word belongs here, without quotation marks (write Up)\n",
    ),
    (
        "good: Up,",
        "good: Uq,",
        "10:26: [unknown-word]: there is no word `Uq` here (did you mean `Up`?)\n",
    ),
    (
        "good: Up,",
        "good: Sideways,",
        "10:26: [unknown-word]: there is no word `Sideways` here (known here: `Up`, `Down`, `Neither`)\n",
    ),
    (
        "good: Up, ",
        "",
        "16:5: [missing-field]: the field `good` is missing in `talks` (add `good: ...` before this bracket)\n",
    ),
    (
        "Estimated(3)",
        "Estimated",
        "10:36: [wrong-type]: `seen`: `Estimated` needs a value in ( ) (write Estimated(...))\n",
    ),
    (
        "AtLeast(\"talks\", 20)",
        "AtLeast(\"talks\")",
        "13:32: [wrong-type]: `AtLeast` takes 2 values, found 1 (it is written as in AtLeast(\"talks\", 40))\n",
    ),
    (
        "Any([Flag(\"open\")",
        "Any([Flagg(\"open\")",
        "13:44: [unknown-word]: there is no word `Flagg` here (did you mean `Flag`?)\n",
    ),
    (
        "half_life: \"6 months\"",
        "half_life: \"soon\"",
        "14:36: [bad-value]: `half_life`: expected a length of time in days, weeks or months, such as \"10 days\", \"4 to 10 weeks\" or \"6 months\", got \"soon\"\n",
    ),
    (
        "words: {}",
        "words: []",
        "17:125: [wrong-bracket]: `words`: a table by ids stands in { }, not in [ ] (write `{` here and `}` at its end)\n",
    ),
    (
        "settles: (to: 50, half_life: \"6 months\")",
        "settles: {to: 50, half_life: \"6 months\"}",
        "14:16: [wrong-bracket]: plain names stand in { } (if they are ids, put each in quotation marks; if they are fields, write `(` here and `)` at its end)\n",
    ),
    (
        "points: {\"security\": 3,",
        "points: {security: 3,",
        "26:64: [unquoted-id]: this id has no quotation marks (write \"security\")\n",
    ),
    (
        "\"principals\": (",
        "\"deputies\": (",
        "24:5: [duplicate-id]: the id `deputies` stands twice (give one of them another id)\n",
    ),
    (
        "default: true",
        "default: yes",
        "26:103: [wrong-type]: `default`: expected true or false, found the word yes\n",
    ),
    (
        "  flows: {",
        "  flwos: {",
        "19:3: [unknown-field]: there is no field `flwos` here (did you mean `flows`?)\n",
    ),
    (
        "short: \"DC\",",
        "short: \"DC,",
        "23:43: [unclosed-text]: the text that begins here is never closed (a quotation mark is missing at its end)\n",
    ),
    (
        "\"Deputies meet.\"",
        "\"Deputies meet.",
        "23:142: [unclosed-text]: the text that begins here is never closed (a quotation mark is missing at its end)\n",
    ),
    (
        "short: \"DC\"",
        "short: \"D\"C\"",
        "23:45: [unclosed-text]: the text ends at this quotation mark and goes on behind it (write \\\" for a quotation mark inside a text; one may also be missing or one too many)\n",
    ),
    (
        "means: \"Deputies meet.\"),",
        "means: \"Deputies meet.\",",
        "23:17: [unclosed-bracket]: `(` is never closed (a `)` is missing before `\"principals\"` in line 24)\n",
    ),
    (
        "means: \"Deputies meet.\"),",
        "means: \"Deputies meet.\")),",
        "23:159: [stray-bracket]: this `)` is one too many (delete it, or look for one missing before it)\n",
    ),
    (
        "settles: (to: 50,",
        "settles: to: 50,",
        "14:16: [wrong-bracket]: `settles` has no opening bracket (write `(` before this)\n",
    ),
    (
        "\"deputies\": (name",
        "\"deputies\": name",
        "23:17: [wrong-bracket]: `deputies` has no opening bracket (write `(` before this)\n",
    ),
    (
        "means: \"Deputies meet.\"",
        "means: Deputies meet.\"",
        "23:156: [unclosed-text]: a text ends here that has no beginning (a quotation mark is missing where it begins)\n",
    ),
    (
        "means: \"Deputies meet.\"",
        "means: Deputies meet",
        "23:142: [bare-word]: these words stand without quotation marks (put the whole text in quotation marks)\n",
    ),
    (
        "default: true) },\n)",
        "default: true) },\n",
        "2:5: [unclosed-bracket]: `(` is never closed (a `)` is missing before the end of the file)\n",
    ),
    (
        "\\u{2014}",
        "\\u{1b}",
        "9:25: [bad-character]: this escape writes a control character (U+001B) (delete it)\n",
    ),
    (
        "\\u{2014}",
        "\\xE2\\x80\\xAE",
        "9:25: [bad-character]: this escape writes a character that changes the direction of text (U+202E) (delete it)\n",
    ),
    (
        "\\u{2014}",
        "\\d",
        "9:25: [bad-escape]: `\\d` is no escape (known are \\n \\t \\\\ \\\" \\' and \\u{2014}; a backslash itself is written \\\\)\n",
    ),
    (
        "// A small core.",
        "#![enable(implicit_some)]",
        "1:1: [extension]: a file may not switch extensions on (delete this; the format is the same for every file)\n",
    ),
    (
        "\nCore(",
        "\nCroe(",
        "2:1: [unknown-word]: this file is read as a `Core`, and calls itself `Croe` (begin with `Core(`)\n",
    ),
    (
        "/* a note, with ( and \" */",
        "/* a note",
        "10:50: [unclosed-comment]: the comment that begins here is never closed (end it with */, or begin each of its lines with //)\n",
    ),
    (
        "Source(\"S2\")",
        "Sauce(\"S2\")",
        "17:155: [unknown-word]: there is no word `Sauce` here (did you mean `Source`?)\n",
    ),
    (
        "\"allies\": (name",
        "\"1allies\": (name",
        "17:5: [bad-value]: an id is 1 to 40 ASCII letters, digits, `_` or `-`, and starts with a letter (found the text \"1allies\")\n",
    ),
];

#[test]
fn each_single_mistake_is_named_where_it_was_made() {
    let mut wrong = String::new();
    for (find, put, report) in MISTAKES {
        let found = lines(&with(find, put).problems);
        if found != *report {
            writeln!(wrong, "{find}  ->  {put}\n  expected {report}  found    {found}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn many_mistakes_are_all_found_and_the_rest_is_still_read() {
    let text = GOOD
        .replace("start: 50.5, good: Up", "start: \"x\", good: Upp")
        .replace("half_life: \"6 months\"", "half_life: 6")
        .replace("[Flag(\"open\"), Not(Fired(\"walkout\"))]", "[Flog(\"open\"), Not(Fired(1))]")
        .replace("staff: 1, capital: 0,", "staff: 1.5, capital: 0,")
        .replace(
            "points: {\"security\": 3, \"economy\": 3}",
            "points: {\"security\": \"3\", \"economy\": x}",
        );
    let read = core(&text);
    let places: Vec<_> = read.problems.iter().map(|p| (p.line, p.code.name())).collect();
    let expected = [
        (10, "wrong-type"),
        (10, "unknown-word"),
        (13, "unknown-word"),
        (13, "wrong-type"),
        (14, "wrong-type"),
        (23, "not-whole"),
        (26, "wrong-type"),
        (26, "wrong-type"),
    ];
    assert_eq!(places, expected, "{}", lines(&read.problems));
    let value = read.value.expect("the good entries make a core");
    assert_eq!((value.indicators.len(), value.venues.len(), value.flows.len()), (1, 1, 1));
    assert!(
        read.poisoned.contains("indicators", "talks")
            && read.poisoned.contains("venues", "deputies")
            && read.poisoned.contains("profiles", "plain")
    );
    assert!(!read.poisoned.contains("indicators", "allies"));
}

#[test]
fn the_ids_of_a_misspelt_table_are_taken_for_those_of_the_table_meant() {
    let read = with("  flows: {", "  flwos: {");
    assert!(read.poisoned.contains("flows", "theft_costs"));
    assert!(read.value.is_some());
}

#[test]
fn both_places_of_a_double_id_are_shown() {
    let read = with("\"principals\": (", "\"deputies\": (");
    let other = read.problems[0].other.as_ref().expect("the first place");
    assert_eq!((other.line, other.column), (23, 5));
}

#[test]
fn the_place_of_a_leaf_is_found_whether_ron_lent_it_out_or_not() {
    let read = core(&GOOD.replace("\"walkout\"", "\"walk\\u{6f}ut\""));
    let value = read.value.as_ref().expect("a good file");
    let talks = value.indicators.get("talks").expect("talks");
    let shown = |at| read.parsed.get(read.place(at).expect("a place")).map(str::to_owned);
    assert_eq!(shown(talks.short.at).as_deref(), Some("\"talks\""));
    assert_eq!(shown(talks.start.at).as_deref(), Some("50.5"));
    assert_eq!(
        shown(talks.means.at).map(|m| m.ends_with("marks.\"")),
        Some(true),
        "a text with escapes is found by parsing again"
    );
}

#[test]
fn hostile_files_are_answered_in_bounds() {
    let deep = |open: &str| format!("Core(roles: {}", open.repeat(200_000));
    let many = (0..100_000).fold(String::new(), |s, n| s + &format!("\"a{n}\":5,"));
    let files = [
        deep("["),
        deep("("),
        deep("{\"a\":"),
        deep("Not("),
        ",".repeat(1 << 20),
        "\"a\"b".repeat(1 << 18),
        "\"\n".repeat(1 << 18),
        "(".repeat(1 << 20),
        ")".repeat(1 << 20),
        "/*".repeat(1 << 18),
        "a ".repeat(1 << 18),
        "'\\".repeat(1 << 18),
        "\\u{1b}".repeat(1 << 16),
        format!("Core(roles: {{{many}}})"),
        format!("Core(roles: {{{}}})", "\"a\":\"b\",".repeat(100_000)),
        format!("Core(rols: {{{many}}})"),
        format!("Core(scale: {{{many}}}"),
        format!("({})", "x:1 ".repeat(100_000)),
        format!("Core(worlds: {{\"w\": (tells: [{}])}})", "1,".repeat(200_000)),
        "\u{202e}".repeat(1 << 18),
        String::new(),
        "Core".to_owned(),
        "(".to_owned(),
        "\"".to_owned(),
        "#!".to_owned(),
        "r#\"".to_owned(),
        "'".to_owned(),
    ];
    for text in files {
        let read = core(&text);
        let name: String = text.chars().take(30).collect();
        assert!(!read.problems.is_empty(), "{name}");
        assert!(read.problems.len() <= problem::LIMIT);
    }
}

/// Reading stops after so many words and marks; what the rest would have closed is not called open.
#[test]
fn a_file_of_too_many_words_is_called_that_and_nothing_else() {
    let read = core(&format!("Core(roles: {{}}, scale: {{{}}})", "\"a\":1,".repeat(70_000)));
    let said: Vec<Code> = read.problems.iter().map(|p| p.code).collect();
    assert!(said.contains(&Code::TooMany), "{}", lines(&read.problems));
    assert!(!said.contains(&Code::UnclosedBracket), "{}", lines(&read.problems));
}

/// What a file may be refused for though ron would read it.
const STRICTER: [Code; 7] = [
    Code::SomeWritten,
    Code::DuplicateId,
    Code::BadCharacter,
    Code::Extension,
    Code::TooDeep,
    Code::TooMany,
    Code::UnknownWord,
];

fn consistent(text: &str) -> Result<(), TestCaseError> {
    let read = core(text);
    let source = Source::embedded("core.ron", text);
    let plain = loc::parse::<Core>(&source.text);
    match &plain {
        Ok(_) => {
            for p in &read.problems {
                prop_assert!(
                    STRICTER.contains(&p.code),
                    "ron reads it, we say {}\n{text}",
                    lines(std::slice::from_ref(p))
                );
            }
        }
        Err(e) => {
            prop_assert!(!read.problems.is_empty(), "ron refuses it ({e}), we do not\n{text}");
        }
    }
    for p in &read.problems {
        prop_assert!(p.line as usize <= text.lines().count() + 1);
    }
    Ok(())
}

#[test]
fn leaving_out_any_one_token_is_noticed_near_the_place() {
    let recovered = super::recover::scan(&Source::embedded("core.ron", GOOD));
    let mut far = Vec::new();
    for token in &recovered.tokens {
        let mut text = GOOD.to_owned();
        text.replace_range(token.start..token.end, &" ".repeat(token.end - token.start));
        consistent(&text).unwrap_or_else(|e| panic!("{e}"));
        let line = u32::try_from(GOOD[..token.start].matches('\n').count()).unwrap() + 1;
        let read = core(&text);
        if let Some(first) = read.problems.first()
            && !read.problems.iter().any(|p| {
                p.line.abs_diff(line) <= 1
                    || p.other.as_ref().is_some_and(|o| o.line.abs_diff(line) <= 1)
            })
        {
            far.push(format!(
                "line {line} without {:?}: {}",
                &GOOD[token.start..token.end],
                lines(std::slice::from_ref(first))
            ));
        }
    }
    // A record's last bracket can be missed only where something else no longer fits.
    assert!(far.len() <= 8, "{}:\n{}", far.len(), far.concat());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_file_with_any_few_bytes_changed_is_read_or_refused_with_a_reason(
        edits in prop::collection::vec(
            (
                0_usize..GOOD.len(),
                0_usize..4,
                prop::sample::select(vec![
                    "", "(", ")", "{", "}", "[", "]", "\"", ",", ":", "\\", "'", "#", "/*", "//",
                    "\n", "x", "5", "Some(", "é", "r#\"", "=", ";",
                ]),
            ),
            1..4,
        ),
    ) {
        let mut text = GOOD.to_owned();
        for (at, len, put) in edits {
            let from = text.floor_char_boundary(at.min(text.len()));
            let to = text.floor_char_boundary((at + len).min(text.len())).max(from);
            text.replace_range(from..to, put);
        }
        consistent(&text)?;
    }

    #[test]
    fn any_text_is_read_or_refused_with_a_reason(
        text in "[(){}\\[\\],:\"a-c1 \n'#r\\\\/*=é.]{0,60}",
    ) {
        consistent(&text)?;
    }
}

#[test]
fn a_key_that_stood_before_is_refused_in_short_tables_and_in_long_ones() {
    for len in [3, 16, 17, 18, 60] {
        for (first, again) in [(0, 1), (0, len - 1), (len / 2, len - 1), (len - 2, len - 1)] {
            let name = |n: usize| if n == again { first } else { n };
            let of = |key: &dyn Fn(usize) -> usize| {
                (0..len).map(|n| format!("\"k{}\": 1, ", key(n))).collect::<Vec<_>>().concat()
            };
            let (good, bad) = (format!("{{{}}}", of(&|n| n)), format!("{{{}}}", of(&name)));
            assert_eq!(loc::parse::<Entries<Count>>(&good).map(|e| e.len()).ok(), Some(len));
            let said = loc::parse::<Entries<Count>>(&bad).map(|_| ()).unwrap_err().to_string();
            assert!(
                said.contains(&format!("duplicate id `k{first}`")),
                "{len} {first} {again}: {said}"
            );
        }
    }
}
