//! Opening what the worker needs. Bitcoin Core may be down.

use super::{
	archive::{Archive, ArchiveError},
	chain::{Chain, ChainError},
	desk::{Desk, Status},
	evidence::{self, EvidenceError},
	finality::Witness,
	metrics::Metrics,
	options::{CoreOptions, Mode, OptionsError},
	round::Worker,
	sending::Sender,
};
use crate::service::{parts::Parts, TransactionPool};
use aitbc_bitcoin::Network;
use aitbc_node_bitcoin::{
	anchorer::AnchorerError,
	bitcoin_core::CoreError,
	file::{self, FileError},
	signer::{External, SignerError},
	Anchorer, Core, Signer, Wallet, WalletError,
};
use sc_service::Configuration;
use sp_core::{crypto::SecretStringError, sr25519, Pair};
use std::{
	path::{Path, PathBuf},
	sync::Arc,
};

/// The most bytes of the file of the relayer's secret.
const SECRET_LIMIT: u64 = 1_024;

/// Why the worker could not be started.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
	/// This chain follows no Bitcoin.
	#[error("this chain follows no Bitcoin, so there is nothing to do for --bitcoin-rpc-url: leave it out")]
	NoBitcoin,
	/// This chain could not be read.
	#[error(transparent)]
	Chain(#[from] ChainError),
	/// Bitcoin Core's address.
	#[error(transparent)]
	Core(#[from] CoreError),
	/// The archive.
	#[error(transparent)]
	Archive(#[from] ArchiveError),
	/// The genesis.
	#[error(transparent)]
	Evidence(#[from] EvidenceError),
	/// A file.
	#[error(transparent)]
	File(#[from] FileError),
	/// The anchor's key.
	#[error(transparent)]
	Wallet(#[from] WalletError),
	/// The address of whoever signs.
	#[error(transparent)]
	Signer(#[from] SignerError),
	/// The journal.
	#[error(transparent)]
	Anchorer(#[from] AnchorerError),
	/// The options don't go with the chain.
	#[error(transparent)]
	Options(#[from] OptionsError),
	/// The relayer's secret.
	#[error("{path} has no secret of an account: {cause:?}; put a phrase or a seed there")]
	Secret {
		/// The file.
		path: PathBuf,
		/// Why.
		cause: SecretStringError,
	},
}

impl Worker {
	/// Opens all that it needs but Bitcoin Core itself.
	pub fn open(
		options: CoreOptions,
		config: &Configuration,
		parts: &Parts,
		metrics: Option<Metrics>,
	) -> Result<(Self, Arc<Desk>), OpenError> {
		let (client, pool) = (parts.client.clone(), parts.transaction_pool.clone());
		let chain = Chain::new(client.clone());
		let network = chain.light_client()?.ok_or(OpenError::NoBitcoin)?.network;
		let folder = config.data_path.join("bitcoin");
		let archive = Archive::open(folder.join("evidence"))?;
		let start = evidence::start(&parts.genesis_state, chain.header(0)?)?;
		options.check_folder(network)?;
		let CoreOptions { url, credentials, mode, fees, rescan, relayer, .. } = options;
		let core = || Core::new(&url, credentials.clone(), network);
		let key_file = folder.join("anchor-key");
		let (signer, wallet) = signer(&mode, &folder, &key_file, network)?;
		let own = folder.join("relayer-key");
		let sender = sender(&chain, pool, relayer.as_deref(), &own)?;
		let status = Status {
			mode: mode.name(),
			relayer: sender.account(),
			address: signer.as_ref().map(Signer::address),
			key_hash: wallet.as_ref().map(Wallet::key_hash),
			balance: None,
			core_height: None,
			waiting: None,
			problem: None,
			error: None,
		};
		let anchorer = signer
			.map(|signer| Anchorer::open(core()?, &folder.join("journal"), signer, fees))
			.transpose()?;
		let desk = Desk::new(client.clone(), archive.clone(), core()?, wallet, status);
		if rescan {
			desk.ask_for_scan();
		}
		let desk = Arc::new(desk);
		let worker = Self {
			witness: Witness::new(client, archive.clone()),
			chain,
			archive,
			start,
			core: core()?,
			anchorer,
			sender,
			desk: desk.clone(),
			metrics,
			missed: None,
			failed: Default::default(),
			trouble: Default::default(),
			mode,
			url,
		};
		Ok((worker, desk))
	}
}

/// Who signs anchors in this mode, and the wallet again for those who ask.
fn signer(
	mode: &Mode,
	folder: &Path,
	key_file: &Path,
	network: Network,
) -> Result<(Option<Signer>, Option<Wallet>), OpenError> {
	Ok(match mode {
		Mode::Payload => (None, None),
		Mode::Psbt { address } => {
			let external = External::new(address, network, &folder.join("anchor.psbt"))?;
			(Some(Signer::External(external)), None)
		},
		Mode::Broadcast => {
			let wallet = Wallet::open_or_create(key_file, network)?;
			(Some(Signer::Wallet(wallet)), Some(Wallet::open(key_file, network)?))
		},
	})
}

/// Sends for the account in the operator's file, or for one of the worker's own, which is made if there is none.
fn sender(
	chain: &Chain,
	pool: Arc<TransactionPool>,
	named: Option<&Path>,
	own: &Path,
) -> Result<Sender, OpenError> {
	let path = named.unwrap_or(own);
	let read = file::read_private(path, SECRET_LIMIT);
	let text = match read {
		Err(error) if error.is_missing() && named.is_none() => {
			let (_, seed) = sr25519::Pair::generate();
			file::create(own, format!("0x{}\n", hex::encode(seed)).as_bytes())?;
			file::read_private(own, SECRET_LIMIT)?
		},
		other => other?,
	};
	let secret = String::from_utf8_lossy(&text);
	Sender::new(chain.clone(), pool, secret.trim())
		.map_err(|cause| OpenError::Secret { path: path.into(), cause })
}
