//! The detectors as a Wasm module, in the engine and with the settings that run a node's runtime.

use crate::compare::{Observed, Watcher};
use aitbc_anomaly::{Point, Timestamp, Value};
use std::{fs, io, path::PathBuf};
use wasmparser::{Validator, WasmFeatures};
use wasmtime::{
	Config, Engine, Instance, Memory, Module, OptLevel, Store, TypedFunc, WasmParams, WasmResults,
};

/// Why a module doesn't do.
#[derive(Debug, thiserror::Error)]
pub enum WasmError {
	/// There is none.
	#[error("cannot read {path}: {source}; scripts/anomaly-wasm builds it")]
	Read {
		/// The file.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// It is none, or one with floats, or with more than the first version of Wasm has.
	#[error("{path} is no plain Wasm without floats: {source}")]
	NotPlain {
		/// The file.
		path: PathBuf,
		/// What the parser says.
		source: wasmparser::BinaryReaderError,
	},
	/// The engine doesn't take it.
	#[error("cannot {what} the module: {reason}")]
	Engine {
		/// What was tried.
		what: &'static str,
		/// What the engine says.
		reason: String,
	},
	/// A call ended in a trap: the module panicked, or asked for memory.
	#[error("the module's function {function} trapped: {reason}")]
	Trap {
		/// What was called.
		function: &'static str,
		/// What the engine says.
		reason: String,
	},
	/// An answer is not where it was said to be.
	#[error("the module's answer of {len} bytes is out of its memory")]
	Answer {
		/// Of bytes.
		len: u32,
	},
}

/// An exported function, which knows its name.
struct Export<P, R> {
	name: &'static str,
	function: TypedFunc<P, R>,
}

impl<P: WasmParams, R: WasmResults> Export<P, R> {
	fn of(
		instance: &Instance,
		store: &mut Store<()>,
		name: &'static str,
	) -> Result<Self, WasmError> {
		let function = instance.get_typed_func(store, name).map_err(failed("link"))?;
		Ok(Self { name, function })
	}

	fn call(&self, store: &mut Store<()>, parameters: P) -> Result<R, WasmError> {
		self.function
			.call(store, parameters)
			.map_err(|error| WasmError::Trap { function: self.name, reason: format!("{error:#}") })
	}
}

fn failed(what: &'static str) -> impl Fn(wasmtime::Error) -> WasmError {
	move |error| WasmError::Engine { what, reason: format!("{error:#}") }
}

/// The detectors in Wasm.
pub struct Wasm {
	store: Store<()>,
	memory: Memory,
	begin: Export<(), ()>,
	observe: Export<(i64, u32, u64), u64>,
	explain: Export<(), u32>,
	sample: Export<(i64, u64), ()>,
	forecast: Export<(i64, i64), u32>,
	state: Export<(), u32>,
	/// Where answers are in the memory.
	answer: usize,
	module_bytes: usize,
	monitor_bytes: u32,
}

impl Wasm {
	/// Reads, compiles and starts a module.
	pub fn load(path: PathBuf) -> Result<Self, WasmError> {
		let code = match fs::read(&path) {
			Ok(code) => code,
			Err(source) => return Err(WasmError::Read { path, source }),
		};
		Validator::new_with_features(plain())
			.validate_all(&code)
			.map_err(|source| WasmError::NotPlain { path, source })?;
		let engine = Engine::new(&as_the_node_does()).map_err(failed("configure"))?;
		let module = Module::from_binary(&engine, &code).map_err(failed("compile"))?;
		let mut store = Store::new(&engine, ());
		// No imports: the module can ask the host for nothing, a clock and randomness included.
		let instance = Instance::new(&mut store, &module, &[]).map_err(failed("start"))?;
		let memory = instance.get_memory(&mut store, "memory").ok_or_else(|| {
			WasmError::Engine { what: "link", reason: "it exports no memory".into() }
		})?;
		let answer: Export<(), u32> = Export::of(&instance, &mut store, "answer")?;
		let monitor_size: Export<(), u32> = Export::of(&instance, &mut store, "monitor_size")?;
		Ok(Self {
			begin: Export::of(&instance, &mut store, "begin")?,
			observe: Export::of(&instance, &mut store, "observe")?,
			explain: Export::of(&instance, &mut store, "explain")?,
			sample: Export::of(&instance, &mut store, "sample")?,
			forecast: Export::of(&instance, &mut store, "forecast")?,
			state: Export::of(&instance, &mut store, "state")?,
			answer: answer.call(&mut store, ())? as usize,
			module_bytes: code.len(),
			monitor_bytes: monitor_size.call(&mut store, ())?,
			memory,
			store,
		})
	}

	/// Bytes of the module, as it is built.
	pub fn module_bytes(&self) -> usize {
		self.module_bytes
	}

	/// Bytes of the module's memory that a monitor takes.
	pub fn monitor_bytes(&self) -> u32 {
		self.monitor_bytes
	}

	/// Bytes of memory that the module has, its stack included.
	pub fn memory_bytes(&self) -> usize {
		self.memory.data_size(&self.store)
	}

	fn read(&self, len: u32) -> Result<Vec<u8>, WasmError> {
		let memory = self.memory.data(&self.store);
		let answer = memory.get(self.answer..).and_then(|rest| rest.get(..len as usize));
		answer.map(<[u8]>::to_vec).ok_or(WasmError::Answer { len })
	}
}

/// What a runtime's Wasm may use, less floats: the target wasm32v1-none has nothing else.
fn plain() -> WasmFeatures {
	WasmFeatures::MVP.union(WasmFeatures::MUTABLE_GLOBAL).difference(WasmFeatures::FLOATS)
}

/// The settings of sc-executor-wasmtime 0.47 that code is compiled by. Its pool of instances and its
/// threads for compiling are left out: neither changes what the code does. So are the switches for
/// reference types and threads, which this build of the engine doesn't have.
fn as_the_node_does() -> Config {
	let mut config = Config::new();
	config
		.cranelift_opt_level(OptLevel::SpeedAndSize)
		.cranelift_nan_canonicalization(false)
		.max_wasm_stack(1024 * 1024)
		.wasm_simd(false)
		.wasm_relaxed_simd(false)
		.wasm_bulk_memory(false)
		.wasm_multi_value(false)
		.wasm_multi_memory(false)
		.wasm_memory64(false)
		.wasm_tail_call(false)
		.wasm_extended_const(false);
	config
}

impl Watcher for Wasm {
	type Error = WasmError;

	fn begin(&mut self) -> Result<(), WasmError> {
		self.begin.call(&mut self.store, ())
	}

	fn observe(&mut self, point: &Point) -> Result<Observed, WasmError> {
		let at = point.at.map_or(0, |at| at.0);
		let parameters = (point.value.millionths(), u32::from(point.at.is_some()), at);
		let bits = self.observe.call(&mut self.store, parameters)?;
		let (high, low) = ((bits >> 32) as u32, bits as u32);
		let score = u16::try_from(high).map_err(|_| WasmError::Engine {
			what: "understand",
			reason: format!("a score of {high}"),
		})?;
		Ok(Observed { score, evidence: low })
	}

	fn explain(&mut self) -> Result<Vec<u8>, WasmError> {
		let len = self.explain.call(&mut self.store, ())?;
		self.read(len)
	}

	fn sample(&mut self, at: Timestamp, value: Value) -> Result<(), WasmError> {
		self.sample.call(&mut self.store, (value.millionths(), at.0))
	}

	fn forecast(&mut self, at_least: Value, at_most: Value) -> Result<Vec<u8>, WasmError> {
		let limits = (at_least.millionths(), at_most.millionths());
		let len = self.forecast.call(&mut self.store, limits)?;
		self.read(len)
	}

	fn state(&mut self) -> Result<Vec<u8>, WasmError> {
		let len = self.state.call(&mut self.store, ())?;
		self.read(len)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Why these bytes are no module.
	fn error(code: &[u8]) -> String {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("a.wasm");
		fs::write(&path, code).unwrap();
		Wasm::load(path).err().map(|error| error.to_string()).unwrap()
	}

	/// The beginning of every module: the magic bytes, and version 1.
	const EMPTY: [u8; 8] = *b"\0asm\x01\0\0\0";

	#[test]
	fn module_should_be_refused_when_it_has_floats() {
		// One function, of type () -> f32, whose body is f32.const 0.
		let types = [1, 5, 1, 0x60, 0, 1, 0x7d];
		let functions = [3, 2, 1, 0];
		let code = [10, 9, 1, 7, 0, 0x43, 0, 0, 0, 0, 0x0b];
		let error = error(&[&EMPTY[..], &types, &functions, &code].concat());
		assert!(error.contains("no plain Wasm without floats"), "{error}");
	}

	#[test]
	fn module_should_be_refused_when_it_lacks_what_is_called() {
		assert_eq!(error(&EMPTY), "cannot link the module: it exports no memory");
		assert!(error(b"").contains("no plain Wasm"));
		let missing = Wasm::load("nowhere.wasm".into()).err().map(|error| error.to_string());
		assert!(missing.unwrap().starts_with("cannot read nowhere.wasm"));
	}
}
