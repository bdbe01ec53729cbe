//! Run files written, cut, bent and forged.

use proptest::prelude::*;

use super::*;
use crate::scenario::loc::{Count, Entries, Id, Percent};
use crate::scenario::named::Proposal;

fn header() -> Header {
    Header {
        format: FORMAT,
        rules: "0.1.0".to_owned(),
        scenario: "cloud-hopper".to_owned(),
        hash: "9f86d081884c7d65".to_owned(),
        seed: u64::MAX,
        world: None,
        on_the_record: false,
        assumptions: BTreeMap::from([("bite".to_owned(), -1500)]),
        branch: Some(Branch { of: "000007-1a2b".to_owned(), turn: 3, seed: 11 }),
        branched: Vec::new(),
        title: "Cloud \"Hopper\"".to_owned(),
    }
}

fn proposal(because: &str) -> Proposal {
    Proposal {
        instrument: Id::new("SANC"),
        target: Id::new("huaying"),
        terms: Entries(vec![(Id::new("talks"), Id::new("apart"))]),
        venue: Id::new("deputies"),
        because: Prose::plain(because),
    }
}

fn orders() -> Vec<Named> {
    vec![
        Named::Guide(Entries(vec![
            (Id::new("security"), Count::plain(4)),
            (Id::new("economy"), Count::plain(2)),
        ])),
        Named::Propose(proposal("It is time // and \"they\" know é\nit.")),
        Named::Task { task: Id::new("fbi_case"), on: Some(Id::new("apt10")) },
        Named::Task { task: Id::new("upkeep"), on: None },
        Named::Confidence { proposition: Id::new("pause"), percent: Percent::plain(70) },
        Named::Answer { event: Id::new("two"), choice: Id::new("stand_by") },
        Named::End,
    ]
}

fn lines() -> Vec<Line> {
    vec![
        Line::Run(header()),
        Line::Turn(Turn { n: 1, orders: orders(), digest: Digest(u128::MAX / 3) }),
        Line::Label("Group 4 // 0123456789abcdef".to_owned()),
        Line::Turn(Turn { n: 2, orders: vec![Named::End], digest: Digest(1) }),
        Line::Draft(Draft { orders: vec![Named::Ask(Id::new("notice"))] }),
        Line::Turn(Turn {
            n: 3,
            orders: vec![
                Named::Withdraw { instrument: Id::new("SANC"), target: Id::new("x") },
                Named::End,
            ],
            digest: Digest(2),
        }),
        Line::Draft(Draft { orders: vec![Named::Reform(Id::new("seat"))] }),
    ]
}

fn written(lines: &[Line]) -> String {
    let mut chain = Chain::default();
    lines.iter().map(|l| encode(&mut chain, l).unwrap()).collect()
}

#[test]
fn what_was_written_is_read() {
    let text = written(&lines());
    let read = decode(text.as_bytes());
    assert_eq!(read.damage, None);
    assert!(!read.torn);
    assert_eq!(read.header, Some(header()));
    assert_eq!(read.turns.len(), 3);
    assert_eq!(read.turns[1].orders, [Named::End]);
    assert_eq!(read.turns[0].digest, Digest(u128::MAX / 3));
    assert_eq!(
        read.draft,
        Some(vec![Named::Reform(Id::new("seat"))]),
        "a draft belongs to the turn after it"
    );
    assert_eq!(read.labels, [(1, "Group 4 // 0123456789abcdef".to_owned())]);
    assert_eq!(read.good, text.len());
    assert_eq!(text.lines().count(), 7, "{text}");
}

#[test]
fn a_run_file_can_be_read_by_a_person() {
    insta::assert_snapshot!(written(&lines()[..4]), @r#"
    Run(format:1,rules:"0.1.0",scenario:"cloud-hopper",hash:"9f86d081884c7d65",seed:18446744073709551615,assumptions:{"bite":-1500},branch:(of:"000007-1a2b",turn:3,seed:11),title:"Cloud \"Hopper\"") // 5493b8b46ab767b9
    Turn(n:1,orders:[Guide({"security":4,"economy":2}),Propose(instrument:"SANC",target:"huaying",terms:{"talks":"apart"},venue:"deputies",because:"It is time // and \"they\" know é it."),Task(task:"fbi_case",on:"apt10"),Task(task:"upkeep"),Confidence(proposition:"pause",percent:70),Answer(event:"two",choice:"stand_by"),End],digest:"55555555555555555555555555555555") // db70a8c2cc73f926
    Label("Group 4 // 0123456789abcdef") // cb605138edbce8d2
    Turn(n:2,orders:[End],digest:"00000000000000000000000000000001") // e47c3bc37c93f9f1
    "#);
}

/// Computed apart from this code.
#[test]
fn the_check_is_what_it_always_was() {
    let mut chain = Chain::default();
    assert_eq!(
        (chain.line(b""), chain.line(b"Run()"), chain.line(b"eight by")),
        (
            "c6001d5fa8465230".to_owned(),
            "a4527c4de90d0c4b".to_owned(),
            "ebfe191f74f35f23".to_owned()
        )
    );
}

#[test]
fn every_cut_is_seen_and_keeps_the_turns_before_it() {
    let whole_text = written(&lines());
    for cut in 0..whole_text.len() {
        let read = decode(&whole_text.as_bytes()[..cut]);
        let text = &String::from_utf8_lossy(&whole_text.as_bytes()[..cut]);
        // A line is whole when its check is, with its newline or without.
        let missing = usize::from(whole_text.as_bytes()[cut] == b'\n');
        let whole = text.matches('\n').count() + missing;
        assert_eq!(read.torn, cut > 0 && !text.ends_with('\n') && missing == 0, "at {cut}");
        assert_eq!(read.header.is_some(), whole > 0, "at {cut}");
        assert_eq!(
            read.turns.len(),
            text.lines().take(whole).filter(|l| l.starts_with("Turn")).count(),
            "at {cut}"
        );
        assert_eq!(
            read.damage.is_some(),
            whole == 0,
            "at {cut}: a cut is no damage once there is a first line"
        );
        let good = if missing > 0 { cut } else { text.rfind('\n').map_or(0, |n| n + 1) };
        assert_eq!(read.good, good);
    }
}

/// What editors, version control and mail do to the lines of a file, each way and all at once.
#[test]
fn lines_that_were_converted_on_the_way_are_the_same_lines() {
    let text = written(&lines());
    let whole = decode(text.as_bytes());
    for (what, converted) in [
        ("CRLF", text.replace('\n', "\r\n")),
        ("CR", text.replace('\n', "\r")),
        ("a byte-order mark", format!("\u{feff}{text}")),
        ("an empty line at either end", format!("\n{text}\n\n")),
        ("empty lines between", text.replace('\n', "\n\n")),
        ("spaces at line ends", text.replace('\n', " \t\n")),
        ("all of it", format!("\u{feff}\r\n{}  ", text.replace('\n', "  \r\n\r\n"))),
    ] {
        let read = decode(converted.as_bytes());
        assert_eq!(read, whole, "{what}");
        assert_eq!(tidy(converted.trim_end_matches(' ').as_bytes()), text.as_bytes(), "{what}");
    }
    let cut = decode(text.trim_end().as_bytes());
    assert_eq!((cut.draft, cut.torn), (whole.draft, false), "without the last newline");
    // What no longer fits is not put down to the line ends alone.
    let changed = text.replace("n:1,", "n: 1,");
    let said = |text: &str| decode(text.as_bytes()).damage.expect("damage").to_string();
    assert_eq!(said(&changed), "line 2 (turn 1) was changed after it was written");
    assert_eq!(
        said(&changed.replace('\n', "\r\n")),
        "line 2 (turn 1) was changed after it was written; the line ends of the file were converted too"
    );
    let utf16: Vec<u8> =
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(decode(&utf16).damage.expect("damage").why, Why::Utf16);
    for other in ["Scenario(\n", "host\n", "```\nRun(format:1)\n"] {
        assert_eq!(said(other), "the file does not begin as a run does", "{other:?}");
    }
    assert_eq!(
        said("Run(format:0,rules:\"1\")\n"),
        "the run is in format 0; this version reads format 1"
    );
}

#[test]
fn every_flipped_bit_is_seen_and_named_at_the_line_it_hit() {
    let text = written(&lines());
    let whole = decode(text.as_bytes());
    let mut elsewhere = 0;
    for at in 0..text.len() {
        let line = text.bytes().take(at).filter(|b| *b == b'\n').count() + 1;
        for bit in 0..8 {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let read = decode(&bytes);
            assert!(read.torn || read.damage.is_some(), "bit {bit} of byte {at} went unseen");
            assert_ne!(read, whole);
            if let Some(damage) = &read.damage {
                let newer = matches!(damage.why, Why::OtherFormat { .. });
                assert!(damage.line <= line, "bit {bit} of byte {at}");
                elsewhere += usize::from(damage.line != line && !newer);
            }
            assert!(
                read.turns.iter().zip(&whole.turns).all(|(a, b)| a == b),
                "a turn that stands is a turn that was played"
            );
        }
    }
    assert_eq!(elsewhere, 0);
}

#[test]
fn lines_moved_doubled_dropped_or_taken_from_another_run_are_named() {
    let text = written(&lines());
    let good: Vec<&str> = text.split_inclusive('\n').collect();
    let other = written(&[
        Line::Run(Header { seed: 5, ..header() }),
        Line::Turn(Turn { n: 1, orders: vec![], digest: Digest(9) }),
        Line::Turn(Turn { n: 2, orders: vec![], digest: Digest(9) }),
    ]);
    let foreign: Vec<&str> = other.split_inclusive('\n').collect();
    for n in 0..good.len() {
        let mut dropped = good.clone();
        dropped.remove(n);
        let read = decode(dropped.concat().as_bytes());
        // Dropping the last line leaves a whole, shorter run: that is what an append-only file
        // cannot show.
        assert_eq!(
            read.damage.as_ref().map(|d| d.line),
            (n + 1 < good.len()).then_some(n + 1),
            "without line {}",
            n + 1
        );
        let mut doubled = good.clone();
        doubled.insert(n, good[n]);
        assert_eq!(
            decode(doubled.concat().as_bytes()).damage.map(|d| d.line),
            Some(n + 2),
            "line {} twice",
            n + 1
        );
        if n + 1 < good.len() {
            let mut swapped = good.clone();
            swapped.swap(n, n + 1);
            assert_eq!(decode(swapped.concat().as_bytes()).damage.map(|d| d.line), Some(n + 1));
        }
        if n < foreign.len() {
            let mut spliced = good.clone();
            spliced[n] = foreign[n];
            assert!(decode(spliced.concat().as_bytes()).damage.is_some_and(|d| d.line <= n + 2));
        }
    }
}

/// A line with a fitting check, whatever it says.
fn forged(chain: &mut Chain, text: &str) -> String {
    format!("{text}{SEAM}{}\n", chain.line(text.as_bytes()))
}

fn after_header(line: &str) -> Decoded {
    let mut chain = Chain::default();
    let mut text = encode(&mut chain, &Line::Run(header())).unwrap();
    text += &forged(&mut chain, line);
    decode(text.as_bytes())
}

#[test]
fn a_newer_format_is_refused_by_its_number() {
    let mut chain = Chain::default();
    let text = forged(&mut chain, "Run(format:12,wings:2)");
    let damage = decode(text.as_bytes()).damage.unwrap();
    assert_eq!(damage.why, Why::OtherFormat { format: 12 });
    assert!(damage.to_string().contains("format 12"));
    assert_eq!(
        decode(b"Run(format:2, sealed otherwise)\n").damage.unwrap().why,
        Why::OtherFormat { format: 2 }
    );
}

#[test]
fn a_forged_line_is_held_to_the_same_limits() {
    let many = |n: usize| {
        format!("Turn(n:1,orders:[{}],digest:\"{}\")", vec!["End"; n].join(","), Digest(0))
    };
    assert_eq!(after_header(&many(64)).turns.len(), 1);
    assert_eq!(after_header(&many(65)).damage.unwrap().why, Why::TooManyOrders);
    assert_eq!(after_header(&many(100_000)).damage.unwrap().why, Why::TooManyOrders);
    assert_eq!(after_header(&many(200_000)).damage.unwrap().why, Why::TooLarge);
    assert_eq!(
        after_header("Turn(n:2,orders:[],digest:\"00000000000000000000000000000000\")")
            .damage
            .unwrap()
            .why,
        Why::OutOfPlace
    );
    assert_eq!(after_header("Turn(n:1,orders:[],digest:\"0\")").damage.unwrap().turn, 1);
    assert!(matches!(
        after_header("Turn(n:1,orders:[],extra:1,digest:\"00000000000000000000000000000000\")")
            .damage
            .unwrap()
            .why,
        Why::NotALine(_)
    ));
    assert!(matches!(after_header(&"[".repeat(100_000)).damage.unwrap().why, Why::NotALine(_)));
    assert!(matches!(
        after_header("#![enable(unwrap_newtypes)]").damage.unwrap().why,
        Why::NotALine(_)
    ));
    let label = after_header("Label(\"\\u{1b}]0;x\\u{7}\\u{202e}\")").labels[0].1.clone();
    assert_eq!(label, "\u{FFFD}]0;x\u{FFFD}\u{FFFD}");
    let mut chain = Chain::default();
    let long: String = (1..=500)
        .map(|n| Line::Turn(Turn { n, orders: vec![], digest: Digest(0) }))
        .fold(encode(&mut chain, &Line::Run(header())).unwrap(), |s, l| {
            s + &encode(&mut chain, &l).unwrap()
        });
    let read = decode(long.as_bytes());
    assert_eq!((read.turns.len(), read.damage.unwrap().why), (MOST_TURNS, Why::TooManyTurns));
    assert_eq!(decode(&vec![b'x'; MOST_BYTES + 1]).damage.unwrap().why, Why::TooLarge);
}

#[test]
fn too_much_is_not_written_and_leaves_the_chain_where_it_was() {
    let mut chain = Chain::default();
    let before = chain;
    let line = Line::Turn(Turn { n: 1, orders: vec![Named::End; 65], digest: Digest(0) });
    assert_eq!(encode(&mut chain, &line), Err(Unwritable::TooManyOrders));
    assert_eq!(chain, before);
    let wordy = vec![Named::Propose(proposal(&"e\u{301}\u{302}\u{303}\u{304}".repeat(400))); 64];
    assert!(
        encode(&mut chain, &Line::Draft(Draft { orders: wordy })).is_ok(),
        "the longest honest turn fits"
    );
}

proptest! {
    #[test]
    fn any_words_of_a_player_survive_as_clean_words(
        because in any::<String>(),
        label in any::<String>(),
        seed in any::<u64>(),
        digest in any::<u128>(),
    ) {
        let orders = vec![Named::Propose(proposal(&because))];
        let text = written(&[
            Line::Run(Header { seed, title: label.clone(), ..header() }),
            Line::Turn(Turn { n: 1, orders, digest: Digest(digest) }),
            Line::Label(label.clone()),
        ]);
        let read = decode(text.as_bytes());
        prop_assert_eq!(&read.damage, &None);
        prop_assert_eq!(read.turns[0].digest, Digest(digest));
        prop_assert_eq!(read.header.unwrap().seed, seed);
        let clean = text::clean(&label, Limits::NOTE).into_string();
        prop_assert_eq!(&read.labels[0].1, &clean);
        let Named::Propose(p) = &read.turns[0].orders[0] else { panic!("the order") };
        prop_assert_eq!(text::check(&p.because.text), Ok(()));
    }

    #[test]
    fn any_bytes_are_decoded_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let read = decode(&bytes);
        prop_assert!(read.header.is_some() || read.damage.is_some());
    }

    #[test]
    fn any_sealed_text_is_a_line_or_named_damage(
        text in "(Run|Turn|Draft|Label)?[(){}\\[\\]:,\"a-z0-9 ]{0,40}",
    ) {
        let read = after_header(&text);
        prop_assert!(read.damage.is_some() || read.good > 0);
    }
}
