//! Requests of programs to the bindings.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "request.algorithm",
        "Chọn một thuật toán mà khóa này ký được: {usable}. “{argument}” thì không",
        "Choose an algorithm that this key can sign with: {usable}. “{argument}” is none",
    ),
    entry(
        "request.digest",
        "Ghi mã SHA-256 bằng 64 chữ số thập lục phân, thay cho “{argument}”",
        "Write a SHA-256 digest as 64 hexadecimal digits instead of “{argument}”",
    ),
    entry(
        "request.format",
        "Chọn định dạng “jades”, “asice” hoặc “cades” thay cho “{argument}”",
        "Choose the format “jades”, “asice” or “cades” instead of “{argument}”",
    ),
    entry(
        "request.gone",
        "Tạo lại đối tượng này: nó đã được dùng xong hoặc đã bị hủy",
        "Make this object again: it was used up or disposed of",
    ),
    entry(
        "request.moment",
        "Ghi thời điểm theo RFC 3339, ví dụ 2026-11-24T09:00:00+07:00, thay cho “{argument}”",
        "Write a moment as RFC 3339 has it, for example 2026-11-24T09:00:00+07:00, instead of “{argument}”",
    ),
    entry(
        "request.pointer",
        "Ghi trường bằng con trỏ RFC 6901, ví dụ /owner/name, thay cho “{argument}”",
        "Name a field by an RFC 6901 pointer, for example /owner/name, instead of “{argument}”",
    ),
    entry(
        "request.policy",
        "Chọn chính sách “default” hoặc “vn-tt15”, hoặc ghi chính sách riêng dưới dạng đối tượng, thay cho “{argument}”",
        "Choose the policy “default” or “vn-tt15”, or write one of your own as an object, instead of “{argument}”",
    ),
    entry(
        "request.shape",
        "Sửa tham số cho đúng kiểu đã công bố: {reason}",
        "Mend the argument, which has another shape than its type: {reason}",
    ),
];
