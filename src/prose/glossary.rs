//! The words a screen prints in capitals, each in a line: what help says of the screen it was asked
//! from.
//!
//! Owns that table. `more` is an entry of the codex or a topic, by id; empty where the line says
//! all.

/// A word at the head of a list or a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub word: &'static str,
    pub says: &'static str,
    pub more: &'static str,
}

/// All of them.
pub const HEADS: &[Head] = &[
    Head {
        word: "staff",
        says: "Hands for this turn: orders take them up, and what is left over does not keep.",
        more: "start",
    },
    Head {
        word: "capital",
        says: "What your standing can pay for. Behind it stands what comes as this turn ends.",
        more: "start",
    },
    Head {
        word: "MATTER",
        says: "What is the matter: the first value, the one that went worst, what presses by its \
               date.",
        more: "start",
    },
    Head {
        word: "YOU CAN",
        says: "What is open to you: questions, what is on the agenda, the file likeliest to clear. \
               Not what is best.",
        more: "propose",
    },
    Head {
        word: "WHO MINDS",
        says: "Who objects to what is on the agenda; before that, to the file that has most \
               against it.",
        more: "propose",
    },
    Head {
        word: "BEHIND THEM",
        says: "Values that are not judged by themselves, always in the same order.",
        more: "why",
    },
    Head {
        word: "HOW THINGS STAND",
        says: "The values you are judged by: where each is, its trend, its change since last turn, \
               and a word for it. ~ marks an estimate, a dot what moved and was not looked at.",
        more: "why",
    },
    Head {
        word: "LIVE FILES",
        says: "Papers that departments have ready now, each with a sponsor and mostly a last day. \
               Enter drafts one.",
        more: "live_file",
    },
    Head {
        word: "ON YOUR DESK",
        says: "What came in this turn. What is marked !! waits for an answer from you.",
        more: "start",
    },
    Head {
        word: "THIS TURN",
        says: "What you have ordered so far; all of it can be taken back until the turn ends.",
        more: "start",
    },
    Head {
        word: "ORDERED THIS TURN",
        says: "What you have ordered so far; all of it can be taken back until the turn ends.",
        more: "start",
    },
    Head {
        word: "UNDER WAY",
        says: "Measures and tasks on their way through a department, with when they are due.",
        more: "clearance",
    },
    Head {
        word: "UNDER WAY AND IN FORCE",
        says: "Measures and tasks on their way, and measures that act now.",
        more: "clearance",
    },
    Head {
        word: "UNDER WAY OR IN FORCE",
        says: "What can be withdrawn; what is in force can be given new terms.",
        more: "clearance",
    },
    Head {
        word: "ON THE CALENDAR",
        says: "Windows that have opened or closed since the last page.",
        more: "windows",
    },
    Head {
        word: "COMING UP",
        says: "Dates that are known: deadlines, windows, promises that come due.",
        more: "windows",
    },
    Head {
        word: "THE ROOM",
        says: "The agencies and how they stand with you: + with you, = neither, − against. On a \
               file or a draft: how they stand on that.",
        more: "propose",
    },
    Head {
        word: "IN THE ROOM",
        says: "Agencies that sit in the meetings and say what they think of a draft.",
        more: "propose",
    },
    Head {
        word: "OUTSIDE THE ROOM",
        says: "Those who have no seat and still must be reckoned with.",
        more: "propose",
    },
    Head {
        word: "EVERY INSTRUMENT",
        says: "Every kind of measure there is. × marks one that cannot be proposed now; it says \
               why.",
        more: "propose",
    },
    Head {
        word: "THE DRAFT",
        says: "The measure as you put it together: each row is one choice.",
        more: "propose",
    },
    Head {
        word: "WHO SAYS WHAT",
        says: "Where each agency stands on the draft and its first reason. An arrow says who moved \
               with your last change.",
        more: "propose",
    },
    Head {
        word: "BARGAINS",
        says: "Promises that would move somebody on this draft.",
        more: "promises",
    },
    Head {
        word: "LAW",
        says: "What has to be shown, how well it is shown before its own audience, of 100, and \
               what is needed.",
        more: "gates",
    },
    Head {
        word: "FILE",
        says: "Whether the file it rests on is built. Without one, what is ordered first is that \
               it be built.",
        more: "live_file",
    },
    Head {
        word: "CLEARS",
        says: "The chance that the draft is cleared, by venue; it is the chance that is drawn.",
        more: "clearance",
    },
    Head {
        word: "ODDS",
        says: "Who may stop the draft at the chosen venue, the likeliest first, and the one change \
               that would make it likelier than not to clear.",
        more: "clearance",
    },
    Head {
        word: "MAY DO",
        says: "The likely direction of what the measure does: slightly, somewhat, clearly, \
               strongly; wide where little is known.",
        more: "propose",
    },
    Head {
        word: "GIVES",
        says: "What the measure gives others to use, and to whom.",
        more: "propose",
    },
    Head { word: "TAKES", says: "How long it takes from clearance to effect.", more: "clearance" },
    Head {
        word: "UNSURE",
        says: "What is known least of what this draft will do. The law asks only for what stands \
               at LAW.",
        more: "world",
    },
    Head {
        word: "COLLECTION AND INVESTIGATION",
        says: "What can be tasked: who looks, what it costs, how long it takes.",
        more: "intelligence",
    },
    Head {
        word: "WHAT OTHERS MAY BE ASKED",
        says: "What an agency may be asked to do for you.",
        more: "promises",
    },
    Head { word: "ASK", says: "What this agency may be asked to do for you.", more: "promises" },
    Head {
        word: "WHAT IT REMEMBERS",
        says: "Where the relationship stands, of 100 either way, and each thing that moved it.",
        more: "why",
    },
    Head {
        word: "WHAT IT MAY WORK TOWARDS",
        says: "What the other side may be doing by itself, how likely each is, and what stands in \
               its way. One or two are drawn for each game.",
        more: "world",
    },
    Head {
        word: "WHAT YOU CAN PROMISE",
        says: "A promise moves them at once and binds you; broken, it costs more than it brought.",
        more: "promise",
    },
    Head {
        word: "PROMISES",
        says: "What may be promised, and to whom. A promise moves them at once and binds you.",
        more: "promise",
    },
    Head {
        word: "THE OFFICE ITSELF",
        says: "Changes to your own office: they cost now and last.",
        more: "start",
    },
    Head {
        word: "REFORMS",
        says: "Changes to your own office that have been decided.",
        more: "start",
    },
    Head {
        word: "HOW SURE ARE YOU THAT",
        says: "Statements that will be settled; say how sure you are, of 100. The debrief counts.",
        more: "confidence",
    },
    Head {
        word: "EVIDENCE",
        says: "What was seen, and what was looked for and not found; where it may be used and what \
               it speaks for.",
        more: "intelligence",
    },
    Head {
        word: "WHAT COULD BE FOUND",
        says: "Tasks that would add to what is known here.",
        more: "intelligence",
    },
    Head {
        word: "HOW THE OTHER SIDE WORKS",
        says: "What its conduct so far tells of what it wants and how it answers.",
        more: "world",
    },
    Head {
        word: "WHAT IS MOST BELIEVED",
        says: "Of each campaign, question by question, the likeliest answer and how likely it is.",
        more: "intelligence",
    },
    Head {
        word: "WHERE THE LAW STANDS",
        says: "For each target and instrument the proof there is and the proof that is needed, of \
               100.",
        more: "gate",
    },
    Head {
        word: "WHICH WORLD THIS IS",
        says: "How far each account of what moves the other side is believed, where that stood a \
               turn ago, and what moved it. Nobody knows; the debrief tells what was drawn.",
        more: "world_model",
    },
    Head {
        word: "WHAT IT IS ENOUGH FOR",
        says: "Which measures the evidence would carry before the law, and which it would not.",
        more: "gates",
    },
    Head {
        word: "TURNS",
        says: "All turns of the game by their first day; the mark is now.",
        more: "start",
    },
    Head {
        word: "FILES CLOSE",
        says: "Live files by the day on which each is gone.",
        more: "live_file",
    },
    Head {
        word: "WHAT IS UNDER WAY, IN WORDS",
        says: "The same lines, with their stages and dates.",
        more: "clearance",
    },
    Head {
        word: "ON WHAT LIES ON YOUR DESK",
        says: "Where this agency stands on each live file as it lies.",
        more: "propose",
    },
    Head {
        word: "WHAT YOU WANTED, BESIDE WHAT HAPPENED",
        says: "The lenses, of 100, beside the points you gave them.",
        more: "lens",
    },
    Head {
        word: "BESIDE OTHERS ON THE SAME DRAW",
        says: "The lenses by the points of the guidance in one figure, beside what the same draw \
               comes to with nothing ordered and by a careful player, who orders what looks best \
               at the moment. No grade.",
        more: "drawn",
    },
    Head {
        word: "AT THE END",
        says: "The values of the desk as they stood at the end, exactly.",
        more: "why",
    },
    Head {
        word: "ORDERS, WHERE THEY DIFFER",
        says: "What each of the two ordered, in those turns in which they did not order the same.",
        more: "drawn",
    },
    Head {
        word: "TURNING POINTS",
        says: "Orders without which the game would have ended most differently by your own \
               guidance, on average over draws of luck.",
        more: "drawn",
    },
    Head {
        word: "WINDOWS",
        says: "Dates that press, and how hot each is, turn by turn.",
        more: "windows",
    },
    Head {
        word: "ALL VALUES",
        says: "Every value of the game, for going from one to the next.",
        more: "why",
    },
    Head { word: "WHAT IS MEASURED", says: "What stands behind each value.", more: "why" },
    Head { word: "EARLIER", says: "What moved this value in the turns before.", more: "why" },
    Head {
        word: "WHAT BECAME OF YOURS",
        says: "What happened to what you proposed, tasked and promised.",
        more: "clearance",
    },
    Head {
        word: "THE NEWS",
        says: "What else happened, by title; Enter opens one. Record has sources, all else is \
               simulated.",
        more: "start",
    },
    Head {
        word: "WHAT MOVED",
        says: "Values that changed since last turn, the largest change first. Enter says why.",
        more: "why",
    },
    Head {
        word: "WHAT AGENCIES SAY",
        says: "What they tell you of the last turn, in one line each.",
        more: "propose",
    },
    Head {
        word: "ON THEIR OWN MINDS",
        says: "What an agency has begun to have on its mind, whatever you propose: + readier, − \
               less ready, until the day that is named.",
        more: "clearance",
    },
    Head { word: "FILES", says: "+ papers that came, × papers that are gone.", more: "live_file" },
    Head {
        word: "TRADE-OFF GUIDANCE",
        says: "Twelve points over the lenses: what you will give up for what.",
        more: "guidance",
    },
    Head {
        word: "OR START FROM",
        says: "Guidances of others, to take as they are or to change.",
        more: "guidance",
    },
    Head {
        word: "WHAT NOW",
        says: "What matters this week, and the steps that can be taken.",
        more: "start",
    },
    Head { word: "LESSON", says: "What the lesson says of the step you took.", more: "start" },
    Head {
        word: "LENSES",
        says: "Ways to judge how it came out; no sum of them is the score.",
        more: "lens",
    },
    Head {
        word: "HOW SURE YOU WERE",
        says: "What you stated, and how often you were right.",
        more: "brier",
    },
    Head {
        word: "WHOSE PREDICTIONS HELD",
        says: "What the agencies foretold, and how often it came.",
        more: "brier",
    },
    Head {
        word: "THE WORLD",
        says: "Which of the possible worlds this game was played in.",
        more: "world_model",
    },
    Head {
        word: "WHAT COULD BE BELIEVED OF IT AT THE END",
        says: "How likely each world was, by all that could be seen.",
        more: "world",
    },
    Head {
        word: "HOW SUCH A WORLD SHOWS ITSELF",
        says: "What is seen in a world of this kind where the measures in question are taken.",
        more: "world",
    },
    Head {
        word: "THE OTHER SIDE'S HAND",
        says: "What the other side wanted and how it was inclined, drawn for this game.",
        more: "drawn",
    },
    Head {
        word: "WHAT WAS TRUE",
        says: "What was hidden about each campaign, beside what you held likely.",
        more: "drawn",
    },
    Head {
        word: "WHAT THERE WAS TO SEE",
        says: "Evidence there was, and whether it was found.",
        more: "intelligence",
    },
    Head {
        word: "TURN BY TURN, BOTH SIDES OPEN",
        says: "What you did, what they did, and what they meant by it.",
        more: "world",
    },
    Head {
        word: "WHAT MOVED WHAT, EXACTLY",
        says: "Every change with its cause, to the last tenth.",
        more: "why",
    },
    Head {
        word: "WHAT CRITICS WOULD SAY",
        says: "Objections to your course, from several sides.",
        more: "record_simulated",
    },
    Head {
        word: "TO ARGUE ABOUT",
        says: "Questions that have no answer in the back of the book.",
        more: "record_simulated",
    },
    Head {
        word: "WHAT CAME AFTER",
        says: "What followed on the record, after the last day of the game.",
        more: "record_simulated",
    },
    Head {
        word: "WHAT ELSE CAME AFTER",
        says: "What followed on the record, after the last day of the game.",
        more: "record_simulated",
    },
    Head {
        word: "THE SAME LUCK, THE OTHER ANSWER",
        says: "What would have come of the other answer, with the same draws.",
        more: "drawn",
    },
    Head {
        word: "THE LINE",
        says: "Each value over the whole game, beside the designer's where there is one.",
        more: "why",
    },
    Head {
        word: "WHAT CAME OF YOUR ORDERS",
        says: "What was cleared, stopped, in effect, in place or broken, by turn.",
        more: "start",
    },
    Head {
        word: "THE RECORD, IN ORDERS OF THIS GAME",
        says: "The record's course as far as orders can say it. What a line calls the designer's is \
               nowhere of record.",
        more: "record_simulated",
    },
    Head {
        word: "ASSUMPTIONS",
        says: "Numbers of the model that can be argued with: the value, its range, what it rests \
               on.",
        more: "assumption",
    },
    Head { word: "PAST GAMES", says: "Every game kept on this machine, newest first.", more: "" },
    Head { word: "CONTINUE", says: "The game you left.", more: "" },
    Head {
        word: "THE LAST GAME",
        says: "The game you finished last; its debrief can be read again.",
        more: "",
    },
    Head { word: "LEARN", says: "The lesson: three turns, about ten minutes.", more: "" },
    Head {
        word: "PLAY",
        says: "Scenarios: how long, how many turns, how hard; and how it went last.",
        more: "",
    },
    Head { word: "READ", says: "What can be read without playing.", more: "" },
];

/// The first sentence of a text.
pub fn first_sentence(words: &str) -> &str {
    let mut ends = words.match_indices(". ").map(|(at, _)| at);
    // An abbreviation is no end: "U.S. firms" goes on.
    let end =
        ends.find(|at| words[..*at].chars().rev().take_while(|c| c.is_alphanumeric()).count() > 1);
    end.map_or(words, |at| &words[..=at])
}

/// Where a word begins in a text, standing alone.
pub fn stands_in(text: &str, word: &str) -> Option<usize> {
    let alone = |at: usize| {
        let (before, after) =
            (text[..at].chars().next_back(), text[at + word.len()..].chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    (!word.is_empty())
        .then(|| text.match_indices(word).map(|(at, _)| at).find(|at| alone(*at)))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_once_and_leads_to_something_that_exists() {
        let rules = crate::scenario::load::embedded("cloud-hopper", &[]).expect("it loads");
        for (n, head) in HEADS.iter().enumerate() {
            assert!(
                HEADS[n + 1..].iter().all(|h| h.word != head.word),
                "{} is there twice",
                head.word
            );
            assert!(head.says.ends_with('.'), "{}", head.word);
            let known = head.more.is_empty()
                || crate::prose::TOPICS.iter().any(|t| t.id == head.more)
                || rules.codex.iter().any(|c| c.id == head.more);
            assert!(known, "{} leads to {}", head.word, head.more);
        }
    }

    #[test]
    fn a_sentence_ends_at_its_end() {
        assert_eq!(first_sentence("It owns nothing. It owns the process."), "It owns nothing.");
        assert_eq!(first_sentence("The U.S. code says so. More."), "The U.S. code says so.");
        assert_eq!(stands_in("a gate, and Gates", "gate"), Some(2));
        assert_eq!(stands_in("irrigated", "gate"), None);
    }
}
