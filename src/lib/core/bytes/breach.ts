/**
 * A peer broke its protocol: bytes that no correct peer sends. Not to be confused with "not enough
 * bytes yet", which is an ordinary answer, or with a refusal, which is a correct peer saying no.
 */
export class Breach extends Error {
	override readonly name = 'Breach';
	/** Closed, stable, kebab-case name of what is wrong, such as `length-past-end`. */
	readonly code: string;
	/** Where in the octets being decoded, from 0. */
	readonly offset: number;
	/** The source of the rule that was broken. */
	readonly clause: string;

	constructor(code: string, offset: number, clause: string, detail = '') {
		super(`${code} at octet ${offset} (${clause})${detail ? `: ${detail}` : ''}`);
		this.code = code;
		this.offset = offset;
		this.clause = clause;
	}
}
