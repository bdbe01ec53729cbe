//! Help topics: short pages that every face can show. Keys are the face's own and not here.

use super::facts::Topic;
use crate::scenario::model::Rules;

/// All topics, in reading order.
pub const TOPICS: &[Topic] = &[
    Topic {
        id: "start",
        title: "The job",
        says: "You coordinate; you own nothing. Agencies own the instruments. You decide what \
               reaches the agenda, when, with what evidence, on what terms, and who has been \
               heard.\n\nA turn: read the front page, give orders, end the turn. Some staff is \
               free to spend each turn; capital is scarce. Everything you order can be taken back \
               until the turn ends.",
    },
    Topic {
        id: "guidance",
        title: "Trade-off guidance",
        says: "In the first turn you give twelve points to the lenses, 0 to 4 each, at least four \
               with some. Agencies quote it and lean by it, and the debrief puts it beside what \
               happened. It may be amended once, in public, at a cost. Without it a default \
               profile stands.",
    },
    Topic {
        id: "propose",
        title: "Proposing",
        says: "A proposal is an instrument, a target, terms and a venue. Any instrument of \
               yours may be proposed in any turn; what is shut says what would open it. What \
               others decide you can ask for. The law is one gate: it asks how well it is shown, \
               before its own audience, that the target did it, supported it or knowingly used it. \
               The room is the other: agencies press for, support, concur, reserve, object or \
               block, and say why.",
    },
    Topic {
        id: "clearance",
        title: "Venues and clearance",
        says: "Each venue costs more than the one below. Everyone in the room votes: its vote is \
               its position and the mood of the day. A venue says below which vote whom it heeds; \
               the chance shown is the chance that nobody stops the draft, and it is the chance \
               that is drawn. A refusal says who stopped it and which one change would have passed \
               that meeting. Being refused costs authority. What is cleared goes into its \
               department's pipeline, which takes its time.",
    },
    Topic {
        id: "gates",
        title: "The law",
        says: "Each gate names a role and a record: did or directed it, knowingly received or used \
               it, gave material support, is owned by a listed party; before the administrative \
               record or a court. The figure is the probability that record supports, not what \
               analysts believe from all sources. Tasks and dated reports add to it. What is needed is \
               its owner's own bar, which may be higher than a court's.",
    },
    Topic {
        id: "intelligence",
        title: "Intelligence",
        says: "Likelihoods are exact: they follow from the items listed, and from what was looked \
               for and not found. The words are those of ICD 203: almost no chance to 5, very \
               unlikely to 20, unlikely to 45, roughly even chance to 55, likely to 80, very \
               likely to 95, almost certain above. They are right as often as they say.",
    },
    Topic {
        id: "promises",
        title: "Bargains and promises",
        says: "Agencies are mostly paid in promises: a date, a scope, a consultation. A promise \
               moves them at once and binds you until its day. Keeping it builds trust; breaking \
               it costs trust and authority, and is remembered.",
    },
    Topic {
        id: "windows",
        title: "Windows",
        says: "Dates that press make some measures dearer and some positions harder, most at their \
               height. They also are when the other side has something to lose.",
    },
    Topic {
        id: "why",
        title: "Why a figure moved",
        says: "Every figure opens into its causes. What is seen exactly is explained exactly. An \
               estimate has a range; its causes are named with a direction, and the rest is called \
               not explained by what you know. The debrief opens everything.",
    },
    Topic {
        id: "confidence",
        title: "How sure you are",
        says: "Before a big move you may say how sure you are of something that will be settled, \
               from 1 to 99 of 100. It changes nothing in play. The debrief counts how often you \
               were right.",
    },
    Topic {
        id: "world",
        title: "What is hidden",
        says: "Each game draws one of several worlds, in which different things work. Nobody knows \
               which is true. You learn from what the other side does and from estimates, never \
               from a number.",
    },
    Topic {
        id: "record",
        title: "Record and simulated",
        says: "A text marked record has a source, and the standing it had on its date: alleged, \
               reported, admitted. Everything else is simulated and signed by an institution, \
               after the recorded position it follows where a source holds one.",
    },
];

impl Topic {
    /// What it says, in the rulebook's own words where it has some.
    pub fn says_by<'r>(&self, rules: Option<&'r Rules>) -> &'r str {
        rules.and_then(|r| r.text(self.id)).unwrap_or(self.says)
    }
}
