//! What a form that is edited has to say: the report as a fresh validation writes it, or the issues of some places.

use super::Live;
use super::issues::Kept;
use crate::json::NodeId;
use crate::pairs::Pairs;
use crate::report::{Issue, Language, Report};
use crate::schema::error::LimitError;
use crate::schema::explain::{Part, explain_along};
use crate::schema::findings::{Draft, Findings, Stand, path_along};
use crate::schema::write;

impl Live {
    /// The report as [`crate::schema::Schema::validate`] gives it for the document as it counts.
    pub(crate) fn report(&mut self, language: Language) -> Result<Report, LimitError> {
        let ways: Vec<_> = {
            let spots: Vec<NodeId> = self.issues.all().map(|kept| kept.spot).collect();
            spots.into_iter().map(|spot| self.way(spot, false)).collect()
        };
        let lapsed = self.schema.procedure().and_then(|procedure| procedure.lapsed(self.now.instant().days_in_vietnam()));
        let mut report = Report {
            valid: self.is_valid(),
            now: self.now.text(),
            schema: self.schema.id_text.clone(),
            issues: Vec::new(),
            truncated: false,
        };
        let mut findings = self.findings(&ways)?;
        findings.drafts.extend(self.issues.all().zip(&ways).map(|(kept, way)| self.draft(kept, way)));
        findings.drafts.extend(lapsed.map(|fault| Draft { path: Vec::new(), by: 0, block: 0, keyword: "x-procedure", fault }));
        write::write(&self.schema.program, findings, language, &mut report);
        Ok(report)
    }

    /// Whether there is no issue of level `error`.
    pub(crate) const fn is_valid(&self) -> bool {
        self.issues.errors == 0
    }

    /// The issues that stand at a place.
    pub(crate) fn issues_at(&mut self, spot: NodeId, language: Language) -> Result<Vec<Issue>, LimitError> {
        if self.issues.at(spot).next().is_none() {
            return Ok(Vec::new());
        }
        let ways = [self.way(spot, false)];
        let mut findings = self.findings(&ways)?;
        let [way] = &ways;
        findings.drafts.extend(self.issues.at(spot).map(|kept| self.draft(kept, way)));
        let mut report = Report { valid: true, now: String::new(), schema: String::new(), issues: Vec::new(), truncated: false };
        write::write(&self.schema.program, findings, language, &mut report);
        Ok(report.issues)
    }

    /// What spoke of the values on some ways, without what it said.
    pub(super) fn findings<'a>(&'a self, ways: &'a [Vec<Stand>]) -> Result<Findings<'a>, LimitError> {
        let mut all = Findings::default();
        let mut known = Pairs::default();
        for way in ways {
            let Some(holder) = way.len().checked_sub(2).and_then(|at| way.get(at)) else { continue };
            if known.get((0, holder.id)).is_some() {
                continue;
            }
            let mut unclean = Pairs::default();
            for stand in way.iter().filter(|stand| self.noted(stand.id).unclean) {
                unclean.insert((0, stand.id), 0);
            }
            let part = Part { way, unclean, told: None, hygienic: false, tallies: Some(&self.tallies) };
            let today = Some(self.now.instant().days_in_vietnam());
            let (found, _) = explain_along(&self.schema.program, self.tree.document(), today, part)?;
            all.add_visits(found, &mut known);
        }
        Ok(all.sorted())
    }

    fn draft<'a>(&'a self, kept: &Kept, way: &'a [Stand]) -> Draft<'a> {
        let path = path_along(self.tree.document(), way);
        Draft { path, by: kept.by, block: kept.block, keyword: kept.keyword, fault: kept.fault.clone() }
    }
}
