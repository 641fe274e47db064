//! Pages from HTML and CSS.

mod any_document;
mod blocks;
mod breaks;
mod goldens;
pub mod kit;
mod lists;
mod painting;
mod sheets;
mod strays;
mod tables;
mod torture;

#[test]
fn a_first_page() {
    let laid = kit::lay("", "<h1 id=a>Titre</h1><p>Un mot.</p>");
    assert_eq!(
        laid.dump(),
        "page 1 400 × 300\n  50,63.4 “Titre” (h1#a)\n  50,83.4 “Un mot.” (p)\nh1#a at page 1 50,50\n"
    );
}
