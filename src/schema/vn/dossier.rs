//! `vn-procedure-code`, `vn-agency-code`, `vn-dossier-code`: what names a procedure, an authority and a dossier.
//!
//! A procedure is a digit, a point and six digits (5,661 of 5,665 procedures in the data of the National Public Service Portal,
//! 17 July 2026); behind a point follow the number of a case (`1.001193.01`) and the province of a local variant
//! (`1.014820.H24.01`), as they do there.
//! An authority is a letter and two digits for ministry or province, then up to three levels in digits (Decision 20/2020/QD-TTg,
//! amended by 09/2025/QD-TTg; text not read, shape from data); the form of before, `000.00.01.H24`, is still written.
//! A dossier is authority, day and serial number (Circular 03/2025/TT-VPCP; text not read): four digits in provinces, six or
//! seven in ministries by a practitioner's account, so another count is a doubt alone.
//! `1.001612`, `H24.15` and `H24.15-261124-0001` pass; `2.009182739`, `24H` and `H24.15-261324-0001` do not.

use super::{fill, judged, read, shaped};
use crate::schema::formats::{Formatted, day};
use crate::text::parts;

pub(in crate::schema) fn procedure(text: &str) -> Formatted {
    shaped(text, ["1.999999|1.999999.99|1.999999.Z99|1.999999.Z99.99", "", "", "procedure-code.form"])
}

pub(in crate::schema) fn agency(text: &str) -> Formatted {
    // Levels of one or three digits and a fifth level are not known to be forbidden.
    const USUAL: &str = "Z99|Z99.99|Z99.99.99|Z99.99.99.99|999.99.99.Z99";
    const DOUBTFUL: &str = "Z99:988|Z99:988:988|Z99:988:988:988|Z99:988:988:988:988";
    shaped(text, [USUAL, DOUBTFUL, "H24.15", "agency-code.form"])
}

pub(in crate::schema) fn dossier(text: &str) -> Formatted {
    const USUAL: &str = "Z99=999999=9999888|Z99.99=999999=9999888|Z99.99.99=999999=9999888|Z99.99.99.99=999999=9999888|\
        999.99.99.Z99=999999=9999888";
    const DOUBTFUL: &str = "Z99=999999=98888888|Z99:988=999999=98888888|Z99:988:988=999999=98888888|\
        Z99:988:988:988=999999=98888888";
    let (code, doubt) = read(text, [USUAL, DOUBTFUL, "H24.15-261124-0001", "dossier-code.form"])?;
    let date = parts(&code, b'-').nth(1).and_then(|date| fill(date, "99-99-99")).unwrap_or_default();
    day(&("20".to_owned() + &date))?;
    judged(text, code, doubt)
}

#[cfg(test)]
mod tests {
    use super::super::hold;
    use super::*;

    #[test]
    fn procedures_cases_and_local_variants() {
        let form = Some("procedure-code.form");
        hold(
            procedure,
            &[
                ("1.001612", None),
                ("3.000333", None),
                ("1.001193.01", None),
                ("1.014194.H38", None),
                ("1.014820.H24.01", None),
                (" 1.014325", Some("format.spelling")),
                ("1.014820.h24.01", Some("format.spelling")),
                ("１.001612", Some("format.spelling")),
                // As they stand in the portal's data.
                ("2.009182739", form),
                ("1.014955-Xoa", form),
                ("1.0133611", form),
                ("1001612", Some("format.spelling")),
                ("1.00161", form),
                ("0.001612", form),
                ("12.001612", form),
                ("1.O01612", form),
                ("1.001612.", form),
                ("1.001612.1", form),
                ("1.00.1612", form),
                ("1.001612.H24.01.02", form),
                ("1,001612", form),
                ("", form),
            ],
        );
    }

    #[test]
    fn authorities_by_both_decisions() {
        let form = Some("agency-code.form");
        hold(
            agency,
            &[
                ("H24", None),
                ("G15", None),
                ("H24.15", None),
                ("H15.50.05.13", None),
                ("000.00.01.H24", None),
                ("h24.15", Some("format.spelling")),
                ("H24 .15", Some("format.spelling")),
                ("H15.50.05.13.02", Some("format.unusual")),
                ("H24.", form),
                ("H24..15", Some("format.spelling")),
                ("H24.150", Some("format.unusual")),
                ("H24.15000", form),
                ("H24.A1", form),
                ("H2415", Some("format.spelling")),
                ("H2", form),
                ("24H", form),
                ("ĐH4", form),
                ("000.00.H24", form),
                ("00.000.01.H24", form),
                ("000.00.01.24", form),
                (".H24", form),
                ("", form),
            ],
        );
    }

    #[test]
    fn dossiers_have_a_real_day() {
        let form = Some("dossier-code.form");
        hold(
            dossier,
            &[
                ("H24.15-261124-0001", None),
                ("H15.50.05.13-261008-0975", None),
                ("000.00.01.H24-261124-0001", None),
                ("G01-240229-1234567", None),
                ("h24.15-261124-0001", Some("format.spelling")),
                ("H24.15 – 261124 – 0001", Some("format.spelling")),
                ("H24.15-261124-001", Some("format.unusual")),
                ("H24.15-261124-00000001", Some("format.unusual")),
                ("H24.15-261124-000000001", form),
                ("H24.15-261324-0001", Some("date.not-real")),
                ("H24.15-250229-0001", Some("date.not-real")),
                ("H24.15-261100-0001", Some("date.not-real")),
                ("H24.15-241126", form),
                ("H24.15-20261124-0001", form),
                ("H24.15-261124-", form),
                ("H24.15-261124-0001-1", form),
                ("H24.15-26I124-0001", form),
                ("H24.15.261124.0001", Some("format.spelling")),
                ("-261124-0001", form),
                ("2415-261124-0001", form),
                ("H24.15/261124/0001", Some("format.spelling")),
                ("H24.150-261124-0001", Some("format.unusual")),
                ("H24.15–261324–0001", Some("date.not-real")),
                ("H24.152611240001", form),
                ("", form),
            ],
        );
    }
}
