//! The verdict as a page that a person reads, prints and files: no script, nothing fetched, every text of a stranger escaped.

use super::several::{self, Several};
use super::{Judged, rows};
use crate::output::Context;
use hoso::report::{Language, Level};
use hoso::sign::verdict::{Reason, SignatureVerdict};
use hoso::submission::Outcome;
use hoso::text::{Moment, visible};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}\
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:1.5rem}section{border:1px solid #ccc;border-radius:6px;padding:.2rem 1rem;margin:1rem 0}\
.accepted{color:#0b6b2e}.refused{color:#a3161b}.undetermined{color:#8a5a00}code{color:#555;font-size:.85em}";

/// The page about a file of that name.
pub fn page(name: &str, judged: &Judged, context: &Context) -> String {
    let (outcome, received) = judged.conclusion();
    let mut page = Page::begin(context);
    page.element("p", "", name);
    page.element("p", outcome.name(), conclusion(outcome, context));
    page.element("p", "", &judged_for(received, context));
    page.judged(judged);
    page.end()
}

/// The page about several files, and which of them supplements which.
pub fn several(several: &Several, context: &Context) -> String {
    let mut page = Page::begin(context);
    let outcome = several.outcome();
    page.element("p", outcome.name(), conclusion(outcome, context));
    let told = several::rows(several, context);
    page.list(context.say("Bổ sung", "Supplements"), told.iter().map(|row| (row.as_str(), "")));
    let issues: Vec<_> =
        several.chain.issues.iter().map(|entry| (format!("{}: {}", several.name(entry.package), entry.message), entry.code())).collect();
    page.list(context.say("Giữa các hồ sơ", "Between the dossiers"), issues.iter().map(|(text, code)| (text.as_str(), *code)));
    for answered in &several.files {
        page.element("h1", "", &answered.file);
        match &answered.judged {
            Ok(judged) => {
                let (outcome, received) = judged.conclusion();
                page.element("p", outcome.name(), conclusion(outcome, context));
                page.element("p", "", &judged_for(received, context));
                page.judged(judged);
            }
            Err(failures) => {
                let failures = failures.iter().map(|failure| (failure.message.as_str(), failure.code));
                page.list(context.say("Không đọc được", "Not readable"), failures);
            }
        }
    }
    page.end()
}

fn judged_for(received: Moment, context: &Context) -> String {
    format!("{} {received}", context.say("Xét cho thời điểm", "Judged for"))
}

const fn conclusion(outcome: Outcome, context: &Context) -> &'static str {
    match outcome {
        Outcome::Accepted => context.say("Chấp nhận: mọi chữ ký đều hợp lệ", "Accepted: every signature is valid"),
        Outcome::Refused => context.say("Không chấp nhận", "Refused"),
        Outcome::Undetermined => context.say("Chưa coi là hợp lệ: chưa xác định được", "Not held valid: undetermined"),
    }
}

struct Page<'p> {
    out: String,
    context: &'p Context,
}

impl<'p> Page<'p> {
    fn begin(context: &'p Context) -> Self {
        let mut page = Self { out: String::new(), context };
        let language = if context.language == Language::Vi { "vi" } else { "en" };
        let title = context.say("Kết quả kiểm tra chữ ký", "Verdict on signatures");
        page.raw(&format!("<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n"));
        page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        page.raw(&format!("<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n"));
        page.raw("</head>\n<body>\n");
        page.element("h1", "", title);
        page
    }

    fn end(mut self) -> String {
        self.raw("</body>\n</html>\n");
        self.out
    }

    /// What was found of a file.
    fn judged(&mut self, judged: &Judged) {
        let context = self.context;
        match judged {
            Judged::Package(verdict) => {
                self.signatures(&verdict.signatures);
                let gate = verdict.gate.iter().map(|entry| (entry.message.as_str(), entry.code));
                self.list(context.say("Gói hồ sơ", "Package"), gate);
                let issues = verdict.validation.iter().flat_map(|report| &report.issues).filter(|issue| issue.level == Level::Error);
                self.list(context.say("Biểu mẫu", "Form"), issues.map(|issue| (issue.message.as_str(), issue.code)));
            }
            Judged::Loose(answer) => {
                let verdict = &answer.verdict;
                self.signatures(&verdict.signatures);
                self.list(context.say("Gói", "Container"), verdict.issues.iter().map(|issue| (issue.message.as_str(), issue.code)));
                let uncovered = verdict.uncovered.iter().map(|name| (name.as_str(), ""));
                self.list(context.say("Tệp không được ký", "Files that no signature covers"), uncovered);
                let absent = verdict.absent.iter().map(|name| (name.as_str(), ""));
                self.list(context.say("Tệp đã ký nhưng không có ở đây", "Signed files that are not here"), absent);
            }
        }
    }

    fn raw(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn element(&mut self, name: &str, class: &str, text: &str) {
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        self.raw(&format!("<{name}{class}>{}</{name}>\n", escaped(text)));
    }

    /// A list with its title, where there is something in it.
    fn list<'t>(&mut self, title: &str, entries: impl Iterator<Item = (&'t str, &'static str)>) {
        let items: String = entries.map(|(text, code)| item(text, code)).collect();
        if !items.is_empty() {
            self.element("h2", "", title);
            self.raw(&format!("<ul>\n{items}</ul>\n"));
        }
    }

    fn signatures(&mut self, signatures: &[SignatureVerdict]) {
        for signature in signatures {
            self.signature(self.context.say("Chữ ký của", "Signature of"), signature);
        }
    }

    fn signature(&mut self, title: &str, signature: &SignatureVerdict) {
        let context = self.context;
        let name = signature.signer.as_ref().map_or("?", |signer| &signer.name);
        let class = match signature.indication {
            hoso::sign::verdict::Indication::TotalPassed => "accepted",
            hoso::sign::verdict::Indication::TotalFailed => "refused",
            hoso::sign::verdict::Indication::Indeterminate => "undetermined",
        };
        self.raw("<section>\n");
        self.element("h2", "", &format!("{title} {name}"));
        let sub = signature.sub_indication.map(|sub| format!(" / {}", sub.name())).unwrap_or_default();
        self.element("p", class, &format!("{}{sub}", signature.indication.name()));
        let facts: String = rows(signature, context).iter().map(|row| item(row, "")).collect();
        self.raw(&format!("<ul>\n{facts}{}", reasons(&signature.reasons)));
        for timestamp in &signature.timestamps {
            let word = match timestamp.valid {
                true => context.say("Dấu thời gian", "Timestamp"),
                false => context.say("Dấu thời gian không chứng minh được gì", "Timestamp that proves nothing"),
            };
            let by = timestamp.authority.as_ref().map_or("?", |authority| &authority.name);
            let told = item(&format!("{word}: {}, {by}", timestamp.time.as_deref().unwrap_or("?")), "");
            self.raw(&format!("{told}{}", reasons(&timestamp.reasons)));
        }
        self.raw("</ul>\n");
        for counter in &signature.counter_signatures {
            self.signature(context.say("Ký xác nhận:", "Countersigned by"), counter);
        }
        self.raw("</section>\n");
    }
}

fn reasons(reasons: &[Reason]) -> String {
    reasons.iter().map(|reason| item(&reason.message, reason.code)).collect()
}

fn item(text: &str, code: &str) -> String {
    let code = if code.is_empty() { String::new() } else { format!(" <code>{}</code>", escaped(code)) };
    format!("<li>{}{code}</li>\n", escaped(text))
}

/// A text that can be no markup, and whose marks of direction and control are shown as what they are.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in visible(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_markup() {
        assert_eq!(escaped("<script>&\"'"), "&lt;script&gt;&amp;&quot;&#39;");
        assert!(!escaped("a\u{202e}b").contains('\u{202e}'));
    }
}
