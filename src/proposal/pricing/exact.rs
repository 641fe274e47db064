//! Arithmetic without a lost digit: what a Decimal cannot hold is refused, not rounded.

use rust_decimal::{Decimal, RoundingStrategy};

/// Amounts from here on are refused, so that no later step can overflow: a Decimal holds 28 digits, and
/// an amount below this with its cents times a percentage with four decimals has 24.
pub(super) const LIMIT: Decimal = Decimal::from_parts(0xA4C6_8000, 0x0003_8D7E, 0, false, 0);

/// `a × b`, where all its digits fit.
pub(super) fn product(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (a, b) = (a.normalize(), b.normalize());
    let product = a.checked_mul(b)?;
    // Where the digits do not fit, the multiplication drops decimals.
    (a.is_zero() || b.is_zero() || product.scale() == a.scale() + b.scale()).then_some(product)
}

/// Rounded half up to the cent, written with two decimals.
pub(super) fn cents(amount: Decimal) -> Decimal {
    let mut amount = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    amount.rescale(2);
    amount
}

/// `percent` of `amount`, rounded half up to the cent; both below [`LIMIT`], at least 0.
pub(super) fn percent_of(percent: Decimal, amount: Decimal) -> Option<Decimal> {
    Some(cents(product(product(percent, amount)?, Decimal::new(1, 2))?))
}
