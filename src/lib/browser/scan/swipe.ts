/**
 * A card reader or bar-code reader that types: it is a keyboard which is faster than any person and ends with
 * Enter. What begins with a track's sentinel is caught before it reaches the field, because it may be a bank
 * card. Pure, but for the time it is told.
 */

/** What a magnetic stripe begins with. */
const SENTINELS = [';', '%'];
/** No person types the next key so soon; no reader takes longer. */
const KEYS_WITHIN_MS = 120;
/** Three tracks of a card, one after the other, are no longer. */
const LONGEST = 300;

export type KeyVerdict =
	/** The field's. */
	| { readonly kind: 'typed' }
	/** The reader's: it must not reach the field. */
	| { readonly kind: 'caught' }
	/** The reader's last key. */
	| { readonly kind: 'swiped'; readonly text: string };

export class SwipeCatcher {
	#text = '';
	#lastMs = 0;

	/** @param key as `KeyboardEvent.key` has it */
	press(key: string, atMs: number): KeyVerdict {
		if (this.#text !== '' && atMs - this.#lastMs > KEYS_WITHIN_MS) this.#text = '';
		if (this.#text === '' && !SENTINELS.includes(key)) return { kind: 'typed' };
		this.#lastMs = atMs;
		if (key === 'Enter') {
			const text = this.#text;
			this.#text = '';
			return { kind: 'swiped', text };
		}
		if (key.length === 1 && this.#text.length < LONGEST) this.#text += key;
		return { kind: 'caught' };
	}
}
