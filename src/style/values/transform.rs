//! Transforms of the plane (CSS Transforms 1 §12).

use super::LengthPercentage;

/// One function of `transform`, in this order from the outside in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TransformFunction {
    /// Percentages are of the box's own width and height.
    Translate(LengthPercentage, LengthPercentage),
    Scale(f32, f32),
    /// Degrees clockwise.
    Rotate(f32),
}

/// A matrix `[a b c d e f]`: x' = a·x + c·y + e, y' = b·x + d·y + f.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix(pub [f32; 6]);

impl Matrix {
    pub const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub fn translation(x: f32, y: f32) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// `inner` first, then `self`.
    pub fn times(self, inner: Matrix) -> Matrix {
        let (Matrix([a, b, c, d, e, f]), Matrix([g, h, i, j, k, l])) = (self, inner);
        Matrix([
            a * g + c * h,
            b * g + d * h,
            a * i + c * j,
            b * i + d * j,
            a * k + c * l + e,
            b * k + d * l + f,
        ])
    }

    pub fn apply(self, (x, y): (f32, f32)) -> (f32, f32) {
        let Matrix([a, b, c, d, e, f]) = self;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// What undoes it; None where it leaves no area (CSS Transforms 1 §12).
    pub fn inverse(self) -> Option<Matrix> {
        let Matrix([a, b, c, d, e, f]) = self;
        let determinant = a * d - b * c;
        let inverse = [d, -b, -c, a, c * f - d * e, b * e - a * f].map(|value| value / determinant);
        inverse.iter().all(|value| value.is_finite()).then_some(Matrix(inverse))
    }

    /// What functions do to a box of a size about a point `origin` of it, all in px.
    pub fn of(functions: &[TransformFunction], size: (f32, f32), origin: (f32, f32)) -> Matrix {
        let about = Matrix::translation(origin.0, origin.1);
        let all = functions.iter().fold(about, |matrix, function| {
            matrix.times(match *function {
                TransformFunction::Translate(x, y) => {
                    Matrix::translation(x.resolve(size.0), y.resolve(size.1))
                }
                TransformFunction::Scale(x, y) => Matrix([x, 0.0, 0.0, y, 0.0, 0.0]),
                TransformFunction::Rotate(degrees) => {
                    let (sin, cos) = degrees.to_radians().sin_cos();
                    Matrix([cos, sin, -sin, cos, 0.0, 0.0])
                }
            })
        });
        all.times(Matrix::translation(-origin.0, -origin.1))
    }
}
