//! One mistake at a time in the tiny scenario, each with everything that is said about it; and what
//! the resolved tables hold.

use std::fmt::Write as _;

use super::super::load::Checked;
use super::super::model::{Condition, Rules};
use super::super::problem;
use super::super::source::Source;

const TINY: &str = include_str!("../../../tests/scenarios/tiny.ron");

fn check(text: &str) -> Checked {
    Checked::with_core(&[], &Source::embedded("tiny.ron", text), &[])
}

/// The tiny scenario with every `(from, to)` put in place; each must be there.
fn changed(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(TINY.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the tiny scenario has no {from}");
        text.replacen(from, to, 1)
    })
}

fn said(edits: &[(&str, &str)]) -> String {
    problem::short(&check(&changed(edits)).problems)
}

fn rules(edits: &[(&str, &str)]) -> Rules {
    let checked = check(&changed(edits));
    checked.rules.unwrap_or_else(|| panic!("{}", problem::short(&checked.problems)))
}

#[test]
fn the_tiny_scenario_has_no_problems() {
    assert_eq!(said(&[]), "");
}

#[test]
fn every_mistake_is_named_where_it_stands_with_what_to_do() {
    let mistakes: &[(&str, &[(&str, &str)])] = &[
        ("a misspelt use of an id", &[("veto: [\"treasury\"]", "veto: [\"tresury\"]")]),
        (
            "a misspelt definition",
            &[
                ("\"chatter\": (", "\"chater\": ("),
                (
                    "\"out\": (title",
                    "\"x\": (title: \"X\", early: true, when: [Found(\"intrusion\", \"chatter\")], says: \"x\"), \"out\": (title",
                ),
            ],
        ),
        (
            "a misspelt definition used twice",
            &[
                ("\"wait\": (\n", "\"wiat\": (\n"),
                ("when: [Below(\"standing\", 10)]", "when: [Promised(\"wait\"), Broke(\"wait\")]"),
            ],
        ),
        ("an id of another kind", &[("watch: \"theft\"", "watch: \"treasury\"")]),
        ("a flag nobody declared", &[("SetFlag(\"asked_twice\")", "SetFlag(\"asked_thrice\")")]),
        (
            "a value the instrument does not offer",
            &[("terms: { \"talks_link\": \"linked\" }", "terms: { \"talks_link\": \"aprt\" }")],
        ),
        ("a word the scale does not have", &[("\"+large\"", "\"+lage\"")]),
        (
            "a start outside its range",
            &[("starts: { \"theft\": 52 }", "starts: { \"theft\": 120 }")],
        ),
        (
            "a weight nobody can care",
            &[("\"talks\": 2, \"theft\": -2", "\"talks\": 7, \"theft\": -2")],
        ),
        (
            "a move further than the indicator reaches",
            &[("\"standing\": \"-medium\"", "\"standing\": -150")],
        ),
        (
            "shares that do not sum to 100",
            &[("\"firm\": 60, \"yielding\": 40", "\"firm\": 60, \"yielding\": 30")],
        ),
        (
            "shares given a value that is not earlier",
            &[("given: { \"criminals\"", "given: { \"nobody\"")],
        ),
        ("a share above 100", &[("disrupts: 30", "disrupts: 130")]),
        (
            "guidance of thirteen points",
            &[(
                "\"security\": 3, \"economy\": 3, \"fairness\": 3, \"process\": 3 }, default",
                "\"security\": 4, \"economy\": 3, \"fairness\": 3, \"process\": 3 }, default",
            )],
        ),
        ("no default profile", &[(", default: true", "")]),
        (
            "a lens that weighs what is good neither way",
            &[("\"capital\": 0.5 }", "\"staff\": 0.5 }")],
        ),
        ("a role missing", &[("\"talks\": \"talks\", \"legitimacy\"", "\"legitimacy\"")]),
        ("a tuning key missing and one unknown", &[("\"income\": 0.086", "\"incom\": 0.086")]),
        (
            "a hidden truth where the player sees a preview",
            &[(
                "broken_if: [JustLaunched(\"SANC\")]",
                "broken_if: [True(\"intrusion\", \"service\")]",
            )],
        ),
        (
            "the world where the player sees a preview",
            &[("until: \"2018-12-10\"", "when: [World(\"w_hard\")]")],
        ),
        (
            "a hidden indicator where the player sees a preview",
            &[
                ("seen: Estimated(4)", "seen: Hidden"),
                (
                    "seat: \"beijing\", weight: 10,",
                    "seat: \"beijing\", weight: 10, when: [AtLeast(\"theft\", 60)],",
                ),
            ],
        ),
        (
            "a number that differs by world on what is seen exactly",
            &[("from: \"shield\", to: \"theft\"", "from: \"shield\", to: \"talks\"")],
        ),
        (
            "a number that differs by world outside a flow",
            &[("\"theft\": \"-@bite\"", "\"theft\": \"-@hardening\"")],
        ),
        (
            "an indicator that flows into itself",
            &[("from: \"theft\", to: \"standing\"", "from: \"standing\", to: \"standing\"")],
        ),
        (
            "quotation marks in a simulated text",
            &[("Files are leaving a service provider.", "\\\"Files\\\" are leaving.")],
        ),
        (
            "conduct drawn for someone of record",
            &[(
                "kind: Firm, campaign",
                "record: (status: Alleged, source: \"S1\", says: \"Alleged.\"), kind: Firm, campaign",
            )],
        ),
        ("persons who are not of record", &[("kind: Sector)", "kind: Persons)")]),
        ("a target no gate could admit", &[("role: KnowinglyUsed, is", "role: Owned, is")]),
        (
            "evidence about two variables",
            &[("\"firm_a_did\": 70, \"nobody\": 5", "\"firm_a_did\": 70, \"service\": 5")],
        ),
        (
            "evidence that is silent about a value",
            &[("\"service\": 50, \"criminals\": 20", "\"service\": 50")],
        ),
        (
            "evidence that says nothing",
            &[("\"service\": 50, \"criminals\": 20", "\"service\": 50, \"criminals\": 50")],
        ),
        (
            "a task not aimed at campaigns that brings evidence",
            &[(
                "staff: 1, takes: \"1 to 2 weeks\"",
                "staff: 1, on_campaign: false, takes: \"1 to 2 weeks\"",
            )],
        ),
        (
            "an aim that stands alone, without steps, of an agency in the room",
            &[(
                "\n    tells: {",
                "\n    aims: { \"first\": (name: \"be first\", means: \"To sell.\", seat: \
                 \"treasury\", weight: 10, guard: \"a listing\", steps: {}, meant: \"It.\", won: \
                 \"It.\") },\n    tells: {",
            )],
        ),
        ("choices without a default", &[("      default: \"agree\",\n", "")]),
        ("a default that has a price", &[("default: \"agree\"", "default: \"refuse\"")]),
        (
            "a last ending with a condition",
            &[(
                "title: \"It goes on\", when: []",
                "title: \"It goes on\", when: [Launched(\"SANC\")]",
            )],
        ),
        (
            "an ending that hides those after it",
            &[(
                "title: \"Robbed\", when: [AtLeast(\"theft\", 70), True(\"intrusion\", \"service\")]",
                "title: \"Robbed\", when: []",
            )],
        ),
        ("a calendar of two turns", &[("turns: 3)", "turns: 2)")]),
        ("a calendar written both ways", &[("turns: 3)", "turns: 3, dates: [\"2018-11-05\"])")]),
        ("an event after the end", &[("on: \"2018-11-19\"", "on: \"2019-11-19\"")]),
        (
            "a window whose peak lies outside it",
            &[("peak: \"2018-12-01\"", "peak: \"2018-12-24\"")],
        ),
        ("an order after the end", &[("on: \"2018-11-21\"", "on: \"2019-11-21\"")]),
        (
            "an order aimed at the wrong kind",
            &[(
                "instrument: \"HARDEN\", target: \"providers\"",
                "instrument: \"HARDEN\", target: \"firm_a\"",
            )],
        ),
        (
            "events in a ring",
            &[("CloseFile(\"firm_package\")", "Chain(\"dinner_memo\", \"2 weeks\")")],
        ),
        (
            "an event nothing sets off",
            &[
                (", Chain(\"it_got_out\", \"2 weeks\")", ""),
                ("leaks: (chance: 30, event: \"it_got_out\"), ", ""),
            ],
        ),
        ("a flag nothing sets", &[("SetFlag(\"asked_twice\")", "ClearFlag(\"asked_twice\")")]),
        (
            "evidence nothing brings",
            &[("      also: [Evidence(\"intrusion\", \"leaked_list\")],\n", "")],
        ),
        (
            "a tell nothing brings",
            &[("from: Passing(40), seen_if: { \"firm\"", "from: Brought, seen_if: { \"firm\"")],
        ),
        ("an assumption nothing uses", &[("\"theft\": \"-@bite\"", "\"theft\": -4")]),
        (
            "a condition nine deep",
            &[(
                "when: [Below(\"standing\", 10)]",
                "when: [Not(Not(Not(Not(Not(Not(Not(Not(Below(\"standing\", 10)))))))))]",
            )],
        ),
        ("an instrument led from outside the room", &[("lead: \"homeland\"", "lead: \"beijing\"")]),
        (
            "a product of something that is none",
            &[("name: \"standing\",", "product: [\"talks\", \"capital\"], name: \"standing\",")],
        ),
        (
            "a short name too long for its column",
            &[("short: \"Homeland\"", "short: \"Homeland Security\"")],
        ),
        ("an empty text", &[("mandate: \"Listings.\"", "mandate: \"\"")]),
        (
            "two events that draw the same luck",
            &[
                ("\"dinner_memo\": (", "\"lbujclm\": ("),
                ("event: \"dinner_memo\"", "event: \"lbujclm\""),
                ("\"provider_reports\": (", "\"mfgrpab\": ("),
            ],
        ),
        ("another core's scenario", &[("  core: 0", "  core: 7")]),
    ];
    let mut picture = String::new();
    for (name, edits) in mistakes {
        _ = write!(picture, "--- {name}\n{}", said(edits));
    }
    insta::assert_snapshot!(picture);
}

#[test]
fn all_mistakes_are_found_at_once() {
    let text = said(&[
        ("veto: [\"treasury\"]", "veto: [\"tresury\"]"),
        ("\"+large\"", "\"+lage\""),
        ("disrupts: 30", "disrupts: 130"),
        ("watch: \"theft\"", "watch: \"thief\""),
    ]);
    assert_eq!(text.lines().count(), 4, "{text}");
}

/// Of thousands, only those that can be shown are held against all names; each shown has its hint.
#[test]
fn of_thousands_of_unknown_ids_each_one_shown_has_a_hint() {
    let many = |n: usize| {
        (0..n).fold(String::new(), |all, i| all + &format!("Fired(\"diner_memo{}\"),\n", i % 200))
    };
    let text = said(&[(
        "\"robbed\": (title: \"Robbed\", when: [",
        &format!("\"robbed\": (title: \"Robbed\", when: [{}", many(5000)),
    )]);
    assert_eq!(text.lines().count(), problem::LIMIT);
    for line in text.lines().skip(1) {
        assert!(
            line.contains("unknown-id") && line.contains("did you mean `dinner_memo`?"),
            "{line}"
        );
    }
}

#[test]
fn a_scenario_has_at_most_255_tests() {
    let tests = |n: usize| {
        (0..n).fold("  tests: {\n".to_owned(), |all, i| {
            all + &format!(
                "\"t{i}\": (says: \"x\", holds: [(on: \"2018-12-16\", when: [AtLeast(\"talks\", \
                 1)])]),\n"
            )
        })
    };
    assert_eq!(said(&[("  tests: {\n", &tests(254))]), "");
    let text = said(&[("  tests: {\n", &tests(255))]);
    assert!(
        text.contains(
            "error[too-many]: doing_nothing_keeps_the_talks is a test number 256; at most 255 fit"
        ),
        "{text}"
    );
}

#[test]
fn the_hash_covers_numbers_and_ids_but_neither_words_nor_line_endings() {
    let same = rules(&[]).hash;
    let prose: &[(&str, &str)] = &[
        ("The talks live.", "The talks are alive."),
        ("Treasury has a package", "Treasury has no package"),
        ("Treasury asks for quiet", "Treasury begs for quiet"),
        ("\"Agree.\"", "\"Say yes.\""),
        ("It goes on\", when", "So it goes\", when"),
        ("Judgement(\"for tests\")", "Judgement(\"for trying\")"),
        ("// A whole game", "// The whole game"),
        ("name: \"theft\"", "name: \"robbery\""),
        ("means: \"How fast", "unit: \"$#bn\", means: \"How fast"),
        ("short: \"Listing\",", "short: \"Listings\", plural: true,"),
        ("scale: { ", "texts: { \"start\": \"You begin.\" }, scale: { "),
    ];
    for edit in prose {
        assert_eq!(rules(&[*edit]).hash, same, "{edit:?}");
    }
    let crlf = check(&TINY.replace('\n', "\r\n"));
    assert_eq!(crlf.rules.map(|r| r.hash), Some(same));
    let numbers: &[(&str, &str)] = &[
        ("\"income\": 0.086", "\"income\": 0.087"),
        ("start: 30, good: Up", "start: 31, good: Up"),
        ("\"hardening\": 0.3 }", "\"hardening\": 0.31 }"),
        ("every: \"2 weeks\"", "every: \"15 days\""),
        ("\"firm_a_did\": 70, \"nobody\": 5", "\"firm_a_did\": 71, \"nobody\": 5"),
        ("heat: 100, floor: 20", "heat: 100, floor: 21"),
        ("lane: Defence", "lane: Trade"),
        ("[AtLeast(\"theft\", 45)", "[Below(\"theft\", 45)"),
        ("chance: 50", "chance: 51"),
        ("seen: Estimated(4)", "seen: Estimated(5)"),
        ("id: \"tiny\"", "id: \"tinier\""),
    ];
    for (from, to) in numbers {
        assert_ne!(rules(&[(from, to)]).hash, same, "{from}");
    }
}

#[test]
fn a_unit_is_a_word_or_a_pattern_and_texts_are_those_the_program_asks_for() {
    let unit = |unit: &str| {
        let with = format!("unit: \"{unit}\", means: \"How fast");
        said(&[("means: \"How fast", &with)])
    };
    for good in ["", "points", "files", "$#bn", "#%"] {
        assert_eq!(unit(good), "", "{good}");
    }
    for bad in ["$5#", "#-#", "##", "about ~"] {
        assert!(unit(bad).contains("bad-value"), "{bad}: {}", unit(bad));
    }
    let money = rules(&[("means: \"How fast", "unit: \"$#bn\", means: \"How fast")]);
    assert_eq!(money.indicators[0].unit.of("24"), "$24bn");
    let text = said(&[("scale: { ", "texts: { \"motives\": \"Why?\" }, scale: { ")]);
    assert!(text.contains("unknown-id") && text.contains("motive"), "{text}");
}

#[test]
fn turns_carry_their_days_heat_and_chances() {
    let r = rules(&[]);
    assert_eq!(r.turns.iter().map(|t| t.days).collect::<Vec<_>>(), [14, 14, 14]);
    assert_eq!(
        r.turns.iter().map(|t| t.opens.to_string()).collect::<Vec<_>>(),
        ["2018-11-05", "2018-11-19", "2018-12-03"]
    );
    // The dinner opens on the 20th and is hottest on the 1st, within the second turn.
    assert_eq!(r.turns.iter().map(|t| t.hottest).collect::<Vec<_>>(), [0, 1000, 0]);
    assert_eq!(r.turns[0].chance.len(), 101);
    // 2 x sqrt(14/30) = 1.366
    assert_eq!(r.indicators[0].noise_by_turn, [1366; 3]);
}

#[test]
fn priors_are_joint_and_follow_what_is_given() {
    let r = rules(&[]);
    let c = &r.campaigns[0];
    // service/firm, service/nobody, criminals/firm, criminals/nobody
    let up = c.prior[0] / 3000;
    assert_eq!(c.prior, [3000, 3000, 800, 3200].map(|w| w * up));
    assert_eq!(c.variables[1].values[0].mask, 0b0101);
    assert_eq!((c.first, c.cells), (0, 4));
    let up = r.world_prior[0] / 3000;
    assert_eq!(r.world_prior, [50 * 60, 50 * 40, 50 * 60, 50 * 40].map(|w| w * up));
    assert_eq!(r.trait_cells, 2);
    // A row of the transitions keeps its whole weight.
    for turn in &c.shift {
        for row in turn.chunks(4) {
            assert_eq!(row.iter().map(|p| u64::from(*p)).sum::<u64>(), 1 << 16, "{row:?}");
        }
    }
    assert_eq!(c.shift[0][8..12], [0, 0, 65_536, 0]);
}

#[test]
fn evidence_gates_and_responses_become_tables_by_cell() {
    let r = rules(&[]);
    assert_eq!(r.evidence[0].seen, [700, 50, 700, 50]);
    assert_eq!(
        (r.evidence[0].reaches, r.evidence[1].reaches, r.evidence[2].reaches),
        (0b0011, 0b0001, 0b1011)
    );
    assert_eq!(r.tasks[0].items[0].iter().map(|e| e.i()).collect::<Vec<_>>(), [0]);
    assert_eq!(r.questions.len(), 1);
    assert_eq!(r.gate_tests[0][0][0].needs, 600);
    assert_eq!(r.questions[r.gate_tests[0][0][0].question.i()].mask, 0b0101);
    assert!(r.gate_tests[1].iter().all(Vec::is_empty));
    assert_eq!((r.instruments[0].targets, r.instruments[1].targets), (0b01, 0b10));
    // w_hard/firm, w_hard/yielding, w_bite/firm, w_bite/yielding
    assert_eq!(r.responses[0].table, [200, 50, 300, 75]);
    assert_eq!(r.tells[0].seen, [600, 200, 600, 200]);
}

#[test]
fn flows_know_their_rate_by_world_at_the_prior_and_as_agencies_believe_it() {
    let r = rules(&[]);
    assert_eq!(r.flows[0].rate[..2], [-300, -50]);
    assert_eq!(r.flows[0].rate_expected, -175);
    assert_eq!(r.flows[0].rate_believed, [-100, -400, -100]);
    let set = Checked::with_core(
        &[],
        &Source::embedded("tiny.ron", TINY),
        &[("hardening".to_owned(), 200)],
    )
    .rules
    .unwrap();
    assert_eq!(set.flows[0].rate[..2], [-200, -200]);
    assert_eq!(set.flows[0].rate_believed, [-200, -400, -200]);
    assert!(set.assumptions[0].overridden);
    assert_ne!(set.hash, r.hash);
}

#[test]
fn an_assumption_set_outside_its_range_is_refused() {
    let set = |id: &str, value| {
        problem::short(
            &Checked::with_core(
                &[],
                &Source::embedded("tiny.ron", TINY),
                &[(id.to_owned(), value)],
            )
            .problems,
        )
    };
    insta::assert_snapshot!(set("hardening", 900) + &set("hardning", 100));
}

#[test]
fn what_a_scenario_removes_is_gone_from_the_core_and_missed_only_where_it_is_needed() {
    let core = "Core(assumptions: {}, scale: {\"tiny\": 0.5}, sources: {\"S9\": (says: \"x\")}, \
                codex: {\"a\": (title: \"A\", says: \"a\", see: [\"b\"]), \"b\": (title: \"B\", \
                says: \"b\")}, critics: {\"c\": (title: \"C\", says: \"c\", sources: [\"S9\"])})";
    let core = [Source::embedded("core.ron", core)];
    let text = |remove: &str| {
        changed(&[
            ("  core: 0", "  core: 1, theatre: \"none\""),
            ("  starts: {", &format!("  remove: {remove},\n  starts: {{")),
        ])
    };
    let ids = |remove: &str| {
        let checked = Checked::with_core(&core, &Source::embedded("tiny.ron", &text(remove)), &[]);
        let r = checked.rules.unwrap_or_else(|| panic!("{}", problem::short(&checked.problems)));
        (r.codex.iter().map(|c| (c.id.clone(), c.see.len())).collect::<Vec<_>>(), r.scale.len())
    };
    // The scenario's own "tiny" stands in the core's place.
    assert_eq!(ids("{}"), (vec![("a".into(), 1), ("b".into(), 0), ("listing".into(), 0)], 4));
    assert_eq!(ids("{ \"codex\": [\"b\"] }"), (vec![("a".into(), 0), ("listing".into(), 0)], 4));
    let wrong = Checked::with_core(
        &core,
        &Source::embedded("tiny.ron", &text("{ \"codex\": [\"z\"], \"codexs\": [\"a\"] }")),
        &[],
    );
    insta::assert_snapshot!(problem::short(&wrong.problems));
}

#[test]
fn conditions_on_what_was_removed_can_never_hold() {
    let core = [Source::embedded(
        "core.ron",
        "Core(tasks: {\"t\": (name: \"T\", by: \"treasury\", means: \"t\", staff: 1, takes: \"2 weeks\")}, critics: {\"c\": (title: \"C\", says: \"c\", sources: [], when: [TaskDone(\"t\")])})",
    )];
    let text = changed(&[
        ("  core: 0", "  core: 1, theatre: \"none\""),
        ("  starts: {", "  remove: { \"tasks\": [\"t\"] },\n  starts: {"),
    ]);
    let checked = Checked::with_core(&core, &Source::embedded("tiny.ron", &text), &[]);
    let r = checked.rules.unwrap_or_else(|| panic!("{}", problem::short(&checked.problems)));
    assert_eq!(r.critics[0].when, [Condition::Any(Vec::new())]);
}

#[test]
fn a_misspelt_definition_is_shown_beside_its_first_use() {
    let edits: &[(&str, &str)] = &[
        ("\"wait\": (\n", "\"wiat\": (\n"),
        ("when: [Below(\"standing\", 10)]", "when: [Promised(\"wait\"), Broke(\"wait\")]"),
    ];
    insta::assert_snapshot!(problem::text(&check(&changed(edits)).problems, false, 100));
}
