//! A TSA and an OCSP responder on loopback for as long as a test needs them (`tests/judges/responder.py`).
#![allow(dead_code, reason = "each test program uses some of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test without its responder has failed")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::judges;
use super::theirs::World;

static STARTED: AtomicU32 = AtomicU32::new(0);

/// The running program, which ends with this.
pub struct Responder {
    program: Child,
    port: u16,
}

impl Responder {
    /// Starts it for a world's authorities, on a free port.
    pub fn start(world: &World) -> Self {
        // Tests run side by side over one world.
        let own = world.folder.join(format!("responder-{}", STARTED.fetch_add(1, Ordering::Relaxed)));
        let config = own.with_extension("conf");
        world.tsa.time_stamping(&config, &own.with_extension("serial")).unwrap();
        let mut line = judges::python("responder.py");
        let mut program = line.arg(&world.folder).arg(&config).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut said).unwrap();
        Self { program, port: said.trim().parse().expect("the responder tells its port") }
    }

    /// The address of a path, such as `/tsa-slow`.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Posts a request and gives status and body: whatever came before the other end or ten seconds of silence ended it.
    pub fn post(&self, path: &str, kind: &str, body: &[u8]) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let head = format!("POST {path} HTTP/1.0\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
        let mut answer = Vec::new();
        // Enough of what has no end.
        stream.take(1 << 20).read_to_end(&mut answer).unwrap();
        let head = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("an HTTP answer has a head");
        let code = String::from_utf8_lossy(&answer).split(' ').nth(1).unwrap().parse().unwrap();
        (code, answer.split_off(head + 4))
    }
}

impl Drop for Responder {
    fn drop(&mut self) {
        // It ends with its input too; killing is for one that hangs.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
