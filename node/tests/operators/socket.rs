//! A WebSocket connection to a node, as much of one as the tests need.

use serde_json::{json, Value};
use std::{
	io::{Read, Write},
	net::TcpStream,
	time::Duration,
};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection.
pub struct Socket {
	stream: TcpStream,
	/// The id of the last question of [`Socket::ask`].
	asked: u64,
}

impl Socket {
	/// Connects to `address`.
	pub fn open(address: &str) -> Self {
		let mut stream = TcpStream::connect(address).expect("the node listens");
		stream.set_read_timeout(Some(PATIENCE)).expect("it is no zero");
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
		Self { stream, asked: 0 }
	}

	/// Asks, and waits for the answer; an error is the answer's `error` object. What subscriptions tell meanwhile is
	/// lost.
	pub fn ask(&mut self, method: &str, params: &Value) -> Result<Value, Value> {
		self.asked += 1;
		let call =
			json!({ "jsonrpc": "2.0", "id": self.asked, "method": method, "params": params });
		self.send(&call.to_string());
		loop {
			let mut answer = self.receive();
			if answer["id"] != json!(self.asked) {
				continue;
			}
			return match answer.get_mut("error") {
				Some(error) => Err(error.take()),
				None => Ok(answer["result"].take()),
			};
		}
	}

	/// Sends a text of less than 64 KiB, masked with zeros (RFC 6455, 5.3).
	pub fn send(&mut self, text: &str) {
		let length = u16::try_from(text.len()).expect("it is short");
		let [high, low] = length.to_be_bytes();
		let head = match high {
			0 if low < 126 => vec![0x81, 0x80 | low],
			_ => vec![0x81, 0x80 | 126, high, low],
		};
		let frame = [&head[..], &[0; 4], text.as_bytes()].concat();
		self.stream.write_all(&frame).expect("the node reads");
	}

	/// Reads a text.
	pub fn receive(&mut self) -> Value {
		loop {
			let [kind, length] = self.read();
			let length = match length {
				126 => u64::from(u16::from_be_bytes(self.read())),
				127 => u64::from_be_bytes(self.read()),
				length => u64::from(length),
			};
			let mut content = vec![0; usize::try_from(length).expect("it fits into memory")];
			self.stream.read_exact(&mut content).expect("the node answers");
			// Others are pings.
			if kind == 0x81 {
				return serde_json::from_slice(&content).expect("it is JSON");
			}
		}
	}

	fn read<const N: usize>(&mut self) -> [u8; N] {
		let mut bytes = [0; N];
		self.stream.read_exact(&mut bytes).expect("the node answers");
		bytes
	}
}
