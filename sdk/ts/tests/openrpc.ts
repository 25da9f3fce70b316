/**
 * What docs/rpc says of the node's JSON-RPC: the OpenRPC document, and the examples of the pages.
 *
 * @module
 */

import { readdirSync, readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { REPOSITORY } from "./repository.js";

const FOLDER = new URL("docs/rpc/", REPOSITORY);

/** An answer's error. */
export interface Refusal {
	code: number;
	message: string;
	data?: unknown;
}

/** An example on a page: what one types, and the error that the page shows, if it shows one. */
export interface Example {
	page: string;
	command: string;
	method: string;
	refusal: Refusal | undefined;
}

interface Method {
	name: string;
	errors: { $ref: string }[];
	examples: { params: { name: string; value: unknown }[] }[];
}

interface Document {
	methods: Method[];
	components: { errors: Record<string, Refusal> };
}

const document = JSON.parse(readFileSync(new URL("openrpc.json", FOLDER), "utf8")) as Document;
// Not strict: the document is OpenRPC, which has members that JSON Schema does not know.
const ajv = new Ajv({ strict: false, allErrors: true }).addSchema(document, "openrpc");

/** The methods' names. */
export const METHODS = document.methods.map((method) => method.name);

/** The parameters, by name, of the example that the document has of a method. */
export function exampleOf(name: string): Record<string, unknown> {
	const [example] = methodOf(name).examples;
	return Object.fromEntries((example?.params ?? []).map(({ name, value }) => [name, value]));
}

/** Why this is no result of the method. Nothing, if it is one. */
export function faultOf(name: string, result: unknown): string | undefined {
	const index = document.methods.indexOf(methodOf(name));
	const $ref = `openrpc#/methods/${index}/result/schema`;
	const validate: ValidateFunction = ajv.getSchema($ref) ?? ajv.compile({ $ref });
	return validate(result) ? undefined : ajv.errorsText(validate.errors);
}

/** Whether the document says that the method may answer so. */
export function mayRefuse(name: string, refusal: Refusal): boolean {
	return methodOf(name).errors.some(({ $ref }) => {
		const described = document.components.errors[$ref.split("/").at(-1) ?? ""];
		return described?.code === refusal.code && hasName(described.data, nameOf(refusal.data));
	});
}

/** The name of an error, in its data. */
export function nameOf(data: unknown): string | undefined {
	return (data as { error?: string } | undefined)?.error;
}

/** Whether the description of an error's data has this name. An error without a name has free text. */
function hasName(described: unknown, name: string | undefined): boolean {
	return name === undefined || JSON.stringify(described).includes(name);
}

function methodOf(name: string): Method {
	const method = document.methods.find((method) => method.name === name);
	if (method === undefined) throw new Error(`openrpc.json has no ${name}`);
	return method;
}

/** The function `ask` as the first page has it, for the shell. */
export function askingBy(url: string): string {
	const [definition] = blocksOf("README.md").filter(({ text }) => text.startsWith("ask() {"));
	if (definition === undefined) throw new Error("docs/rpc/README.md does not say how to ask");
	return definition.text.replace(/http:\/\/127\.0\.0\.1:9944/, url);
}

/** The examples of all pages, in their order. */
export function examples(): Example[] {
	const pages = readdirSync(FOLDER).filter((name) => name.endsWith(".md"));
	return pages.flatMap((page) => examplesOf(page));
}

function examplesOf(page: string): Example[] {
	const blocks = blocksOf(page);
	return blocks.flatMap(({ language, text }, index) => {
		const method = /^ask (\w+)/.exec(text)?.[1];
		if (language !== "sh" || method === undefined) return [];
		const shown = blocks[index + 1];
		const answer = shown?.language === "json" ? (JSON.parse(shown.text) as Refusal | null) : null;
		const refusal = typeof answer?.code === "number" ? answer : undefined;
		return [{ page, command: text, method, refusal }];
	});
}

function blocksOf(page: string): { language: string; text: string }[] {
	const text = readFileSync(new URL(page, FOLDER), "utf8");
	const blocks = text.matchAll(/^```(\w+)\n(.*?)^```$/gms);
	return [...blocks].map(([, language = "", text = ""]) => ({ language, text }));
}
