//! Prints the reference lines of the shipped scenarios.

use interagency::analysis::reference::References;
use interagency::scenario::load;

fn main() {
    for title in load::titles() {
        let rules = load::embedded(title.id, &[]).expect("the shipped scenario loads");
        let r = References::compute(&rules, 2);
        println!("{} (rules {:016x})", title.id, rules.hash);
        for (n, lens) in rules.lenses.iter().enumerate() {
            println!(
                "  {:<16} 30 = {:6.2}   75 = {:6.2}",
                lens.id,
                f64::from(r.low[n]) / 1000.0,
                f64::from(r.high[n]) / 1000.0
            );
        }
    }
}
