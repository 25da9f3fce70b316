//! What a client gets that asks for more than it may.

use crate::harness::Node;
use serde_json::{json, Value};
use std::{
	io::{Read, Write},
	net::TcpStream,
	time::{Duration, Instant},
};

/// How many calls per minute the node allows a connection: so many at once, and then one per second.
const LIMIT: usize = 60;

/// How many more the client makes.
const MORE: usize = 30;

/// The error of a call that waited for its turn too long.
const LIMIT_EXCEEDED: i64 = -32_999;

/// A WebSocket connection, as much of one as this test needs.
struct Socket(TcpStream);

impl Socket {
	/// Connects to `address`.
	fn open(address: &str) -> Self {
		let mut stream = TcpStream::connect(address).expect("the node listens");
		stream.set_read_timeout(Some(Duration::from_secs(60))).expect("it is no zero");
		write!(
			stream,
			"GET / HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
			 Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
		)
		.expect("the node reads");
		let mut head = Vec::new();
		while !head.ends_with(b"\r\n\r\n") {
			let mut byte = [0];
			stream.read_exact(&mut byte).expect("the node answers");
			head.push(byte[0]);
		}
		assert!(head.starts_with(b"HTTP/1.1 101 "), "{}", String::from_utf8_lossy(&head));
		Self(stream)
	}

	/// Sends a short text, masked with zeros (RFC 6455, 5.3).
	fn send(&mut self, text: &str) {
		let length = u8::try_from(text.len()).expect("it is short");
		assert!(length < 126);
		let frame = [&[0x81, 0x80 | length, 0, 0, 0, 0], text.as_bytes()].concat();
		self.0.write_all(&frame).expect("the node reads");
	}

	/// Reads a text.
	fn receive(&mut self) -> Value {
		loop {
			let mut head = [0; 2];
			self.0.read_exact(&mut head).expect("the node answers");
			let length = match head[1] {
				126 => {
					let mut length = [0; 2];
					self.0.read_exact(&mut length).expect("the node answers");
					usize::from(u16::from_be_bytes(length))
				},
				length => usize::from(length),
			};
			let mut content = vec![0; length];
			self.0.read_exact(&mut content).expect("the node answers");
			// Others are pings.
			if head[0] == 0x81 {
				return serde_json::from_slice(&content).expect("it is JSON");
			}
		}
	}
}

#[test]
fn client_should_be_slowed_down_and_then_refused_when_it_asks_for_too_much() {
	let node = Node::dev(&["--rpc-rate-limit", &LIMIT.to_string()]);
	let mut socket = Socket::open(node.address());
	let begin = Instant::now();
	for id in 0..LIMIT + MORE {
		let call = json!({ "jsonrpc": "2.0", "id": id, "method": "system_name", "params": [] });
		socket.send(&call.to_string());
	}

	let answers: Vec<_> = (0..LIMIT + MORE).map(|_| (socket.receive(), begin.elapsed())).collect();

	let errors: Vec<_> = answers.iter().filter(|(answer, _)| !answer["error"].is_null()).collect();
	let answered = answers.len() - errors.len();
	assert!(answered > LIMIT, "only {answered} calls were answered");
	assert!(!errors.is_empty(), "no call was refused");
	for (answer, _) in &errors {
		assert_eq!(answer["error"]["code"], json!(LIMIT_EXCEEDED), "{answer}");
		assert_eq!(answer["error"]["message"], json!("RPC rate limit exceeded"));
	}
	// The connection stays, and others have a limit of their own.
	assert_eq!(node.get("system_name", json!([])), json!("AITBC Node"));
	let took = answers.last().map(|(_, took)| *took).unwrap_or_default();
	println!("{answered} answered, {} refused after {took:.1?}", errors.len());
}
