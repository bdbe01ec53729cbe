//! How the format's words with values are written: what a message shows where one is written
//! otherwise. A browser, which carries no reference, has them too; a test holds them to its tables.

/// The first that the reference's tables have of each word, in their order.
const FORMS: &[&str] = &[
    "All([…])",
    r#"AtLeast("talks", 40)"#,
    r#"Fired("event")"#,
    r#"Chose("event", "choice")"#,
    r#"Flag("case_lent")"#,
    r#"Cleared("SANC")"#,
    r#"StoppedBy("SANC", "treasury")"#,
    r#"Launched("SANC")"#,
    r#"JustLaunched("SANC")"#,
    r#"JustLaunchedWith("SANC", "scope", "major_firm")"#,
    r#"Active("PLEDGE")"#,
    r#"Stands("ALLY", "seeds_campaign")"#,
    r#"ActiveWith("SANC", "firm_a", "scope", "persons")"#,
    r#"Built("SANC")"#,
    r#"InWindow("findings")"#,
    "HeatAhead(40)",
    "HeatAtLeast(40)",
    r#"From("2018-04-02")"#,
    r#"Responded("deny")"#,
    r#"Found("seeds", "their_numbering")"#,
    r#"Believed("seeds", "seed_house", 60)"#,
    r#"Relation("ustr", 8)"#,
    r#"Promised("promise_date")"#,
    r#"Reformed("dual_seat")"#,
    r#"Asked("justice_notice")"#,
    r#"Guided("security", 3)"#,
    "ActsAtLeast(Security, 2)",
    r#"Noticed("own_rule", 2)"#,
    r#"Won("own_rule")"#,
    r#"True("seeds", "nobody")"#,
    r#"World("w_structural")"#,
    r#"SetFlag("case_lent")"#,
    r#"Lean("ustr", "SANC", 2)"#,
    r#"Chain("event", "3 days")"#,
    r#"Evidence("seeds", "a_letter")"#,
    r#"Tell("who_pauses")"#,
    r#"OpenFile("…")"#,
    r#"Ready("laboratory_alert", 20)"#,
    r#"Busy("justice", "2 weeks")"#,
    r#"Refresh("PLEDGE", 35)"#,
    r#"Disrupt("seeds", 20)"#,
    r#"End("SIGNAL")"#,
    r#"Launch("INDICT", "firm_a")"#,
    r#"Guidance("even")"#,
    r#"Halt("own_rule")"#,
    r#"Guide({ "security": 4, … })"#,
    "Amend({ … })",
    "Propose(…)",
    r#"Build(instrument: "SANC", target: "firm_a")"#,
    r#"Withdraw(instrument: "SANC", target: "firm_a")"#,
    r#"Task(task: "fbi_case", on: "seeds")"#,
    r#"Ask("justice_notice")"#,
    r#"Promise(promise: "promise_date", to: "treasury")"#,
    r#"Answer(event: "lend_us_the_case", choice: "lend")"#,
    r#"Reform("dual_seat")"#,
    r#"Confidence(proposition: "talks_hold", percent: 70)"#,
    "Forecast(…)",
];

/// How a word with values is written: `Believed("seeds", "seed_house", 60)`.
pub fn form(name: &str) -> Option<&'static str> {
    FORMS.iter().copied().find(|f| f.split('(').next() == Some(name))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn they_are_those_of_the_reference() {
        let mut named = BTreeSet::new();
        let rows = include_str!("../../docs/FORMAT.md").lines();
        let there: Vec<&str> = rows
            .filter_map(|l| l.strip_prefix("| `")?.split('`').next())
            .filter(|f| {
                let name = f.split_once('(').map_or("", |(name, _)| name);
                !name.is_empty() && name.chars().all(char::is_alphabetic) && named.insert(name)
            })
            .collect();
        assert_eq!(super::FORMS, there);
    }
}
