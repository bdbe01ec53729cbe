fn main() {
    for arg in std::env::args().skip(1) {
        let c = interagency::scenario::load::check(&interagency::scenario::load::ScenarioRef::parse(&arg), None);
        print!("{}", interagency::scenario::problem::short(&c));
    }
}
