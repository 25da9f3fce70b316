/** One AIT, in plancks: docs/wire-format.md. */
export const AIT = 10n ** 12n;

/** Writes an amount of plancks in AIT, with as many decimals as it takes. */
export function writtenInAit(plancks: bigint): string {
	const size = plancks < 0n ? -plancks : plancks;
	const decimals = (size % AIT).toString().padStart(12, "0").replace(/0+$/, "");
	const whole = `${plancks < 0n ? "-" : ""}${size / AIT}`;
	return `${decimals === "" ? whole : `${whole}.${decimals}`} AIT`;
}
