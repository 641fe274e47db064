//! What others say of our pages: browsers' findings are compared here; the PDF's judges are scripts.

mod browser;
