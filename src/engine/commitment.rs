//! Promises that stand: broken as soon as what they bind against happens, kept when their time is
//! over.

use crate::scenario::model::Rules;

use super::ledger::{Cause, Note, Sink};
use super::state::Situation;

pub(super) fn settle<S: Sink>(rules: &Rules, s: &mut Situation, tomorrow: i16, sink: &mut S) {
    let standing = s.commitments;
    s.commitments.clear();
    for c in &standing {
        let (ix, to) = (c.promise, c.to);
        let promise = &rules.promises[ix];
        if s.all(rules, &promise.broken_if) {
            s.broke |= 1 << ix.0;
            sink.note(s.turn, Note::PromiseBroken { promise: ix, to });
            s.move_all(rules, &promise.on_break, Cause::Broken(ix), c.origin, sink);
            let authority = rules.tuning.broken_authority;
            for i in [rules.roles.authority_security, rules.roles.authority_economy] {
                s.shift(rules, i, authority, Cause::Broken(ix), c.origin, sink);
            }
            s.relate(to, promise.breaks, Cause::Broken(ix), c.origin, sink);
        } else if c.until < tomorrow {
            s.kept |= 1 << ix.0;
            sink.note(s.turn, Note::PromiseKept { promise: ix, to });
            s.move_all(rules, &promise.on_keep, Cause::Kept(ix), c.origin, sink);
            s.relate(to, promise.keeps, Cause::Kept(ix), c.origin, sink);
        } else {
            s.commitments.push(*c);
        }
    }
}
