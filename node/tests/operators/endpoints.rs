//! The telemetry worker of a running node, whose endpoint is not what it should be.

use crate::harness::{free_port, wait_until, Node};
use serde_json::{json, Value};
use std::{
	io::{Read, Write},
	net::{TcpListener, TcpStream},
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc,
	},
	thread::{self, JoinHandle},
	time::Duration,
};

use super::telemetry::{encoded, SETTINGS_KEY};

/// The mode in which a worker reads and judges, and sends nothing.
const WATCH: u8 = 1;

/// How many blocks there have to be while an endpoint is not well.
const BLOCKS: u64 = 3;

/// What an endpoint does with a connection, until the flag says that nobody is interested any more.
type Answer = fn(&mut TcpStream, &AtomicBool) -> std::io::Result<()>;

/// Endpoints that are not well, and what the operator is told of each.
const BROKEN: [(&str, Answer, &str); 11] = [
	("closes the connection", |_, _| Ok(()), "nobody answers"),
	("never answers", |_, ended| hang(ended), "more than two seconds"),
	(
		"stops after its head",
		|stream, ended| say(stream, "200 OK", 900, b"").and(hang(ended)),
		"more than two",
	),
	("trickles", trickle, "more than two seconds"),
	("answers 500", |stream, _| say(stream, "500 Internal Server Error", 0, b""), "answers 500"),
	(
		"sends on",
		|stream, _| say(stream, "302 Found\r\nLocation: http://127.0.0.1:1/", 0, b""),
		"answers 302",
	),
	("never ends", pour, "longer than 512 KiB"),
	("breaks off", |stream, _| say(stream, "200 OK", 900, b"up 1\n"), "broke off"),
	("is a web page", |stream, _| say(stream, "200 OK", 14, b"<html></html>\n"), "is no sample"),
	("is not text", |stream, _| say(stream, "200 OK", 4, b"# \xff\n"), "is not UTF-8"),
	(
		"is another program's",
		|stream, _| say(stream, "200 OK", 5, b"up 1\n"),
		"none of a node's metrics",
	),
];

/// Begins an answer of `length` bytes with `body`.
fn say(stream: &mut TcpStream, status: &str, length: usize, body: &[u8]) -> std::io::Result<()> {
	write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n")?;
	stream.write_all(body)
}

/// Does nothing for as long as somebody waits.
fn hang(ended: &AtomicBool) -> std::io::Result<()> {
	while !ended.load(Ordering::Relaxed) {
		thread::sleep(Duration::from_millis(20));
	}
	Ok(())
}

/// Sends a byte every now and then.
fn trickle(stream: &mut TcpStream, ended: &AtomicBool) -> std::io::Result<()> {
	say(stream, "200 OK", 100_000, b"")?;
	while !ended.load(Ordering::Relaxed) {
		stream.write_all(b"#")?;
		thread::sleep(Duration::from_millis(50));
	}
	Ok(())
}

/// Sends as much as is taken.
fn pour(stream: &mut TcpStream, ended: &AtomicBool) -> std::io::Result<()> {
	say(stream, "200 OK", usize::MAX >> 1, b"")?;
	while !ended.load(Ordering::Relaxed) {
		stream.write_all(&[b'#'; 65_536])?;
	}
	Ok(())
}

/// An endpoint that answers every request in the same way, until it is dropped.
struct Endpoint {
	port: u16,
	ended: Arc<AtomicBool>,
	server: Option<JoinHandle<()>>,
}

impl Endpoint {
	fn new(answer: Answer) -> Self {
		let listener = TcpListener::bind(("127.0.0.1", 0)).expect("some port is free");
		let port = listener.local_addr().expect("a bound socket has an address").port();
		let ended = Arc::new(AtomicBool::new(false));
		let flag = ended.clone();
		let server = thread::spawn(move || {
			while let Ok((mut stream, _)) = listener.accept() {
				if flag.load(Ordering::Relaxed) {
					return;
				}
				let flag = flag.clone();
				// The worker goes when it has waited long enough, so writing may fail.
				thread::spawn(move || {
					let _ = stream.read(&mut [0; 1_024]).and_then(|_| answer(&mut stream, &flag));
				});
			}
		});
		Self { port, ended, server: Some(server) }
	}
}

impl Drop for Endpoint {
	fn drop(&mut self) {
		self.ended.store(true, Ordering::Relaxed);
		// Has it look at the flag.
		drop(TcpStream::connect(("127.0.0.1", self.port)));
		if let Some(server) = self.server.take() {
			let _ = server.join();
		}
	}
}

/// What the worker has written down.
fn status(node: &Node) -> Value {
	node.get("telemetry_worker", json!([]))["status"].take()
}

/// Has the worker read this port from now on.
fn direct(node: &Node, port: u16) {
	let settings = encoded(WATCH, port);
	node.get("offchain_localStorageSet", json!(["PERSISTENT", SETTINGS_KEY, settings]));
}

/// Waits until the worker reads its endpoint, and has more samples than these.
fn wait_for_samples(node: &Node, before: u64) {
	wait_until("samples", || {
		let status = status(node);
		let samples = status["samples"].as_u64()?;
		(status["problem"].is_null() && samples > before).then_some(())
	});
}

#[test]
fn node_should_make_blocks_when_its_telemetry_cannot_be_read() {
	let port = free_port();
	let node = Node::dev(&["--prometheus-port", &port.to_string(), "--telemetry-worker", "watch"]);
	wait_for_samples(&node, 0);
	let mut told = node.log().matches("no telemetry").count();

	let deaf = free_port();
	let endpoints = BROKEN.iter().map(|(what, answer, problem)| (*what, Some(answer), *problem));
	for (what, answer, expected) in endpoints.chain([("is not there", None, "nobody answers")]) {
		let endpoint = answer.map(|answer| Endpoint::new(*answer));
		direct(&node, endpoint.as_ref().map_or(deaf, |endpoint| endpoint.port));
		let problem = wait_until(&format!("the problem that the endpoint {what}"), || {
			Some(status(&node)["problem"].as_str()?.to_owned())
		});
		assert!(problem.contains(expected), "{what}: {problem}");
		let samples = status(&node)["samples"].as_u64();
		let begin = node.best();
		wait_until("blocks", || (node.best() >= begin + BLOCKS).then_some(()));

		assert_eq!(status(&node)["samples"].as_u64(), samples, "{what}");
		told += 1;
		assert_eq!(node.log().matches("no telemetry").count(), told, "{what}:\n{}", node.log());
		println!("an endpoint that {what}: {BLOCKS} blocks, no sample, one line: {problem}");

		direct(&node, port);
		wait_for_samples(&node, samples.unwrap_or_default());
	}
	assert!(!node.log().contains("panicked"), "{}", node.log());
}
