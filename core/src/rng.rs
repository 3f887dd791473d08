//! Chance, drawn by name and not by turn.
//!
//! The k-th draw on link i-j is a function of (seed, stream, i, j, k) and of
//! nothing else, so adding one fault changes only what follows from it, and a
//! forked run keeps the luck of the run that it left. The mixer is the
//! finaliser of SplitMix64 (Steele, Lea & Flood, *Fast Splittable Pseudorandom
//! Number Generators*, OOPSLA 2014). Links of past years depend on these very
//! numbers: the golden vectors below may never change.

/// What a draw is for; each purpose has numbers of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Stream {
    /// How long a message takes.
    Latency = 1,
    /// Whether a message is lost; the fault's number is mixed in.
    Loss = 2,
    /// Whether a message is duplicated, reordered or corrupted.
    Mangle = 3,
    /// What a traitor does when it may choose.
    Byzantine = 4,
    /// Variation in what clients do.
    Workload = 5,
    /// What nodes draw for themselves.
    Nodes = 6,
    /// When machines break and are repaired; the fault's number is mixed in.
    Wear = 7,
}

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The SplitMix64 finaliser: every input bit reaches every output bit.
#[must_use]
pub const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The source of all chance in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rng {
    key: u64,
}

impl Rng {
    /// The generator of one seed and purpose.
    #[must_use]
    pub const fn new(seed: u64, stream: Stream) -> Self {
        Self {
            key: mix(mix(seed.wrapping_add(GOLDEN)) ^ (stream as u64).wrapping_mul(GOLDEN)),
        }
    }

    /// The `k`-th 64 random bits named `(i, j)`.
    #[must_use]
    pub const fn draw(self, i: u32, j: u32, k: u64) -> u64 {
        let name = ((i as u64) << 32) | j as u64;
        let row = mix(self.key ^ name.wrapping_mul(GOLDEN));
        mix(row.wrapping_add(k.wrapping_add(1).wrapping_mul(GOLDEN)))
    }
}

/// Maps 64 random bits onto `0..bound`, evenly; 0 when `bound` is 0.
#[must_use]
pub const fn below(bits: u64, bound: u64) -> u64 {
    ((bits as u128 * bound as u128) >> 64) as u64
}

/// Maps 64 random bits onto the open unit interval, on a grid of 2^-53.
#[must_use]
pub fn unit(bits: u64) -> f64 {
    ((bits >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
}

/// True in `per_mille` of a thousand cases.
#[must_use]
pub const fn happens(bits: u64, per_mille: u32) -> bool {
    below(bits, 1000) < per_mille as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_vectors_never_change() {
        let rng = Rng::new(7, Stream::Latency);
        let drawn = [rng.draw(0, 1, 0), rng.draw(0, 1, 1), rng.draw(1, 0, 0)];
        assert_eq!(drawn, GOLDEN_VECTORS);
    }

    const GOLDEN_VECTORS: [u64; 3] = [
        962_870_770_944_211_565,
        14_932_908_567_732_775_236,
        15_135_435_656_440_456_445,
    ];

    #[test]
    fn bounded_draws_cover_their_range_evenly() {
        let rng = Rng::new(1, Stream::Loss);
        let mut seen = [0u32; 10];
        for k in 0..10_000 {
            seen[below(rng.draw(0, 1, k), 10) as usize] += 1;
        }
        assert!(seen.iter().all(|&n| (900..1100).contains(&n)), "{seen:?}");
    }

    #[test]
    fn neighbouring_names_share_nothing() {
        let rng = Rng::new(0, Stream::Latency);
        let mut bits: Vec<u64> = (0..32)
            .flat_map(|i| (0..32).map(move |j| rng.draw(i, j, 0)))
            .collect();
        bits.sort_unstable();
        bits.dedup();
        assert_eq!(bits.len(), 1024);
    }
}
