//! Background layers, gradients and positions (CSS Backgrounds 3 §2, CSS Images 3 §3).

use std::sync::Arc;

use super::{Color, LengthPercentage};
use crate::diagnostic::Place;

/// The layers behind a box, without the colour under them. The list of images says how many there
/// are; a shorter list of another property starts again (CSS Backgrounds 3 §2.1).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Background {
    pub images: Vec<BackgroundImage>,
    pub positions: Vec<BoxPosition>,
    pub sizes: Vec<BackgroundSize>,
    pub repeats: Vec<(Repeat, Repeat)>,
    pub origins: Vec<BackgroundOrigin>,
    pub clips: Vec<BackgroundClip>,
}

/// One layer.
#[derive(Clone, Copy, Debug)]
pub struct BackgroundLayer<'a> {
    pub image: &'a BackgroundImage,
    pub position: BoxPosition,
    pub size: BackgroundSize,
    /// Across and down.
    pub repeat: (Repeat, Repeat),
    /// What position and size refer to.
    pub origin: VisualBox,
    /// What is painted of it.
    pub clip: VisualBox,
}

impl Background {
    /// The layers that have an image, the topmost first.
    pub fn layers(&self) -> impl DoubleEndedIterator<Item = BackgroundLayer<'_>> {
        self.images.iter().enumerate().filter(|(_, image)| **image != BackgroundImage::None).map(
            |(index, image)| BackgroundLayer {
                image,
                position: cycled(&self.positions, index),
                size: cycled(&self.sizes, index),
                repeat: cycled(&self.repeats, index),
                origin: cycled(&self.origins, index).0,
                clip: cycled(&self.clips, index).0,
            },
        )
    }

    /// What is painted of the colour: as much as of the lowest layer (CSS Backgrounds 3 §2.2).
    pub fn color_clip(&self) -> VisualBox {
        cycled(&self.clips, self.images.len().saturating_sub(1)).0
    }

    /// Whether nothing is painted over the colour.
    pub fn is_empty(&self) -> bool {
        self.layers().next().is_none()
    }

    /// The files that its layers show.
    pub fn files(&self) -> impl Iterator<Item = &PictureFile> {
        self.images.iter().filter_map(|image| match image {
            BackgroundImage::Picture(file) => Some(file),
            BackgroundImage::None | BackgroundImage::Gradient(_) => None,
        })
    }
}

fn cycled<T: Copy + Default>(list: &[T], index: usize) -> T {
    match list.len() {
        0 => T::default(),
        length => list[index % length],
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum BackgroundImage {
    #[default]
    None,
    Gradient(Arc<Gradient>),
    Picture(PictureFile),
}

/// A picture that a sheet names.
#[derive(Clone, PartialEq)]
pub struct PictureFile {
    /// From the workspace root.
    pub path: Arc<str>,
    /// Where it was said.
    pub place: Option<Place>,
}

impl std::fmt::Debug for PictureFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "url({})", self.path)
    }
}

/// A point in a box: percentages are of what the box has more than what stands there (CSS Backgrounds
/// 3 §2.6).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BoxPosition {
    pub x: LengthPercentage,
    pub y: LengthPercentage,
}

impl BoxPosition {
    pub const CENTER: BoxPosition =
        BoxPosition { x: LengthPercentage::percent(0.5), y: LengthPercentage::percent(0.5) };
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BackgroundSize {
    Cover,
    Contain,
    /// Width and height; None is `auto`.
    Lengths(Option<LengthPercentage>, Option<LengthPercentage>),
}

impl Default for BackgroundSize {
    fn default() -> BackgroundSize {
        BackgroundSize::Lengths(None, None)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeat {
    #[default]
    Repeat,
    NoRepeat,
}

/// An area of a box (CSS Box 4 §2.1), by its outer edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisualBox {
    Border,
    Padding,
    Content,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackgroundOrigin(pub VisualBox);

impl Default for BackgroundOrigin {
    fn default() -> BackgroundOrigin {
        BackgroundOrigin(VisualBox::Padding)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackgroundClip(pub VisualBox);

impl Default for BackgroundClip {
    fn default() -> BackgroundClip {
        BackgroundClip(VisualBox::Border)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Gradient {
    pub shape: GradientShape,
    /// Whether the stops start again after the last one (CSS Images 3 §3.3).
    pub repeating: bool,
    /// Two at least, as written: those without a place are given one where the box is known.
    pub stops: Vec<ColorStop>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColorStop {
    /// Along the gradient line.
    pub at: Option<LengthPercentage>,
    pub color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GradientShape {
    /// Degrees clockwise from "to top" (CSS Images 3 §3.1).
    Angle(f32),
    /// Towards a corner, so that the two corners beside it have the colour in the middle.
    Corner(Corner),
    /// CSS Images 3 §3.2.
    Radial { ending: Ending, center: BoxPosition },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    TopLeft,
    TopRight,
    BottomRight,
    BottomLeft,
}

/// The shape on which a radial gradient ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ending {
    Circle(Extent),
    Ellipse(Extent),
    /// A circle's radius, px.
    Radius(f32),
    /// An ellipse's radii, of the box's width and height.
    Radii(LengthPercentage, LengthPercentage),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    ClosestSide,
    FarthestSide,
    ClosestCorner,
    #[default]
    FarthestCorner,
}
