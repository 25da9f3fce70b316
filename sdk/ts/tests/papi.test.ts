import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Binary } from "polkadot-api";
import { play } from "../examples/hire.js";
import {
	accountOf,
	AIT,
	connect,
	DispatchFailed,
	eventOf,
	MultiAddress,
	submit,
	type Connection,
} from "../src/index.js";
import { LIMIT, NODE } from "./node.js";
import { REPOSITORY } from "./repository.js";

const alice = accountOf("//Alice");
const bob = accountOf("//Bob");
let connection: Connection;

before(async () => {
	connection = await connect(NODE);
});
after(() => connection.close());

test("node_should_be_named_when_connected", { timeout: LIMIT }, async (t) => {
	const { name, properties } = await connection.client.getChainSpecData();
	const { spec_name, spec_version } = await connection.api.constants.System.Version();
	assert.equal(name, "AITBC Development");
	assert.deepEqual(properties, { ss58Format: 42, tokenDecimals: 12, tokenSymbol: "AIT" });
	t.diagnostic(`connected to ${name}, runtime ${spec_name} ${spec_version}`);
});

test("metadata_should_be_what_the_types_were_made_from", { timeout: LIMIT }, async (t) => {
	const metadata = await connection.api.apis.Metadata.metadata_at_version(16);
	const committed = readFileSync(new URL("cli/artifacts/metadata.scale", REPOSITORY));
	assert.ok(metadata !== undefined && committed.equals(metadata), "run scripts/metadata --write");
	t.diagnostic(`${metadata.length} bytes of metadata, the same as cli/artifacts/metadata.scale`);
});

test("state_should_be_read_when_asked_for", { timeout: LIMIT }, async (t) => {
	const { data } = await connection.api.query.System.Account.getValue(bob.address);
	const cost = await connection.api.apis.AgentsApi.registration_cost(20);
	assert.ok(data.free > AIT);
	assert.equal(cost.fee, 5n * AIT);
	const contract = await connection.api.apis.EscrowApi.contract(2n ** 60n);
	assert.equal(contract, undefined);
	t.diagnostic(`read an account, what registering costs, and a contract that is not there`);
});

test("transfer_should_arrive_when_it_is_final", { timeout: LIMIT }, async (t) => {
	const payee = accountOf(`//payee//${Date.now()}`).address;
	const call = connection.api.tx.Balances.transfer_keep_alive({
		dest: MultiAddress.Id(payee),
		value: 3n * AIT,
	});
	const estimate = await call.getEstimatedFees(alice.address);
	const included = await submit(call, alice);
	const transfer = eventOf(connection.api.event.Balances.Transfer, included);
	assert.deepEqual(transfer, { from: alice.address, to: payee, amount: 3n * AIT });
	const paid = eventOf(connection.api.event.TransactionPayment.TransactionFeePaid, included);
	// The fee multiplier moves from block to block, by far less than this.
	const difference = paid.actual_fee - estimate;
	assert.ok(difference ** 2n < (estimate / 100n) ** 2n, `${paid.actual_fee}, and not ${estimate}`);
	const { data } = await connection.api.query.System.Account.getValue(payee);
	assert.equal(data.free, 3n * AIT);
	t.diagnostic(
		`3 AIT arrived, final in block ${included.block.number}, for ${paid.actual_fee} plancks`,
	);
});

test("contract_should_be_funded_when_the_example_has_run", { timeout: LIMIT }, async (t) => {
	const ids = await play(connection);
	const agent = await connection.api.apis.AgentsApi.agent(ids.agent);
	const contract = await connection.api.apis.EscrowApi.contract(ids.contract);
	assert.equal(agent?.status.type, "Active");
	assert.equal(agent?.owner, accountOf("//Charlie").address);
	assert.notEqual(contract?.funded_since, undefined);
	assert.equal(contract?.agent, ids.agent);
	assert.equal(contract?.client, alice.address);
	t.diagnostic(`agent ${ids.agent} is active, contract ${ids.contract} is funded, both final`);
});

test("call_should_fail_by_name_when_the_chain_refuses_it", { timeout: LIMIT }, async (t) => {
	const call = connection.api.tx.Agents.update({
		agent: 0n,
		uri: Binary.fromText("https://agents.example/mine.json"),
		hash: `0x${"11".repeat(32)}`,
	});
	await assert.rejects(submit(call, bob, "best"), (error) => {
		assert.ok(error instanceof DispatchFailed);
		assert.equal(error.reason, "Agents.NotOwner");
		t.diagnostic(error.message);
		return true;
	});
});
