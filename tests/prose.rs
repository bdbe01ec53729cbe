//! The facts of every screen, from the shipped scenario.

mod common;

use interagency::engine::situation::Start;
use interagency::game::Game;
use interagency::prose;
use interagency::scenario::model::IndicatorIx;

#[test]
fn probe() {
    let mut g = Game::new(common::cloud_hopper(), Start { seed: 3, world: None });
    println!("{:#?}", prose::front_page(&g));
    println!("{:#?}", prose::desk(&g));
    for f in prose::desk(&g).files.iter().take(2) {
        let d = prose::begin_draft(&g, f.instrument, f.target);
        println!("{:#?}", prose::propose(&g, &d));
        if let Some(o) = d.order(g.rules()) {
            println!("{:?}", g.give(o, "why not"));
        }
    }
    g.end().unwrap();
    println!("{:#?}", prose::front_page(&g));
    for i in 0..g.rules().indicators.len() {
        let w = prose::why(&g, IndicatorIx::at(i), 1);
        println!("{}\n   {:?} {}", w.title, w.total, w.note);
        for l in w.lines {
            println!("     {}{} {} [{}]", "  ".repeat(l.depth.into()), l.amount, l.text, l.tag);
        }
    }
    println!("{:#?}", prose::intelligence(&g, None));
    for a in 0..3 {
        println!("{:#?}", prose::agency(&g, interagency::scenario::model::AgencyIx(a)));
    }
    println!("{:#?}", prose::calendar(&g));
    while !g.is_over() {
        g.end().unwrap();
    }
    println!("{:#?}", prose::debrief(&g));
}
