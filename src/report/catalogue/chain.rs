//! Sentences of `chain.*`: supplements over several packages.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "chain.audience",
        "Hồ sơ bổ sung gửi cho {found}, còn hồ sơ trước gửi cho {expected}. Yêu cầu người nộp bổ sung đúng nơi đã nộp",
        "The supplement is for {found}, and the earlier dossier for {expected}. Ask the sender to file it where the first one went",
    ),
    entry(
        "chain.created-before",
        "Hồ sơ bổ sung được lập trước hồ sơ mà nó bổ sung. Kiểm tra đồng hồ máy rồi lập lại hồ sơ bổ sung",
        "The supplement was made before the dossier that it supplements. Check the device's clock and make the supplement again",
    ),
    entry(
        "chain.dossier",
        "Hồ sơ bổ sung ghi mã {found}, còn hồ sơ trước có mã {expected}. Yêu cầu người nộp lập lại với mã hồ sơ cũ",
        "The supplement is of the dossier {found}, and the earlier one is {expected}. Ask the sender to make it again under the earlier id",
    ),
    entry(
        "chain.doubled",
        "Hồ sơ này đã có trong các gói được đưa vào. Bỏ bớt một gói",
        "This dossier is already among the packages. Leave one of them out and do not file it twice",
    ),
    entry(
        "chain.fork",
        "Có hai hồ sơ bổ sung khác nhau cho cùng một hồ sơ. Hỏi người nộp xem bản nào được dùng",
        "Two different supplements name the same dossier. Ask the sender which of them counts",
    ),
    entry(
        "chain.predecessor-missing",
        "Hồ sơ được bổ sung ({digest}) không có ở đây, nên chưa đối chiếu được. Thêm gói của hồ sơ đó",
        "The dossier that is supplemented ({digest}) is not here, so nothing could be compared. Add its package",
    ),
    entry(
        "chain.predecessor-refused",
        "Hồ sơ được bổ sung không được chấp nhận. Xem lý do ở gói đó và yêu cầu người nộp lập lại từ đầu",
        "The dossier that is supplemented was refused. Check its package for the reason, and ask the sender to begin anew",
    ),
    entry(
        "chain.predecessor-undetermined",
        "Chưa xác định được hồ sơ được bổ sung có được chấp nhận hay không. Xem lý do ở gói đó rồi kiểm tra lại",
        "Whether the dossier that is supplemented is accepted could not be determined. Check its package for the reason, then verify both again",
    ),
    entry(
        "chain.procedure",
        "Hồ sơ bổ sung thuộc thủ tục {found}, còn hồ sơ trước thuộc thủ tục {expected}. Yêu cầu người nộp lập lại theo đúng thủ tục",
        "The supplement is for the procedure {found}, and the earlier dossier for {expected}. Ask the sender to make it for the same one",
    ),
];
