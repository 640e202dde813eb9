//! What a live form answers.

use crate::form::live::{Changed, Dropped, EditError, Field, LiveForm, State};
use crate::json::{Object, Pointer, ToJson, Writer};
use crate::report::{Issue, Language};

/// What changed, as a list of `{"id", "path", …}`: only what changed is a member.
pub struct Changes(Vec<ChangedPlace>);

struct ChangedPlace {
    how: Changed,
    path: Pointer,
    /// Where something else than issues changed.
    state: Option<State>,
    issues: Vec<Issue>,
}

impl Changes {
    /// What changed in a form since this was asked last.
    ///
    /// # Errors
    /// The schema and the data together exceed a limit.
    pub fn of(form: &mut LiveForm, language: Language) -> Result<Self, EditError> {
        let mut places = Vec::new();
        for how in form.changes() {
            let issues = if how.issues() { form.issues(how.field, language)? } else { Vec::new() };
            let state = if how.only_issues() { None } else { Some(form.state(how.field)?) };
            places.push(ChangedPlace { how, path: form.path(how.field)?, state, issues });
        }
        Ok(Self(places))
    }
}

impl ToJson for Changes {
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
    }
}

impl ToJson for ChangedPlace {
    fn write(&self, out: &mut Writer) {
        let Self { how, path, state, issues } = self;
        out.object(|out| {
            out.member("id", &how.field.number()).member("path", path);
            if how.issues() {
                out.member("issues", issues);
            }
            let Some(state) = state else { return out };
            if how.relevant() {
                out.member("relevant", &state.relevant);
            }
            if how.required() {
                out.member("required", &state.required);
            }
            if how.readonly() {
                out.member("readonly", &state.readonly);
            }
            if how.value() || how.inside() {
                out.member("value", &Raw(state.value.as_deref()));
            }
            if how.options() {
                out.member("options", &true);
            }
            if how.inside() {
                out.member("inside", &true);
            }
            out
        });
    }
}

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
