/**
 * A peer broke its protocol: bytes that no correct peer sends. Not to be confused with "not enough
 * bytes yet", which is an ordinary answer, or with a refusal, which is a correct peer saying no.
 */
export class Breach extends Error {
	override readonly name = 'Breach';

	/**
	 * @param code closed, stable, kebab-case name of what is wrong, such as `length-past-end`
	 * @param offset where in the octets being decoded, from 0
	 * @param clause the source of the rule that was broken
	 */
	constructor(
		readonly code: string,
		readonly offset: number,
		readonly clause: string,
		detail = '',
	) {
		super(`${code} at octet ${offset} (${clause})${detail ? `: ${detail}` : ''}`);
	}
}
