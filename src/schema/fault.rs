//! What a value did against an instruction: cheap to make, told in full only when a report is written.

use super::program::{KindSet, Program};
use crate::expr::Failure;
use crate::json::NodeId;
use crate::report::{Coded, Fact, Facts, Level};
use crate::text::joined;

/// Why an instruction did not let a value pass. Codes are public API: `docs/issues.md` lists them all.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fault {
    /// A value where the schema allows none.
    Never,
    WrongKind(KindSet),
    ConstDiffers,
    NotListed,
    /// No code of the list.
    UnknownCode,
    /// A code or a procedure before or after its days.
    NotInForce {
        code: &'static str,
        day: NodeId,
        ended: bool,
    },
    TooSmall {
        limit: NodeId,
        exclusive: bool,
    },
    TooLarge {
        limit: NodeId,
        exclusive: bool,
    },
    NotMultiple {
        divisor: NodeId,
    },
    NumberNotExact,
    TooShort {
        least: u64,
    },
    TooLong {
        most: u64,
        given: u64,
    },
    Pattern,
    TooFewItems {
        least: u64,
    },
    TooManyItems {
        most: u64,
    },
    Repeated {
        first: usize,
    },
    ContainsTooFew {
        least: u64,
        found: u64,
    },
    ContainsTooMany {
        most: u64,
        found: u64,
    },
    TooFewMembers {
        least: u64,
    },
    TooManyMembers {
        most: u64,
    },
    Missing,
    UnknownMember {
        suggestion: Option<Box<str>>,
    },
    MemberName,
    NoBranch,
    ManyBranches {
        found: usize,
    },
    Forbidden,
    /// A format's own fault: its code and its facts.
    Format {
        code: &'static str,
        facts: Facts,
        level: Level,
    },
    Attachment {
        code: &'static str,
        facts: Facts,
    },
    /// No answer of a database.
    Lookup {
        code: &'static str,
    },
    /// A rule of `x-rules` does not hold: its object, and a sentence of its own.
    Rule {
        node: NodeId,
        message: Option<Box<str>>,
        level: Level,
    },
    /// An expression has no value, for another reason than a field that is absent.
    RuleFailed {
        node: Option<NodeId>,
        failure: Failure,
    },
    /// Not what is computed.
    Differs,
    /// A code that the filter of its list leaves out.
    NotOffered,
    /// Text that must not stand in a signed form.
    Text {
        code: &'static str,
        facts: Facts,
    },
}

impl Fault {
    /// The stable code.
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Never => "schema.never",
            Self::WrongKind(_) => "type.wrong",
            Self::ConstDiffers => "const.differs",
            Self::NotListed => "enum.not-listed",
            Self::UnknownCode => "options.unknown-code",
            Self::TooSmall { .. } => "number.too-small",
            Self::TooLarge { .. } => "number.too-large",
            Self::NotMultiple { .. } => "number.not-multiple",
            Self::NumberNotExact => "number.not-exact",
            Self::TooShort { .. } => "text.too-short",
            Self::TooLong { .. } => "text.too-long",
            Self::Pattern => "text.pattern",
            Self::TooFewItems { .. } => "list.too-short",
            Self::TooManyItems { .. } => "list.too-long",
            Self::Repeated { .. } => "list.duplicate",
            Self::ContainsTooFew { .. } => "list.contains-too-few",
            Self::ContainsTooMany { .. } => "list.contains-too-many",
            Self::TooFewMembers { .. } => "object.too-few",
            Self::TooManyMembers { .. } => "object.too-many",
            Self::Missing => "required.missing",
            Self::UnknownMember { .. } => "property.unknown",
            Self::MemberName => "property.name",
            Self::NoBranch => "branch.none",
            Self::ManyBranches { .. } => "branch.many",
            Self::Forbidden => "not.forbidden",
            Self::Rule { .. } => "rule.broken",
            Self::RuleFailed { .. } => "rule.failed",
            Self::Differs => "calculate.differs",
            Self::NotOffered => "options.not-offered",
            Self::NotInForce { code, .. }
            | Self::Format { code, .. }
            | Self::Attachment { code, .. }
            | Self::Lookup { code }
            | Self::Text { code, .. } => code,
        }
    }

    /// Whether the fault makes the form invalid.
    pub(super) const fn level(&self) -> Level {
        match self {
            Self::Format { level, .. } | Self::Rule { level, .. } => *level,
            Self::NotInForce { .. } => Level::Warning,
            _ => Level::Error,
        }
    }

    /// The rule that speaks.
    pub(super) const fn rule(&self) -> Option<NodeId> {
        match self {
            Self::Rule { node, .. } => Some(*node),
            Self::RuleFailed { node, .. } => *node,
            _ => None,
        }
    }

    /// The facts for the sentence.
    pub(super) fn facts(&self, program: &Program) -> Facts {
        let number =
            |id: NodeId| Fact::Decimal(program.constant(id).as_number().map(|number| number.text().to_owned()).unwrap_or_default());
        let none = Facts::none();
        match self {
            Self::WrongKind(kinds) => none.with("expected", joined(&mut kinds.names(), ", ")),
            Self::TooSmall { limit, .. } | Self::TooLarge { limit, .. } => none.with("limit", number(*limit)),
            Self::NotInForce { day, .. } => none.with("day", program.constant(*day).as_str().unwrap_or_default().to_owned()),
            Self::NotMultiple { divisor } => none.with("divisor", number(*divisor)),
            Self::TooShort { least } | Self::TooFewItems { least } | Self::TooFewMembers { least } => none.with("least", *least),
            Self::TooLong { most, given } => none.with("most", *most).with("given", *given),
            Self::TooManyItems { most } | Self::TooManyMembers { most } => none.with("most", *most),
            Self::Repeated { first } => none.with("row", *first + 1),
            Self::ContainsTooFew { least, found } => none.with("least", *least).with("found", *found),
            Self::ContainsTooMany { most, found } => none.with("most", *most).with("found", *found),
            Self::UnknownMember { suggestion: Some(name) } => none.with("suggestion", String::from(&**name)),
            Self::ManyBranches { found } => none.with("found", *found),
            Self::RuleFailed { failure, .. } => none.with("reason", failure.code()).with("character", u64::from(failure.character)),
            Self::Format { facts, .. } | Self::Attachment { facts, .. } | Self::Text { facts, .. } => facts.clone(),
            _ => none,
        }
    }

    /// Which of a code's sentences fits, where one code has several.
    pub(super) fn variant(&self) -> Option<&'static str> {
        match self {
            Self::Format { code, facts, .. } => of_format(code, facts),
            Self::NotInForce { ended: false, .. } => Some("ahead"),
            Self::TooShort { least: 1 } => Some("empty"),
            Self::TooFewItems { least: 1 } | Self::TooFewMembers { least: 1 } => Some("empty"),
            Self::TooSmall { exclusive: true, .. } | Self::TooLarge { exclusive: true, .. } => Some("exclusive"),
            Self::UnknownMember { suggestion: Some(_) } => Some("suggestion"),
            _ => None,
        }
    }
}

/// Which sentence fits what was written against a format.
fn of_format(code: &str, facts: &Facts) -> Option<&'static str> {
    let count = |name| if let Some(Fact::Number(count)) = facts.find(name) { Some(*count) } else { None };
    match code {
        "date.not-real" => match (count("month"), count("day")) {
            (Some(0 | 13..), _) => Some("month"),
            // Only of this day does the year decide.
            (Some(2), Some(29)) => Some("year"),
            _ => None,
        },
        // Of what a format's own facts say, the first decides.
        _ => ["digit", "old", "suggestion"].into_iter().find(|name| facts.find(name).is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Language, catalogue, render};
    use crate::schema::formats::Format;

    #[test]
    fn a_format_says_what_was_written_against_it() {
        for (format, text, sentence) in [
            ("date", "2026-02-30", "Tháng 2 không có ngày 30. Sửa x"),
            ("date", "2026-02-29", "Tháng 2 năm 2026 không có ngày 29. Sửa x"),
            ("date", "2026-13-05", "Không có tháng 13. Sửa x"),
            ("date", "2026-00-29", "Không có tháng 0. Sửa x"),
            ("date", "2026-11-00", "Tháng 11 không có ngày 0. Sửa x"),
            ("date-time", "2026-02-30T09:00:00Z", "Tháng 2 không có ngày 30. Sửa x"),
            ("email", "lan tran@example.vn", "Bỏ khoảng trắng trong x"),
            ("hostname", "example .vn", "Bỏ khoảng trắng trong x"),
            ("email", "lan,tran@example.vn", "Sửa “,” trong x: địa chỉ thư điện tử không dùng ký tự này"),
            ("uri", "https://exa mple.vn", "Bỏ khoảng trắng trong x"),
            ("vn-phone", "0912 345 678", "Viết lại x thành 0912345678"),
            ("vn-phone", "+84912345678", "Viết lại x thành 0912345678"),
            ("vn-phone", "+1912345678", "Nhập x bắt đầu bằng 03, 05, 07, 08, 09 (di động) hoặc 02 (cố định)"),
            ("vn-phone", "0912 345 67a", "Nhập x chỉ gồm chữ số. Sửa “a”"),
            ("vn-phone", "09l2345678", "Đổi chữ “l” trong x thành số 1"),
            ("vn-phone", "01695678945", "Xem lại x: đầu số 0169 đã đổi từ năm 2018, nay là 0395678945"),
            ("vn-phone", "912345678", "Xem lại x: thiếu số 0 ở đầu? Nếu đúng thì ghi 0912345678"),
            ("vn-phone", "0571234567", "Xem lại x: đầu số 0571 ít gặp. Nếu vẫn gọi được thì giữ nguyên"),
            ("vn-tax-code", "0100 233488", "Viết lại x thành 0100233488"),
            ("vn-tax-code", "O100233488", "Đổi chữ “O” trong x thành số 0"),
            ("vn-personal-id", "031 185000002", "Viết lại x thành 031185000002"),
            ("vn-personal-id", "31185000002", "Nhập x gồm 12 chữ số. Bạn đã nhập 11 chữ số, thiếu số 0 ở đầu?"),
            ("vn-personal-id", "3118500000", "Nhập x gồm 12 chữ số. Bạn đã nhập 10 chữ số"),
            ("vn-personal-id", "03118500000l", "Đổi chữ “l” trong x thành số 1"),
            ("vn-old-id", "31234567", "Xem lại x: thiếu số 0 ở đầu? Nếu đúng thì ghi 031234567"),
            ("vn-old-id", "03I234567", "Nhập x gồm 9 chữ số"),
            ("vn-plate", "30A", "Xem lại x, thường ghi như 30A-123.45. Nếu giấy tờ ghi khác thì giữ nguyên"),
            ("vn-dossier-code", "H24.15-261324-0001", "Không có tháng 13. Sửa x"),
            ("vn-partial-date", "17/05/2024", "Viết lại x thành 2024-05-17"),
            ("vn-partial-date", "2023-02-29", "Tháng 2 năm 2023 không có ngày 29. Sửa x"),
        ] {
            let fault = Format::named(format).unwrap().check(text).unwrap_err();
            let (code, facts, level) = (fault.code, fault.facts, fault.level);
            let variant = Fault::Format { code, facts: facts.clone(), level }.variant();
            assert_eq!(render(catalogue::FORM, code, variant, &facts, "x", Language::Vi), sentence, "{text}");
        }
    }

    /// The files that make faults.
    const SOURCES: &[&str] = &[
        include_str!("fault.rs"),
        include_str!("hygiene.rs"),
        include_str!("procedure.rs"),
        include_str!("keywords/options.rs"),
        include_str!("keywords/attachment.rs"),
        include_str!("keywords/lookup.rs"),
        include_str!("formats/date.rs"),
        include_str!("formats/duration.rs"),
        include_str!("formats/host.rs"),
        include_str!("formats/mail.rs"),
        include_str!("formats/net.rs"),
        include_str!("formats/pointer.rs"),
        include_str!("formats/template.rs"),
        include_str!("formats/uri.rs"),
        include_str!("formats/uuid.rs"),
        include_str!("vn/codes.rs"),
        include_str!("vn/dossier.rs"),
        include_str!("vn/insurance.rs"),
        include_str!("vn/land.rs"),
        include_str!("vn/mod.rs"),
        include_str!("vn/money.rs"),
        include_str!("vn/name.rs"),
        include_str!("vn/partial_date.rs"),
        include_str!("vn/passport.rs"),
        include_str!("vn/personal_id.rs"),
        include_str!("vn/phone.rs"),
        include_str!("vn/plate.rs"),
        include_str!("vn/tax_code.rs"),
    ];

    #[test]
    fn every_code_has_its_sentences() {
        let is_code = |text: &&str| {
            text.contains('.') && text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'-'))
        };
        let mut found = 0;
        for source in SOURCES {
            let code = source.split("#[cfg(test)]").next().unwrap_or_default();
            // Between quotes stands every second piece.
            for literal in code.split('"').skip(1).step_by(2).filter(is_code) {
                assert!(catalogue::FORM.find(literal).is_some(), "{literal} has no sentence");
                found += 1;
            }
        }
        assert!(found > 45, "only {found} codes were found");
    }
}
