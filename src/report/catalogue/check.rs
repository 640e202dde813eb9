//! What every catalogue is tested for.

use super::{AREAS, Area, Entry};
use crate::report::{Coded, Language, sentence};
use std::collections::BTreeSet;

impl Coded for &dyn Coded {
    fn code(&self) -> &'static str {
        (**self).code()
    }

    fn sentences(&self) -> Area {
        (**self).sentences()
    }

    fn facts(&self) -> crate::report::Facts {
        (**self).facts()
    }

    fn worded(&self, language: Language) -> crate::report::Facts {
        (**self).worded(language)
    }

    fn variant(&self) -> Option<&'static str> {
        (**self).variant()
    }
}

/// Every error has its own filled sentence in both languages, and every entry of the area has an error that says it.
pub(crate) fn speaks_both_languages<E: Coded>(area: &str, errors: &[E]) {
    let entries: Vec<Entry> = AREAS.iter().flat_map(|area| area.entries()).filter(|entry| entry.code.starts_with(area)).collect();
    let mut said = BTreeSet::new();
    for error in errors {
        for language in Language::ALL {
            let text = sentence(error, language);
            assert!(text != error.code() && !text.contains(['{', '}', '\n']), "{}: {text}", error.code());
            for forbidden in ["vui lòng", "xin lỗi", "bắt buộc", "không hợp lệ"] {
                assert!(!text.to_lowercase().contains(forbidden), "{}: {text}", error.code());
            }
        }
        let entry = |code: &str| entries.iter().find(|entry| entry.code == code).map(|entry| entry.code);
        let special = error.variant().and_then(|variant| entry(&format!("{}#{variant}", error.code())));
        said.extend(special.or_else(|| entry(error.code())));
        for fact in slots(&entries, error.code()) {
            assert!(error.facts().find(&fact).is_some(), "{} has no fact {fact}", error.code());
        }
    }
    let silent: Vec<_> = entries.iter().map(|entry| entry.code).filter(|code| !said.contains(code)).collect();
    assert!(silent.is_empty(), "no error says {silent:?}");
}

/// The facts that the templates of a code name.
fn slots(entries: &[Entry], code: &str) -> Vec<String> {
    let templates = entries.iter().filter(|entry| entry.code == code).flat_map(|entry| [entry.vi, entry.en]);
    let slots = templates.flat_map(|template| template.split('{').skip(1)).filter_map(|rest| rest.split('}').next());
    slots.map(|slot| slot.split('|').next().unwrap_or(slot).to_owned()).collect()
}
