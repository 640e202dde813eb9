//! Live forms: each call is an edit or a question, and an edit says only whether anything changed besides what it wrote.

use super::core::{SCHEMAS, moment, tag, with_bytes, with_document};
use super::held::Held;
use super::{Answer, Refused, answer};
use crate::form::live::{DraftError, Dropped, EditError, Field, LiveForm};
use crate::json::{Document, Kind, Pointer};
use crate::report::Language;
use crate::wire;
use std::sync::Arc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static FORMS: Held<Opened> = const { Held::new() };
}

struct Opened {
    form: LiveForm,
    /// What its draft held that it has no place for.
    dropped: Vec<Dropped>,
}

/// Opens a form of a schema: with a document or with a draft, the first bytes of the room where none is handed over.
///
/// # Errors
/// There is no such schema, the document is no JSON, the draft is damaged, or schema and data together exceed a limit.
#[wasm_bindgen(js_name = formOpen)]
pub fn form_open(schema: u32, length: usize, text: Option<Vec<u8>>, is_draft: bool, seconds: f64, english: bool) -> Answer<u32> {
    answer(tag(english), |_| {
        let now = moment(seconds);
        let schema = SCHEMAS.with(|held| held.with(schema, |schema| Ok(Arc::clone(schema))))?;
        let opened = with_bytes(length, text, |bytes| {
            if is_draft {
                let draft = std::str::from_utf8(bytes).map_err(|_| DraftError::Damaged)?;
                let (form, dropped) = LiveForm::restore(schema, draft, now)?;
                return Ok(Opened { form, dropped });
            }
            let form = LiveForm::open(schema, Document::read(bytes)?, now)?;
            Ok(Opened { form, dropped: Vec::new() })
        })?;
        Ok(FORMS.with(|held| held.keep(opened)))
    })
}

fn with_form<R>(id: u32, english: bool, using: impl FnOnce(&mut Opened, Language) -> Result<R, Refused>) -> Answer<R> {
    let (mut using, mut result) = (Some(using), None);
    let mut used = |opened: &mut Opened, language: Language| {
        if let Some(using) = using.take() {
            result = Some(using(opened, language)?);
        }
        Ok(())
    };
    form(id, english, &mut used)?;
    result.ok_or(JsValue::UNDEFINED)
}

/// Uses a form: written once, not for every call.
#[inline(never)]
fn form(id: u32, english: bool, using: &mut dyn FnMut(&mut Opened, Language) -> Result<(), Refused>) -> Answer<()> {
    answer(tag(english), |language| FORMS.with(|held| held.with(id, |opened| using(opened, language))))
}

/// The place that a pointer names, as a number.
///
/// # Errors
/// There is no such form or place.
#[wasm_bindgen(js_name = formField)]
pub fn form_field(form: u32, pointer: &str, english: bool) -> Answer<f64> {
    with_form(form, english, |opened, _| {
        let place = Pointer::parse(pointer).ok_or_else(|| EditError::NoPlace { pointer: pointer.to_owned() })?;
        Ok(number(opened.form.field(&place)?))
    })
}

/// A place as a number that JavaScript holds exactly.
#[expect(clippy::cast_precision_loss, reason = "it is below 2^48")]
const fn number(field: Field) -> f64 {
    field.number() as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number that names no place names none then either")]
const fn field(number: f64) -> Field {
    Field::from_number(number as u64)
}

/// Writes a field: text (0), JSON (1), what was typed into a control (2), nothing (3), what a database answered (4; `null` takes it away). Whether anything is told by [`form_changes`].
///
/// # Errors
/// Why nothing was written.
#[wasm_bindgen(js_name = formWrite)]
pub fn form_write(form: u32, place: f64, kind: u8, length: usize, text: Option<Vec<u8>>, english: bool) -> Answer<bool> {
    with_form(form, english, |Opened { form, .. }, language| {
        let place = field(place);
        match kind {
            0 | 2 => with_bytes(length, text, |bytes| {
                let Ok(text) = std::str::from_utf8(bytes) else {
                    // What is no text is no JSON either, and reading says why.
                    Document::read(bytes)?;
                    return Ok(());
                };
                if kind == 0 {
                    form.set_text(place, text)?
                } else {
                    form.input(place, text, language)?
                }
                Ok(())
            })?,
            1 | 4 => with_document(length, text, |value| {
                if kind == 1 {
                    form.set(place, value)?;
                } else {
                    form.lookup_result(place, Some(value).filter(|value| value.root().kind() != Kind::Null))?;
                }
                Ok(())
            })?,
            _ => form.clear(place)?,
        }
        Ok(form.has_changes())
    })
}

/// Inserts a row before an index of a list, and gives the row's number.
///
/// # Errors
/// Why nothing was done.
#[wasm_bindgen(js_name = formInsert)]
pub fn form_insert(form: u32, list: f64, at: usize, length: usize, row: Option<Vec<u8>>, english: bool) -> Answer<f64> {
    with_form(form, english, |Opened { form, .. }, _| with_document(length, row, |row| Ok(number(form.insert(field(list), at, row)?))))
}

/// Takes a row out of its list, or moves it to another index of it where one is given.
///
/// # Errors
/// Why nothing was done.
#[wasm_bindgen(js_name = formMove)]
pub fn form_move(form: u32, row: f64, to: Option<usize>, english: bool) -> Answer<bool> {
    with_form(form, english, |Opened { form, .. }, _| {
        match to {
            Some(at) => form.move_to(field(row), at)?,
            None => form.remove(field(row))?,
        }
        Ok(form.has_changes())
    })
}

/// Takes a step back (0), does it again (1), begins a batch (2), ends it (3). Of the first two whether there was one.
///
/// # Errors
/// It exceeds a limit, and nothing was done.
#[wasm_bindgen(js_name = formStep)]
pub fn form_step(form: u32, what: u8, english: bool) -> Answer<bool> {
    with_form(form, english, |Opened { form, .. }, _| {
        match what {
            0 => return Ok(form.undo()?),
            1 => return Ok(form.redo()?),
            2 => form.begin(),
            _ => form.commit()?,
        }
        Ok(form.has_changes())
    })
}

/// Notes that a person has been at a place.
///
/// # Errors
/// There is no such form or place.
#[wasm_bindgen(js_name = formTouch)]
pub fn form_touch(form: u32, place: f64, english: bool) -> Answer<()> {
    with_form(form, english, |Opened { form, .. }, _| Ok(form.touch(field(place))?))
}

/// What changed since this was asked last: for each place its number, then what changed there, as [`Changed::bits`](crate::form::live::Changed::bits)
/// has it. How it is now is asked by [`form_ask`]: most changes nobody looks at.
///
/// # Errors
/// There is no such form.
#[wasm_bindgen(js_name = formChanges)]
pub fn form_changes(form: u32, english: bool) -> Answer<Vec<f64>> {
    with_form(form, english, |Opened { form, .. }, _| {
        let mut numbers = Vec::new();
        for changed in form.changes() {
            numbers.push(number(changed.field));
            numbers.push(f64::from(changed.bits()));
        }
        Ok(numbers)
    })
}

/// How a place is (0), or the codes that it offers (1), as JSON.
///
/// # Errors
/// There is no such form or place, or schema and data together exceed a limit.
#[wasm_bindgen(js_name = formAsk)]
pub fn form_ask(form: u32, place: f64, what: u8, english: bool) -> Answer<String> {
    with_form(form, english, |Opened { form, .. }, language| {
        let place = field(place);
        if what == 1 {
            return Ok(wire::options(form, place, language)?);
        }
        let (state, issues) = (form.state(place)?, form.issues(place, language)?);
        Ok(wire::state(&state, &issues))
    })
}

/// The report for a moment, as JSON.
///
/// # Errors
/// There is no such form, the moment is none, or schema and data together exceed a limit.
#[wasm_bindgen(js_name = formReport)]
pub fn form_report(form: u32, now: &str, english: bool) -> Answer<String> {
    with_form(form, english, |Opened { form, .. }, language| {
        form.set_now(wire::moment(now)?)?;
        Ok(wire::line(&form.report(language)?))
    })
}

/// The data as it counts (0), the data as it was typed (1), a draft (2), what a draft held besides (3), as JSON.
///
/// # Errors
/// There is no such form.
#[wasm_bindgen(js_name = formText)]
pub fn form_text(form: u32, what: u8) -> Answer<String> {
    with_form(form, false, |Opened { form, dropped }, _| {
        Ok(match what {
            0 => form.data(),
            1 => form.typed(),
            2 => form.draft(),
            _ => wire::dropped(dropped),
        })
    })
}

/// Forgets a form.
#[wasm_bindgen(js_name = formRelease)]
pub fn form_release(form: u32) {
    FORMS.with(|held| held.release(form));
}
