//! Any text as a profile: read, or refused with a reason and a place; never a panic. The fuzz target
//! `profile` runs the same function on what its own search finds.

use proptest::prelude::*;

use propale::diagnostic::Diagnostics;
use propale::proposal::house::House;
use propale::proposal::pricing::quote::{Payment, Price, Quote};
use rust_decimal::Decimal;

use super::any_profile::{adds_up, any_profile};
use super::kit;

const PIECES: [&str; 74] = [
    "[client]\n",
    "[contact]\n",
    "[situation]\n",
    "[selection]\n",
    "[texts]\n",
    "[proposal]\n",
    "[pricing]\n",
    "[[pricing.lines]]\n",
    "[[pricing.packages]]\n",
    "[[pricing.packages.lines]]\n",
    "[[pricing.schedule]]\n",
    "[[timeline]]\n",
    "[scope]\n",
    "[[method]]\n",
    "[next_step]\n",
    "[house]\n",
    "[brand]\n",
    "[mail.smtp]\n",
    "[[team]]\n",
    "[[references]]\n",
    "[mentions]\n",
    "client.",
    "name = ",
    "offer = ",
    "lang = ",
    "label = ",
    "unit_price = ",
    "quantity = ",
    "vat = ",
    "discount = ",
    "deposit = ",
    "percent = ",
    "period = ",
    "lines = ",
    "weeks = ",
    "phase = ",
    "start = ",
    "date = ",
    "number = ",
    "needs = ",
    "siren = ",
    "vat_number = ",
    "reasons = ",
    "notes = ",
    "text = ",
    "\"Nova Santé\"",
    "\"fr\"",
    "\"\"",
    "'",
    "\"",
    "\"\"\"",
    "900",
    "12.5",
    "-1",
    "1e9",
    "nan",
    "0x1F",
    "99999999999999999999",
    "2026-11-22",
    "2026-13-45",
    "true",
    "{ every = \"mois\", count = 6 }",
    "{ min = 1, max = 4 }",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "=",
    "\n",
    " ",
    "# x\n",
    "\\u0000",
    "🙂",
];

fn file() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => "[ -~]{0,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A whole profile with a few of its characters lost, doubled or replaced.
fn damaged_profile() -> impl Strategy<Value = String> {
    let damage = (any::<prop::sample::Index>(), 0..3, prop::sample::select(&PIECES[..]));
    prop::collection::vec(damage, 1..6).prop_map(|all| {
        let mut text = super::faults::WHOLE.to_owned();
        for (at, how, piece) in all {
            let at = at.index(text.len());
            let at = (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
            match how {
                0 => drop(text.remove(at)),
                1 => text.insert_str(at, piece),
                _ => text.truncate(at),
            }
            if text.is_empty() {
                break;
            }
        }
        text
    })
}

/// Cents, rounded half up, of hundredths of hundredths of … : `10^places` a cent.
fn half_up(value: i128, places: u32) -> i128 {
    let one = 10_i128.pow(places);
    (value + one / 2).div_euclid(one)
}

/// Quantity and price in hundredths, discount in percent, periods, VAT in tenths of a percent.
type Line = (u32, u32, u32, u32, u32);

fn pricing(lines: &[Line], overall: u32) -> String {
    let mut text = format!("client.name = \"A\"\n[pricing]\ndiscount = {overall}\n");
    for (quantity, price, discount, count, vat) in lines {
        text += &format!(
            "[[pricing.lines]]\nlabel = \"A\"\nquantity = {}\nunit_price = {}\ndiscount = {discount}\nvat = {}\nperiod = {{ every = \"jour\", count = {count} }}\n",
            Decimal::new((*quantity).into(), 2),
            Decimal::new((*price).into(), 2),
            Decimal::new((*vat).into(), 1),
        );
    }
    text
}

/// A house that says why a rate may be 0.
fn exempt() -> House {
    kit::house("mentions.vat = \"Exonération.\"")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_pieces_are_read_or_refused(text in file()) {
        any_profile(&text);
    }

    #[test]
    fn a_damaged_profile_is_read_or_refused(text in damaged_profile()) {
        any_profile(&text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        any_profile(&text);
    }

    /// The same sums in whole numbers, without decimals.
    #[test]
    fn amounts_agree_with_whole_numbers(
        lines in prop::collection::vec(
            (0..100_000_u32, 0..10_000_000_u32, 0..=100_u32, 1..40_u32, prop::sample::select(vec![0, 21, 55, 100, 200])),
            1..8,
        ),
        overall in 0..=100_u32,
    ) {
        let (client, mut diagnostics) = kit::client(&pricing(&lines, overall));
        let quote = Quote::of(&client, &exempt(), &mut diagnostics).expect("a quote");
        prop_assert_eq!(diagnostics.one_lines(), "");
        let Price::Lines(priced) = quote.price else { panic!("lines") };
        adds_up(&priced);
        let mut total = 0;
        for rate in [0, 21, 55, 100, 200_u32] {
            let of_rate = lines.iter().filter(|(.., vat)| *vat == rate);
            let net: i128 = of_rate
                .map(|&(quantity, price, discount, count, _)| {
                    // Hundredths × hundredths × percent: two places for the quantity, two for the percent.
                    let kept = 100 - i128::from(discount);
                    half_up(i128::from(quantity) * i128::from(price) * i128::from(count) * kept, 4)
                })
                .sum();
            let base = net - half_up(net * i128::from(overall), 2);
            total += base + half_up(base * i128::from(rate), 3);
        }
        prop_assert_eq!(priced.totals.total, Decimal::from_i128_with_scale(total, 2));
    }

    #[test]
    fn a_schedule_adds_to_the_total(
        cents in 1..100_000_000_u32,
        cuts in prop::collection::vec(0..=1_000_000_u32, 0..6),
    ) {
        let mut cuts = cuts;
        cuts.extend([0, 1_000_000]);
        cuts.sort_unstable();
        let parts = cuts.windows(2).map(|pair| {
            format!("{{ label = \"A\", percent = {} }}", Decimal::new((pair[1] - pair[0]).into(), 4))
        });
        let text = format!(
            "client.name = \"A\"\n[pricing]\nvat = 0\nlines = [{{ label = \"A\", unit_price = {} }}]\nschedule = [{}]",
            Decimal::new(cents.into(), 2),
            parts.collect::<Vec<_>>().join(", "),
        );
        let (client, mut diagnostics) = kit::client(&text);
        let quote = Quote::of(&client, &exempt(), &mut diagnostics).expect("a quote");
        prop_assert_eq!(diagnostics.one_lines(), "");
        let Price::Lines(priced) = quote.price else { panic!("lines") };
        prop_assert!(matches!(priced.payment, Payment::Schedule(_)));
        adds_up(&priced);
    }
}

#[test]
fn torn_and_deep_files_are_refused() {
    for text in [
        "",
        "\u{feff}",
        "[",
        "[[",
        "x.",
        "a.b.c = 1\na.b = 2",
        "client = 3\n[client]\n",
        "[[client]]\n[client.name]",
    ] {
        any_profile(text);
    }
    let deep = "a.".repeat(5000) + "b = 1";
    any_profile(&deep);
    any_profile(&format!("[{}b]", "a.".repeat(5000)));
    any_profile(&format!("a = {}", "[".repeat(100_000)));
    any_profile(&format!("a = {}", "{ a = ".repeat(100_000)));
    let mut unread = Diagnostics::new();
    propale::proposal::client::Client::read(
        &propale::diagnostic::Source::new(
            "clients/a.toml",
            format!("a = {}1{}", "[".repeat(300), "]".repeat(300)),
        ),
        "a",
        &mut unread,
    );
    assert!(unread.one_lines().contains("nested deeper than 80 levels"), "{}", unread.one_lines());
}
