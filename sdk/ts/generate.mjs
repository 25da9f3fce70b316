// Generates `descriptors/`, the chain's types for polkadot-api, from the metadata that the command line
// is made from as well. Does nothing when they are those of this metadata already.
//
// `scripts/metadata --check` says whether that metadata is a node's.
// @ts-check
import { metadata } from "@polkadot-api/substrate-bindings";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const COMMITTED = "../../cli/artifacts/metadata.scale";
const READ_BY_GENERATOR = "build/metadata.scale";

// The reserved words of ECMAScript 2024, 12.7.2.
const RESERVED = new Set(
	(
		"await break case catch class const continue debugger default delete do else enum export extends " +
		"false finally for function if import in instanceof new null return super switch this throw true " +
		"try typeof var void while with yield"
	).split(" "),
);

/**
 * Renames the parameters of runtime APIs that have the name of a reserved word. The generator makes a
 * tuple's labels of the names, which may not be such words. Nothing that is encoded changes.
 *
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */
function withUsableNames(bytes) {
	const decoded = metadata.dec(bytes);
	const version = decoded.metadata;
	if (version.tag !== "v16")
		throw new Error(`${COMMITTED} is of version ${version.tag}, and not of v16`);
	for (const api of version.value.apis) {
		for (const parameter of api.methods.flatMap((method) => method.inputs)) {
			if (RESERVED.has(parameter.name)) parameter.name += "_";
		}
	}
	return metadata.enc(decoded);
}

process.chdir(import.meta.dirname);
mkdirSync("build", { recursive: true });
writeFileSync(READ_BY_GENERATOR, withUsableNames(readFileSync(COMMITTED)));
const generator = spawnSync("npx", ["--no-install", "papi", "generate", "--config", "papi.json"], {
	stdio: "inherit",
});
process.exitCode = generator.status ?? 1;
