//! Files that make a network, and what is said to those that make none.

use super::{check::proves, point::Scheme, *};
use aitbc_bitcoin::{Checkpoint, Header, Network as Bitcoin, Work};
use aitbc_core::money::{AIT, EXISTENTIAL_DEPOSIT};
use codec::Encode;
use sp_core::{
	crypto::{Ss58AddressFormat, Ss58Codec},
	proof_of_possession::ProofOfPossessionGenerator,
	Pair, U256,
};
use std::{fmt::Write, sync::LazyLock};

/// The identity of a node whose secret is 0x00..01, as manuals have it.
const KNOWN_PEER: &str = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";

/// The first header of a period of Bitcoin's main network, and those from 741,793 on.
const HEADERS: &[u8] = include_bytes!("../../../primitives/bitcoin/vectors/mainnet-741793.bin");

/// How many validators the example has.
const VALIDATORS: u8 = 4;

/// The rules of production, or of a network for tests.
fn rules(is_for_tests: bool) -> Rules {
	Rules {
		preset: if is_for_tests { "staging" } else { "production" },
		is_for_tests,
		fewest_validators: 4,
		most_validators: 10,
		least_bond: 1_000 * AIT,
		least_commission: Perbill::from_percent(5),
		supply: 1_000_000_000 * AIT,
		most_members: 5,
		most_approvers: 4,
		most_faucet: 1_000 * AIT,
		existential_deposit: EXISTENTIAL_DEPOSIT,
		treasury: AccountId::new(*b"modlpy/trsry\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
		ss58_prefix: 42,
	}
}

/// An account of nobody's: the `role` of the validator `index`.
fn sr25519(role: u8, index: u8) -> sr25519::Pair {
	let mut seed = [7; 32];
	seed[..2].copy_from_slice(&[role, index]);
	sr25519::Pair::from_seed(&seed)
}

fn ed25519(index: u8) -> ed25519::Pair {
	let mut seed = [8; 32];
	seed[0] = index;
	ed25519::Pair::from_seed(&seed)
}

fn stash(index: u8) -> AccountId {
	sr25519(0, index).public().into()
}

fn hex(bytes: &[u8]) -> String {
	format!("0x{}", ::hex::encode(bytes))
}

/// That the validator `index` has its three keys, for `owner`.
fn proof(index: u8, owner: &AccountId) -> String {
	let owner: &[u8] = owner.as_ref();
	let grandpa = ed25519(index).generate_proof_of_possession(owner);
	let babe = sr25519(1, index).generate_proof_of_possession(owner);
	let discovery = sr25519(2, index).generate_proof_of_possession(owner);
	hex(&(grandpa, babe, discovery).encode())
}

/// The identity of a node of somebody's.
fn peer() -> String {
	let key = ed25519(99).public().0;
	sc_network::PeerId::from_ed25519(&key).expect("it is a key").to_base58()
}

/// A block of Bitcoin's main network. It was so high, but had less work behind it than `work`.
fn checkpoint(work: u128) -> StatedCheckpoint {
	let headers = HEADERS.as_chunks().0.iter().map(Header::from_bytes);
	let headers: Vec<_> = headers.take(12).collect();
	StatedCheckpoint::from(&Checkpoint {
		network: Bitcoin::Mainnet,
		height: 741_803,
		work: Work(U256::from(work)),
		period_start: headers[0],
		headers: headers[1..].to_vec(),
	})
}

/// The work of Bitcoin's main network in January 2024.
const WORK: u128 = 0x63c4_ebd2_98db_40af_5754_1800;

/// A file that makes a network, written once: a signature is another one each time.
static EXAMPLE: LazyLock<String> = LazyLock::new(written);

fn example() -> String {
	EXAMPLE.clone()
}

/// The line of the example with the proof of the validator `index`.
fn proof_line(index: usize) -> &'static str {
	let mut lines = EXAMPLE.lines().filter(|line| line.starts_with("proof = "));
	lines.nth(index).expect("each validator has one")
}

fn written() -> String {
	let member = |index| AccountId::from(sr25519(3, index).public()).to_string();
	let members = format!("[\"{}\", \"{}\", \"{}\"]", member(0), member(1), member(2));
	let checkpoint = checkpoint(WORK);
	let mut text = format!(
		"name = \"AITBC Test\"\nid = \"aitbc_test\"\ntreasury = \"999_600_000 AIT\"\n\
		 boot_nodes = []\ncommittee = {members}\napprovers = {members}\n\n\
		 [bitcoin]\nnetwork = \"main\"\n\n\
		 [bitcoin.checkpoint]\nheight = {}\nchainwork = \"{}\"\nperiod_start = \"{}\"\nheaders = {:?}\n",
		checkpoint.height, checkpoint.chainwork, checkpoint.period_start, checkpoint.headers
	);
	for index in 0..VALIDATORS {
		let account = stash(index);
		write!(
			text,
			"\n[[balances]]\naccount = \"{account}\"\namount = \"100_000 AIT\"\n\
			 \n[[validators]]\nstash = \"{account}\"\nbond = \"50_000 AIT\"\ncommission = \"7.5 %\"\n\
			 grandpa = \"{}\"\nbabe = \"{}\"\nauthority_discovery = \"{}\"\nproof = \"{}\"\n",
			hex(&ed25519(index).public().0),
			sr25519(1, index).public().to_ss58check(),
			hex(&sr25519(2, index).public().0),
			proof(index, &account),
		)
		.expect("a string can be written to");
	}
	text
}

fn parsed(text: &str, is_for_tests: bool) -> Result<Network, Error> {
	parse(text, Path::new("network.toml"), &rules(is_for_tests))
}

/// The problems of `text`, without their lines.
fn faults_of(text: &str, is_for_tests: bool) -> Vec<(String, Fault)> {
	match parsed(text, is_for_tests) {
		Ok(_) => Vec::new(),
		Err(Error::Refused { problems, .. }) => {
			problems.into_iter().map(|problem| (problem.field, problem.fault)).collect()
		},
		Err(error) => panic!("{error}"),
	}
}

/// Checks that production says only this when `from` is `to` at one place in the example.
fn refuses(from: &str, to: &str, field: &str, fault: Fault) {
	let text = example();
	assert!(text.contains(from), "the example has no {from}");
	let found = faults_of(&text.replacen(from, to, 1), false);
	assert_eq!(found, [(field.to_owned(), fault)], "{from} as {to}");
}

#[test]
fn read_should_give_what_the_file_says_when_it_is_sound() {
	for is_for_tests in [false, true] {
		let network = parsed(&example(), is_for_tests).expect("it is sound");

		assert_eq!((network.name.as_str(), network.id.as_str()), ("AITBC Test", "aitbc_test"));
		assert_eq!(
			network.balances.iter().map(|(_, amount)| amount).sum::<Balance>(),
			1_000_000_000 * AIT
		);
		assert_eq!(network.balances.len(), 5);
		assert_eq!((network.committee.len(), network.approvers.len()), (3, 3));
		assert_eq!(network.checkpoint, checkpoint(WORK));
		assert!(network.sudo.is_none());
		for (index, validator) in (0..).zip(&network.validators) {
			assert_eq!(validator.stash, stash(index));
			assert_eq!(validator.bond, 50_000 * AIT);
			assert_eq!(validator.commission, Perbill::from_parts(75_000_000));
			assert_eq!(validator.grandpa, ed25519(index).public());
			assert_eq!(validator.babe, sr25519(1, index).public());
			assert_eq!(validator.authority_discovery, sr25519(2, index).public());
		}
	}
}

#[test]
fn read_should_say_file_line_field_and_remedy_when_it_refuses() {
	let text = example()
		.replacen("AITBC Test", " ", 1)
		.replacen("\"50_000 AIT\"", "\"5 AIT\"", 1)
		.replacen("7.5 %", "7.5", 1);
	let line = |text: &str, part: &str| {
		text.lines().position(|line| line.starts_with(part)).expect("it is there") + 1
	};

	let error = parsed(&text, false).expect_err("three things are wrong").to_string();

	let lines: Vec<_> = error.lines().collect();
	assert_eq!(
		lines[0],
		"network.toml makes no network of the preset `production`, for 3 reasons:"
	);
	assert_eq!(lines[1], "  line 1, name: is empty: write something");
	let place = format!("  line {}, validators[0].bond: ", line(&text, "bond"));
	assert_eq!(
		lines[2],
		format!("{place}is below the least bond of a validator, 1000 AIT: bond that or more")
	);
	assert!(lines[3].contains("validators[0].commission: is no commission"), "{error}");
}

#[test]
fn read_should_name_line_and_field_when_a_field_is_unknown_or_missing() {
	for (from, to, words) in [
		("commission", "comission", ["line 24", "unknown field `comission`"]),
		("[bitcoin]\nnetwork", "[bitcoin]\nchain", ["line 9", "unknown field `chain`"]),
		("name =", "telemetry = \"x\"\nname =", ["line 1", "unknown field `telemetry`"]),
		("treasury = \"999_600_000 AIT\"\n", "", ["line 1", "missing field `treasury`"]),
		("id = \"aitbc_test\"", "id = aitbc", ["line 2", "string"]),
		("boot_nodes = []", "boot_nodes = \"\"", ["line 4", "expected a sequence"]),
	] {
		let text = example().replacen(from, to, 1);
		let error = parsed(&text, false).expect_err("it is malformed").to_string();
		for word in words {
			assert!(error.contains(word), "{word} in:\n{error}");
		}
	}
}

#[test]
fn read_should_name_the_file_when_it_can_not_be_read() {
	let error =
		read(Path::new("/nowhere/network.toml"), &rules(false)).expect_err("it is not there");
	assert!(error.to_string().contains("/nowhere/network.toml"), "{error}");
}

#[test]
fn read_should_refuse_known_keys_in_every_role() {
	let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	let known = |text| Fault::WellKnown(format!("//Alice ({text})"));
	let sr25519_known = known("sr25519");
	let member = AccountId::from(sr25519(3, 0).public()).to_string();
	let approvers = format!("approvers = [\"{member}");
	for (from, to, field) in [
		(format!("committee = [\"{member}"), format!("committee = [\"{alice}"), "committee[0]"),
		(approvers, format!("approvers = [\"{alice}"), "approvers[0]"),
		(sr25519(1, 2).public().to_ss58check(), alice.to_owned(), "validators[2].babe"),
		(hex(&sr25519(2, 3).public().0), alice.to_owned(), "validators[3].authority_discovery"),
	] {
		refuses(&from, &to, field, sr25519_known.clone());
	}
	let grandpa = ed25519::Pair::from_string("//Alice", None).expect("it is a secret").public();
	refuses(
		&hex(&ed25519(1).public().0),
		&hex(&grandpa.0),
		"validators[1].grandpa",
		known("ed25519"),
	);
	let known_stash = example().replace(&stash(0).to_string(), alice);
	let fields: Vec<_> = faults_of(&known_stash, false)
		.into_iter()
		.filter(|(_, fault)| *fault == sr25519_known)
		.map(|(field, _)| field)
		.collect();
	assert_eq!(fields, ["balances[0].account", "validators[0].stash"]);
}

#[test]
fn read_should_refuse_a_key_that_is_there_twice() {
	let twice = |earlier: &str| Fault::Duplicate(earlier.into());
	let babe = sr25519(1, 0).public().to_ss58check();
	for (from, to, field, earlier) in [
		(
			sr25519(1, 1).public().to_ss58check(),
			babe.clone(),
			"validators[1].babe",
			"validators[0].babe",
		),
		(
			hex(&sr25519(2, 0).public().0),
			babe,
			"validators[0].authority_discovery",
			"validators[0].babe",
		),
		(
			hex(&ed25519(3).public().0),
			stash(0).to_string(),
			"validators[3].grandpa",
			"validators[0].stash",
		),
		(
			AccountId::from(sr25519(3, 1).public()).to_string(),
			AccountId::from(sr25519(3, 0).public()).to_string(),
			"committee[1]",
			"committee[0]",
		),
	] {
		refuses(&from, &to, field, twice(earlier));
	}
	let twice_owner =
		format!("{}\n[[balances]]\naccount = \"{}\"\namount = \"1 AIT\"\n", example(), stash(2));
	assert_eq!(
		faults_of(&twice_owner, false),
		[("balances[4].account".to_owned(), twice("balances[2].account"))]
	);
}

#[test]
fn read_should_refuse_accounts_and_keys_that_are_none() {
	let account = format!("[[balances]]\naccount = \"{}\"", stash(3));
	let polkadot = stash(3).to_ss58check_with_version(Ss58AddressFormat::custom(0));
	for (to, fault) in [
		("", Fault::NoAccount),
		("0x12", Fault::NoAccount),
		("//Alice", Fault::NoAccount),
		(&polkadot, Fault::WrongPrefix { found: 0, expected: 42 }),
	] {
		let text = example().replacen(&account, &format!("[[balances]]\naccount = \"{to}\""), 1);
		let found = faults_of(&text, false);
		assert_eq!(found[0], ("balances[3].account".to_owned(), fault), "{found:?}");
	}
	refuses(&hex(&ed25519(0).public().0), "0xabc", "validators[0].grandpa", Fault::NoKey);
}

#[test]
fn read_should_refuse_balances_that_are_not_the_supply() {
	for (amount, found) in [("999_600_001", 1_000_000_001), ("999_599_999", 999_999_999)] {
		let fault = Fault::WrongSupply { found: found * AIT, expected: 1_000_000_000 * AIT };
		refuses("999_600_000", amount, "treasury", fault);
	}
	let short = Fault::WrongSupply { found: AIT, expected: 3 * AIT };
	assert!(short.to_string().ends_with("have to come to 3 AIT: add 2 AIT"), "{short}");
	let long = Fault::WrongSupply { found: 3 * AIT, expected: AIT };
	assert!(long.to_string().ends_with("take away 2 AIT"), "{long}");
}

#[test]
fn read_should_refuse_balances_that_no_account_can_have() {
	let least = Fault::BelowExistentialDeposit(EXISTENTIAL_DEPOSIT);
	refuses("999_600_000 AIT", "0.009 AIT", "treasury", least.clone());
	refuses("999_600_000 AIT", "999_600_000", "treasury", Fault::NoAmount);
	let dust =
		format!("{}\n[[balances]]\naccount = \"{}\"\namount = \"0 AIT\"\n", example(), stash(9));
	assert_eq!(faults_of(&dust, false), [("balances[4].amount".to_owned(), least)]);
	let treasury = format!(
		"{}\n[[balances]]\naccount = \"{}\"\namount = \"1 AIT\"\n",
		example(),
		rules(false).treasury
	);
	assert_eq!(
		faults_of(&treasury, false),
		[("balances[4].account".to_owned(), Fault::IsTreasury)]
	);
}

#[test]
fn read_should_refuse_accounts_for_which_nobody_can_sign() {
	let member = AccountId::from(sr25519(3, 0).public()).to_string();
	refuses(&member, &rules(false).treasury.to_string(), "committee[0]", Fault::IsTreasury);
	let mut pallets = [7; 32];
	pallets[..4].copy_from_slice(b"modl");
	refuses(&member, &AccountId::from(pallets).to_string(), "committee[0]", Fault::IsPallets);
}

#[test]
fn read_should_refuse_too_few_and_too_many_of_those_who_decide() {
	let text = example();
	let (first_three, _) = text.rsplit_once("\n[[validators]]").expect("there are four");
	let reason = "of fewer none may fail";
	assert_eq!(
		faults_of(first_three, false),
		[("validators".to_owned(), Fault::TooFew { found: 3, least: 4, reason })]
	);
	let rules = Rules { most_validators: 3, ..rules(false) };
	let error = parse(&text, Path::new("f"), &rules).expect_err("there are four").to_string();
	assert!(error.contains("validators: has 4 entries: there is room for 3"), "{error}");
	for (field, most) in [("committee", 5), ("approvers", 4)] {
		let line = text.lines().find(|line| line.starts_with(field)).expect("it is there");
		let members: Vec<_> = (0..6).map(|index| stash(100 + index).to_string()).collect();
		let many = text.replacen(line, &format!("{field} = {members:?}"), 1);
		let fault = Fault::TooMany { found: 6, most };
		assert_eq!(faults_of(&many, false), [(field.to_owned(), fault)]);
	}
	for field in ["committee", "approvers"] {
		let line = text.lines().find(|line| line.starts_with(field)).expect("it is there");
		let emptied = text.replacen(line, &format!("{field} = []"), 1);
		let found = faults_of(&emptied, false);
		assert!(
			matches!(&found[..], [(name, Fault::TooFew { found: 0, least: 3, .. })] if name == field),
			"{found:?}"
		);
	}
	let nobody = text.split("\n[[validators]]").next().expect("there is a beginning");
	let nobody = format!("validators = []\n{nobody}");
	let found = faults_of(&nobody, false);
	assert!(found.iter().any(|(field, _)| field == "validators"), "{found:?}");
}

#[test]
fn read_should_refuse_a_bond_that_the_stash_can_not_pay() {
	let needed = 100_000 * AIT + EXISTENTIAL_DEPOSIT;
	let fault = Fault::PoorStash { owned: 100_000 * AIT, needed };
	refuses("\"50_000 AIT\"", "\"100_000 AIT\"", "validators[0].bond", fault);
	refuses("\"50_000 AIT\"", "\"999.9 AIT\"", "validators[0].bond", Fault::LowBond(1_000 * AIT));
	refuses("\"50_000 AIT\"", "\"much\"", "validators[0].bond", Fault::NoAmount);
	let least = Fault::LowCommission("5%".into());
	refuses("7.5 %", "4.9999999 %", "validators[0].commission", least);
}

#[test]
fn read_should_refuse_names_and_boot_nodes_that_are_none() {
	let too_long = "a".repeat(33);
	for id in ["", "dev", "local", "My Net", "../up", &too_long] {
		refuses("\"aitbc_test\"", &format!("\"{id}\""), "id", Fault::BadId);
	}
	let node = format!("/dns4/boot.example.org/tcp/30333/p2p/{}", peer());
	let twice = format!("boot_nodes = [\"{node}\", \"{node}\"]");
	let duplicate = Fault::Duplicate("boot_nodes[0]".into());
	refuses("boot_nodes = []", &twice, "boot_nodes[1]", duplicate);
	let nowhere = example().replacen("boot_nodes = []", "boot_nodes = [\"example.org\"]", 1);
	let found = faults_of(&nowhere, false);
	assert!(
		matches!(&found[..], [(field, Fault::BadBootNode(_))] if field == "boot_nodes[0]"),
		"{found:?}"
	);
}

#[test]
fn read_should_refuse_boot_nodes_that_everybody_can_be() {
	let node = format!("boot_nodes = [\"/dns4/boot.example.org/tcp/30333/p2p/{KNOWN_PEER}\"]");
	let secret = format!("a simple key (0x{:064x})", 1);
	refuses("boot_nodes = []", &node, "boot_nodes[0]", Fault::KnownPeer(secret));
}

#[test]
fn read_should_refuse_boot_nodes_that_others_can_not_reach() {
	for (address, is_for_tests_too) in
		[("127.0.0.1", true), ("0.0.0.0", true), ("10.0.0.1", false), ("192.0.2.1", false)]
	{
		let node = format!("boot_nodes = [\"/ip4/{address}/tcp/30333/p2p/{}\"]", peer());
		let text = example().replacen("boot_nodes = []", &node, 1);
		let is_refused = |is_for_tests| {
			let found = faults_of(&text, is_for_tests);
			let is_unreachable = matches!(
				&found[..],
				[(field, Fault::Unreachable(_))] if field == "boot_nodes[0]"
			);
			assert!(found.is_empty() || is_unreachable, "{address}: {found:?}");
			is_unreachable
		};

		assert_eq!([false, true].map(is_refused), [true, is_for_tests_too], "{address}");
	}
}

#[test]
fn read_should_refuse_sudo_and_faucet_when_the_network_counts() {
	let sudo = sr25519(9, 0).public().to_ss58check();
	let with_sudo = example().replacen("id =", &format!("sudo = \"{sudo}\"\nid ="), 1);
	let found = faults_of(&with_sudo, false);
	assert!(
		matches!(&found[..], [(field, Fault::NotForPreset("production", _))] if field == "sudo"),
		"{found:?}"
	);
	let network = parsed(&with_sudo, true).expect("a network for tests may have one");
	assert_eq!(network.sudo, Some(sr25519(9, 0).public().into()));
	let known = with_sudo.replace(&sudo, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
	let found = faults_of(&known, true);
	assert!(matches!(&found[..], [(_, Fault::WellKnown(_))]), "{found:?}");

	let with_faucet =
		example().replacen("999_600_000 AIT\"", "999_599_000 AIT\"\nfaucet = \"1000 AIT\"", 1);
	let found = faults_of(&with_faucet, false);
	assert!(
		matches!(&found[..], [(field, Fault::NotForPreset(..))] if field == "faucet"),
		"{found:?}"
	);
	let network = parsed(&with_faucet, true).expect("a network for tests may have one");
	let account = sr25519::Pair::from_string("//Faucet", None).expect("it is a secret").public();
	assert!(network.balances.contains(&(account.into(), 1_000 * AIT)));
	let rich = with_faucet.replacen("999_599_000", "999_598_999", 1).replacen(
		"\"1000 AIT",
		"\"1001 AIT",
		1,
	);
	let fault = Fault::RichFaucet(1_000 * AIT);
	assert_eq!(faults_of(&rich, true), [("faucet".to_owned(), fault)]);
}

#[test]
fn read_should_refuse_a_bitcoin_that_proves_nothing_when_the_network_counts() {
	let text = example();
	let (before, rest) = text.split_once("\n[bitcoin.checkpoint]").expect("it is there");
	let (_, after) = rest.split_once("\n\n").expect("more follows");
	let without = format!("{before}\n{after}");
	assert_eq!(faults_of(&without, false), [("bitcoin".to_owned(), Fault::NoCheckpoint)]);
	for (name, network) in [
		("testnet4", Bitcoin::Testnet4),
		("signet", Bitcoin::Signet),
		("regtest", Bitcoin::Regtest),
	] {
		let other = without.replacen("\"main\"", &format!("\"{name}\""), 1);
		let found = faults_of(&other, false);
		assert!(
			matches!(&found[..], [(field, Fault::WeakBitcoin(_))] if field == "bitcoin.network"),
			"{name}: {found:?}"
		);
		let network_for_tests = parsed(&other, true).expect("a network for tests may follow it");
		assert_eq!(network_for_tests.checkpoint, StatedCheckpoint::genesis(network));
	}
	refuses("\"main\"", "\"bitcoin\"", "bitcoin.network", Fault::NoBitcoin);
	let little = checkpoint(WORK - 1);
	refuses(
		&checkpoint(WORK).chainwork,
		&little.chainwork,
		"bitcoin.checkpoint",
		Fault::LittleWork,
	);
	let found = faults_of(&text.replacen("height = 741803", "height = 741888", 1), false);
	assert!(
		matches!(&found[..], [(field, Fault::BadCheckpoint(_))] if field == "bitcoin.checkpoint"),
		"{found:?}"
	);
}

#[test]
fn read_should_refuse_a_proof_when_it_is_of_other_keys_or_for_another_stash() {
	let network = parsed(&example(), false).expect("it is sound");
	let good = proof(0, &stash(0));
	assert!(proves(&good, &network.validators[0]));
	assert!(!proves(&good, &network.validators[1]));
	let for_another = proof(0, &stash(1));
	assert!(!proves(&for_another, &network.validators[0]));
	assert!(!proves("0x", &network.validators[0]));

	let line = format!("proof = \"{for_another}\"");
	refuses(proof_line(0), &line, "validators[0].proof", Fault::WrongProof);
	let wrong = ("validators[0].proof".to_owned(), Fault::WrongProof);
	assert_eq!(faults_of(&example().replacen(proof_line(0), &line, 1), true), [wrong]);
}

#[test]
fn read_should_refuse_keys_without_a_proof_when_the_network_counts() {
	refuses(proof_line(2), "", "validators[2].proof", Fault::NoProof("production"));

	let network = parsed(&example().replacen(proof_line(2), "", 1), true);
	assert_eq!(network.expect("a network for tests needs none").validators.len(), 4);
}

#[test]
fn read_should_refuse_session_keys_that_are_no_points() {
	// No point of the curve has y = 2, and Ristretto encodes no odd number.
	let mut two = [0; 32];
	two[0] = 2;
	let odd = |index| {
		let mut key = sr25519(2, index).public().0;
		key[0] |= 1;
		hex(&key)
	};
	for (from, to, field, scheme) in [
		(hex(&ed25519(1).public().0), hex(&two), "validators[1].grandpa", Scheme::Ed25519),
		(sr25519(1, 2).public().to_ss58check(), odd(2), "validators[2].babe", Scheme::Sr25519),
		(
			hex(&sr25519(2, 3).public().0),
			odd(3),
			"validators[3].authority_discovery",
			Scheme::Sr25519,
		),
	] {
		refuses(&from, &to, field, Fault::NoPoint(scheme));
		let found = faults_of(&example().replacen(&from, &to, 1), true);
		assert_eq!(found, [(field.to_owned(), Fault::NoPoint(scheme))]);
	}
}
