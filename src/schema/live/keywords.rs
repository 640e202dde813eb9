//! The keywords of what changed speak again: along the way to it, and everything below.

use super::issues::Kept;
use super::{Change, Live};
use crate::json::{Kind, NodeId, Value};
use crate::order;
use crate::pairs::Pairs;
use crate::schema::error::LimitError;
use crate::schema::explain::{Part, explain_along, explain_here};
use crate::schema::findings::{Draft, Findings, Stand, Token};
use crate::schema::hygiene;
use crate::schema::program::Op;
use crate::schema::told::Told;

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
        let spots = std::mem::take(&mut self.work.spots);
        // Most edits concern one place.
        if let [(spot, moved)] = *spots {
            return self.settle_spot(spot, moved, &[]);
        }
        // Where one of several changes of a place moved it, that one stands last.
        let mut sorted: Vec<u64> = spots.iter().map(|(spot, moved)| u64::from(*spot) * 2 + u64::from(*moved)).collect();
        order::sort_numbers(&mut sorted);
        let moved: Vec<u64> = sorted.chunk_by(|left, right| left / 2 == right / 2).filter_map(|alike| alike.last().copied()).collect();
        let all: Vec<u64> = moved.iter().map(|spot| spot / 2).collect();
        for spot in moved {
            self.settle_spot((spot / 2) as NodeId, spot % 2 == 1, &all)?;
        }
        Ok(())
    }

    /// Lets the keywords speak that a change at a place concerns; unless they do so for one of several that holds it.
    fn settle_spot(&mut self, spot: NodeId, moved: bool, all: &[u64]) -> Result<(), LimitError> {
        let parent = self.tree.parent(spot);
        let stands = self.tree.stands(spot);
        // What stood in something that is gone is gone with it; what stands in something that came speaks with it.
        if !stands && !parent.is_some_and(|parent| self.tree.stands(parent)) || self.is_covered(parent, all) {
            return Ok(());
        }
        let hygienic = self.schema.rule_schema;
        let unclean = hygienic && stands && hygiene::check(self.tree.value(spot)).is_err();
        if moved || unclean != self.noted(spot).unclean || self.is_looked_at(spot) {
            return self.speak(spot, stands);
        }
        // What it is told from outside is what it was told before.
        let old = self.begin_at(spot, stands);
        let blocks = self.told.blocks(spot);
        let part = Part {
            way: &[],
            unclean: Pairs::default(),
            told: Some(std::mem::take(&mut self.told)),
            hygienic,
            tallies: Some(&self.tallies),
        };
        let today = Some(self.now.instant().days_in_vietnam());
        let (findings, told) = explain_here(&self.schema.program, self.tree.document(), today, (spot, &blocks), part)?;
        let said = self.resolved(&findings, spot);
        self.told = told.unwrap_or_default();
        self.replace(old, said);
        Ok(())
    }

    /// Whether what is said of something that holds a value hangs on that value, beside what it is told itself.
    fn is_looked_at(&self, id: NodeId) -> bool {
        let mut at = id;
        while let Some(parent) = self.tree.parent(at) {
            if self.told.is_looked_into(parent, self.tree.value(at).hash_of_name()) {
                return true;
            }
            at = parent;
        }
        false
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
            let before: Vec<u32> = way.iter().map(|stand| self.told.mark_of(stand.id)).collect();
            let old = self.begin(&way);
            let unclean = self.unclean_on(&way);
            let (told, hygienic) = (Some(std::mem::take(&mut self.told)), self.schema.rule_schema);
            let part = Part { way: &way, unclean, told, hygienic, tallies: Some(&self.tallies) };
            let today = Some(self.now.instant().days_in_vietnam());
            let (findings, told) = explain_along(&self.schema.program, self.tree.document(), today, part)?;
            let told = told.unwrap_or_default();
            let shorter = must_look_wider(&findings, &way, &before, &told);
            let said = if shorter.is_none() { self.resolved(&findings, 0) } else { Vec::new() };
            self.told = told;
            match shorter {
                Some(length) => way.truncate(length),
                None => {
                    self.replace(old, said);
                    return Ok(());
                }
            }
        }
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
        self.told.make_room(self.tree.len());
        let Some((end, above)) = way.split_last() else { return old };
        for (stand, next) in above.iter().zip(way.iter().skip(1)) {
            let speaks_again = |kept: &Kept| {
                // These were said of the other members, which are as they were.
                let of_one = matches!(kept.keyword, "required" | "additionalProperties" | "unevaluatedProperties");
                kept.of == 0 && (!of_one || kept.spot == next.id || kept.spot == stand.id)
            };
            old.extend(self.issues.by(stand.id).filter(|(_, kept)| speaks_again(kept)).map(|(id, _)| id));
            self.told.wipe(stand.id);
        }
        self.told.wipe(end.id);
        old.extend(self.begin_at(end.id, end.there));
        old
    }

    /// The same of a value and all inside, but for what it was told from outside.
    fn begin_at(&mut self, id: NodeId, there: bool) -> Vec<u32> {
        let mut old = Vec::new();
        self.told.make_room(self.tree.len());
        self.told.wipe_inside(id);
        let (mut waiting, mut next) = (Vec::new(), Some(id));
        while let Some(at) = next {
            if at != id {
                self.told.wipe(at);
            }
            old.extend(self.issues.by(at).filter(|(_, kept)| kept.of == 0).map(|(id, _)| id));
            let unclean = there && self.schema.rule_schema && hygiene::check(self.tree.value(at)).is_err();
            self.note(at).unclean = unclean;
            waiting.extend(self.tree.value(at).children().map(Value::id));
            next = waiting.pop();
        }
        old
    }

    /// What was found, with its places; those of paths without steps are the value where they begin.
    fn resolved(&self, findings: &Findings<'_>, from: NodeId) -> Vec<Said> {
        let said = |draft: &Draft<'_>| {
            let spot = match draft.path.last() {
                None => Spot::At(from),
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

/// How much of the way is to be gone where something on it now hangs on other subschemas than before: there everything inside has to speak.
fn must_look_wider(findings: &Findings<'_>, way: &[Stand], before: &[u32], told: &Told) -> Option<usize> {
    for (at, (stand, before)) in way.iter().zip(before).enumerate().take(way.len() - 1) {
        if told.mark_of(stand.id) != *before {
            return Some(at + 1);
        }
    }
    // An item may be another one by its index.
    let list = way.len().checked_sub(2).and_then(|at| way.get(at))?;
    let by_index = findings.visits.iter().any(|(node, op)| *node == list.id && matches!(op, Op::Items(items) if !items.prefix.is_empty()));
    by_index.then(|| way.len() - 1)
}
