//! How long to wait after wrong words. A pure policy; where the count is kept is the vault's affair.

/// Wrong tries that cost nothing.
pub const FREE_TRIES: u32 = 5;
/// Longest wait in seconds.
pub const LONGEST_S: u32 = 300;

/// Seconds to wait before the next try: none for five wrong tries, then 1, 2, 4 … 300.
///
/// A clock that was put back does not lock for ever: what is left is never more than the full wait. One
/// that was put forward shortens the wait, which is why Argon2 stands behind this.
pub fn seconds_left(wrong: u32, last_ms: i64, now_ms: i64) -> u32 {
    if wrong < FREE_TRIES {
        return 0;
    }
    let full = 1_u32.checked_shl(wrong - FREE_TRIES).unwrap_or(LONGEST_S).min(LONGEST_S);
    let passed = now_ms.saturating_sub(last_ms);
    if passed < 0 {
        return full;
    }
    let passed = u32::try_from(passed / 1000).unwrap_or(u32::MAX);
    full.saturating_sub(passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_from_the_fifth_wrong_try_and_end_at_five_minutes() {
        let waits: Vec<u32> = (0..18).map(|wrong| seconds_left(wrong, 0, 0)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]);
        assert_eq!(seconds_left(u32::MAX, 0, 0), LONGEST_S);
    }

    #[test]
    fn waiting_counts_down_and_a_clock_put_back_never_locks_for_longer() {
        assert_eq!(seconds_left(8, 10_000, 13_900), 5);
        assert_eq!(seconds_left(8, 10_000, 18_000), 0);
        assert_eq!(seconds_left(8, 10_000, -999_999), 8);
    }
}
