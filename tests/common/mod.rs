//! Shared by the integration tests: the shipped rules, loaded once.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::{Arc, OnceLock};

use interagency::scenario::files;
use interagency::scenario::load::{self, Checked};
use interagency::scenario::model::Rules;
use interagency::scenario::source::Source;

/// The seed scenario as it ships.
pub fn cloud_hopper() -> Arc<Rules> {
    static RULES: OnceLock<Arc<Rules>> = OnceLock::new();
    Arc::clone(RULES.get_or_init(|| {
        Arc::new(load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads"))
    }))
}

/// The small scenario for exhaustive tests.
pub fn tiny() -> Arc<Rules> {
    static RULES: OnceLock<Arc<Rules>> = OnceLock::new();
    Arc::clone(RULES.get_or_init(|| {
        let path =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/tiny.ron");
        Arc::new(files::load(&path, &[]).expect("the tiny scenario loads"))
    }))
}

/// The small scenario with full shelves: so much that is free of charge that every list of the
/// engine can be filled, a target that comes late, and a choice that asks for what nobody has.
pub fn crowded() -> Arc<Rules> {
    static RULES: OnceLock<Arc<Rules>> = OnceLock::new();
    Arc::clone(RULES.get_or_init(|| {
        let many = |n: u8, entry: &dyn Fn(char) -> String| {
            (0..n).map(|i| entry(char::from(b'a' + i))).collect::<String>()
        };
        let mut text = include_str!("../scenarios/tiny.ron").to_owned();
        let mut put = |after: &str, more: String| {
            assert_eq!(text.matches(after).count(), 1, "{after:?} stands once in tiny.ron");
            text = text.replace(after, &format!("{after}{more}\n"));
        };
        put(
            "\n    tasks: {\n",
            many(12, &|c| {
                format!(
                    "\"errand_{c}\": (name: \"Errand {c}\", by: \"homeland\", means: \"Nothing \
                     else.\", staff: 0, on_campaign: false, takes: \"3 weeks\"),"
                )
            }),
        );
        put(
            "\n    promises: {\n",
            many(10, &|c| {
                format!(
                    "\"word_{c}\": (name: \"Word {c}\", to: [\"treasury\"], says: \"A word.\", \
                     gains: 1, lasts: \"6 weeks\", broken_if: [Launched(\"SANC\")], keeps: 1, \
                     breaks: -1),"
                )
            }),
        );
        put(
            "\n    instruments: {\n",
            "\"NOTE\": (name: \"A note\", short: \"Note\", means: \"Says what is known.\", lead: \
             \"homeland\", lane: Defence, targets: [Sector], unlimited: true, on_launch: { \
             \"standing\": \"+tiny\" }, hands_over: { \"vendors\": \"A little.\" }, why: \
             Judgement(\"for tests\")),\n\"DOSSIER\": (name: \"A dossier\", short: \"Dossier\", \
             means: \"Written before it is used.\", lead: \"treasury\", lane: Defence, targets: \
             [Sector], building: (stages: [(name: \"Writing\", takes: \"2 to 9 weeks\")]), \
             on_launch: { \"standing\": \"+tiny\" }, hands_over: { \"vendors\": \"A little.\" }, \
             why: Judgement(\"for tests\")),"
                .to_owned(),
        );
        put(
            "red_lines: [",
            "(instrument: \"DOSSIER\", when: [HeatAtLeast(90)], says: \"Not in that week.\"), "
                .to_owned(),
        );
        put(
            "\n    venues: {\n",
            "\"hall\": (name: \"The hall\", short: \"Hall\", staff: 0, capital: 0, stops: \
             (lead: 0, veto: 0, consulted: 0, others: 0), means: \"On the way.\"),"
                .to_owned(),
        );
        put("\n  targets: {\n", {
            let sectors = many(8, &|c| {
                format!(
                    "\"sector_{c}\": (name: \"Sector {c}\", short: \"Sector {c}\", means: \"One of \
                     many.\", kind: Sector),"
                )
            });
            sectors
                + "\"late\": (name: \"A late one\", short: \"Late\", means: \"It comes later.\", \
                   kind: Sector, appears: [From(\"2018-11-19\")]),"
        });
        put(
            "\n    \"dinner_memo\": (\n      kind: Memo, title: \"Before the dinner\", from: \
             \"treasury\", on: \"2018-11-19\",\n      text: Simulated(by: \"treasury\", follows: \
             \"S1\", says: \"Treasury asks for quiet until the dinner is over.\"),\n      choices: \
             {\n",
            "\"haggle\": (say: \"Haggle.\", needs: [(when: [AtLeast(\"talks\", 99)], says: \"talks \
             at 99\")]),"
                .to_owned(),
        );
        let checked = Checked::of(&Source::embedded("crowded.ron", &text), &[]);
        let problems = interagency::scenario::problem::short(&checked.problems);
        assert!(checked.rules.is_some(), "{problems}");
        Arc::new(checked.rules.expect("just seen"))
    }))
}

/// Probability of a chi-squared at least this large, by the Wilson-Hilferty cube root.
pub fn tail(sum: f64, degrees: f64) -> f64 {
    let d = 2.0 / (9.0 * degrees);
    let z = ((sum / degrees).cbrt() - (1.0 - d)) / d.sqrt();
    // Upper tail of the normal by a continued fraction where it matters, by symmetry elsewhere.
    if z < 0.0 {
        return 1.0 - normal_tail(-z);
    }
    normal_tail(z)
}

fn normal_tail(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    let poly = t
        * (0.319_381_530
            + t * (-0.356_563_782
                + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * poly
}
