//! How hoso speaks: every sentence of the catalogue, of the npm package and of the forms, in both languages, by rules that a program can
//! look for. Whether a sentence is a good one, only a reader can tell.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a file that cannot be read has failed")]

use hoso::report::catalogue::AREAS;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A sentence, where it stands, and who reads it.
struct Sentence {
    place: String,
    vi: String,
    en: String,
    reader: Reader,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// Whoever fills in a form.
    Citizen,
    /// Whoever fills in a field whose very name is technical, such as `json-pointer`.
    CitizenOfATechnicalField,
    /// Whoever writes schemas, runs a portal, or receives dossiers.
    Professional,
}

/// Blame, begging, orders of an office, and the words of programs, whoever reads.
const NEVER_VI: &[&str] = &[
    "vui lòng",
    "xin lỗi",
    "bắt buộc",
    "không hợp lệ",
    "bạn phải",
    "bạn quên",
    "bạn nhầm",
    "bạn sai",
    "của bạn sai",
    "thất bại",
    "nghiêm cấm",
];
const NEVER_EN: &[&str] = &[
    "please",
    "sorry",
    "oops",
    "invalid",
    "illegal",
    "forbidden",
    "you must",
    "you forgot",
    "you failed",
    "your mistake",
    "your error",
    "failed",
];

/// Besides these, what nobody outside of an office or a program says.
const JARGON_VI: &[&str] = &[
    "schema",
    "chuỗi",
    "đối tượng",
    "mảng",
    "tham số",
    "giá trị",
    "null",
    "bộ quy tắc",
    "từ khóa",
    "thuộc tính",
    "kiểu dữ liệu",
    "json",
    "utf",
    "regex",
    "định dạng",
    "hệ thống",
    "thao tác",
    "hệ 16",
    "rfc",
];
const JARGON_EN: &[&str] = &[
    "schema",
    "string",
    "object",
    "array",
    "parameter",
    "value",
    "null",
    "keyword",
    "property",
    "json",
    "utf",
    "regex",
    "pattern",
    "syntax",
    "required",
    "valid",
    "input",
    "hexadecimal",
    "rfc",
];

/// Codes of formats that only technical fields have.
const TECHNICAL: &[&str] =
    &["ipv4.", "ipv6.", "iri", "json-pointer.", "regex.", "relative-json-pointer.", "uri-template.", "uuid.", "duration.", "date-time."];

const VERBS_VI: &[&str] = &[
    "Bấm",
    "Bỏ",
    "Bớt",
    "Chia",
    "Chép",
    "Chờ",
    "Chọn",
    "Chuyển",
    "Chỉ để",
    "Chỉ đưa",
    "Dùng",
    "Đặt",
    "Điền",
    "Đính kèm",
    "Đổi",
    "Đọc",
    "Đưa",
    "Để",
    "Gia hạn",
    "Giảm",
    "Giữ",
    "Ghi",
    "Gõ",
    "Gọi",
    "Gộp",
    "Hỏi",
    "Kê khai",
    "Khai",
    "Kiểm tra",
    "Ký lại",
    "Ký và",
    "Làm",
    "Lấy",
    "Liên hệ",
    "Loại",
    "Bật",
    "Hướng dẫn",
    "Ở đây cần",
    "Lưu",
    "Mở",
    "Nhập",
    "Nén",
    "Nới",
    "Rút ngắn",
    "So",
    "Sửa",
    "Tải",
    "Tạo",
    "Thay",
    "Tra cứu",
    "Thêm",
    "Thử",
    "Tìm",
    "Viết",
    "Xem",
    "Xin",
    "Xóa",
    "Yêu cầu",
    "Xuất",
    "Cài",
    "Đối chiếu",
    "Không nén",
    "Không nhận",
    "Lập",
    "Có phải là",
    "Nhận",
];
const VERBS_EN: &[&str] = &[
    "Add",
    "Ask",
    "Attach",
    "Call",
    "Change",
    "Check",
    "Choose",
    "Clear",
    "Compare",
    "Convert",
    "Copy",
    "Correct",
    "Declare",
    "Did you mean",
    "Do not",
    "Download",
    "Enter",
    "Fill in",
    "Get",
    "Give",
    "Install",
    "Hand",
    "Look up",
    "Have",
    "Keep",
    "Leave",
    "Lengthen",
    "Make",
    "Mend",
    "Merge",
    "Move",
    "Name",
    "Needs",
    "Nest",
    "Open",
    "Put",
    "Read",
    "Remove",
    "Rename",
    "Renew",
    "Repeat",
    "Save",
    "Send",
    "Set",
    "Shorten",
    "Sign",
    "Simplify",
    "Split",
    "Swap",
    "Tick",
    "Try",
    "Type",
    "Use",
    "Verify",
    "Wait",
    "Write",
    "Attach",
    "Lower",
    "Raise",
    "Take",
    "Export",
    "Encode",
    "Drop",
    "Exclude",
    "Tell",
];

/// A person reads this much at a glance beside a field.
const LONGEST: usize = 140;
/// A professional has more patience.
const LONGEST_FOR_PROFESSIONALS: usize = 240;

fn catalogue() -> Vec<Sentence> {
    let citizen = |code: &str| match code {
        code if TECHNICAL.iter().any(|start| code.starts_with(start)) => Reader::CitizenOfATechnicalField,
        _ => Reader::Citizen,
    };
    let mut sentences = Vec::new();
    for area in AREAS {
        // The area of issues is the one with this code.
        let is_form = area.find("required.missing").is_some();
        for entry in area.entries() {
            let reader = if is_form { citizen(entry.code) } else { Reader::Professional };
            sentences.push(Sentence { place: entry.code.to_owned(), vi: entry.vi.to_owned(), en: entry.en.to_owned(), reader });
        }
    }
    let package: Json = serde_json::from_str(&read("pkg/src/sentences.json")).unwrap();
    for (code, texts) in package.as_object().unwrap() {
        let text = |language: &str| texts[language].as_str().unwrap().to_owned();
        sentences.push(Sentence { place: code.clone(), vi: text("vi"), en: text("en"), reader: Reader::Professional });
    }
    sentences
}

/// The sentences that the forms give themselves.
fn of_forms() -> Vec<Sentence> {
    let mut found = Vec::new();
    for form in forms() {
        let schema: Json = serde_json::from_str(&read(form.join("schema.json"))).unwrap();
        collect(&schema, &form.display().to_string(), &mut found);
    }
    assert!(found.len() > 50, "only {} sentences were found", found.len());
    found
}

fn forms() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("forms")).unwrap().map(|entry| entry.unwrap().path());
    let mut forms: Vec<PathBuf> = entries.filter(|path| path.join("schema.json").exists() && path.join("examples").exists()).collect();
    forms.sort();
    forms
}

fn collect(value: &Json, place: &str, found: &mut Vec<Sentence>) {
    let Json::Object(members) = value else {
        value.as_array().into_iter().flatten().enumerate().for_each(|(at, item)| collect(item, &format!("{place}/{at}"), found));
        return;
    };
    for (name, member) in members {
        let place = format!("{place}/{name}");
        match name.as_str() {
            "x-message" => {
                found.extend(member.as_object().unwrap().iter().map(|(keyword, texts)| own(texts, format!("{place}/{keyword}"))))
            }
            "x-rules" => {
                let rules = member.as_array().unwrap().iter();
                found.extend(rules.map(|rule| own(&rule["message"], format!("{place}/{}", rule["id"].as_str().unwrap()))));
            }
            _ => collect(member, &place, found),
        }
    }
}

fn own(texts: &Json, place: String) -> Sentence {
    let text = |language: &str| texts[language].as_str().unwrap_or_else(|| panic!("{place} lacks {language}")).to_owned();
    Sentence { vi: text("vi"), en: text("en"), place, reader: Reader::Citizen }
}

fn all() -> Vec<Sentence> {
    catalogue().into_iter().chain(of_forms()).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

/// What a rule has against sentences, all at once.
fn each(complaint: impl Fn(&Sentence) -> Option<String>) {
    let complaints: Vec<String> =
        all().iter().filter_map(|sentence| Some(format!("{}: {}", sentence.place, complaint(sentence)?))).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// The words of a text, without its slots and what stands in quotes: those are of the form or of the data.
fn own_words(text: &str) -> String {
    let mut out = String::new();
    let mut outside = true;
    for letter in text.chars() {
        match letter {
            '{' | '“' => outside = false,
            '}' | '”' => outside = true,
            _ if outside => out.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    out
}

/// The first of these that stands in a text as whole words.
fn holds<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    let text = own_words(text);
    let apart = |at: Option<char>| at.is_none_or(|letter| !letter.is_alphanumeric());
    words.iter().copied().find(|word| {
        text.match_indices(word).any(|(at, _)| {
            let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + word.len()..).unwrap_or_default());
            apart(before.chars().last()) && apart(after.chars().next())
        })
    })
}

#[test]
fn nobody_is_blamed_begged_or_told_off() {
    each(|sentence| {
        let found = holds(&sentence.vi, NEVER_VI).or_else(|| holds(&sentence.en, NEVER_EN))?;
        Some(format!("“{found}” in “{}” / “{}”", sentence.vi, sentence.en))
    });
}

#[test]
fn citizens_read_everyday_words() {
    each(|sentence| {
        let found =
            holds(&sentence.vi, JARGON_VI).or_else(|| holds(&sentence.en, JARGON_EN)).filter(|_| sentence.reader == Reader::Citizen)?;
        Some(format!("“{found}” in “{}” / “{}”", sentence.vi, sentence.en))
    });
}

#[test]
fn every_sentence_says_what_to_do() {
    each(|sentence| {
        if !says_what_to_do(&sentence.vi, VERBS_VI) {
            return Some(format!("nothing to do in “{}”", sentence.vi));
        }
        (!says_what_to_do(&sentence.en, VERBS_EN)).then(|| format!("nothing to do in “{}”", sentence.en))
    });
}

/// Whether a sentence, or a part of it behind a full stop or a colon, begins with one of these.
fn says_what_to_do(text: &str, verbs: &[&str]) -> bool {
    let pieces = text.split(". ").flat_map(|piece| piece.split(": ")).flat_map(|piece| piece.split("; "));
    pieces.into_iter().any(|piece| {
        let mut letters = piece.chars();
        // Behind a colon a sentence goes on with a small letter.
        let piece: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        verbs.iter().any(|verb| piece.strip_prefix(verb).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',', '?'])))
    })
}

#[test]
fn sentences_begin_and_end_alike() {
    each(|Sentence { vi, en, reader, .. }| {
        [vi, en].into_iter().find_map(|text| {
            let first = text.chars().next()?;
            // Professionals read of keywords and files, whose names stay as they are.
            let begins = first.is_uppercase() || matches!(first, '{' | '“') || *reader == Reader::Professional;
            let ends = !text.ends_with(['.', '!', ',', ':', ';', ' ']);
            let calm = !text.contains("! ") && !text.ends_with('!') && !text.contains("  ") && !text.contains('"') && !text.contains(" ,");
            (!begins || !ends || !calm).then(|| format!("“{text}”"))
        })
    });
}

#[test]
fn sentences_are_short() {
    each(|Sentence { vi, en, reader, .. }| {
        let most = if *reader == Reader::Professional { LONGEST_FOR_PROFESSIONALS } else { LONGEST };
        let long = [vi, en].into_iter().find(|text| text.chars().count() > most)?;
        Some(format!("{} letters: “{long}”", long.chars().count()))
    });
}

#[test]
fn vietnamese_has_its_marks_and_english_is_no_copy_of_it() {
    let marked = |text: &str| text.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii());
    each(|Sentence { vi, en, .. }| {
        (!marked(&own_words(vi))
            || vi == en
            || marked(&own_words(en).replace("đồng", "").replace("hải phòng", "").replace("hồ-sơ", "").replace('đ', "")))
        .then(|| format!("“{vi}” / “{en}”"))
    });
}

#[test]
fn both_languages_say_the_same_facts() {
    let facts = |text: &str| -> BTreeSet<String> {
        let slots = text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        slots.map(|slot| slot.split('|').next().unwrap_or(slot).to_lowercase()).collect()
    };
    each(|Sentence { vi, en, .. }| (facts(vi) != facts(en)).then(|| format!("“{vi}” / “{en}”")));
}

#[test]
fn citizens_never_read_a_name_of_a_program() {
    // camelCase and snake_case are names, and so is what stands behind a slash or a dollar sign.
    let is_name = |word: &str| {
        let bytes = word.as_bytes();
        bytes.windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
            || word.contains('_')
            || word.starts_with(['$', '#'])
    };
    each(|sentence| {
        let words = format!("{} {}", own_words_as_written(&sentence.vi), own_words_as_written(&sentence.en));
        let found = words.split_whitespace().find(|word| is_name(word) && !word.starts_with("VNeID")).map(str::to_owned);
        found.filter(|_| sentence.reader == Reader::Citizen).map(|word| format!("“{word}” in “{}”", sentence.vi))
    });
}

fn own_words_as_written(text: &str) -> String {
    let mut parts = Vec::new();
    for (at, piece) in text.split(['{', '}', '“', '”']).enumerate() {
        if at % 2 == 0 {
            parts.push(piece);
        }
    }
    parts.join(" ")
}

#[test]
fn the_rules_find_what_breaks_them() {
    assert_eq!(holds("Số định danh không hợp lệ", NEVER_VI), Some("không hợp lệ"));
    assert_eq!(holds("The “invalid” {please}", NEVER_EN), None, "what stands in quotes and slots is not ours");
    assert_eq!(holds("Validated", JARGON_EN), None, "words count whole");
    assert!(!says_what_to_do("Ký tự này lạ", VERBS_VI) && !says_what_to_do("The number is wrong", VERBS_EN));
    assert!(says_what_to_do("Tháng 2 không có ngày 30. Sửa ngày sinh", VERBS_VI) && says_what_to_do("Too long: shorten it", VERBS_EN));
}
