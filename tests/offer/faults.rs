//! What is wrong with a note, in the exact words of the message.

use super::{read, read_as};

/// (what, note, messages)
const FAULTS: &[(&str, &str, &str)] = &[
    (
        "a control character",
        "# Why\n- a\u{7}b\u{85}\n",
        "error: offers/note.md:2:4: control character U+0007 in the text (hint: there are 2 in this file)\n",
    ),
    (
        "front matter never closed",
        "---\ntitle: a\n",
        "error: offers/note.md:1:1: the front matter opened here is never closed (hint: end it with a line of `---`)\n",
    ),
    (
        "items that are tasks, and tasks within an item",
        "# Why\n- [x] a\n- b\n  - [ ] c\n\n# Other\n1. [ ] **d**: e\n",
        "warning: offers/note.md:2:3: the box of this item is not printed: an offer's items are no tasks (hint: take the brackets out, or put the tasks in a list below the item)\n\
         warning: offers/note.md:7:4: the box of this item is not printed: an offer's items are no tasks (hint: take the brackets out, or put the tasks in a list below the item)\n",
    ),
    (
        "no YAML, and another fault below",
        "---\ntitle: été\nneeds: [a\n---\n# Why\n- a [weight:: x]\n",
        "error: offers/note.md:4:1: the front matter is no YAML: while parsing a flow sequence, expected ',' or ']'\n\
         error: offers/note.md:6:5: a weight is a whole number from 1 to 9, found `x`\n",
    ),
    (
        "no keys",
        "---\n- a\n---\n",
        "error: offers/note.md:2:1: the front matter is keys and values, found a list\n",
    ),
    (
        "wrong types",
        "---\ntitle: [a]\nlang: de\nneeds: [a, b]\nsections: x\n---\n",
        "error: offers/note.md:2:8: `title` is a text, found a list\n\
         error: offers/note.md:3:7: unknown language `de`: expected fr, en, en-GB or en-US\n\
         error: offers/note.md:4:8: `needs` is keys and values, found a list\n\
         error: offers/note.md:5:11: `sections` is keys and values, found a text\n",
    ),
    (
        "keys written twice",
        "---\ntitle: a\ntitle: b\nneeds:\n  été:\n  Ete:\n  été:\n---\n",
        "error: offers/note.md:3:1: key `title` written twice\n\
         error: offers/note.md:7:3: key `été` written twice\n\
         error: offers/note.md:6:3: the need `Ete` is written twice: `été` is the same\n",
    ),
    (
        "a vocabulary in the wrong shape",
        "---\nneeds:\n  a: { lable: x, words: { b: c } }\n  b: text\n  \"!\": {}\n  c: { label: [], words: [x, [y]] }\n---\n",
        "error: offers/note.md:3:8: unknown key `lable`: a need has label, words, hints and concepts (hint: did you mean `label`?)\n\
         error: offers/note.md:3:25: `words` is a list of texts, found keys and values\n\
         error: offers/note.md:4:6: the need `b` is keys and values, found a text\n\
         error: offers/note.md:5:3: a need's name has letters or digits\n\
         error: offers/note.md:6:15: `label` is a text, found a list\n\
         error: offers/note.md:6:30: `words` is a text, found a list\n",
    ),
    (
        "what nobody would hear",
        "---\nneeds:\n  a: { hints: \"b, c\", words: [\"?\", \"\"] }\n  d: { hints: [\"M&A\", \"🚗\", cash] }\n---\n",
        "warning: offers/note.md:3:15: `hints` is one text with commas, looked for as one phrase (hint: write a list: [b, c])\n\
         error: offers/note.md:3:36: `words` has an empty text\n\
         warning: offers/note.md:3:31: `?` is never heard: it has no word that tells\n\
         warning: offers/note.md:4:16: `M&A` is never heard: it has no word that tells\n\
         warning: offers/note.md:4:23: `🚗` is never heard: it has no word that tells\n",
    ),
    (
        "an alias",
        "---\na: &x 1\ntitle: *x\n---\n",
        "error: offers/note.md:3:8: `title` is a text, found an alias\n",
    ),
    (
        "roles",
        "---\nsections:\n  reason: Nos atouts\n  benefits: Ce que vous gagniez\n  other: [Zut]\n---\n## Nos atouts\n## Ce que vous gagnez\n",
        "error: offers/note.md:3:3: unknown role `reason`: expected services, reasons, benefits, other (hint: did you mean `reasons`?)\n\
         error: offers/note.md:4:13: no heading begins with `Ce que vous gagniez`, which is to be the section of benefits (hint: there is `Ce que vous gagnez`)\n\
         error: offers/note.md:5:11: no heading begins with `Zut`, which is to be the section of other\n",
    ),
    (
        "a comment never closed",
        "# Why\n- a %%b\n",
        "error: offers/note.md:2:5: the comment opened here is never closed (hint: end it with `%%`)\n",
    ),
    (
        "ids",
        "# Why\n- a ^x\n- b ^x\n- c ^y ^z\n- d ^été\n",
        "warning: offers/note.md:5:5: `^été` is printed: an id has letters without accents, digits and hyphens only\n\
         error: offers/note.md:4:8: `^z`: this item already has the id `^y`\n\
         error: offers/note.md:3:5: the id `^x` is written twice, first on line 2\n",
    ),
    (
        "fields",
        "# Why\n- a [wieght:: 2] [weight:: 0] [group:: ] [excludes::,]\n- b [weight:: 1] [weight:: 2] [group:: g] [group:: h]\n\n[weight:: 2]\n\nb [status:: draft]\n",
        "warning: offers/note.md:2:5: unknown field `wieght`: expected weight, requires, excludes, group, proves (hint: did you mean `weight`?)\n\
         error: offers/note.md:2:18: a weight is a whole number from 1 to 9, found `0`\n\
         error: offers/note.md:2:31: the field `group` has no value\n\
         error: offers/note.md:2:42: the field `excludes` has no value\n\
         error: offers/note.md:3:18: this item has two fields `weight`\n\
         error: offers/note.md:3:43: this item has two fields `group`\n\
         warning: offers/note.md:5:1: the field `weight` stands beside no item\n\
         warning: offers/note.md:7:3: unknown field `status`: expected weight, requires, excludes, group, proves\n",
    ),
    (
        "needs beside nothing, and gates that no need is",
        "---\nneeds: { budget: , relais: }\n---\n#budget\n\n# Why\n\n#budget\n\n#other\n\n- a [requires:: buget] [excludes:: scale-up]\n",
        "warning: offers/note.md:8:1: the need `#budget` stands beside no item\n\
         warning: offers/note.md:12:5: `buget` is no need of this note: only a client's sector or stage can be it (hint: did you mean `budget`?)\n",
    ),
    (
        "footnotes, callouts and other marks that are printed as they are written",
        "Un délai[^d], ==ferme==, de $x$ jours.\n\n> [!note] Deux\n\n[^d]: Courriel\n",
        "warning: offers/note.md:1:9: `[^d]` is printed as it is written: a proposal has no footnotes (hint: say it in the sentence, in brackets)\n\
         warning: offers/note.md:1:15: `==ferme==` is printed as it is written: nothing is highlighted (hint: write `**ferme**`)\n\
         warning: offers/note.md:1:29: `$x$` is printed as it is written: formulas are not set (hint: write it with the signs themselves, as in `E = mc²`)\n\
         warning: offers/note.md:3:3: `[!note]` is printed as it is written: quotations are of one kind (hint: take it out, or begin the quotation with a word in bold)\n\
         warning: offers/note.md:5:1: `[^d]` is printed as it is written: a proposal has no footnotes (hint: say it in the sentence, in brackets)\n",
    ),
    (
        "headings that skip a level",
        "# Titre\n\n### Why\n- a\n\n##### Un\nb\n\n### Deux\nc\n\n#### Trois\nd\n",
        "warning: offers/note.md:6:1: this heading skips a level: found level 5 below level 3, printed one level below (hint: begin it with `####`)\n",
    ),
    (
        "proofs",
        "# Why\n- a ^gain-un\n- b ^gain-deux\n# Benefits\n- c [proves:: gian-un, gain]\n",
        "error: offers/note.md:5:5: this note has no item `gian-un` (hint: did you mean `gain-un`?)\n\
         error: offers/note.md:5:5: `gain` is the beginning of several ids: `gain-un`, `gain-deux`\n",
    ),
    (
        "pictures",
        "![a](https://a.example/b.png) ![b](data:image/png;base64,x) ![c](../../c.png)\n\n![](d.png) ![[e.png]] ![[Note]]\n",
        "error: offers/note.md:1:1: the picture `https://a.example/b.png` is not a file of the workspace: nothing is fetched\n\
         error: offers/note.md:1:31: a picture in `data:` is refused: put it into a file of the workspace\n\
         error: offers/note.md:1:61: the picture `../../c.png` leads out of the workspace\n\
         warning: offers/note.md:3:1: the picture is left out: it has no alternative text (hint: say in the brackets what it shows: `![…](…)`)\n\
         warning: offers/note.md:3:12: the embed `![[e.png]]` is left out\n\
         warning: offers/note.md:3:23: the embed `![[Note]]` is left out\n",
    ),
];

#[test]
fn each_fault_says_where_and_the_way_out() {
    let mut wrong = Vec::new();
    for (what, note, expected) in FAULTS {
        let messages = read(note).1.one_lines();
        if messages != *expected {
            wrong.push(format!("{what}:\n{messages}instead of\n{expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_nests_too_deep_is_refused() {
    let quotes = format!("# Why\n{}a", "> ".repeat(200));
    assert_eq!(
        read(&quotes).1.one_lines(),
        "error: offers/note.md:2:257: lists, quotes and emphasis nest deeper than 128 levels\n"
    );
    for deep in ["[".repeat(100_000), "{a: ".repeat(1000), "- ".repeat(1000)] {
        let (offer, diagnostics) = read(&format!("---\na: b\nx:\n  {deep}\n---\n"));
        assert!(offer.is_none());
        assert!(diagnostics.has_errors());
    }
}

#[test]
fn a_broken_file_is_not_a_flood() {
    let note = format!("# Why\n{}", "- a [weight:: x]\n".repeat(1000));
    let messages = read(&note).1.one_lines();
    assert_eq!(messages.lines().count(), 101);
    assert!(messages.ends_with("error: offers/note.md has 900 more faults\n"));
}

#[test]
fn a_translation_is_the_same_offer_in_other_words() {
    let french = "---\nlang: fr\ntitle: relais\nneeds: { absence: { label: une absence, words: [congé] } }\n---\n\
                  ## Pourquoi\n- deux #absence [weight:: 3] [group:: g] ^b\n- un ^a\n## Avantages\n- trois [proves:: b] ^c\n";
    let english = "---\nlang: en\ntitle: cover\nneeds: { absence: { label: an absence, words: [leave] } }\n---\n\
                   an opening line\n## Why\n- one ^a\n- **Two**: words ^b\n## Benefits\n- three ^c\n";
    let original = read_as("offers/relais.md", "relais", french).0.unwrap();
    let read_english = |text: &str| read_as("offers/relais.en.md", "relais", text).0.unwrap();
    let mut diagnostics = propale::diagnostic::Diagnostics::new();
    let translated = original.in_words_of(&read_english(english), &mut diagnostics);
    assert_eq!(diagnostics.one_lines(), "");
    crate::golden::check("offer/translated.txt", &super::show(&translated));

    let faulty = "## Why\n- one ^a\n- three ^c\n- four ^bb\n";
    original.in_words_of(&read_english(faulty), &mut diagnostics);
    assert_eq!(
        diagnostics.one_lines(),
        "error: offers/relais.md:7:1: offers/relais.en.md does not have the item `b` (hint: write `^b` beside its translation)\n\
         error: offers/relais.en.md:3:1: the item `c` stands among the reasons here, among the benefits in offers/relais.md\n\
         error: offers/relais.en.md:4:1: offers/relais.md has no item `bb` (hint: did you mean `b`?)\n"
    );
}
