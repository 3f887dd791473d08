//! What the command line and the tests share: random scenarios and hostile links, and what must hold for them.

pub mod fuzz;
pub mod soak;

use rand::RngExt;
use rand::rngs::Xoshiro256PlusPlus;
use rand::seq::index;

/// The generator that draws scenarios and links: xoshiro256++ (Blackman and Vigna, 2021), which
/// gives the same numbers on every machine. How `rand` makes ranges of them may change with its
/// version, so a seed stands for one scenario in one version of this program.
type SeededRng = Xoshiro256PlusPlus;

/// One of these.
fn pick<T: Copy>(rng: &mut SeededRng, of: &[T]) -> T {
    of[rng.random_range(0..of.len())]
}

/// So many different numbers below `bound`, in random order.
fn some(rng: &mut SeededRng, count: u64, bound: u64) -> Vec<u64> {
    let drawn = index::sample(rng, bound as usize, count as usize);
    drawn.iter().map(|number| number as u64).collect()
}
