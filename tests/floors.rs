//! The walls of the house, read from its sources.
//!
//! A module uses its own floor and those below it; files, streams, the environment and the process
//! are touched in a few rooms and nowhere else; the engine has no floats and names nothing of the
//! content. The tables below say which module stands where: a new module is a new word in one of
//! them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use interagency::scenario::raw;
use interagency::scenario::resolve::ROLES;
use interagency::scenario::source::Source;
use interagency::scenario::syntax;

/// Lowest first. A module that does not exist yet may stand here.
const FLOORS: &[&[&str]] = &[
    &["day", "luck", "num", "order", "text"],
    &["scenario"],
    &["engine"],
    &["game", "kept", "record", "store", "play", "saved_game"],
    &["policy"],
    &["analysis"],
    &["prose"],
    &["document", "input", "json", "library", "tui", "plain", "terminal"],
    &["cli"],
];

/// Names at the crate's root that are no modules (exported macros), and where they live.
const AT_ROOT: &[(&str, &str)] = &[("find_id", "scenario")];

/// Rooms that may touch files, streams, the environment, the process or the network: a module, or
/// one file of it. `main` hands on an exit code.
const IO_ROOMS: &[&str] = &["scenario/files", "store", "terminal", "cli", "main"];

/// Paths that touch them.
const IO_PATHS: &[&[&str]] = &[
    &["std", "fs"],
    &["std", "env"],
    &["std", "process"],
    &["std", "net"],
    &["io", "stdin"],
    &["io", "stdout"],
    &["io", "stderr"],
];
const IO_MACROS: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];

/// Where quantities are whole numbers.
const WITHOUT_FLOATS: &[&str] = &["engine", "num", "luck"];

/// Rooms whose files form a staircase: none leads back to itself through what it uses.
const STAIRCASES: &[&str] = &["scenario", "engine", "prose", "plain", "terminal", "document"];

/// Calls by which the hidden part of a game is reached, and who may make them: the engine itself,
/// the game that owns it, comparisons of finished games, and what is read after the end.
const WALL: &[&str] = &["hidden", "whole", "hidden_mut"];
const BEHIND_THE_WALL: &[&str] = &["engine", "game", "analysis", "prose/debrief", "prose/lesson"];

/// Ids of the content that are also plain words of programming.
const PLAIN_WORDS: &[&str] = &["state", "press", "access", "loss"];

#[test]
fn every_module_has_a_floor_and_the_list_of_modules_is_in_their_order() {
    let declared = declared();
    assert!(declared.contains(&"engine".to_owned()), "the list of modules was read");
    let floors: Vec<usize> = declared
        .iter()
        .map(|m| {
            floor(m).unwrap_or_else(|| {
                panic!("lib.rs declares `{m}`, which stands on no floor: add it to FLOORS")
            })
        })
        .collect();
    assert!(floors.is_sorted(), "lib.rs lists its modules from the lowest floor up: {declared:?}");
    let mut seen = BTreeSet::new();
    for module in FLOORS.iter().copied().flatten() {
        assert!(seen.insert(*module), "`{module}` stands on two floors");
    }
}

#[test]
fn a_module_uses_only_its_own_floor_and_those_below() {
    let files = files();
    let mut wrong = Vec::new();
    let mut edges = BTreeSet::new();
    for file in &files {
        let Some(own) = floor(&file.module) else { continue };
        for (line, used) in file.modules_used() {
            let used = AT_ROOT
                .iter()
                .find(|(name, _)| *name == used)
                .map_or(used.as_str(), |(_, home)| home)
                .to_owned();
            match floor(&used) {
                Some(f) if f <= own => _ = edges.insert((file.module.clone(), used)),
                Some(f) => wrong.push(format!(
                    "src/{}:{line}: `{}` (floor {own}) uses `{used}` (floor {f})",
                    file.path, file.module
                )),
                None => wrong
                    .push(format!("src/{}:{line}: `{used}` is no module with a floor", file.path)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        edges.contains(&("engine".to_owned(), "scenario".to_owned())),
        "uses were found at all: {edges:?}"
    );
}

#[test]
fn no_file_of_a_staircase_leads_back_to_itself() {
    let files = files();
    for room in STAIRCASES {
        let uses = uses_within(&files, room);
        assert!(uses.values().any(|u| !u.is_empty()), "no file of {room} uses another: misread");
        let circle = in_circles(&uses);
        assert!(circle.is_empty(), "{room} has a circle of imports among {circle:?}");
    }
}

/// The page of the architecture lists the engine's files; each imports only files above it there.
#[test]
fn the_engine_imports_upwards_in_the_table_of_the_architecture() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/architecture.md")).expect("the page is there");
    let files = files();
    let wrong = against_the_table(&uses_within(&files, "engine"), &table_of_the_engine(&page));
    assert!(wrong.is_empty(), "docs/architecture.md:\n{}", wrong.join("\n"));
}

#[test]
fn only_what_is_read_after_the_end_reaches_behind_the_wall() {
    let mut met: BTreeSet<&str> = BTreeSet::new();
    // What stands below the engine holds no game.
    for file in files().iter().filter(|f| floor(&f.module) >= floor("engine")) {
        let room = BEHIND_THE_WALL.iter().find(|r| file.stem == **r || file.module == **r);
        for (line, what) in file.calls(WALL) {
            assert!(room.is_some(), "src/{}:{line}: {what}() shows the hidden part", file.path);
            met.extend(room);
        }
    }
    assert!(met.contains(&"prose/debrief"), "the debrief's calls were found: {met:?}");
}

#[test]
fn only_the_rooms_for_it_touch_files_streams_and_the_process() {
    let mut wrong = Vec::new();
    let mut met = BTreeSet::new();
    for file in files() {
        let room = IO_ROOMS.iter().find(|room| file.stem == **room || file.module == **room);
        for (line, what) in file.io() {
            match room {
                Some(room) => _ = met.insert(*room),
                None => wrong.push(format!("src/{}:{line}: {what}", file.path)),
            }
        }
    }
    assert!(wrong.is_empty(), "outside {IO_ROOMS:?}:\n{}", wrong.join("\n"));
    assert!(met.contains("scenario/files"), "the reading of content was found: {met:?}");
}

#[test]
fn the_engine_and_its_numbers_have_no_floats() {
    let mut wrong = Vec::new();
    let mut read = 0;
    for file in files().iter().filter(|f| WITHOUT_FLOATS.contains(&f.module.as_str())) {
        read += 1;
        for (line, what) in file.floats() {
            wrong.push(format!("src/{}:{line}: {what}", file.path));
        }
    }
    assert!(read > 10, "{read} files read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_engine_names_nothing_of_the_content() {
    let ids = content_ids();
    assert!(
        ["treasury", "SANC", "theft_tempo"].iter().all(|id| ids.contains_key(*id)),
        "ids were read: {} of them",
        ids.len()
    );
    let mut wrong = Vec::new();
    for file in files().iter().filter(|f| f.module == "engine") {
        for (line, text) in &file.texts {
            for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')) {
                if let Some(table) = ids.get(word) {
                    wrong.push(format!(
                        "src/{}:{line}: the text {text:?} names `{word}` of {table}",
                        file.path
                    ));
                }
            }
        }
        // What the engine must know it knows by role, and a role may have the name of its
        // indicator.
        for (line, word) in words(&file.code) {
            let by_role = ROLES.contains(&word) || PLAIN_WORDS.contains(&word);
            if let Some(table) = ids.get(word).filter(|_| !by_role) {
                wrong.push(format!(
                    "src/{}:{line}: `{word}` is the name of one of {table}",
                    file.path
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The reader itself: what is planted is found, and what only looks like it is not.
#[test]
fn planted_faults_are_found() {
    let file = |text: &str| File::of("engine/turn.rs", text);
    let used =
        |text: &str| file(text).modules_used().into_iter().map(|(_, m)| m).collect::<Vec<_>>();
    assert_eq!(
        used("use crate::{game::Game, tui};\nfn f() { crate::cli::main() }"),
        ["game", "tui", "cli"]
    );
    assert_eq!(used("use super::super::prose::words; use super::order;"), ["prose"]);
    assert_eq!(
        used(
            "// crate::cli\n/* crate::tui /* */ crate::tui */ const A: &str = \"crate::cli\"; const B: &str = r#\"crate::cli\"#;"
        ),
        [""; 0]
    );
    assert_eq!(
        used(
            "#[cfg(test)]\nmod tests { use crate::cli; fn f<'a>(c: char) { c == '}'; } }\nuse crate::num;"
        ),
        ["num"]
    );

    let io = |text: &str| file(text).io().len();
    assert_eq!(io("use std::{fmt, fs::File};"), 1);
    assert_eq!(
        io("use std::io::{self, Write};\nfn f() { io::stdout().flush(); std::process::exit(1) }"),
        2
    );
    assert_eq!(io("fn f() { println!(\"x\"); }"), 1);
    assert_eq!(
        io("use std::io::Write; fn f() { write!(s, \"std::fs\"); env!(\"X\"); print(1); }"),
        0
    );

    let floats = |text: &str| file(text).floats().len();
    assert_eq!(floats("fn f(x: f64) -> i32 { 1.5 as i32 }"), 2);
    assert_eq!(floats("const A: u8 = 2f32 as u8;"), 1);
    assert_eq!(
        floats(
            "fn f(t: ((u8, u8), u8)) { t.0.1; 0..1; 1..=2; /* 1.5 f64 */ }\n#[cfg(test)]\nfn g() -> f64 { 0.5 }"
        ),
        0
    );
    assert_eq!(
        file("\n\nfn f() { g(\"a\", \"treasury\") }").texts.last(),
        Some(&(3, "treasury".to_owned()))
    );
}

#[test]
fn planted_circles_and_holes_in_the_wall_are_found() {
    let circle = |texts: &[(&str, &str)]| {
        let files: Vec<File> = texts.iter().map(|(path, text)| File::of(path, text)).collect();
        in_circles(&uses_within(&files, "engine"))
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let turn = ("engine/turn.rs", "use super::{event, items::{A, B}};");
    let items = ("engine/items.rs", "use crate::num; use super::super::luck;");
    assert_eq!(
        circle(&[turn, items, ("engine/event.rs", "fn f() { super::items::g() }")]),
        [""; 0]
    );
    let back = ("engine/event.rs", "fn f() { super::turn::g() }");
    assert_eq!(circle(&[turn, items, back]), ["engine/event", "engine/turn"]);
    let by_root = ("engine/items.rs", "use crate::engine::turn::end;");
    assert_eq!(circle(&[turn, by_root, ("engine/event.rs", "")]), ["engine/items", "engine/turn"]);
    let deep = ("engine/turn/late.rs", "use super::super::event;");
    let to_deep = ("engine/event.rs", "use super::turn::late::f;");
    assert_eq!(circle(&[deep, to_deep]), ["engine/event", "engine/turn/late"]);
    let tested = "use super::items;\n#[cfg(test)]\nmod tests { use super::super::turn; }";
    assert_eq!(circle(&[turn, items, ("engine/event.rs", tested)]), [""; 0]);

    let files = [turn, items].map(|(path, text)| File::of(path, text));
    let uses = uses_within(&files, "engine");
    let disagree = |page: &str| against_the_table(&uses, &table_of_the_engine(page)).len();
    assert_eq!(disagree("\n| file | owns |\n|---|---|\n| `items`, `turn` | x |\n\n| `z` | x |"), 0);
    assert_eq!(disagree("\n| file | owns |\n| `turn` | x |\n| `items` | x |\n"), 1);
    assert_eq!(disagree("\n| file | owns |\n| `items` | `x` |\n| `gone` | x |\n"), 2);

    let calls = |text: &str| File::of("policy/greedy.rs", text).calls(WALL).len();
    assert_eq!(calls("fn f(g: &Game) { g.whole().hidden().world; s\n.hidden_mut(); }"), 3);
    assert_eq!(calls("fn hidden(&self) { self.hidden; g.known().whole; hidden() }"), 0);
}

/// Files of the engine in the order of the page's table, several perhaps in a row.
fn table_of_the_engine(page: &str) -> Vec<String> {
    let (_, table) = page.split_once("\n| file | owns |\n").expect("the table has its heading");
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    let names = rows.filter_map(|line| line.split('|').nth(1)).flat_map(|cell| cell.split('`'));
    let is_name = |n: &&str| n.starts_with(|c: char| c.is_ascii_lowercase());
    names.filter(is_name).map(|n| format!("engine/{n}")).collect()
}

/// What the table and the files do not agree on.
fn against_the_table(uses: &BTreeMap<&str, BTreeSet<&str>>, table: &[String]) -> Vec<String> {
    let place = |stem: &str| table.iter().position(|row| row == stem);
    let mut wrong = Vec::new();
    for (n, row) in table.iter().enumerate() {
        if !uses.contains_key(row.as_str()) || place(row) != Some(n) {
            wrong.push(format!("`{row}` is no file, or stands there twice"));
        }
    }
    // The room's own `mod.rs` stands in no table.
    for (stem, used) in uses.iter().filter(|(stem, _)| stem.contains('/')) {
        if place(stem).is_none() {
            wrong.push(format!("`{stem}` is missing"));
            continue;
        }
        for other in used.iter().filter(|u| place(u) > place(stem)) {
            wrong.push(format!("`{stem}` imports `{other}`, which stands below it"));
        }
    }
    wrong
}

/// By file of the room, the files of the room that it uses.
fn uses_within<'f>(files: &'f [File], room: &str) -> BTreeMap<&'f str, BTreeSet<&'f str>> {
    let own = || files.iter().filter(|f| f.module == room);
    let stems: BTreeSet<&str> = own().map(|f| f.stem.as_str()).collect();
    own()
        .map(|file| {
            let used = file.paths().into_iter().filter_map(|(_, path)| {
                let ups = path.iter().take_while(|s| **s == "super").count();
                let (base, rest): (Vec<&str>, &[&str]) = match path.first() {
                    Some(&"crate") => (Vec::new(), &path[1..]),
                    // A file's own name is one step; that of a folder's `mod.rs` is its folder.
                    Some(&"super") if ups < file.depth => {
                        (file.stem.split('/').take(file.depth - ups).collect(), &path[ups..])
                    }
                    // A file below this one, by its name alone.
                    _ => (vec![file.stem.as_str()], &path[..]),
                };
                // The longest beginning of the path that is a file. The room's own `mod.rs` names
                // and hands on, and stands above all of them.
                let whole: Vec<&str> = base.iter().chain(rest).copied().collect();
                (2..=whole.len())
                    .rev()
                    .find_map(|n| stems.get(whole[..n].join("/").as_str()).copied())
            });
            let stem = file.stem.as_str();
            (stem, used.filter(|u| *u != stem).collect())
        })
        .collect()
}

/// Those that lead back to themselves.
fn in_circles<'f>(uses: &BTreeMap<&'f str, BTreeSet<&'f str>>) -> Vec<&'f str> {
    let leads_back = |start: &&&str| {
        let mut met: BTreeSet<&str> = BTreeSet::new();
        let mut next: Vec<&str> = uses[**start].iter().copied().collect();
        while let Some(at) = next.pop() {
            if met.insert(at) {
                next.extend(uses.get(at).into_iter().flatten());
            }
        }
        met.contains(**start)
    };
    uses.keys().filter(leads_back).copied().collect()
}

/// Modules in the order of `lib.rs`.
fn declared() -> Vec<String> {
    let file = files().into_iter().find(|f| f.path == "lib.rs").expect("lib.rs is there");
    let all: Vec<(usize, &str)> = words(&file.code).collect();
    all.windows(2).filter(|w| w[0].1 == "mod").map(|w| w[1].1.to_owned()).collect()
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|f| f.contains(&module))
}

/// Ids of agencies, instruments and indicators, with the table each stands in.
fn content_ids() -> BTreeMap<String, &'static str> {
    let mut all = BTreeMap::new();
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let theatres = listed(&assets.join("theatres")).into_iter().flat_map(|t| listed(&t));
    let files = listed(&assets.join("core")).into_iter().chain(theatres);
    // Of a theatre's file the records that are laid over the core's are left out: they are no new
    // ids.
    for path in files.filter(|p| p.extension().is_some_and(|e| e == "ron")) {
        let text = fs::read_to_string(&path).expect("the core can be read");
        let read = syntax::read::<raw::Core>(&Source::embedded(&path.to_string_lossy(), &text));
        let core = read.value.unwrap_or_else(|| panic!("{} is a file of the core", path.display()));
        all.extend(core.agencies.iter().map(|(id, _)| (id.text.to_string(), "the agencies")));
        all.extend(core.instruments.iter().map(|(id, _)| (id.text.to_string(), "the instruments")));
        all.extend(core.indicators.iter().map(|(id, _)| (id.text.to_string(), "the indicators")));
    }
    all
}

/// A source file without its comments and its tests.
struct File {
    /// Within `src`.
    path: String,
    /// The same without its ending; `engine/mod.rs` is `engine`.
    stem: String,
    /// The module at the crate's root it belongs to; `lib` and `main` for the two files that are
    /// roots.
    module: String,
    /// How many `super` lead to the crate's root.
    depth: usize,
    /// Comments, texts and tests blanked, newlines kept.
    code: String,
    /// Texts in quotation marks outside tests, with their lines.
    texts: Vec<(usize, String)>,
}

fn files() -> Vec<File> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&src, &mut paths);
    // A file that only a test declares is a test.
    let mut tests: BTreeSet<PathBuf> = BTreeSet::new();
    let mut all = Vec::new();
    for path in &paths {
        let text = fs::read_to_string(path).expect("a source file can be read");
        let name =
            path.strip_prefix(&src).expect("within src").to_string_lossy().replace('\\', "/");
        let (bare, _) = blank(&text);
        let inside = if path.file_stem().is_some_and(|s| s == "mod" || s == "lib") {
            path.with_file_name("")
        } else {
            path.with_extension("")
        };
        for range in test_items(&bare) {
            let item: Vec<&str> =
                words(bare.get(range).unwrap_or_default()).map(|(_, w)| w).collect();
            if let Some(at) = item.iter().position(|w| *w == "mod") {
                let module = item.get(at + 1).copied().unwrap_or_default();
                tests.insert(inside.join(format!("{module}.rs")));
            }
        }
        all.push((path.clone(), File::of(&name, &text)));
    }
    all.retain(|(path, file)| !tests.contains(path) && !file.stem.ends_with("_tests"));
    assert!(all.len() > 30, "{} source files found", all.len());
    all.into_iter().map(|(_, file)| file).collect()
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|e| e.expect("an entry").path())
        .collect();
    all.sort();
    all
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    for path in listed(folder) {
        if path.is_dir() {
            walk(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

impl File {
    fn of(path: &str, text: &str) -> File {
        let (mut code, mut texts) = blank(text);
        for range in test_items(&code) {
            texts.retain(|(at, _)| !range.contains(at));
            let gap: String = code
                .get(range.clone())
                .unwrap_or_default()
                .bytes()
                .map(|b| if b == b'\n' { '\n' } else { ' ' })
                .collect();
            code.replace_range(range, &gap);
        }
        let texts = texts.into_iter().map(|(at, t)| (line_of(text, at), t)).collect();
        let stem = path.trim_end_matches(".rs").trim_end_matches("/mod").to_owned();
        let module = stem.split('/').next().unwrap_or_default().to_owned();
        let depth =
            if matches!(stem.as_str(), "lib" | "main") { 0 } else { stem.split('/').count() };
        File { path: path.to_owned(), stem, module, depth, code, texts }
    }

    /// Every path in the code, `use` trees spread out, with its line.
    fn paths(&self) -> Vec<(usize, Vec<&str>)> {
        let tokens: Vec<(usize, &str)> = tokens(&self.code).collect();
        let mut out = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let (line, token) = tokens[at];
            if is_word(token) {
                at = spread(&tokens, at, &[], line, &mut out);
            } else {
                at += 1;
            }
        }
        out
    }

    /// Modules at the crate's root that are named here.
    fn modules_used(&self) -> Vec<(usize, String)> {
        let mut out = Vec::new();
        for (line, path) in self.paths() {
            let ups = path.iter().take_while(|s| **s == "super").count();
            let used = match path.first() {
                Some(&"crate") => path.get(1),
                Some(&"super") if ups == self.depth => path.get(ups),
                _ => None,
            };
            if let Some(used) = used.filter(|u| **u != "self") {
                out.push((line, (*used).to_owned()));
            }
        }
        out
    }

    /// Calls of these methods.
    fn calls(&self, names: &[&str]) -> Vec<(usize, &str)> {
        let all: Vec<(usize, &str)> = tokens(&self.code).collect();
        let call = |w: &&[(usize, &str)]| w[0].1 == "." && names.contains(&w[1].1) && w[2].1 == "(";
        all.windows(3).filter(call).map(|w| (w[1].0, w[1].1)).collect()
    }

    fn io(&self) -> Vec<(usize, String)> {
        let mut out: Vec<(usize, String)> = Vec::new();
        for (line, path) in self.paths() {
            if IO_PATHS.iter().any(|io| path.windows(2).any(|w| w == *io)) {
                out.push((line, path.join("::")));
            }
        }
        let all: Vec<(usize, &str)> = tokens(&self.code).collect();
        for pair in all.windows(2) {
            if pair[1].1 == "!" && IO_MACROS.contains(&pair[0].1) {
                out.push((pair[0].0, format!("{}!", pair[0].1)));
            }
        }
        out
    }

    fn floats(&self) -> Vec<(usize, String)> {
        let mut out = Vec::new();
        let all: Vec<(usize, &str)> = tokens(&self.code).collect();
        for (n, (line, token)) in all.iter().enumerate() {
            let digits = token.starts_with(|c: char| c.is_ascii_digit());
            let typed = *token == "f32"
                || *token == "f64"
                || digits
                    && !token.starts_with("0x")
                    && (token.ends_with("f32") || token.ends_with("f64"));
            // `1` `.` `5`: not `t.0.1` and not a range.
            let point = digits
                && all.get(n + 1).is_some_and(|t| t.1 == ".")
                && all.get(n + 2).is_some_and(|t| t.1.starts_with(|c: char| c.is_ascii_digit()))
                && (n == 0 || all[n - 1].1 != ".");
            if typed || point {
                out.push((*line, format!("a float: `{token}`")));
            }
        }
        out
    }
}

/// Reads the path that begins at `at`, with every branch of a tree in braces; returns where it
/// ends.
fn spread<'c>(
    tokens: &[(usize, &'c str)],
    mut at: usize,
    before: &[&'c str],
    line: usize,
    out: &mut Vec<(usize, Vec<&'c str>)>,
) -> usize {
    let mut path = before.to_vec();
    while let Some((_, token)) = tokens.get(at) {
        if *token == "{" {
            at += 1;
            while let Some((line, token)) = tokens.get(at) {
                match *token {
                    "}" => return at + 1,
                    t if is_word(t) || t == "{" => at = spread(tokens, at, &path, *line, out),
                    _ => at += 1,
                }
            }
            return at;
        }
        if !is_word(token) {
            break;
        }
        path.push(token);
        at += 1;
        if tokens.get(at).is_none_or(|(_, t)| *t != "::") {
            break;
        }
        at += 1;
    }
    out.push((line, path));
    at
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    tokens(code).filter(|(_, t)| is_word(t))
}

/// Words and numbers whole, `::` as one, everything else by character.
fn tokens(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let mut line = 1;
    std::iter::from_fn(move || {
        loop {
            let rest = code.get(at..)?;
            let c = rest.chars().next()?;
            let long = if c.is_ascii_alphanumeric() || c == '_' {
                rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                c.len_utf8()
            };
            at += long;
            if c == '\n' {
                line += 1;
            }
            if !c.is_whitespace() {
                return Some((line, &rest[..long]));
            }
        }
    })
}

fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).map_or(1, |t| t.matches('\n').count() + 1)
}

/// The code with comments, texts and characters blanked, and the texts with their offsets.
fn blank(text: &str) -> (String, Vec<(usize, String)>) {
    let mut out = String::with_capacity(text.len());
    let mut texts = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|t| t.chars().next()) {
        let rest = &text[at..];
        let in_word = out.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let long = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            comment(rest)
        } else if c == '"' {
            let long = quoted(rest);
            texts.push((at, rest[1..long.saturating_sub(1).max(1)].to_owned()));
            long
        } else if let Some((inside, long)) = raw_text(rest).filter(|_| !in_word) {
            texts.push((at, rest[inside].to_owned()));
            long
        } else if c == '\'' {
            character(rest)
        } else {
            out.push(c);
            at += c.len_utf8();
            continue;
        };
        // A blank for each byte, so that offsets in the code are offsets in the text.
        out.extend(rest.bytes().take(long).map(|b| if b == b'\n' { '\n' } else { ' ' }));
        at += long;
    }
    (out, texts)
}

fn comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// `r"…"` or `r#"…"#`, with or without `b`: what is inside, and the whole length.
fn raw_text(rest: &str) -> Option<(Range<usize>, usize)> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.chars().take_while(|c| *c == '#').count();
    let body = after[hashes..].strip_prefix('"')?;
    let prefix = rest.len() - after.len();
    let close = format!("\"{}", "#".repeat(hashes));
    let end = body.find(&close)?;
    let open = prefix + hashes + 1;
    Some((open..open + end, open + end + close.len()))
}

/// A character in quotation marks, or the apostrophe of a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((after, _))) => {
            rest[after + 1..].find('\'').map_or(1, |n| after + 1 + n + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// The items under `#[cfg(test)]`, attributes included.
fn test_items(code: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (start, mark) in code.match_indices("#[cfg(test)]") {
        if out.last().is_some_and(|r: &Range<usize>| r.contains(&start)) {
            continue;
        }
        let mut depth = 0i32;
        let mut end = code.len();
        for (at, c) in code[start + mark.len()..].char_indices() {
            let at = start + mark.len() + at;
            match c {
                '{' | '(' | '[' => depth += 1,
                '}' | ')' | ']' => {
                    depth -= 1;
                    if depth == 0 && c == '}' {
                        end = at + 1;
                        break;
                    }
                }
                ';' if depth == 0 => {
                    end = at + 1;
                    break;
                }
                _ => {}
            }
        }
        out.push(start..end);
    }
    out
}
