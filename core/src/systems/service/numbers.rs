//! A set of numbers most of which come in order: those below the first gap cost nothing.

use std::collections::VecDeque;

/// Numbers from 0, as bits from the first word with a gap on.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    /// How many full words lie before those that are kept.
    full: u32,
    words: VecDeque<u64>,
}

impl Numbers {
    /// Whether a number is there.
    pub(super) fn contains(&self, number: u32) -> bool {
        let Some(word) = (number / 64).checked_sub(self.full) else {
            return true;
        };
        let word = self.words.get(word as usize).copied().unwrap_or(0);
        word >> (number % 64) & 1 == 1
    }

    /// Adds a number: whether it was not there before.
    pub(super) fn insert(&mut self, number: u32) -> bool {
        let Some(word) = (number / 64).checked_sub(self.full) else {
            return false;
        };
        let (word, bit) = (word as usize, 1 << (number % 64));
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        let new = self.words[word] & bit == 0;
        self.words[word] |= bit;
        while self.words.front() == Some(&u64::MAX) {
            self.words.pop_front();
            self.full += 1;
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_new_once_and_full_words_are_let_go() {
        let mut numbers = Numbers::default();
        assert!(numbers.insert(200));
        for number in (0..150).rev() {
            assert!(numbers.insert(number), "{number}");
        }
        assert!(numbers.contains(3) && numbers.contains(200));
        assert!(!numbers.contains(199) && !numbers.contains(1000));
        assert!((0..150).all(|number| !numbers.insert(number)));
        assert!(!numbers.insert(200));
        assert_eq!((numbers.full, numbers.words.len()), (2, 2));
    }
}
