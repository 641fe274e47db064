//! Font programs and pictures, compressed once and shared by the documents of a run.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::fonts::Program;
use crate::font::Face;
use crate::image::Picture;

/// Compressed streams by content. Empty at first; every [`write`](super::write) that is given it reads
/// and fills it. It only saves time: the bytes written do not depend on it.
#[derive(Debug, Default)]
pub struct Streams {
    fonts: Mutex<BTreeMap<FontKey, CachedFont>>,
    pictures: Mutex<BTreeMap<u64, Arc<Graft>>>,
}

/// Clients rarely share a whole set of glyphs: a long run must not keep every one that it met.
const MAX_FONTS: usize = 256;

/// The address of a face's bytes, its name among the faces in them, and the glyphs. The bytes are kept
/// beside the program, so the address stays theirs.
type FontKey = (usize, u32, String, Vec<u16>);

#[derive(Debug)]
struct CachedFont {
    _face: Arc<[u8]>,
    program: Arc<Program>,
}

impl Streams {
    pub(super) fn font(
        &self,
        face: &Face,
        glyphs: &[u16],
        make: impl FnOnce() -> Result<Program, String>,
    ) -> Result<Arc<Program>, String> {
        let address = face.data.as_ptr() as usize;
        let key = (address, face.index, face.postscript_name.clone(), glyphs.to_vec());
        if let Some(cached) = lock(&self.fonts).get(&key) {
            return Ok(cached.program.clone());
        }
        // Made without the lock: two threads may do the same work, neither waits.
        let program = Arc::new(make()?);
        let mut fonts = lock(&self.fonts);
        if fonts.len() >= MAX_FONTS {
            fonts.clear();
        }
        fonts.insert(key, CachedFont { _face: face.data.clone(), program: program.clone() });
        Ok(program)
    }

    pub(super) fn picture(&self, picture: &Picture, make: impl FnOnce() -> Graft) -> Arc<Graft> {
        if let Some(graft) = lock(&self.pictures).get(&picture.key) {
            return graft.clone();
        }
        let graft = Arc::new(make());
        lock(&self.pictures).insert(picture.key, graft.clone());
        graft
    }
}

/// A map that only ever gains whole entries is right even if a thread panicked holding it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Objects to be put into a document: the first is what they are about; references count from it.
#[derive(Clone, Debug, Default)]
pub(super) struct Graft {
    pub(super) objects: Vec<Object>,
}

impl Graft {
    /// Adds the objects to a document, and gives the first one's id.
    pub(super) fn plant(&self, pdf: &mut lopdf::Document) -> ObjectId {
        let base = pdf.max_id + 1;
        for object in &self.objects {
            let mut object = object.clone();
            shift(&mut object, base);
            pdf.add_object(object);
        }
        (base, 0)
    }
}

fn shift(object: &mut Object, base: u32) {
    match object {
        Object::Reference(id) => id.0 += base,
        Object::Array(items) => items.iter_mut().for_each(|item| shift(item, base)),
        Object::Dictionary(dict) => dict.iter_mut().for_each(|(_, value)| shift(value, base)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, value)| shift(value, base)),
        _ => {}
    }
}

/// How hard a stream is compressed: zlib's levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// It is made for one document: a third of the time, for a twentieth of its size.
    Once = 3,
    /// It is kept for a whole run. Higher levels take twice the time for a hundredth of the size.
    ForTheRun = 6,
}

thread_local! {
    /// Kept from stream to stream: making one clears a quarter of a megabyte.
    static COMPRESSORS: [RefCell<Compress>; 2] = [Effort::Once, Effort::ForTheRun]
        .map(|effort| RefCell::new(Compress::new(Compression::new(effort as u32), true)));
}

/// A compressed stream, or a plain one where that is shorter.
pub(super) fn deflate(mut dict: Dictionary, content: &[u8], effort: Effort) -> Stream {
    // zlib's bound on what does not compress at all.
    let mut compressed = Vec::with_capacity(content.len() + content.len() / 1000 + 64);
    let status = COMPRESSORS.with(|compressors| {
        let mut compressor = compressors[usize::from(effort == Effort::ForTheRun)].borrow_mut();
        compressor.reset();
        compressor.compress_vec(content, &mut compressed, FlushCompress::Finish)
    });
    let saves = compressed.len() + b"/Filter/FlateDecode".len() < content.len();
    if !saves || !matches!(status, Ok(Status::StreamEnd)) {
        return Stream::new(dict, content.to_vec());
    }
    dict.set("Filter", "FlateDecode");
    // Grafts and fonts are kept for the whole run.
    compressed.shrink_to_fit();
    Stream::new(dict, compressed)
}
