import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { LIMIT, NODE } from "./node.js";
import {
	askingBy,
	exampleOf,
	examples,
	faultOf,
	mayRefuse,
	METHODS,
	nameOf,
	type Refusal,
} from "./openrpc.js";

const HTTP = NODE.replace(/^ws/, "http");
const ASK = askingBy(HTTP);

type Answer = { result: unknown; error?: undefined } | { result?: undefined; error: Refusal };

/** Runs a command of a page in a shell that knows `ask`. */
function typed(command: string): Answer {
	const answer = execFileSync("bash", ["-euc", `${ASK}\n${command}`], { encoding: "utf8" });
	return JSON.parse(answer) as Answer;
}

/** Asks by curl, without what a shell makes of quotes. */
function asked(method: string, params: unknown): Answer {
	const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
	const header = "content-type: application/json";
	const options = ["-sS", "--fail", "-H", header, "--data-binary", "@-", HTTP];
	return JSON.parse(execFileSync("curl", options, { input: body, encoding: "utf8" })) as Answer;
}

/** Fails unless the document says that the method may answer so. */
function assertDocumented(method: string, { result, error }: Answer, context: string): void {
	if (error === undefined) assert.equal(faultOf(method, result), undefined, context);
	else assert.ok(mayRefuse(method, error), `${context}: ${JSON.stringify(error)}`);
}

test("chain_should_be_read_when_curl_asks_what_every_node_answers", { timeout: LIMIT }, (t) => {
	assert.equal(asked("system_chain", []).result, "AITBC Development");
	const hash = asked("chain_getFinalizedHead", []).result;
	const header = asked("chain_getHeader", [hash]).result as { number: string };
	assert.match(header.number, /^0x[0-9a-f]+$/);
	const fee = asked("payment_queryInfo", ["0x", hash]);
	assert.ok(fee.error !== undefined, "bytes that are no transaction have a fee");
	t.diagnostic(`the last finalized block is ${Number(header.number)}`);
});

test("methods_should_be_served_when_they_are_documented", { timeout: LIMIT }, (t) => {
	const { methods } = asked("rpc_methods", []).result as { methods: string[] };
	const missing = METHODS.filter((method) => !methods.includes(method));
	assert.deepEqual(missing, []);
	t.diagnostic(
		`the node serves ${methods.length} methods, all ${METHODS.length} of ours among them`,
	);
});

test("answers_should_fit_the_document_when_its_examples_are_asked", { timeout: LIMIT }, (t) => {
	let refused = 0;
	for (const method of METHODS) {
		const answer = asked(method, exampleOf(method));
		assertDocumented(method, answer, method);
		if (answer.error !== undefined) refused += 1;
	}
	t.diagnostic(`asked ${METHODS.length} methods by name; ${refused} refused as documented`);
});

test("answers_should_fit_the_document_when_pages_are_followed", { timeout: LIMIT }, (t) => {
	const all = examples();
	assert.ok(all.length > 70, `the pages have ${all.length} examples only`);
	for (const { page, command, method, refusal } of all) {
		const answer = typed(command);
		const context = `${page}: ${command}`;
		if (refusal === undefined) {
			assertDocumented(method, answer, context);
			continue;
		}
		assert.equal(answer.error?.code, refusal.code, context);
		assert.equal(nameOf(answer.error?.data), nameOf(refusal.data), context);
	}
	const pages = new Set(all.map(({ page }) => page)).size;
	t.diagnostic(`typed ${all.length} examples of ${pages} pages`);
});

test(
	"answers_should_tell_of_what_other_clients_did_when_those_ran_before",
	{ timeout: LIMIT },
	(t) => {
		const agent = asked("agents_info", { agent: 0 }).result as {
			result: { status: string } | null;
		};
		const contract = asked("escrow_contract", [0]).result as { result: { agent: number } | null };
		assert.equal(agent.result?.status, "active");
		assert.equal(contract.result?.agent, 0);
		t.diagnostic("agent 0 is active, and answers for contract 0");
	},
);
