//! The form a citizen fills in: a schema and data together, on the way to a package.
//!
//! [`Form`] holds data; only [`Form::check`] makes a [`CheckedForm`], and only a `CheckedForm` can be sealed. While a person types, [`live::LiveForm`] holds
//! what they typed.

mod layout;
pub mod live;
pub mod outline;
mod place;
mod shown;

use crate::json::{CanonicalError, Document, canonical};
use crate::report::{Language, Report};
use crate::schema::{LimitError, Schema};
use crate::text::Moment;
use std::sync::Arc;

/// A form and its data, not checked.
#[derive(Clone, Debug)]
pub struct Form {
    schema: Arc<Schema>,
    data: Document,
}

/// Why a form was not checked. It comes back unchanged.
#[derive(Debug)]
pub enum NotChecked {
    /// The data has mistakes: the report lists them.
    Invalid(Form, Report),
    /// The schema and the data together exceed a limit.
    Limit(Form, LimitError),
}

impl Form {
    /// A form with data.
    #[must_use]
    pub const fn open(schema: Arc<Schema>, data: Document) -> Self {
        Self { schema, data }
    }

    /// The schema.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The data.
    #[must_use]
    pub const fn data(&self) -> &Document {
        &self.data
    }

    /// Checks the whole form for a moment, which becomes part of the report. What was checked is the data as it counts: without what is not relevant,
    /// with what is computed.
    ///
    /// # Errors
    /// The form back unchanged, with the report when there is an issue of level `error`.
    #[expect(clippy::result_large_err, reason = "the form goes back to its owner, not up a chain of calls")]
    pub fn check(self, now: Moment, language: Language) -> Result<CheckedForm, NotChecked> {
        let counts = match self.schema.completed(&self.data, now) {
            Ok(counts) => counts,
            Err(limit) => return Err(NotChecked::Limit(self, limit)),
        };
        match self.schema.validate(counts.as_ref().unwrap_or(&self.data), now, language) {
            Ok(report) if report.valid => {
                let typed = self.data;
                let (data, typed) = match counts {
                    Some(counts) => (counts, Some(typed)),
                    None => (typed, None),
                };
                Ok(CheckedForm { form: Self { schema: self.schema, data }, typed, report, now, language })
            }
            Ok(report) => Err(NotChecked::Invalid(self, report)),
            Err(limit) => Err(NotChecked::Limit(self, limit)),
        }
    }
}

/// A form whose data is valid at a moment.
#[derive(Clone, Debug)]
pub struct CheckedForm {
    /// The data as it counts.
    form: Form,
    /// What was typed, where that is something else.
    typed: Option<Document>,
    report: Report,
    now: Moment,
    language: Language,
}

impl CheckedForm {
    /// The schema.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        self.form.schema()
    }

    /// The data as it counts.
    #[must_use]
    pub const fn data(&self) -> &Document {
        self.form.data()
    }

    /// What was typed, where that is something else.
    pub(crate) const fn typed(&self) -> Option<&Document> {
        self.typed.as_ref()
    }

    /// The report, when nothing else of the form is needed any more.
    pub(crate) fn into_report(self) -> Report {
        self.report
    }

    /// The report: valid, with the warnings that do not block.
    #[must_use]
    pub const fn report(&self) -> &Report {
        &self.report
    }

    /// The moment the check was made for.
    #[must_use]
    pub const fn now(&self) -> Moment {
        self.now
    }

    /// The citizen's language.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The data in canonical form: the exact bytes of `form.json`.
    ///
    /// # Errors
    /// A number is not exact, which only a plain schema lets pass.
    pub fn canonical_data(&self) -> Result<String, CanonicalError> {
        canonical(self.data().root())
    }

    /// The form again as it was typed, to be edited further.
    #[must_use]
    pub fn reopen(self) -> Form {
        match self.typed {
            Some(data) => Form { data, ..self.form },
            None => self.form,
        }
    }
}
