//! Short lists put in order, without the weight of the general case in the first download.

/// Puts a short list in order of `key`; equal ones stay as they are.
pub fn arrange<T, K: PartialOrd>(list: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && key(&list[at]) < key(&list[at - 1]) {
            list.swap(at, at - 1);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::arrange;

    #[test]
    fn arranging_keeps_equal_ones_as_they_are() {
        let mut list = [(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd')];
        arrange(&mut list, |(number, _)| *number);
        assert_eq!(list, [(1, 'b'), (2, 'd'), (3, 'a'), (3, 'c')]);
    }
}
