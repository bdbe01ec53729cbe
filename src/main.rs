use interagency::scenario::load::Checked;
use interagency::scenario::problem;
use interagency::scenario::source::Source;

fn main() {
    // Checks content files; replaced by the command line. Files in a folder `core` are the core.
    let (core, scenarios): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|path| path.contains("core/"));
    let core: Vec<Source> = core.iter().filter_map(|path| Source::read(path.as_ref()).ok()).collect();
    for path in scenarios {
        match Source::read(path.as_ref()) {
            Ok(source) => {
                let checked = Checked::with_core(&core, &source, &[]);
                print!("{}", problem::text(&checked.problems, false, 150));
                let hash = checked.rules.map_or_else(|| "no rules".to_owned(), |r| format!("{:016x}", r.hash));
                println!("{path}: {} ({hash})", problem::summary(&checked.problems, checked.left_out));
            }
            Err(p) => println!("{}", p.message),
        }
    }
}
