import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { accountOf, AIT, cardHash, connect, writtenInAit } from "../src/index.js";
import { REPOSITORY } from "./repository.js";

// `subkey inspect //Alice`, and the same of `//Alice//stash`; the node's development presets have both.
const ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const ALICE_STASH = "5GNJqTPyNqANBkUVMN1LPPrxXnFouWXoe2wNSmmEoLctxiZY";

test("account_should_be_that_of_the_node_when_its_uri_is_a_development_one", () => {
	assert.equal(accountOf("//Alice").address, ALICE);
	assert.equal(accountOf("//Alice//stash").address, ALICE_STASH);
});

test("account_should_be_another_when_its_uri_has_a_password", () => {
	const phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
	assert.equal(accountOf(`${phrase}//Alice`).address, ALICE);
	assert.notEqual(accountOf(`${phrase}//Alice///secret`).address, ALICE);
});

test("account_should_be_refused_and_not_shown_when_its_uri_is_none", () => {
	assert.throws(
		() => accountOf("secret!"),
		(error: Error) => !error.message.includes("secret!"),
	);
});

test("card_should_have_the_hash_of_the_command_line_whatever_its_order_and_signatures", async () => {
	const text = readFileSync(new URL("docs/examples/agent-card.json", REPOSITORY), "utf8");
	const card = JSON.parse(text) as object;
	// `aitbc agent verify-card docs/examples/agent-card.json --offline`
	const hash = "0xc21cf344b69563c5731dc39eefec1f01b803bc528b9ee3436c375531d4c38835";
	assert.equal(await cardHash(card), hash);
	const reversed = Object.fromEntries(Object.entries(card).reverse());
	assert.equal(await cardHash({ ...reversed, signatures: [{ protected: "e30" }] }), hash);
});

test("amount_should_be_written_with_as_many_decimals_as_it_takes", () => {
	assert.equal(writtenInAit(100n * AIT), "100 AIT");
	assert.equal(writtenInAit(983n * (AIT / 1_000n)), "0.983 AIT");
	assert.equal(writtenInAit(-AIT - 1n), "-1.000000000001 AIT");
});

test("connecting_should_fail_when_nobody_answers", async () => {
	// Port 9 is `discard`, and on no machine of today a node.
	await assert.rejects(connect("ws://127.0.0.1:9", 500), /no node answers at ws:\/\/127.0.0.1:9/);
});
