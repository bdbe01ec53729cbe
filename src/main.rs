fn main() {
    // Parses content files by shape; replaced by the command line.
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let result = if path.contains("core") {
            interagency::scenario::loc::parse::<interagency::scenario::raw::Core>(&text).map(|_| ())
        } else {
            interagency::scenario::loc::parse::<interagency::scenario::raw::Scenario>(&text).map(|_| ())
        };
        match result {
            Ok(()) => println!("{path}: ok"),
            Err(e) => println!("{path}:{e}"),
        }
    }
}
