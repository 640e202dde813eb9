//! Names that have one hash, as someone would choose them who knows `src/json/bytes.rs`.

/// What that hash multiplies by, and what takes the multiplication back.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
const INVERSE: u64 = {
    // Newton's iteration, which doubles the right bits each time.
    let (mut inverse, mut round) = (1_u64, 0);
    while round < 6 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(FACTOR.wrapping_mul(inverse)));
        round += 1;
    }
    inverse
};

/// Different names of sixteen letters, that may stand in JSON as they are, without colons.
pub fn colliding(count: usize) -> Vec<String> {
    let first = 16_u64.rotate_left(29) ^ u64::from_le_bytes(*b"attacker");
    let before = first.wrapping_mul(FACTOR).rotate_left(29);
    let lasts = (0_u64..).map(|low| (before ^ (7 << 32 | low).wrapping_mul(INVERSE)).to_le_bytes());
    let written = lasts.filter(|last| last.iter().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\' | b':')));
    written.take(count).map(|last| format!("attacker{}", String::from_utf8_lossy(&last))).collect()
}
