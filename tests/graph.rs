//! What leads to what: the outline and the graph of scenarios, from the program.

use std::collections::BTreeSet;
use std::process::Command;

fn graph(args: &[&str]) -> String {
    let mut c = Command::new(env!("CARGO_BIN_EXE_interagency"));
    let out = c.env_remove("INTERAGENCY_DATA").arg("graph").args(args).output().expect("it starts");
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).expect("UTF-8").replace("\r\n", "\n")
}

#[test]
fn the_outline_tells_dated_events_first_and_endings_last() {
    let said = graph(&["tests/scenarios/example.ron"]);
    for part in [
        "  2018-03-22 findings_published: The Section 301 findings\n    chains: lend_us_the_case\n",
        "  lend_us_the_case: USTR asks for your case\n    comes from: findings_published (chains)\n    \
         answer keep_apart (if nobody answers)\n    answer lend\n      sets: flag case_lent\n",
        "  breeders_at_the_door: The breeders have a lawyer with them\n    waits for: \
         Not(Flag(\"case_lent\")), AtLeast(\"industry\", 36)\n",
        "  wrong_name\n    comes from: the_notebooks (sets)\n    leads to: ending notebooks (asks)\n",
        "  let_go (early): Before the last frost\n    needs: Below(\"process\", 34)\n",
        "  planted: The fields are planted\n    needs: nothing\n",
    ] {
        assert!(said.contains(part), "{part}\n---\n{said}");
    }
    let at = |heading: &str| said.find(&format!("\n{heading}\n")).expect("a heading");
    assert!(at("By date") < at("Without a date"));
    assert!(at("Without a date") < at("Flags") && at("Flags") < at("Endings"));
    // Of the layers below only what the file mentions.
    assert!(said.contains("\n  SANC\n"));
    assert!(!said.contains("RECIP") && !said.contains("response"), "{said}");
}

/// A name in quotation marks and what follows it.
fn name(line: &str) -> (&str, &str) {
    line.strip_prefix('"').and_then(|rest| rest.split_once('"')).expect("a name")
}

#[test]
fn the_graph_is_whole_and_every_edge_has_both_its_ends() {
    for of in
        ["cloud-hopper", "first-day", "tests/scenarios/example.ron", "tests/scenarios/tiny.ron"]
    {
        let dot = graph(&[of, "--as", "dot"]);
        let lines: Vec<&str> = dot.lines().collect();
        let [first, direction, inner @ .., last] = lines.as_slice() else { panic!("{dot}") };
        assert!(first.starts_with("digraph \"") && first.ends_with("\" {"), "{first}");
        assert_eq!((*direction, *last), ("  rankdir=LR;", "}"));
        let (mut nodes, mut edges) = (BTreeSet::new(), Vec::new());
        for line in inner {
            let line = line.strip_prefix("  ").and_then(|l| l.strip_suffix("];")).expect(line);
            assert_eq!(line.matches('"').count() % 2, 0, "{line}");
            let (from, rest) = name(line);
            if let Some(rest) = rest.strip_prefix(" -> ") {
                let (to, rest) = name(rest);
                let label = rest.strip_prefix(" [label=").expect("a label");
                edges.push((from, to, name(label).0));
            } else {
                assert!(rest.starts_with(" [shape="), "{line}");
                assert!(nodes.insert(from), "{from} twice");
            }
        }
        assert!(!edges.is_empty(), "{of}");
        for (from, to, label) in &edges {
            assert!(nodes.contains(from) && nodes.contains(to), "{from} {label} {to}");
        }
        if of.contains("example") {
            for edge in [
                ("events/findings_published", "events/lend_us_the_case", "chains"),
                ("events/lend_us_the_case", "answers/lend_us_the_case/lend", "answers"),
                ("answers/lend_us_the_case/lend", "flags/case_lent", "sets"),
                ("flags/case_lent", "events/breeders_at_the_door", "not asks"),
                ("instruments/SANC", "endings/named", "launched"),
                ("tasks/fbi_case", "evidence/seeds/their_numbering", "brings"),
                ("campaigns/seeds", "evidence/seeds/their_numbering", "holds"),
            ] {
                assert!(edges.contains(&edge), "{edge:?}");
            }
        }
    }
}
