//! The properties of characters, which patterns may name, are what Unicode, another library and V8 say.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a table that cannot be read or made has failed")]

#[path = "support/judges.rs"]
mod judges;

use hoso::regex::Regex;
use hoso::text::{UNICODE_VERSION, other_cases, property};
use icu_casemap::CaseMapper;
use icu_properties::props::*;
use icu_properties::script::ScriptWithExtensions;
use icu_properties::{CodePointMapData, CodePointSetData, CodePointSetDataBorrowed, PropertyNamesLong, PropertyNamesShort};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;

const END: u32 = 0x11_0000;

/// ECMA-262 (2025), table 67, but `Any`, `ASCII` and `Assigned`: names, and what the library says.
/// Each may be told by its difference from one before it.
fn binaries() -> Vec<(&'static str, Vec<u32>)> {
    fn of(set: CodePointSetDataBorrowed<'static>) -> Vec<u32> {
        set.iter_ranges().flat_map(|range| [*range.start(), range.end() + 1]).collect()
    }
    macro_rules! listed {
        ($($names:literal $property:ident),+ $(,)?) => { vec![$(($names, of(CodePointSetData::new::<$property>()))),+] };
    }
    listed![
        "Lower Lowercase" Lowercase,
        "Upper Uppercase" Uppercase,
        "Cased" Cased,
        "Alpha Alphabetic" Alphabetic,
        "IDS ID_Start" IdStart,
        "XIDS XID_Start" XidStart,
        "IDC ID_Continue" IdContinue,
        "XIDC XID_Continue" XidContinue,
        "CWL Changes_When_Lowercased" ChangesWhenLowercased,
        "CWU Changes_When_Uppercased" ChangesWhenUppercased,
        "CWT Changes_When_Titlecased" ChangesWhenTitlecased,
        "CWCF Changes_When_Casefolded" ChangesWhenCasefolded,
        "CWCM Changes_When_Casemapped" ChangesWhenCasemapped,
        "CWKCF Changes_When_NFKC_Casefolded" ChangesWhenNfkcCasefolded,
        "Gr_Ext Grapheme_Extend" GraphemeExtend,
        "Gr_Base Grapheme_Base" GraphemeBase,
        "CI Case_Ignorable" CaseIgnorable,
        "Ideo Ideographic" Ideographic,
        "UIdeo Unified_Ideograph" UnifiedIdeograph,
        "Pat_WS Pattern_White_Space" PatternWhiteSpace,
        "Pat_Syn Pattern_Syntax" PatternSyntax,
        "space White_Space" WhiteSpace,
        "Term Terminal_Punctuation" TerminalPunctuation,
        "STerm Sentence_Terminal" SentenceTerminal,
        "Emoji" Emoji,
        "EPres Emoji_Presentation" EmojiPresentation,
        "ExtPict Extended_Pictographic" ExtendedPictographic,
        "EMod Emoji_Modifier" EmojiModifier,
        "RI Regional_Indicator" RegionalIndicator,
        "EComp Emoji_Component" EmojiComponent,
        "EBase Emoji_Modifier_Base" EmojiModifierBase,
        "AHex ASCII_Hex_Digit" AsciiHexDigit,
        "Hex Hex_Digit" HexDigit,
        "Bidi_C Bidi_Control" BidiControl,
        "Bidi_M Bidi_Mirrored" BidiMirrored,
        "Dash" Dash,
        "DI Default_Ignorable_Code_Point" DefaultIgnorableCodePoint,
        "Dep Deprecated" Deprecated,
        "Dia Diacritic" Diacritic,
        "Ext Extender" Extender,
        "IDSB IDS_Binary_Operator" IdsBinaryOperator,
        "IDST IDS_Trinary_Operator" IdsTrinaryOperator,
        "Join_C Join_Control" JoinControl,
        "LOE Logical_Order_Exception" LogicalOrderException,
        "Math" Math,
        "NChar Noncharacter_Code_Point" NoncharacterCodePoint,
        "QMark Quotation_Mark" QuotationMark,
        "Radical" Radical,
        "SD Soft_Dotted" SoftDotted,
        "VS Variation_Selector" VariationSelector,
    ]
}

/// General categories in the order of their numbers, with their names in PropertyValueAliases.txt.
const CATEGORIES: [(GeneralCategory, &str); 30] = [
    (GeneralCategory::UppercaseLetter, "Lu Uppercase_Letter"),
    (GeneralCategory::LowercaseLetter, "Ll Lowercase_Letter"),
    (GeneralCategory::TitlecaseLetter, "Lt Titlecase_Letter"),
    (GeneralCategory::ModifierLetter, "Lm Modifier_Letter"),
    (GeneralCategory::OtherLetter, "Lo Other_Letter"),
    (GeneralCategory::NonspacingMark, "Mn Nonspacing_Mark"),
    (GeneralCategory::SpacingMark, "Mc Spacing_Mark"),
    (GeneralCategory::EnclosingMark, "Me Enclosing_Mark"),
    (GeneralCategory::DecimalNumber, "Nd Decimal_Number digit"),
    (GeneralCategory::LetterNumber, "Nl Letter_Number"),
    (GeneralCategory::OtherNumber, "No Other_Number"),
    (GeneralCategory::ConnectorPunctuation, "Pc Connector_Punctuation"),
    (GeneralCategory::DashPunctuation, "Pd Dash_Punctuation"),
    (GeneralCategory::OpenPunctuation, "Ps Open_Punctuation"),
    (GeneralCategory::ClosePunctuation, "Pe Close_Punctuation"),
    (GeneralCategory::InitialPunctuation, "Pi Initial_Punctuation"),
    (GeneralCategory::FinalPunctuation, "Pf Final_Punctuation"),
    (GeneralCategory::OtherPunctuation, "Po Other_Punctuation"),
    (GeneralCategory::MathSymbol, "Sm Math_Symbol"),
    (GeneralCategory::CurrencySymbol, "Sc Currency_Symbol"),
    (GeneralCategory::ModifierSymbol, "Sk Modifier_Symbol"),
    (GeneralCategory::OtherSymbol, "So Other_Symbol"),
    (GeneralCategory::SpaceSeparator, "Zs Space_Separator"),
    (GeneralCategory::LineSeparator, "Zl Line_Separator"),
    (GeneralCategory::ParagraphSeparator, "Zp Paragraph_Separator"),
    (GeneralCategory::Control, "Cc Control cntrl"),
    (GeneralCategory::Format, "Cf Format"),
    (GeneralCategory::Surrogate, "Cs Surrogate"),
    (GeneralCategory::PrivateUse, "Co Private_Use"),
    (GeneralCategory::Unassigned, "Cn Unassigned"),
];

/// Several categories together. `Any`, `ASCII` and `Assigned` are told like them.
const GROUPS: [(&str, &str); 8] = [
    ("L Letter", "Lu Ll Lt Lm Lo"),
    ("LC Cased_Letter", "Lu Ll Lt"),
    ("M Mark Combining_Mark", "Mn Mc Me"),
    ("N Number", "Nd Nl No"),
    ("P Punctuation punct", "Pc Pd Ps Pe Pi Pf Po"),
    ("S Symbol", "Sm Sc Sk So"),
    ("Z Separator", "Zs Zl Zp"),
    ("C Other", "Cc Cf Cs Co Cn"),
];

fn category(point: u32) -> usize {
    let category = CodePointMapData::<GeneralCategory>::new().get32(point);
    CATEGORIES.iter().position(|(known, _)| *known == category).unwrap()
}

/// Scripts with their names, first the one of what is not assigned. One script no character has.
fn scripts() -> Vec<(Script, String)> {
    let mut scripts = vec![(Script::KatakanaOrHiragana, "Hrkt Katakana_Or_Hiragana".to_owned())];
    let mut before = Script::KatakanaOrHiragana;
    for script in (0..END).map(script) {
        if std::mem::replace(&mut before, script) != script && scripts.iter().all(|(known, _)| *known != script) {
            scripts.push((script, names_of_script(script)));
        }
    }
    scripts.sort_by(|(_, left), (_, right)| (!left.starts_with("Zzzz"), left).cmp(&(!right.starts_with("Zzzz"), right)));
    scripts
}

fn names_of_script(script: Script) -> String {
    let short = PropertyNamesShort::<Script>::new().get(script).unwrap();
    let long = PropertyNamesLong::<Script>::new().get(script).unwrap();
    match short {
        "Copt" => format!("{short} {long} Qaac"),
        "Zinh" => format!("{short} {long} Qaai"),
        _ if short == long => short.to_owned(),
        _ => format!("{short} {long}"),
    }
}

fn script(point: u32) -> Script {
    ScriptWithExtensions::new().get_script_val32(point)
}

/// Where membership changes.
fn edges(mut contains: impl FnMut(u32) -> bool) -> Vec<u32> {
    let mut edges = Vec::new();
    for point in 0..=END {
        if (point < END && contains(point)) != (edges.len() % 2 == 1) {
            edges.push(point);
        }
    }
    edges
}

fn difference(left: &[u32], right: &[u32]) -> Vec<u32> {
    let (left, right): (BTreeSet<u32>, BTreeSet<u32>) = (left.iter().copied().collect(), right.iter().copied().collect());
    left.symmetric_difference(&right).copied().collect()
}

/// The files, as `src/text/properties.rs` reads them: names, and numbers.
fn packed() -> (String, Vec<u8>) {
    let scripts = scripts();
    let mut numbers = Vec::new();
    // Categories, and scripts with their extensions.
    runs((0..END).map(|point| Some(category(point) as u64)), &mut numbers);
    let mut lists: Vec<Vec<u64>> = Vec::new();
    let at = |script: Script| scripts.iter().position(|(known, _)| *known == script).unwrap() as u64;
    let values: Vec<Option<u64>> = (0..END)
        .map(|point| {
            // What is not assigned has no script of its own.
            if category(point) >= 27 {
                return None;
            }
            let own = at(script(point));
            let mut list: Vec<u64> = ScriptWithExtensions::new().get_script_extensions_val32(point).iter().map(at).collect();
            if list == [own] {
                return Some(own);
            }
            list.sort_unstable();
            list.insert(0, own);
            let known = lists.iter().position(|known| *known == list).unwrap_or_else(|| {
                lists.push(list);
                lists.len() - 1
            });
            Some((scripts.len() + known) as u64)
        })
        .collect();
    runs(values.into_iter(), &mut numbers);
    numbers.push(lists.len() as u64);
    numbers.extend(lists.iter().map(|list| list.len() as u64));
    numbers.extend(lists.iter().flatten());
    // Sets.
    let of_categories: Vec<Vec<u32>> = (0..30).map(|wanted| edges(|point| category(point) == wanted)).collect();
    let group = |names: &str| {
        let all = names.split(' ').map(|name| CATEGORIES.iter().position(|(_, known)| known.starts_with(name)).unwrap());
        all.fold(Vec::new(), |edges, at| difference(&edges, &of_categories[at]))
    };
    let mut sets: Vec<Vec<u32>> = GROUPS.iter().map(|(_, names)| group(names)).collect();
    let mut names_of_sets = vec!["Any", "ASCII", "Assigned"];
    sets.extend([vec![0, END], vec![0, 128], difference(&[0, END], &of_categories[29])]);
    for (names, edges) in binaries() {
        names_of_sets.push(names);
        sets.push(edges);
    }
    let mut bases = Vec::new();
    let (mut masks, mut counts, mut changes) = (Vec::new(), Vec::new(), Vec::new());
    for (at, set) in sets.iter().enumerate() {
        let (base, mask, rest) = (0..=at)
            .map(|base| {
                let start = if base == 0 { set.clone() } else { difference(set, &sets[base - 1]) };
                let (mask, rest) = least(start, &of_categories);
                (base, mask, rest)
            })
            .min_by_key(|(base, mask, rest)| (rest.len() * 10 + (*base != 0) as usize + 4 * (*mask != 0) as usize, *base))
            .unwrap();
        bases.push(base as u64);
        masks.push(mask);
        counts.push(rest.len() as u64);
        let mut before = 0;
        for edge in rest {
            changes.push(u64::from(edge - before));
            before = edge;
        }
    }
    numbers.push(sets.len() as u64);
    numbers.extend(bases.iter().chain(&masks).chain(&counts).chain(&changes));
    folds(&mut numbers);
    let mut names = String::new();
    let lines = CATEGORIES.iter().map(|(_, names)| *names).chain(GROUPS.iter().map(|(names, _)| *names));
    let sections = [lines.collect::<Vec<_>>(), scripts.iter().map(|(_, names)| names.as_str()).collect(), names_of_sets];
    names += &sections.map(|lines| lines.join("\n")).join("\n\n");
    names.push('\n');
    let mut bytes = Vec::new();
    numbers.into_iter().for_each(|value| number(&mut bytes, value));
    (names, bytes)
}

/// Which categories leave the fewest edges, and those.
fn least(mut rest: Vec<u32>, of_categories: &[Vec<u32>]) -> (u64, Vec<u32>) {
    let mut mask = 0;
    loop {
        let before = rest.len();
        for (at, edges) in of_categories.iter().enumerate() {
            let other = difference(&rest, edges);
            if other.len() < rest.len() {
                rest = other;
                mask ^= 1 << at;
            }
        }
        if rest.len() == before {
            return (mask, rest);
        }
    }
}

/// Values of all characters: how many runs, their lengths, and their values. Where there is none, the one before goes on.
fn runs(values: impl Iterator<Item = Option<u64>>, numbers: &mut Vec<u64>) {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for value in values {
        match runs.last_mut() {
            Some((count, last)) if value.is_none_or(|value| value == *last) => *count += 1,
            _ => runs.push((1, value.unwrap_or(0))),
        }
    }
    numbers.push(runs.len() as u64);
    numbers.extend(runs.iter().map(|(count, _)| *count));
    numbers.extend(runs.iter().map(|(_, value)| *value));
}

/// Simple case foldings: runs of characters, next to one another or every second, at the same distance from what they become.
fn folds(numbers: &mut Vec<u64>) {
    let fold = |point: u32| {
        char::from_u32(point).map_or(0, |letter| i64::from(u32::from(CaseMapper::new().simple_fold(letter))) - i64::from(point))
    };
    let mut runs: Vec<(u32, u32, u32, i64)> = Vec::new();
    for point in (0..END).filter(|point| char::from_u32(*point).is_some() && fold(*point) != 0) {
        match runs.last_mut() {
            Some((_, last, step, by)) if *by == fold(point) && (point - *last == *step || (*step == 0 && point - *last <= 2)) => {
                *step = point - *last;
                *last = point;
            }
            _ => runs.push((point, point, 0, fold(point))),
        }
    }
    numbers.push(runs.len() as u64);
    let mut before = 0;
    for (first, last, ..) in &runs {
        numbers.push(u64::from(first - before));
        before = *last;
    }
    numbers.extend(runs.iter().map(|(first, last, step, _)| u64::from((last - first) / (*step).max(1)) * 2 + u64::from(*step == 2)));
    numbers.extend(runs.iter().map(|(.., by)| unsigned(*by)));
}

/// 0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …
fn unsigned(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

/// Seven bits a byte, the highest first; all bytes but the last have the upper bit.
fn number(column: &mut Vec<u8>, value: u64) {
    let bytes = (0..).take_while(|at| *at == 0 || value >> (7 * at) != 0).collect::<Vec<u32>>();
    column.extend(bytes.into_iter().rev().map(|at| (value >> (7 * at) & 0x7f) as u8 | if at == 0 { 0 } else { 0x80 }));
}

#[test]
fn the_table_is_what_the_library_gives() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text");
    let (names, numbers) = packed();
    if std::env::var_os("HOSO_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(folder.join("properties.txt"), &names).unwrap();
        std::fs::write(folder.join("properties.bin"), &numbers).unwrap();
    }
    let written = (
        std::fs::read_to_string(folder.join("properties.txt")).unwrap_or_default(),
        std::fs::read(folder.join("properties.bin")).unwrap_or_default(),
    );
    assert!(
        written == (names, numbers),
        "src/text/properties.* are not what the crates icu_properties and icu_casemap give. Run `HOSO_BLESS=1 cargo test --test properties`, which writes them"
    );
}

#[test]
fn every_property_is_what_the_library_says() {
    for (names, expected) in binaries() {
        names.split(' ').for_each(|name| assert!(property(name, None).as_ref() == Some(&expected), "{name}"));
    }
    for (at, (_, names)) in CATEGORIES.iter().enumerate() {
        let expected = Some(edges(|point| category(point) == at));
        for name in names.split(' ') {
            assert!(property(name, None) == expected, "{name}");
            assert!(property("General_Category", Some(name)) == expected && property("gc", Some(name)) == expected, "{name}");
        }
    }
    for (script, names) in scripts() {
        let own = Some(edges(|point| self::script(point) == script));
        let extended = Some(edges(|point| ScriptWithExtensions::new().has_script32(point, script)));
        for name in names.split(' ') {
            assert!(property("sc", Some(name)) == own && property("Script", Some(name)) == own, "{name}");
            assert!(property("scx", Some(name)) == extended && property("Script_Extensions", Some(name)) == extended, "{name}");
            assert!(property(name, None).is_none(), "{name}");
        }
    }
}

#[test]
fn other_cases_are_what_the_library_says() {
    let fold = |point: u32| char::from_u32(point).map_or(point, |letter| CaseMapper::new().simple_fold(letter).into());
    let mut of = std::collections::BTreeMap::<u32, BTreeSet<u32>>::new();
    (0..END).for_each(|point| {
        of.entry(fold(point)).or_default().insert(point);
    });
    for point in 0..END {
        let mut others = BTreeSet::from([point]);
        other_cases(point, point + 1, &mut |other| assert!(others.insert(other), "U+{point:04X}"));
        assert_eq!(Some(&others), of.get(&fold(point)), "U+{point:04X}");
    }
}

/// Classes with all characters, asked of V8. Node's V8 may follow another version of Unicode: then few of the characters that
/// it knows have changed.
#[test]
fn classes_hold_the_characters_that_v8_finds_in_them() {
    let mut classes = vec![(r"\p{Assigned}", "u")];
    for class in [
        r"\d",
        r"\D",
        r"\w",
        r"\W",
        r"\s",
        r"\S",
        ".",
        "k",
        "[à-ÿ]",
        "[^a-z]",
        r"[^\W_]",
        r"\p{Lu}",
        r"\P{Lu}",
        r"[^\p{Lu}\d]",
        r"[^\P{Lt}]",
    ] {
        classes.extend([(class, "u"), (class, "iu")]);
    }
    for class in [
        r"\p{L}",
        r"\p{Ll}",
        r"\p{Mn}",
        r"\p{Nd}",
        r"\p{Sc}",
        r"\p{Alphabetic}",
        r"\p{ID_Start}",
        r"\p{White_Space}",
        r"\p{Emoji}",
        r"\p{CWKCF}",
        r"\p{Case_Ignorable}",
        r"\p{Math}",
        r"\p{sc=Latin}",
        r"\p{scx=Latin}",
        r"\p{sc=Han}",
        r"\p{scx=Han}",
        r"\p{sc=Zyyy}",
        r"\p{scx=Zyyy}",
        r"\p{sc=Zinh}",
        r"\p{scx=Zinh}",
        r"\p{scx=Deva}",
        r"\p{scx=Thai}",
        r"\p{Any}",
    ] {
        classes.push((class, "u"));
    }
    let lines: String = classes.iter().map(|(class, flags)| format!("{}\n", json!({"class": class, "flags": flags}))).collect();
    let answers = judges::answers(judges::node("properties.mjs"), lines);
    let (version, answers) = answers.split_first().unwrap();
    let answers: Vec<Vec<u32>> = answers.iter().map(|line| read_edges(line)).collect();
    assert_eq!(answers.len(), classes.len());
    let (mut equal, mut changed) = (0, 0);
    for ((class, flags), theirs) in classes.iter().zip(&answers) {
        let pattern = if *flags == "iu" { format!("^(?i:{class})$") } else { format!("^{class}$") };
        let regex = Regex::new(&pattern).unwrap();
        let mut letter = [0; 4];
        let ours = edges(|point| {
            let letter = char::from_u32(point).map(|point| &*point.encode_utf8(&mut letter));
            // A text of hoso's holds no half of a pair.
            letter.map_or_else(|| theirs.partition_point(|edge| *edge <= point) % 2 == 1, |text| regex.is_match(text, &mut 1_000).unwrap())
        });
        let differing = difference(&ours, theirs);
        let known = &answers[0];
        let count = (0..END)
            .filter(|point| {
                differing.partition_point(|edge| edge <= point) % 2 == 1 && known.partition_point(|edge| edge <= point) % 2 == 1
            })
            .count();
        equal += usize::from(differing.is_empty());
        changed += count;
    }
    let most = if version == UNICODE_VERSION { 0 } else { 100 };
    assert!(changed <= most && equal > 10, "{equal} of {} classes equal, {changed} characters of Unicode {version} differ", classes.len());
}

fn read_edges(line: &str) -> Vec<u32> {
    let mut edge = 0;
    let steps = line.split_terminator(' ').map(|step| u32::from_str_radix(step, 16).unwrap());
    steps
        .map(|step| {
            edge += step;
            edge
        })
        .collect()
}

#[test]
fn names_are_those_that_v8_knows() {
    let mut names: Vec<String> = Vec::new();
    for of_category in
        CATEGORIES.iter().map(|(_, names)| *names).chain(GROUPS.iter().map(|(names, _)| *names)).flat_map(|names| names.split(' '))
    {
        names.extend(["", "gc=", "General_Category=", "sc="].map(|property| format!("{property}{of_category}")));
    }
    for of_script in scripts().iter().flat_map(|(_, names)| names.split(' ')) {
        names.extend(["", "sc=", "Script=", "scx=", "Script_Extensions=", "gc="].map(|property| format!("{property}{of_script}")));
    }
    for of_set in binaries().iter().flat_map(|(names, _)| names.split(' ')).chain(["Any", "ASCII", "Assigned"]) {
        names.extend([of_set.to_owned(), format!("{of_set}=Y"), of_set.to_uppercase(), format!("sc={of_set}")]);
    }
    let there_is_not = [
        "",
        "=",
        "Script",
        "Script=",
        "gc",
        "gc=",
        "Block=Arrows",
        "InArrows",
        "IsGreek",
        "Age=6.0",
        "Hyphen",
        "Line_Break",
        "Other_Math",
        "alpha",
        "Other_Alphabetic",
        "RGI_Emoji",
        "Basic_Emoji",
        "Composition_Exclusion",
        "Full_Composition_Exclusion",
        "Expands_On_NFC",
        "Grapheme_Link",
        "Prepended_Concatenation_Mark",
        "IDS_Unary_Operator",
        "ID_Compat_Math_Start",
        "Modifier_Combining_Mark",
        "InCB",
        " L",
        "L ",
        "sc=Latn Latin",
        "sc=Qaaa",
        "sc=Zsye",
        "L\n",
        "x",
        "Numeric_Type=Decimal",
        "ccc=0",
        "bc=L",
    ];
    names.extend(there_is_not.map(str::to_owned));
    let lines: String =
        names.iter().map(|name| format!("{}\n", json!({"pattern": format!(r"\p{{{name}}}"), "flags": "u", "texts": [""]}))).collect();
    let answers = judges::answers(judges::node("patterns.mjs"), lines);
    assert_eq!(answers.len(), names.len());
    let (mut taken, mut refused, mut later, mut wrong) = (0, 0, Vec::new(), Vec::new());
    for (name, answer) in names.iter().zip(&answers) {
        match (Regex::new(&format!(r"\p{{{name}}}")), answer.as_str()) {
            (Ok(_), "0") => taken += 1,
            (Err(_), "0") => wrong.push(name),
            (Err(_), _) => refused += 1,
            (Ok(_), _) => later.push(name),
        }
    }
    // V8 leaves out the script that no character has, though ECMA-262 does not; and Unicode 18 has three new ones.
    let known = ["Hrkt", "Katakana_Or_Hiragana", "Jurc", "Jurchen", "Pcun", "Proto_Cuneiform", "Seal"];
    later.retain(|name| name.split_once('=').is_none_or(|(_, value)| !known.contains(&value)));
    assert!(wrong.is_empty() && later.is_empty(), "not taken {wrong:?}, taken {later:?}");
    assert!(taken > 1_000 && refused > 700, "{taken} taken, {refused} refused");
}
