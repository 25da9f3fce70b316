//! Finds everything that is wrong with an operator's file.

use super::{
	amount,
	known::{self, WellKnown},
	point::Scheme,
	reach,
	text::{Bitcoin, Document, Owner, Validator as Text},
	Fault, Network, Problem, Rules, Validator,
};
use aitbc_bitcoin::{ChainedHeader, Network as BitcoinNetwork, Work};
use aitbc_core::{AccountId, Balance};
use codec::DecodeAll;
use pallet_bitcoin_light_client::StatedCheckpoint;
use sc_network::config::MultiaddrWithPeerId;
use sp_core::{
	crypto::Ss58Codec, ed25519, proof_of_possession::ProofOfPossessionVerifier, sr25519, U256,
};
use std::collections::BTreeMap;
use toml::Spanned;

/// How long an id may be.
const ID_LENGTH: usize = 32;

/// Chains that the node means by their name.
const TAKEN_IDS: [&str; 2] = ["dev", "local"];

/// How many approvers the catalogue's most dangerous operation needs.
const FEWEST_APPROVERS: usize = 3;

/// With how many members two thirds are not one person's decision.
const FEWEST_MEMBERS: usize = 3;

/// The work that Bitcoin's main network had at the height of 824,000 (Core v27 `src/kernel/chainparams.cpp`,
/// `nMinimumChainWork`), 0x63c4ebd298db40af57541800 hashes. No other of its networks is near.
const LEAST_WORK: Work = Work(U256([0x98db_40af_5754_1800, 0x63c4_ebd2, 0, 0]));

/// How accounts of pallets begin, for which there is no key (`PalletId` in frame-support).
const PALLETS: &[u8] = b"modl";

/// The place of each key or account that was seen, among those that must differ.
type Seen = BTreeMap<[u8; 32], String>;

/// Checks `document`, whose source is `source`. Gives all problems, from the first line on.
pub fn network(document: &Document, source: &str, rules: &Rules) -> Result<Network, Vec<Problem>> {
	let mut check = Check { source, rules, known: WellKnown::new(), problems: Vec::new() };
	let network = check.document(document);
	check.problems.sort_by_key(|problem| problem.line);
	match network {
		Some(network) if check.problems.is_empty() => Ok(network),
		_ => Err(check.problems),
	}
}

/// The check, and what it has found.
struct Check<'a> {
	source: &'a str,
	rules: &'a Rules,
	known: WellKnown,
	problems: Vec<Problem>,
}

impl Check<'_> {
	/// Notes that something is wrong with `field`, which stands at `place`. Gives nothing, for convenience.
	fn fault<T, V>(
		&mut self,
		field: impl Into<String>,
		place: &Spanned<T>,
		fault: Fault,
	) -> Option<V> {
		let before = self.source.get(..place.span().start).unwrap_or_default();
		let line = before.matches('\n').count().saturating_add(1);
		self.problems.push(Problem { line, field: field.into(), fault });
		None
	}

	/// Checks everything; nothing if too little of it makes sense.
	fn document(&mut self, document: &Document) -> Option<Network> {
		self.name_and_id(document);
		let boot_nodes = self.boot_nodes(&document.boot_nodes);
		let balances = self.balances(document);
		let validators = self.validators(document, &balances);
		let committee = self.committee(
			"committee",
			&document.committee,
			FEWEST_MEMBERS,
			TWO_THIRDS,
			self.rules.most_members,
		);
		let approvers = self.committee(
			"approvers",
			&document.approvers,
			FEWEST_APPROVERS,
			THREE_APPROVE,
			self.rules.most_approvers,
		);
		let sudo = document.sudo.as_ref().map(|sudo| self.sudo(sudo));
		let checkpoint = self.checkpoint(&document.bitcoin);
		Some(Network {
			name: document.name.get_ref().clone(),
			id: document.id.get_ref().clone(),
			boot_nodes,
			validators,
			balances: balances.into_iter().collect(),
			committee,
			approvers,
			sudo: sudo.flatten(),
			checkpoint: checkpoint?,
		})
	}

	fn name_and_id(&mut self, document: &Document) {
		if document.name.get_ref().trim().is_empty() {
			self.fault::<_, ()>("name", &document.name, Fault::Empty);
		}
		let id = document.id.get_ref();
		let is_allowed = |letter: char| {
			letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_-".contains(letter)
		};
		let is_good = !id.is_empty() && id.len() <= ID_LENGTH && id.chars().all(is_allowed);
		if !is_good || TAKEN_IDS.contains(&id.as_str()) {
			self.fault::<_, ()>("id", &document.id, Fault::BadId);
		}
	}

	fn boot_nodes(&mut self, texts: &[Spanned<String>]) -> Vec<MultiaddrWithPeerId> {
		let mut nodes: Vec<MultiaddrWithPeerId> = Vec::new();
		for (index, text) in texts.iter().enumerate() {
			let field = format!("boot_nodes[{index}]");
			let node = match text.get_ref().parse::<MultiaddrWithPeerId>() {
				Ok(node) => node,
				Err(error) => {
					self.fault::<_, ()>(field, text, Fault::BadBootNode(format!("{error}")));
					continue;
				},
			};
			let key = node.peer_id.into_ed25519();
			if let Some(name) = key.and_then(|key| self.known.name_of(&key)) {
				self.fault::<_, ()>(&*field, text, Fault::KnownPeer(name));
			}
			if let Some(obstacle) = reach::obstacle(&node.multiaddr, self.rules.is_for_tests) {
				self.fault::<_, ()>(&*field, text, Fault::Unreachable(obstacle));
			}
			match nodes.iter().position(|earlier| *earlier == node) {
				Some(earlier) => {
					let earlier = format!("boot_nodes[{earlier}]");
					self.fault::<_, ()>(field, text, Fault::Duplicate(earlier));
				},
				None => nodes.push(node),
			}
		}
		nodes
	}

	/// Reads who owns what, and checks what all own together.
	fn balances(&mut self, document: &Document) -> BTreeMap<AccountId, Balance> {
		let mut balances = BTreeMap::new();
		let mut seen = Seen::new();
		let mut is_whole = true;
		for (index, Owner { account, amount }) in document.balances.iter().enumerate() {
			let field = format!("balances[{index}]");
			let owner = self.once(format!("{field}.account"), account, &mut seen);
			let amount = self.existing(format!("{field}.amount"), amount);
			match owner.zip(amount) {
				Some((owner, amount)) => {
					balances.insert(owner, amount);
				},
				None => is_whole = false,
			}
		}
		let treasury = self.existing("treasury".into(), &document.treasury);
		is_whole &= treasury.is_some();
		balances.extend(treasury.map(|amount| (self.rules.treasury.clone(), amount)));
		if let Some(faucet) = &document.faucet {
			let faucet = self.faucet(faucet);
			is_whole &= faucet.is_some();
			balances.extend(faucet);
		}
		let found = balances.values().fold(0, |sum: Balance, amount| sum.saturating_add(*amount));
		let expected = self.rules.supply;
		// Of what can't be read it is not known how much it is.
		if is_whole && found != expected {
			let fault = Fault::WrongSupply { found, expected };
			self.fault::<_, ()>("treasury", &document.treasury, fault);
		}
		balances
	}

	fn faucet(&mut self, amount: &Spanned<String>) -> Option<(AccountId, Balance)> {
		if !self.rules.is_for_tests {
			let fault = Fault::NotForPreset(self.rules.preset, "everybody could take its money");
			return self.fault("faucet", amount, fault);
		}
		let place = amount;
		let amount = self.existing("faucet".into(), place)?;
		if amount > self.rules.most_faucet {
			return self.fault("faucet", place, Fault::RichFaucet(self.rules.most_faucet));
		}
		known::faucet().map(|key| (AccountId::from(key), amount))
	}

	fn validators(
		&mut self,
		document: &Document,
		balances: &BTreeMap<AccountId, Balance>,
	) -> Vec<Validator> {
		let Rules { fewest_validators: least, most_validators: most, .. } = *self.rules;
		let found = document.validators.len();
		// An empty list has no place of its own.
		let place = document.validators.first().map_or(&document.id, |first| &first.stash);
		if found < least {
			let reason = "of fewer none may fail";
			self.fault::<_, ()>("validators", place, Fault::TooFew { found, least, reason });
		} else if found > most {
			self.fault::<_, ()>("validators", place, Fault::TooMany { found, most });
		}
		let mut seen = Seen::new();
		let mut validators = Vec::new();
		for (index, text) in document.validators.iter().enumerate() {
			validators.extend(self.validator(
				&format!("validators[{index}]"),
				text,
				balances,
				&mut seen,
			));
		}
		validators
	}

	fn validator(
		&mut self,
		field: &str,
		text: &Text,
		balances: &BTreeMap<AccountId, Balance>,
		seen: &mut Seen,
	) -> Option<Validator> {
		let stash = self.once(format!("{field}.stash"), &text.stash, seen);
		let mut key =
			|name: &str, text, scheme| self.key(format!("{field}.{name}"), text, scheme, seen);
		let grandpa = key("grandpa", &text.grandpa, Scheme::Ed25519);
		let babe = key("babe", &text.babe, Scheme::Sr25519);
		let discovery = key("authority_discovery", &text.authority_discovery, Scheme::Sr25519);
		let bond = self.bond(field, text, stash.as_ref(), balances);
		let commission = self.commission(format!("{field}.commission"), &text.commission);
		let proof = format!("{field}.proof");
		if text.proof.is_none() && !self.rules.is_for_tests {
			self.fault::<_, ()>(&*proof, &text.stash, Fault::NoProof(self.rules.preset));
		}
		let validator = Validator {
			stash: stash?,
			bond: bond?,
			commission: commission?,
			grandpa: ed25519::Public::from_raw(grandpa?),
			babe: sr25519::Public::from_raw(babe?),
			authority_discovery: sr25519::Public::from_raw(discovery?),
		};
		match &text.proof {
			Some(text) if !proves(text.get_ref(), &validator) => {
				self.fault(proof, text, Fault::WrongProof)
			},
			_ => Some(validator),
		}
	}

	fn bond(
		&mut self,
		field: &str,
		text: &Text,
		stash: Option<&AccountId>,
		balances: &BTreeMap<AccountId, Balance>,
	) -> Option<Balance> {
		let field = format!("{field}.bond");
		let Some(bond) = amount::balance(text.bond.get_ref()) else {
			return self.fault(field, &text.bond, Fault::NoAmount);
		};
		if bond < self.rules.least_bond {
			return self.fault(field, &text.bond, Fault::LowBond(self.rules.least_bond));
		}
		let owned = balances.get(stash?).copied().unwrap_or_default();
		let needed = bond.saturating_add(self.rules.existential_deposit);
		if owned < needed {
			return self.fault(field, &text.bond, Fault::PoorStash { owned, needed });
		}
		Some(bond)
	}

	fn commission(&mut self, field: String, text: &Spanned<String>) -> Option<sp_runtime::Perbill> {
		let Some(share) = amount::share(text.get_ref()) else {
			return self.fault(field, text, Fault::NoShare);
		};
		let least = self.rules.least_commission;
		if share < least {
			return self.fault(field, text, Fault::LowCommission(format!("{least:?}")));
		}
		Some(share)
	}

	/// Reads accounts that decide together, of which there are at least so many, for a `reason`, and at most so many.
	fn committee(
		&mut self,
		field: &str,
		texts: &Spanned<Vec<Spanned<String>>>,
		least: usize,
		reason: &'static str,
		most: usize,
	) -> Vec<AccountId> {
		let found = texts.get_ref().len();
		if found < least {
			self.fault::<_, ()>(field, texts, Fault::TooFew { found, least, reason });
		} else if found > most {
			self.fault::<_, ()>(field, texts, Fault::TooMany { found, most });
		}
		let mut seen = Seen::new();
		let mut accounts = Vec::new();
		for (index, text) in texts.get_ref().iter().enumerate() {
			accounts.extend(self.once(format!("{field}[{index}]"), text, &mut seen));
		}
		accounts
	}

	fn sudo(&mut self, text: &Spanned<String>) -> Option<AccountId> {
		if !self.rules.is_for_tests {
			let reason = "whoever has the key could do everything, without anybody's vote";
			return self.fault("sudo", text, Fault::NotForPreset(self.rules.preset, reason));
		}
		self.account("sudo".into(), text)
	}

	fn checkpoint(&mut self, bitcoin: &Bitcoin) -> Option<StatedCheckpoint> {
		let text = &bitcoin.network;
		let mut networks = BitcoinNetwork::ALL.into_iter();
		let Some(network) = networks.find(|network| network.name() == text.get_ref()) else {
			return self.fault("bitcoin.network", text, Fault::NoBitcoin);
		};
		if !self.rules.is_for_tests && network != BitcoinNetwork::Mainnet {
			let reason = match network.is_trusted_relayer() {
				true => "whoever relays its blocks can make them up",
				false => "its coins are worth nothing, and so is the work on its blocks",
			};
			return self.fault("bitcoin.network", text, Fault::WeakBitcoin(reason));
		}
		let Some(place) = &bitcoin.checkpoint else {
			if network == BitcoinNetwork::Mainnet {
				return self.fault("bitcoin", text, Fault::NoCheckpoint);
			}
			return Some(StatedCheckpoint::genesis(network));
		};
		let checkpoint = place.get_ref();
		let stated = StatedCheckpoint {
			network: network.name().into(),
			height: checkpoint.height,
			chainwork: checkpoint.chainwork.clone(),
			period_start: checkpoint.period_start.clone(),
			headers: checkpoint.headers.clone(),
		};
		let read = stated.read().and_then(|checkpoint| {
			ChainedHeader::from_checkpoint(&checkpoint).map_err(|error| error.to_string())
		});
		match read {
			Ok((last, _)) if !self.rules.is_for_tests && last.work() < LEAST_WORK => {
				self.fault("bitcoin.checkpoint", place, Fault::LittleWork)
			},
			Ok(_) => Some(stated),
			Err(reason) => self.fault("bitcoin.checkpoint", place, Fault::BadCheckpoint(reason)),
		}
	}

	/// Reads an amount with which an account can exist.
	fn existing(&mut self, field: String, text: &Spanned<String>) -> Option<Balance> {
		let least = self.rules.existential_deposit;
		match amount::balance(text.get_ref()) {
			None => self.fault(field, text, Fault::NoAmount),
			Some(amount) if amount < least => {
				self.fault(field, text, Fault::BelowExistentialDeposit(least))
			},
			Some(amount) => Some(amount),
		}
	}

	/// Reads an account that only its owner can sign for, and that none of `seen` is.
	fn once(
		&mut self,
		field: String,
		text: &Spanned<String>,
		seen: &mut Seen,
	) -> Option<AccountId> {
		let account = self.account(field.clone(), text)?;
		self.unseen(field, text, *account.as_ref(), seen).map(AccountId::from)
	}

	/// Reads an account that only its owner can sign for.
	fn account(&mut self, field: String, text: &Spanned<String>) -> Option<AccountId> {
		let account = match account(text.get_ref(), self.rules.ss58_prefix) {
			Ok(account) => account,
			Err(fault) => return self.fault(field, text, fault),
		};
		let bytes: &[u8; 32] = account.as_ref();
		if account == self.rules.treasury {
			return self.fault(field, text, Fault::IsTreasury);
		}
		if bytes.starts_with(PALLETS) {
			return self.fault(field, text, Fault::IsPallets);
		}
		match self.known.name_of(bytes) {
			Some(name) => self.fault(field, text, Fault::WellKnown(name)),
			None => Some(account),
		}
	}

	/// Reads a public key of `scheme`, written like an account, whose secret only its owner knows.
	fn key(
		&mut self,
		field: String,
		text: &Spanned<String>,
		scheme: Scheme,
		seen: &mut Seen,
	) -> Option<[u8; 32]> {
		let Ok(key) = account(text.get_ref(), self.rules.ss58_prefix) else {
			return self.fault(field, text, Fault::NoKey);
		};
		if let Some(name) = self.known.name_of(key.as_ref()) {
			return self.fault(field, text, Fault::WellKnown(name));
		}
		let key = self.unseen(field.clone(), text, key.into(), seen)?;
		if !scheme.has(&key) {
			return self.fault(field, text, Fault::NoPoint(scheme));
		}
		Some(key)
	}

	/// Gives `key` unless it is among `seen`, and adds it.
	fn unseen(
		&mut self,
		field: String,
		text: &Spanned<String>,
		key: [u8; 32],
		seen: &mut Seen,
	) -> Option<[u8; 32]> {
		if let Some(earlier) = seen.get(&key) {
			let earlier = earlier.clone();
			return self.fault(field, text, Fault::Duplicate(earlier));
		}
		seen.insert(key, field);
		Some(key)
	}
}

/// Why a committee has no fewer members.
const TWO_THIRDS: &str = "two thirds of fewer are one person, or everybody";

/// Why there are no fewer approvers.
const THREE_APPROVE: &str = "to pause a call takes three of them";

/// Reads an account: SS58 with the network's prefix, or `0x` and 64 hexadecimal digits.
fn account(text: &str, prefix: u16) -> Result<AccountId, Fault> {
	if let Some(digits) = text.strip_prefix("0x") {
		let mut key = [0; 32];
		hex::decode_to_slice(digits, &mut key).map_err(|_| Fault::NoAccount)?;
		return Ok(key.into());
	}
	let (account, format) =
		AccountId::from_ss58check_with_version(text).map_err(|_| Fault::NoAccount)?;
	let found = u16::from(format);
	if found == prefix {
		return Ok(account);
	}
	Err(Fault::WrongPrefix { found, expected: prefix })
}

/// Whether `text` shows that whoever has the stash possesses the three keys.
///
/// It is what the runtime checks in `session.set_keys`: a proof for each key, in the order of its
/// `SessionKeys`. Genesis does not check it.
pub(super) fn proves(text: &str, validator: &Validator) -> bool {
	type Proofs = (ed25519::Signature, sr25519::Signature, sr25519::Signature);
	let bytes = hex::decode(text.trim_start_matches("0x")).unwrap_or_default();
	let Ok((grandpa, babe, discovery)) = Proofs::decode_all(&mut &bytes[..]) else { return false };
	let owner: &[u8] = validator.stash.as_ref();
	ed25519::Pair::verify_proof_of_possession(owner, &grandpa, &validator.grandpa)
		&& sr25519::Pair::verify_proof_of_possession(owner, &babe, &validator.babe)
		&& sr25519::Pair::verify_proof_of_possession(
			owner,
			&discovery,
			&validator.authority_discovery,
		)
}
