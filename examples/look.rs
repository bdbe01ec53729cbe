//! Paints screens to pictures: `look WIDTHxHEIGHT NAME KEYS…`, keys written as the footer writes them.
use std::sync::Arc;

use interagency::engine::situation::Start;
use interagency::game::Game;
use interagency::play::Host;
use interagency::prose;
use interagency::scenario::load;
use interagency::scenario::model::Rules;
use interagency::terminal::{Capabilities, Code, Colours, Input, Key};
use interagency::tui::theme::Theme;
use interagency::tui::{App, Effect, Entry, Library, Trouble, Unfinished, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

struct Shelf(Arc<Rules>);

impl Library for Shelf {
    fn entries(&self) -> Vec<Entry> {
        let row = prose::title_row(&self.0);
        let broken = prose::facts::TitleRow {
            id: "mine".into(),
            title: "Spring".into(),
            problem: "spring.ron:6:29: no event has this id: drougth".into(),
            ..Default::default()
        };
        vec![
            Entry { row, last: String::new(), ..Entry::default() },
            Entry { row: broken, own: true, problems: vec!["error[unknown-id]: no event has this id".into()], ..Entry::default() },
        ]
    }
    fn unfinished(&self) -> Option<Unfinished> {
        None
    }
    fn begin(&mut self, _: &str) -> Result<Box<dyn Host>, Trouble> {
        Ok(Box::new(Game::new(Arc::clone(&self.0), Start { seed: 1, world: None })))
    }
    fn resume(&mut self) -> Result<Box<dyn Host>, Trouble> {
        self.begin("")
    }
    fn rules(&self) -> Result<Arc<Rules>, Trouble> {
        Ok(Arc::clone(&self.0))
    }
}

fn key(word: &str) -> Key {
    match word {
        "Enter" => Key::plain(Code::Enter),
        "Esc" => Key::plain(Code::Esc),
        "Tab" => Key::plain(Code::Tab),
        "Up" => Key::plain(Code::Up),
        "Down" => Key::plain(Code::Down),
        "Left" => Key::plain(Code::Left),
        "Right" => Key::plain(Code::Right),
        "PgDn" => Key::plain(Code::PageDown),
        "Space" => Key::char(' '),
        w => Key::char(w.chars().next().unwrap_or(' ')),
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (w, h) = args[0].split_once('x').expect("WxH");
    let (w, h): (u16, u16) = (w.parse().expect("width"), h.parse().expect("height"));
    let name = &args[1];
    let mut shelf = Shelf(Arc::new(load::embedded("cloud-hopper", &[]).expect("content")));
    let utf8 = !name.contains("ascii");
    let here = Capabilities {
        stdin_is_tty: true,
        stdout_is_tty: true,
        stderr_is_tty: true,
        utf8,
        colours: Colours::TwoFiftySix,
        no_color: false,
        term: None,
        dumb: false,
        size: None,
    };
    let mut app = App::new(Theme::choose(None, &here), here, shelf.entries(), shelf.unfinished());
    app.resize(w, h);
    let mut terminal = Terminal::new(TestBackend::new(w, h)).expect("backend");
    for word in &args[2..] {
        if let Some(n) = word.strip_prefix("shot:") {
            shot(&mut terminal, &app, &format!("{name}-{n}"));
            continue;
        }
        let (word, times) = word.split_once('*').map_or((word.as_str(), 1), |(w, n)| (w, n.parse().unwrap_or(1)));
        for _ in 0..times {
            match app.update(&Input::Key(key(word))) {
                Some(Effect::Begin(id)) => app.begun(shelf.begin(&id).unwrap_or_else(|_| panic!())),
                Some(Effect::Read(s)) => app.read(shelf.rules().unwrap_or_else(|_| panic!()), s),
                _ => {}
            }
        }
    }
    shot(&mut terminal, &app, name);
}

fn shot(terminal: &mut Terminal<TestBackend>, app: &App, name: &str) {
    terminal.draw(|f| view::render(f, app)).expect("draw");
    let buffer = terminal.backend().buffer();
    let palette = interagency::report::svg::Palette::DARK;
    std::fs::write(format!("/tmp/shots/{name}.svg"), interagency::report::svg::to_svg(buffer, &palette, name)).expect("svg");
    println!("== {name}\n{}", interagency::report::svg::to_text(buffer));
}
