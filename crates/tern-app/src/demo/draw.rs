//! Chance from a seed: the same numbers on every machine.

/// SplitMix64; its lowest bits are good enough for invented people.
#[derive(Clone, Copy)]
pub(super) struct Draw(u64);

impl Draw {
    /// The stream of one family of a seed. Streams do not follow each other, so that what one family draws moves no
    /// other.
    pub fn of(seed: u64, family: u64) -> Self {
        let mut draw = Self(seed ^ family.wrapping_mul(0xd134_2543_de82_ef95));
        draw.next();
        Self(draw.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or(0)
    }

    /// From `low` to `high`, both among them.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        let width = u64::from(high.saturating_sub(low).max(0).unsigned_abs()) + 1;
        low.saturating_add(i32::try_from(self.below(width)).unwrap_or(0))
    }

    /// So many times in a hundred.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of them.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = usize::try_from(self.below(from.len() as u64)).unwrap_or(0);
        from.get(at)
    }

    /// One of these texts; empty when there is none.
    pub fn text(&mut self, from: &[String]) -> String {
        self.pick(from).cloned().unwrap_or_default()
    }

    /// One of these codes.
    pub fn code(&mut self, from: &[&'static str]) -> &'static str {
        self.pick(from).copied().unwrap_or_default()
    }

    /// One of these codes, each as often as its weight says.
    pub fn weighed<T: Copy + Default>(&mut self, weighed: &[(T, u64)]) -> T {
        let mut left = self.below(weighed.iter().map(|(_, weight)| weight).sum::<u64>().max(1));
        for (code, weight) in weighed {
            if left < *weight {
                return *code;
            }
            left -= weight;
        }
        T::default()
    }
}
