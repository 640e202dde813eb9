//! The keywords of what changed speak again: along the way to it, and everything below.

use super::issues::Kept;
use super::{Change, Live};
use crate::json::{Kind, NodeId, Value};
use crate::order;
use crate::pairs::Pairs;
use crate::schema::error::LimitError;
use crate::schema::explain::{Along, explain_along};
use crate::schema::findings::{Draft, Findings, Stand, Token};
use crate::schema::hygiene;
use crate::schema::program::Op;

/// Where a fault stands.
pub(super) enum Spot {
    At(NodeId),
    /// A member that nobody asked for yet.
    Member(NodeId, Box<str>),
}

/// What is said at the end of a pass, without what it borrows.
struct Said {
    spot: Spot,
    kept: Kept,
}

impl Live {
    pub(super) fn settle_keywords(&mut self) -> Result<(), LimitError> {
        let mut spots: Vec<u64> = std::mem::take(&mut self.work.spots).into_iter().map(u64::from).collect();
        order::sort_numbers(&mut spots);
        spots.dedup();
        for at in 0..spots.len() {
            let Some(spot) = spots.get(at).map(|spot| *spot as NodeId) else { continue };
            let parent = self.tree.parent(spot);
            let stands = self.tree.stands(spot);
            // What stood in something that is gone is gone with it; what stands in something that came speaks with it.
            if !stands && !parent.is_some_and(|parent| self.tree.stands(parent)) || self.is_covered(parent, &spots) {
                continue;
            }
            self.speak(spot, stands)?;
        }
        Ok(())
    }

    /// Whether a value stands in another that is looked at as a whole.
    fn is_covered(&self, parent: Option<NodeId>, spots: &[u64]) -> bool {
        let mut above = std::iter::successors(parent, |at| self.tree.parent(*at));
        above.any(|at| spots.binary_search(&u64::from(at)).is_ok() && self.tree.stands(at))
    }

    /// The way from the whole document to a place.
    pub(super) fn way(&mut self, spot: NodeId, there: bool) -> Vec<Stand> {
        let mut way = Vec::new();
        let mut at = Some(spot);
        while let Some(id) = at {
            let parent = self.tree.parent(id);
            let is_item = parent.is_some_and(|parent| self.tree.value(parent).kind() == Kind::Array);
            let index = if is_item { self.tree.index_of(id).unwrap_or_default() } else { 0 };
            way.push(Stand { id, at: index, there: there || id != spot });
            at = parent;
        }
        way.reverse();
        way
    }

    /// Lets the keywords on the way to a place, and those below it, say what is wrong.
    fn speak(&mut self, spot: NodeId, there: bool) -> Result<(), LimitError> {
        let mut way = self.way(spot, there);
        loop {
            let before: Vec<u32> = way.iter().map(|stand| self.marks.get(stand.id as usize).copied().unwrap_or(0)).collect();
            let old = self.begin(&way);
            let marks = std::mem::take(&mut self.marks);
            let today = Some(self.now.instant().days_in_vietnam());
            let hygienic = self.schema.rule_schema;
            let unclean = self.unclean_on(&way);
            let along = Along { way: &way, unclean, marks };
            let (findings, marks) = explain_along(&self.schema.program, self.tree.document(), today, hygienic, along)?;
            let shorter = self.must_look_wider(&findings, &way, &before, &marks);
            let said = if shorter.is_none() { self.resolved(&findings) } else { Vec::new() };
            drop(findings);
            self.marks = marks;
            match shorter {
                Some(length) => way.truncate(length),
                None => {
                    self.replace(old, said);
                    return Ok(());
                }
            }
        }
    }

    /// How much of the way is to be gone where something on it now hangs on other subschemas than before: there everything inside has to speak.
    fn must_look_wider(&self, findings: &Findings<'_>, way: &[Stand], before: &[u32], marks: &[u32]) -> Option<usize> {
        for (at, (stand, before)) in way.iter().zip(before).enumerate().take(way.len() - 1) {
            if marks.get(stand.id as usize) != Some(before) {
                return Some(at + 1);
            }
        }
        // An item may be another one by its index.
        let list = way.len().checked_sub(2).and_then(|at| way.get(at))?;
        let by_index = findings.spoken_at(list.id).any(|op| matches!(op, Op::Items(items) if !items.prefix.is_empty()));
        by_index.then(|| way.len() - 1)
    }

    fn unclean_on(&self, way: &[Stand]) -> Pairs {
        let mut unclean = Pairs::default();
        for stand in way.iter().filter(|stand| self.noted(stand.id).unclean) {
            unclean.insert((0, stand.id), 0);
        }
        unclean
    }

    /// What was said so far and will be said again if it still holds. The marks along the way and below it are wiped.
    fn begin(&mut self, way: &[Stand]) -> Vec<u32> {
        let mut old = Vec::new();
        self.marks.resize(self.tree.len(), 0);
        let Some((end, above)) = way.split_last() else { return old };
        for (stand, next) in above.iter().zip(way.iter().skip(1)) {
            let speaks_again = |kept: &Kept| {
                // These were said of the other members, which are as they were.
                let of_one = matches!(kept.keyword, "required" | "additionalProperties" | "unevaluatedProperties");
                kept.of == 0 && (!of_one || kept.spot == next.id || kept.spot == stand.id)
            };
            old.extend(self.issues.by(stand.id).filter(|(_, kept)| speaks_again(kept)).map(|(id, _)| id));
            self.marks.get_mut(stand.id as usize).into_iter().for_each(|mark| *mark = 0);
        }
        let mut waiting = vec![end.id];
        while let Some(at) = waiting.pop() {
            old.extend(self.issues.by(at).filter(|(_, kept)| kept.of == 0).map(|(id, _)| id));
            self.marks.get_mut(at as usize).into_iter().for_each(|mark| *mark = 0);
            let unclean = end.there && self.schema.rule_schema && hygiene::check(self.tree.value(at)).is_err();
            self.note(at).unclean = unclean;
            waiting.extend(self.tree.value(at).children().map(Value::id));
        }
        old
    }

    fn resolved(&self, findings: &Findings<'_>) -> Vec<Said> {
        let said = |draft: &Draft<'_>| {
            let spot = match draft.path.last() {
                None => Spot::At(0),
                Some(step) => match step.token {
                    Token::Name(name) => self.member_spot(step.parent, name),
                    Token::Index(at) => Spot::At(self.tree.value(step.parent).item(at).map_or(step.parent, Value::id)),
                },
            };
            let kept = Kept { spot: 0, by: draft.by, of: 0, block: draft.block, keyword: draft.keyword, fault: draft.fault.clone() };
            Said { spot, kept }
        };
        findings.drafts.iter().map(said).collect()
    }

    pub(super) fn member_spot(&self, object: NodeId, name: &str) -> Spot {
        self.tree.find(object, name).map_or_else(|| Spot::Member(object, name.into()), Spot::At)
    }

    /// The node of a place.
    pub(super) fn node_of(&mut self, spot: Spot) -> NodeId {
        match spot {
            Spot::At(id) => id,
            Spot::Member(object, name) => {
                let id = self.tree.spot(object, &name);
                let place = self.place_of(id);
                self.note(id).place = place;
                id
            }
        }
    }

    fn replace(&mut self, old: Vec<u32>, said: Vec<Said>) {
        self.issues.begin();
        for Said { spot, kept } in said {
            let spot = self.node_of(spot);
            self.say(Kept { spot, ..kept });
        }
        self.end(old);
    }

    /// Keeps what is said, if it is new.
    pub(super) fn say(&mut self, kept: Kept) {
        if !self.issues.say_again(&kept) {
            self.change(kept.spot, Change::ISSUES);
            self.issues.add(kept);
        }
    }

    /// Forgets what was not said again.
    pub(super) fn end(&mut self, old: Vec<u32>) {
        for issue in old {
            if let Some(spot) = self.issues.end(issue) {
                self.change(spot, Change::ISSUES);
            }
        }
    }
}
