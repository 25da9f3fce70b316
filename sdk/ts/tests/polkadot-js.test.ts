import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ApiPromise, Keyring, WsProvider } from "@polkadot/api";
import type { SubmittableExtrinsic } from "@polkadot/api/types";
import type { KeyringPair } from "@polkadot/keyring/types";
import type { AccountInfo, DispatchError, EventRecord } from "@polkadot/types/interfaces";
import type { Codec, ISubmittableResult } from "@polkadot/types/types";
import { LIMIT, NODE } from "./node.js";

// No types are given to the API anywhere: what it needs to know of this chain is in the metadata.

type Call = SubmittableExtrinsic<"promise">;

const AIT = 10n ** 12n;
let api: ApiPromise;
let bob: KeyringPair;
let eve: KeyringPair;

before(async () => {
	api = await ApiPromise.create({ provider: new WsProvider(NODE), noInitWarn: true });
	const keyring = new Keyring({ type: "sr25519" });
	bob = keyring.addFromUri("//Bob");
	eve = keyring.addFromUri("//Eve");
});
after(() => api.disconnect());

/** Makes a call, by the names that the API gives it. */
function callOf(pallet: string, name: string, ...parameters: unknown[]): Call {
	const call = api.tx[pallet]?.[name];
	assert.ok(call, `there is no call ${pallet}.${name}`);
	return call(...parameters);
}

/** Reads a value of the state. */
async function stateOf(pallet: string, name: string, ...keys: unknown[]): Promise<Codec> {
	const entry = api.query[pallet]?.[name];
	assert.ok(entry, `there is no storage ${pallet}.${name}`);
	return entry(...keys);
}

/** What of an account is free, in plancks. */
async function freeOf(address: string): Promise<bigint> {
	const account = (await stateOf("system", "account", address)) as AccountInfo;
	return account.data.free.toBigInt();
}

/** Sends a transaction, waits until it is final, and answers its events. */
function finalized(call: Call, from: KeyringPair): Promise<EventRecord[]> {
	return new Promise((resolve, reject) => {
		const look = ({ status, dispatchError, events }: ISubmittableResult) => {
			if (dispatchError !== undefined) reject(new Error(reasonOf(dispatchError)));
			else if (status.isFinalized) resolve(events);
			else if (status.isInvalid || status.isDropped) reject(new Error(status.type));
		};
		call.signAndSend(from, look).catch(reject);
	});
}

/** Names the error of a pallet. */
function reasonOf(error: DispatchError): string {
	if (!error.isModule) return error.toString();
	const { section, name } = api.registry.findMetaError(error.asModule);
	return `${section}.${name}`;
}

/** What the event of this name says. */
function eventOf(events: EventRecord[], pallet: string, name: string): Record<string, unknown> {
	const found = events.find(({ event }) => event.section === pallet && event.method === name);
	assert.ok(found, `there is no event ${pallet}.${name}`);
	const fields = found.event.meta.fields.map((field) => field.name.unwrap().toString());
	return Object.fromEntries(
		found.event.data.map((value, index) => [fields[index], value.toJSON()]),
	);
}

test("node_should_be_named_when_connected", { timeout: LIMIT }, async (t) => {
	const [chain, version] = await Promise.all([api.rpc.system.chain(), api.rpc.system.version()]);
	assert.equal(chain.toString(), "AITBC Development");
	assert.deepEqual(api.registry.chainTokens, ["AIT"]);
	assert.deepEqual(api.registry.chainDecimals, [12]);
	t.diagnostic(`connected to ${chain}, node ${version}`);
});

test("metadata_should_describe_our_pallets_when_nothing_is_configured", { timeout: LIMIT }, (t) => {
	const { specName, specVersion } = api.runtimeVersion;
	for (const pallet of ["agents", "market", "escrow", "disputes", "actions", "bitcoinAnchor"]) {
		assert.ok(api.tx[pallet] !== undefined && api.query[pallet] !== undefined, pallet);
	}
	const pallets = api.runtimeMetadata.asLatest.pallets.length;
	const version = api.runtimeMetadata.version;
	t.diagnostic(`${pallets} pallets of ${specName} ${specVersion}, metadata of version ${version}`);
});

test("state_should_be_read_when_asked_for", { timeout: LIMIT }, async (t) => {
	assert.ok((await freeOf(bob.address)) > AIT);
	const next = await stateOf("agents", "nextAgentId");
	const { block } = await api.rpc.chain.getBlock();
	assert.ok(block.extrinsics.length > 0);
	t.diagnostic(`read an account, block ${block.header.number}, and that the next agent is ${next}`);
});

test("runtime_api_should_answer_when_it_is_one_of_ours", { timeout: LIMIT }, async (t) => {
	const ask = api.call["agentsApi"]?.["registrationCost"];
	assert.ok(ask, "there is no runtime API AgentsApi.registration_cost");
	const cost = (await ask(20)).toJSON() as { fee: number };
	assert.equal(BigInt(cost.fee), 5n * AIT);
	t.diagnostic(`registering costs ${JSON.stringify(cost)}`);
});

test("transfer_should_arrive_when_it_is_final", { timeout: LIMIT }, async (t) => {
	const payee = new Keyring({ type: "sr25519" }).addFromUri(`//payee//${Date.now()}`).address;
	const call = callOf("balances", "transferKeepAlive", payee, 2n * AIT);
	const { partialFee } = await call.paymentInfo(bob);
	const { from, to } = eventOf(await finalized(call, bob), "balances", "Transfer");
	assert.deepEqual([from, to], [bob.address, payee]);
	assert.equal(await freeOf(payee), 2n * AIT);
	t.diagnostic(`2 AIT arrived and are final, for about ${partialFee.toBigInt()} plancks`);
});

test("agent_should_be_registered_when_it_is_final", { timeout: LIMIT }, async (t) => {
	const card = ["https://agents.example/eve.json", `0x${"ee".repeat(32)}`];
	const call = callOf("agents", "register", "DataProvider", ...card);
	const registered = eventOf(await finalized(call, eve), "agents", "AgentRegistered");
	assert.equal(registered["owner"], eve.address);
	assert.equal(registered["kind"], "DataProvider");
	const agent = (await stateOf("agents", "agents", registered["agent"])).toJSON();
	assert.equal((agent as { status: unknown }).status, "Registered");
	t.diagnostic(`agent ${registered["agent"]} is registered, final, and in the state`);
});

test("call_should_fail_by_name_when_the_chain_refuses_it", { timeout: LIMIT }, async (t) => {
	const call = callOf("escrow", "fund", 2n ** 60n, AIT);
	await assert.rejects(finalized(call, bob), /^Error: escrow\.ContractNotFound$/);
	t.diagnostic("escrow.ContractNotFound, as the chain says");
});
