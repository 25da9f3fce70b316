use super::*;
use crate::wallet::Wallet;
use aitbc_bitcoin::BlockHash;
use bitcoin::secp256k1::SecretKey;

const KIND: ScriptKind = ScriptKind::P2wpkh;

fn wallet() -> Wallet {
	Wallet::of(SecretKey::from_slice(&[1; 32]).unwrap(), Network::Regtest).unwrap()
}

fn payload(height: u32) -> Payload {
	let (block_hash, audit_root) = ([3; 32], [4; 32]);
	Payload { network: Network::Regtest, set_id: 2, height, block_hash, audit_root }
}

fn coin(byte: u8) -> Coin {
	Coin { txid: Txid([byte; 32]), index: 0, value: Satoshi(100_000) }
}

fn attempt(inputs: &[Coin], height: u32, fee: u64) -> Attempt {
	let wallet = wallet();
	let total = Satoshi::total(inputs.iter().map(|coin| coin.value));
	let change = total.minus(Satoshi(fee)).unwrap();
	let unsigned = transaction::unsigned(inputs, &payload(height), &wallet.script(), change);
	let signed = wallet.sign(unsigned, inputs).unwrap();
	Attempt::new(payload(height), inputs.into(), &signed, &wallet.script(), 7).unwrap()
}

fn block(height: u32) -> BlockId {
	BlockId { hash: BlockHash([u8::try_from(height % 256).unwrap(); 32]), height }
}

fn spend(coin: Coin, attempts: Vec<Attempt>, mined: Option<(usize, u32)>) -> Spend {
	let mined =
		mined.map(|(which, height)| MinedAt { txid: attempts[which].txid, block: block(height) });
	Spend { coin, attempts, mined }
}

/// One mined, one that follows, with another coin added, and waits.
pub(crate) fn example() -> State {
	let first = vec![attempt(&[coin(1)], 20, 2_000), attempt(&[coin(1)], 40, 3_000)];
	let second = vec![attempt(&[first[1].change, coin(2)], 60, 2_000)];
	let mut state = State::new(Network::Regtest, wallet().script());
	state.cursor = Some(block(11));
	state.root = Some(coin(1));
	state.reserve = vec![coin(2), coin(3)];
	let next = first[1].change;
	state.spends = vec![spend(coin(1), first, Some((1, 10))), spend(next, second, None)];
	state
}

#[test]
fn attempt_should_be_refused_when_it_does_not_do_what_it_should() {
	let made = attempt(&[coin(1)], 20, 2_000);
	let read = transaction::from_bytes(&made.transaction).unwrap();
	let script = wallet().script();
	let new = |payload, inputs: &[Coin], script: &[u8]| {
		Attempt::new(payload, inputs.into(), &read, script, 7)
	};
	assert_eq!(new(payload(20), &[coin(1)], &script), Some(made.clone()));
	assert_eq!(new(payload(21), &[coin(1)], &script), None);
	assert_eq!(new(payload(20), &[coin(2)], &script), None);
	assert_eq!(new(payload(20), &[coin(1), coin(2)], &script), None);
	assert_eq!(new(payload(20), &[coin(1)], &[0x6a]), None);
	let poorer = Coin { value: Satoshi(90_000), ..coin(1) };
	assert_eq!(new(payload(20), &[poorer], &script), None);
	assert_eq!(made.fee(), Satoshi(2_000));
	assert_eq!(made.paid(KIND, 17).waited, 10);
}

#[test]
fn path_should_follow_what_is_mined_when_it_branches() {
	let mut state = example();
	let path = state.path().unwrap();
	assert_eq!(path.passed.len(), 1);
	assert_eq!(path.pending.map(|spend| spend.coin), Some(state.spends[1].coin));
	// Not mined any more: it is still followed, because something follows on it.
	state.spends[0].mined = None;
	assert_eq!(state.path().unwrap().coin, state.spends[1].coin);
	// The other attempt is mined: its change was not spent.
	let other = state.spends[0].attempts[0].clone();
	state.spends[0].mined = Some(MinedAt { txid: other.txid, block: block(10) });
	let path = state.path().unwrap();
	assert_eq!((path.coin, path.pending), (other.change, None));
	state.root = None;
	assert_eq!(state.path(), None);
}

#[test]
fn ancestors_should_be_taken_for_mined_when_something_is() {
	let mut state = example();
	let last = state.spends[1].attempts[0].txid;
	state.spends[0].mined = None;
	state.infer_mined();
	assert_eq!(state.spends[0].mined, None);
	state.spends[1].mined = Some(MinedAt { txid: last, block: block(12) });
	state.infer_mined();
	let txid = state.spends[0].attempts[1].txid;
	assert_eq!(state.spends[0].mined, Some(MinedAt { txid, block: block(12) }));
}

#[test]
fn payload_should_be_bound_when_it_does_not_follow_from_the_root() {
	let mut state = example();
	assert!([20, 40, 60].iter().all(|height| !state.is_bound_elsewhere(&payload(*height))));
	state.root = Some(coin(9));
	assert!([20, 40, 60].iter().all(|height| state.is_bound_elsewhere(&payload(*height))));
	assert!(!state.is_bound_elsewhere(&payload(80)));
}

#[test]
fn spend_should_be_forgotten_when_it_is_buried_and_settled() {
	let tried = |height, settled: fn(&Payload) -> bool| {
		let mut state = example();
		state.forget(height, settled);
		(state.spends.len(), state.root.unwrap() == coin(1))
	};
	assert_eq!(tried(108, |_| true), (2, true));
	assert_eq!(tried(109, |_| false), (2, true));
	assert_eq!(tried(109, |payload| payload.height == 40), (1, false));
	// The one that waits is kept: it may still be mined.
	assert_eq!(tried(109, |_| true), (1, false));
}

#[test]
fn branch_should_be_forgotten_when_the_other_one_is_buried() {
	let mut state = example();
	let other = state.spends[0].attempts[0].clone();
	state.spends[0].mined = Some(MinedAt { txid: other.txid, block: block(10) });
	state.forget(109, |payload| payload.height == 20);
	assert_eq!((state.spends.len(), state.root), (0, Some(other.change)));
}

#[test]
fn former_coin_should_be_forgotten_when_the_chain_is_done_with_all_that_it_said() {
	let mut state = example();
	state.root = Some(coin(9));
	state.forget(109, |payload| payload.height != 60);
	assert_eq!(state.spends.len(), 1);
	state.forget(109, |_| true);
	assert!(state.spends.is_empty());
}

#[test]
fn state_should_be_refused_when_it_is_none_that_is_made_here() {
	let changed = |change: fn(&mut State)| {
		let mut state = example();
		change(&mut state);
		state.check().unwrap_err()
	};
	example().check().unwrap();
	assert_eq!(changed(|state| state.script.truncate(3)), StateError::Script);
	assert_eq!(changed(|state| state.spends[1].attempts.clear()), StateError::TooMany);
	assert_eq!(
		changed(|state| state.reserve = vec![coin(1); MAX_RESERVE + 1]),
		StateError::TooMany
	);
	assert_eq!(changed(|state| state.spends.push(state.spends[0].clone())), StateError::SpentTwice);
	assert_eq!(
		changed(|state| state.spends[0].mined.as_mut().unwrap().txid = Txid([0; 32])),
		StateError::UnknownMined
	);
	let attempts: [fn(&mut Attempt); 5] = [
		|attempt| attempt.payload.height = 41,
		|attempt| attempt.transaction[50] ^= 1,
		|attempt| attempt.change.value.0 += 1,
		|attempt| attempt.inputs[0].value.0 -= 10_000,
		|attempt| attempt.inputs.clear(),
	];
	for change in attempts {
		let mut state = example();
		change(&mut state.spends[1].attempts[0]);
		assert!(matches!(state.check(), Err(StateError::Attempt(_))));
	}
	assert!(matches!(changed(|state| state.spends[1].coin = coin(8)), StateError::Attempt(_)));
	assert!(matches!(changed(|state| state.network = Network::Mainnet), StateError::Attempt(_)));
}
