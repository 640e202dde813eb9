//! What a live form answers.

use crate::form::live::{Dropped, EditError, Field, LiveForm, State};
use crate::json::{Object, ToJson, Writer};
use crate::report::{Issue, Language};

/// A value that is JSON already.
struct Raw<'t>(Option<&'t str>);

impl ToJson for Raw<'_> {
    fn write(&self, out: &mut Writer) {
        out.word(self.0.unwrap_or("null"));
    }
}

/// How a place is: `{"path", "value", "relevant", "required", "readonly", "computed", "touched", "issues"}`; without `value` where there is none.
#[must_use]
pub fn state(state: &State, issues: &[Issue]) -> String {
    super::line(&Object(|out: &mut Writer| {
        out.member("path", &state.path.as_str());
        if state.value.is_some() {
            out.member("value", &Raw(state.value.as_deref()));
        }
        out.member("relevant", &state.relevant)
            .member("required", &state.required)
            .member("readonly", &state.readonly)
            .member("computed", &state.computed)
            .member("touched", &state.touched)
            .member("issues", &issues)
    }))
}

/// The codes that a field offers, as a list of `{"code", "label"}`.
///
/// # Errors
/// The place is gone, or the schema and the data together exceed a limit.
pub fn options(form: &mut LiveForm, field: Field, language: Language) -> Result<String, EditError> {
    let offered = form.options(field, language)?;
    let entries: Vec<_> =
        offered.iter().map(|(code, label)| Object(move |out: &mut Writer| out.member("code", code).member("label", label))).collect();
    Ok(super::line(&entries))
}

/// What a draft held that its form has no place for, as a list of `{"path", "value"}`.
#[must_use]
pub fn dropped(dropped: &[Dropped]) -> String {
    let entries: Vec<_> = dropped
        .iter()
        .map(|one| Object(move |out: &mut Writer| out.member("path", &one.path.as_str()).member("value", &Raw(Some(&one.value)))))
        .collect();
    super::line(&entries)
}
