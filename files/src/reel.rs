//! A film as GIF: of each frame only what changed, in the colours that are most of it.

use gif::{DisposalMethod, Encoder, EncodingError, Frame, Repeat};

/// One place of a palette is for what stays as it was.
const MOST_COLOURS: usize = 255;
/// Colours are told apart by five bits a channel.
const BINS: usize = 1 << 15;

/// A film in the making.
pub(crate) struct Reel {
    encoder: Encoder<Vec<u8>>,
    size: (usize, usize),
    last: Vec<u8>,
}

/// Where a frame differs from the one before it: left, top, width, height.
type Change = (usize, usize, usize, usize);

impl Reel {
    /// Begins a film of this size in pixels, which repeats for ever.
    pub(crate) fn new(width: u16, height: u16) -> Result<Self, EncodingError> {
        let mut encoder = Encoder::new(Vec::new(), width, height, &[])?;
        encoder.set_repeat(Repeat::Infinite)?;
        Ok(Self {
            encoder,
            size: (width.into(), height.into()),
            last: Vec::new(),
        })
    }

    /// Adds a frame of four bytes a pixel, shown for so many hundredths of a second.
    pub(crate) fn add(&mut self, pixels: Vec<u8>, hundredths: u16) -> Result<(), EncodingError> {
        let change = self.change(&pixels);
        let (left, top, width, height) = change;
        let (palette, buffer, stays) = self.paint(&pixels, change);
        self.encoder.write_frame(&Frame {
            delay: hundredths,
            dispose: DisposalMethod::Keep,
            transparent: Some(stays),
            left: left as u16,
            top: top as u16,
            width: width as u16,
            height: height as u16,
            palette: Some(palette),
            buffer: buffer.into(),
            ..Frame::default()
        })?;
        self.last = pixels;
        Ok(())
    }

    /// The finished file.
    pub(crate) fn finish(self) -> Result<Vec<u8>, EncodingError> {
        self.encoder.into_inner()
    }

    fn differs(&self, pixels: &[u8], at: usize) -> bool {
        self.last.get(at..at + 4) != pixels.get(at..at + 4)
    }

    /// The smallest box around all that changed; one pixel where nothing did.
    fn change(&self, pixels: &[u8]) -> Change {
        let (width, height) = self.size;
        let (mut left, mut right, mut top, mut bottom) = (width, 0, height, 0);
        for y in 0..height {
            for x in 0..width {
                if self.differs(pixels, (y * width + x) * 4) {
                    (left, right) = (left.min(x), right.max(x));
                    (top, bottom) = (top.min(y), bottom.max(y));
                }
            }
        }
        if left > right {
            return (0, 0, 1, 1);
        }
        (left, top, right - left + 1, bottom - top + 1)
    }

    /// The palette, a place in it for each pixel of the box, and the place for what stays.
    fn paint(&self, pixels: &[u8], change: Change) -> (Vec<u8>, Vec<u8>, u8) {
        let (left, top, width, height) = change;
        let places = (top..top + height)
            .flat_map(|y| (left..left + width).map(move |x| (y * self.size.0 + x) * 4));
        let changed = |at: &usize| self.differs(pixels, *at);
        let (colours, mut known) = popular(pixels, places.clone().filter(changed));
        let stays = colours.len() as u8;
        let paint = |at: usize| {
            if !self.differs(pixels, at) {
                return stays;
            }
            let bin = bin(pixels, at);
            if known[bin].is_none() {
                known[bin] = Some(nearest(&colours, rgb(pixels, at)));
            }
            known[bin].unwrap_or(stays)
        };
        let buffer = places.map(paint).collect();
        let mut palette = colours.concat();
        palette.extend([0, 0, 0]);
        (palette, buffer, stays)
    }
}

fn rgb(pixels: &[u8], at: usize) -> [u8; 3] {
    [pixels[at], pixels[at + 1], pixels[at + 2]]
}

fn bin(pixels: &[u8], at: usize) -> usize {
    let [r, g, b] = rgb(pixels, at).map(|channel| usize::from(channel >> 3));
    r << 10 | g << 5 | b
}

/// The colours that most pixels have, and for each bin the place of its colour.
fn popular(pixels: &[u8], places: impl Iterator<Item = usize>) -> (Vec<[u8; 3]>, Vec<Option<u8>>) {
    // How many pixels; the colour that most of them have, and by how many votes.
    let mut bins = vec![(0u32, [0u8; 3], 0u32); BINS];
    for at in places {
        let (count, colour, votes) = &mut bins[bin(pixels, at)];
        *count += 1;
        match rgb(pixels, at) {
            same if same == *colour => *votes += 1,
            other if *votes == 0 => (*colour, *votes) = (other, 1),
            _ => *votes -= 1,
        }
    }
    let mut ranks: Vec<usize> = (0..BINS).filter(|bin| bins[*bin].0 > 0).collect();
    ranks.sort_by_key(|bin| std::cmp::Reverse(bins[*bin].0));
    ranks.truncate(MOST_COLOURS);
    let mut known = vec![None; BINS];
    for (place, bin) in ranks.iter().enumerate() {
        known[*bin] = Some(place as u8);
    }
    (ranks.into_iter().map(|bin| bins[bin].1).collect(), known)
}

fn nearest(colours: &[[u8; 3]], wanted: [u8; 3]) -> u8 {
    let far = |colour: &[u8; 3]| -> i32 {
        let apart = |i: usize| i32::from(colour[i]) - i32::from(wanted[i]);
        (0..3).map(|i| apart(i) * apart(i)).sum()
    };
    let found = (0..colours.len()).min_by_key(|place| far(&colours[*place]));
    found.unwrap_or(0) as u8
}
