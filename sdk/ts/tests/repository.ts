/** The repository's folder, seen from where this file is compiled to: `sdk/ts/build/tests`. */
export const REPOSITORY = new URL("../../../../", import.meta.url);
