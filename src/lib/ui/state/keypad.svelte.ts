/** A purchase at the meter's keypad: what is kept of it, and what the person says on the way. */
import {
	changeEntry,
	keepHeard,
	keepOlderIn,
	readKeypad,
	type KeypadFacts,
} from '#lib/browser/store/keypad.ts';
import { device } from '#lib/browser/device/device.ts';
import { tokenRefused, tokenTaken, type KeypadEntry } from '#lib/core/sync/keypad-entry.ts';
import { hearSaying, type KeypadLockout } from '#lib/core/sync/keypad-lockout.ts';
import { isTakenSaying, type Saying } from '#lib/core/vending/reject-doctor/sayings.ts';
import { app } from './app.svelte.ts';
import { Live } from './live.svelte.ts';

/** What one entry of a token came to, with what was kept before it: saying otherwise takes its place. */
interface Heard {
	readonly before: Pick<KeypadFacts, 'entry' | 'lockout'>;
	readonly atMs: number;
}

export class KeypadWatch {
	readonly id: string;
	readonly #facts: Live<KeypadFacts | null>;
	/** The entry that is being spoken of. */
	heard = $state.raw<Heard | null>(null);

	constructor(id: string) {
		this.id = id;
		this.#facts = new Live(() => readKeypad(app.store, id));
	}

	/** What the device could not keep: it holds for this page, and goes with it. */
	#unkept = $state.raw<Pick<KeypadFacts, 'entry' | 'lockout'> | null>(null);

	/** Undefined until read; null when this device has no token under that purchase. */
	get facts(): KeypadFacts | null | undefined {
		const facts = this.#facts.current;
		return facts && this.#unkept ? { ...facts, ...this.#unkept } : facts;
	}

	async change(next: (entry: KeypadEntry, nowMs: number) => KeypadEntry): Promise<void> {
		const { facts } = this;
		if (!facts) return;
		const nowMs = device.nowMs();
		if (this.#unkept) return this.#keep(next(facts.entry, nowMs), facts.lockout);
		const change = (entry: KeypadEntry) => next(entry, nowMs);
		if (await app.keep(() => changeEntry(app.store, facts.entry, change))) return;
		this.#unkept = { entry: change(facts.entry), lockout: facts.lockout };
	}

	/** A full device stops nobody at the keypad: what cannot be kept is remembered by the page. */
	async #keep(entry: KeypadEntry, lockout: KeypadLockout): Promise<void> {
		const kept = await app.keep(() => keepHeard(app.store, entry, lockout));
		this.#unkept = kept ? null : { entry, lockout };
	}

	/** Other purchases for the meter are in, by the person's word. */
	async olderAreIn(ids: readonly string[]): Promise<void> {
		const { facts } = this;
		if (facts) await app.keep(() => keepOlderIn(app.store, facts, ids, device.nowMs()));
	}

	/** The display's answer to the token at `place`. Said once more, it takes the place of what was said. */
	async hear(saying: Saying, place: number): Promise<void> {
		const { facts } = this;
		if (!facts) return;
		const before = this.heard?.before ?? { entry: facts.entry, lockout: facts.lockout };
		const atMs = device.nowMs();
		this.heard = { before, atMs };
		const { entry } = before;
		const own = place === entry.takenMs.length;
		const after = !own
			? entry
			: isTakenSaying(saying)
				? tokenTaken(entry, atMs)
				: tokenRefused(entry);
		await this.#keep(after, hearSaying(before.lockout, saying, atMs));
	}
}
