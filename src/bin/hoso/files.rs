//! Files: read whole up to a limit, streamed, or written so that none is ever left half done. Also the clock.

use crate::exit::{CliError, Done};
use hoso::json::Document;
use hoso::limits;
use hoso::text::{Instant, Moment};
use std::fs::{self, File};
use std::io::{self, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

const PIECE: usize = 64 * 1024;

/// The largest file that is read whole: a revocation list in Base64, which is a third longer.
const LARGEST: usize = limits::CRL_BYTES / 3 * 4;

/// The bytes of a file that may hold so many.
pub fn read_most(path: &Path, most: usize) -> Done<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if bytes.len() > most { Err(too_large(path, most).into()) } else { Ok(bytes) }
}

pub fn too_large(path: &Path, most: usize) -> CliError {
    CliError::FileTooLarge { file: path.display().to_string(), most: most as u64 }
}

/// A file's name without its folders.
pub fn name(path: &Path) -> Done<String> {
    let name = path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
    Ok(name.ok_or_else(|| CliError::FileName { file: path.display().to_string() })?)
}

/// Whoever names an input as the file to write would lose it: a key for ever.
pub fn spare<'p>(out: &Path, mut inputs: impl Iterator<Item = &'p PathBuf>) -> Done<()> {
    let Ok(place) = fs::canonicalize(out) else { return Ok(()) };
    if inputs.any(|input| fs::canonicalize(input).is_ok_and(|input| input == place)) {
        return Err(CliError::OutIsInput { file: out.display().to_string() }.into());
    }
    Ok(())
}

/// Random bytes.
pub fn random<const BYTES: usize>() -> Done<[u8; BYTES]> {
    let mut bytes = [0; BYTES];
    getrandom::getrandom(&mut bytes).map_err(|_| CliError::Random)?;
    Ok(bytes)
}

/// The bytes of a file or, for `-`, of standard input. Of one that is larger than any of its kind may be, what is kept
/// is one byte more than that: enough for its reader to refuse it.
pub fn read(path: &Path) -> Done<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = LARGEST as u64 + 1;
    let done = if path == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    done.map_err(|error| unreadable(path, &error))?;
    Ok(bytes)
}

/// A JSON document.
pub fn document(path: &Path) -> Done<Document> {
    Ok(Document::read(read(path)?)?)
}

/// A file as lines, buffered by the megabyte.
pub fn lines(path: &Path) -> Done<BufReader<Box<dyn Read>>> {
    const BUFFER: usize = 1 << 20;
    let file: Box<dyn Read> =
        if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(path).map_err(|error| unreadable(path, &error))?) };
    Ok(BufReader::with_capacity(BUFFER, file))
}

/// Hands a file over piece by piece; a line on the terminal tells how far it is when it takes long.
pub fn stream<E>(path: &Path, mut take: impl FnMut(&[u8]) -> Result<(), E>) -> Done<Result<(), E>> {
    let mut file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    let mut progress = Progress::new(path, size);
    let mut piece = vec![0; PIECE];
    loop {
        let count = file.read(&mut piece).map_err(|error| unreadable(path, &error))?;
        let Some(read) = piece.get(..count).filter(|read| !read.is_empty()) else { return Ok(Ok(())) };
        if let Err(error) = take(read) {
            return Ok(Err(error));
        }
        progress.add(count);
    }
}

/// Hands a whole file over piece by piece.
pub fn each(path: &Path, mut take: impl FnMut(&[u8])) -> Done<()> {
    let done = stream(path, |piece| {
        take(piece);
        Ok::<_, std::convert::Infallible>(())
    })?;
    done.unwrap_or_else(|never| match never {});
    Ok(())
}

/// Writes bytes as a file, all of them or none.
pub fn write_all(path: &Path, bytes: &[u8]) -> Done<()> {
    write(path, |file| Ok(file.write_all(bytes).map_err(|error| unwritable(path, &error))?))
}

/// Writes a file beside its place and renames it, so that a reader finds all of it or nothing.
pub fn write(path: &Path, content: impl FnOnce(&mut dyn Write) -> Done<()>) -> Done<()> {
    let beside = beside(path);
    let failed = |error: &io::Error| CliError::FileUnwritable { file: path.display().to_string(), reason: error.to_string() };
    let mut file = io::BufWriter::new(File::create_new(&beside).map_err(|error| failed(&error))?);
    // Not before: what stood there already is not ours to remove.
    let _left = RemoveOnDrop(&beside);
    content(&mut file)?;
    let file = file.into_inner().map_err(|error| failed(error.error()))?;
    file.sync_all().map_err(|error| failed(&error))?;
    fs::rename(&beside, path).map_err(|error| failed(&error))?;
    Ok(())
}

/// An error of writing to a place.
pub fn unwritable(path: &Path, error: &io::Error) -> CliError {
    CliError::FileUnwritable { file: path.display().to_string(), reason: error.to_string() }
}

/// An error of reading from a place.
pub fn unreadable(path: &Path, error: &io::Error) -> CliError {
    CliError::FileUnreadable { file: path.display().to_string(), reason: error.to_string() }
}

/// The moment asked for, else now as a clock in Vietnam shows it.
pub fn moment(asked: Option<&str>) -> Done<Moment> {
    if let Some(text) = asked {
        return Ok(Moment::parse(text).ok_or(CliError::Clock)?);
    }
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| CliError::Clock)?;
    let seconds = i64::try_from(elapsed.as_secs()).map_err(|_| CliError::Clock)?;
    Ok(Moment::new(Instant::from_unix(seconds), Moment::VIETNAM))
}

fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

/// Removes what is left when writing ends early; after the rename there is nothing left to remove.
struct RemoveOnDrop<'p>(&'p Path);

impl Drop for RemoveOnDrop<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.0);
    }
}

/// A line on the terminal for work on large files.
struct Progress {
    name: String,
    size: u64,
    done: u64,
    shown: Option<u64>,
}

impl Progress {
    const WORTH_TELLING: u64 = 20_000_000;

    fn new(path: &Path, size: u64) -> Self {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let shown = (size >= Self::WORTH_TELLING && io::stderr().is_terminal()).then_some(0);
        Self { name, size, done: 0, shown }
    }

    fn add(&mut self, count: usize) {
        self.done += count as u64;
        let percent = self.done.saturating_mul(100) / self.size.max(1);
        if let Some(shown) = self.shown.filter(|shown| percent > *shown) {
            let _ = write!(io::stderr(), "\r{} {percent} %", self.name);
            self.shown = Some(percent.max(shown));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_stood_beside_is_not_removed() {
        let path = std::env::temp_dir().join(format!("hoso-beside-{}", std::process::id()));
        let beside = beside(&path);
        fs::write(&beside, "another's").unwrap();
        assert!(write(&path, |_| Ok(())).is_err());
        assert_eq!(fs::read(&beside).unwrap(), b"another's");
        fs::remove_file(beside).unwrap();
        assert!(write(&path, |_| Ok(())).is_ok() && path.exists());
        fs::remove_file(path).unwrap();
    }
}
