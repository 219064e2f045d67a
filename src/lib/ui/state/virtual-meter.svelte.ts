/**
 * One virtual meter on the screen: what the store has of it, brought to now by the pure meter, and the
 * hand at its keypad. Every wish becomes one transaction of the store; what the meter then is comes back
 * by live query, from whichever tab changed it.
 */
import type { Api } from '#lib/browser/api/api.ts';
import type { TokenlineStore } from '#lib/browser/store/store.ts';
import {
	meterAt,
	meterClockMs,
	type StandingMeter,
	type TimeLapse,
} from '#lib/browser/store/virtual-meter-row.ts';
import { describesMeter } from '#lib/browser/store/virtual-meter-factory.ts';
import {
	changeCosemMeter,
	changeVirtualMeter,
	installVirtualMeter,
	plantLineFaults,
	readVirtualMeter,
	resetVirtualMeter,
	setTimeLapse,
} from '#lib/browser/store/virtual-meters.ts';
import { showItem } from '#lib/core/meter/display-items.ts';
import { enterOnKeypad } from '#lib/core/meter/cosem/token-entry.ts';
import type { PresetName } from '#lib/core/meter/presets.ts';
import type { VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import type { LineFaultName } from '#lib/link/line-faults.ts';
import { INTER_DIGIT_TIMEOUT_MS, type KeypadKey } from '#lib/core/meter/keypad.ts';
import { activePowerW } from '#lib/core/meter/supply.ts';
import type { Problem, VirtualMeterProvision } from '#lib/core/sync/wire.ts';
import {
	EMPTY_ENTRY,
	entryDigits,
	isForgotten,
	offerToken,
	pressEntryKey,
	type EntryAction,
} from '#lib/ui/virtual-meter/entry.ts';
import type { GivenVerdict } from '#lib/ui/virtual-meter/lcd-view.ts';
import { shownItem } from '#lib/ui/virtual-meter/shown-items.ts';
import {
	entryVerdict,
	itemVerdict,
	tokenVerdict,
	type Verdict,
} from '#lib/ui/virtual-meter/verdict.ts';
import { Live } from './live.svelte.ts';

/** Where the screen is with the service, while it has no meter to show. */
export type Fetching =
	'idle' | 'asking' | 'no-answer' | 'unusable-papers' | { readonly problem: Problem };

interface Surroundings {
	readonly store: TokenlineStore;
	readonly api: Pick<Api, 'provisionVirtualMeter'>;
	readonly now: () => number;
}

/** How often the screen looks at the clock. */
const TICK_MS = 250;

/** How often a watched meter is saved: often while its time runs faster, since only then does it. */
const SAVE_EVERY_MS: Readonly<Record<TimeLapse, number>> = { 1: 15_000, 60: 1000, 3600: 1000 };

export class VirtualMeterScreen {
	readonly drn: string;
	readonly #around: Surroundings;
	readonly #row: Live<Awaited<ReturnType<typeof readVirtualMeter>>>;
	#saving = false;

	nowMs = $state(0);
	entry = $state.raw(EMPTY_ENTRY);
	given = $state.raw<GivenVerdict | null>(null);
	fetching = $state.raw<Fetching>('idle');
	/** The store refused to keep what happened, so it did not happen. */
	storeFault = $state(false);

	constructor(drn: string, around: Surroundings) {
		this.drn = drn;
		this.#around = around;
		this.#row = new Live(() => readVirtualMeter(around.store, drn));
		this.nowMs = around.now();
	}

	/** What this device has of the meter; undefined until that is known. */
	get here() {
		return this.#row.current;
	}

	readonly standing = $derived.by(() =>
		this.here?.kind === 'standing' ? this.here.standing : undefined,
	);
	readonly meter = $derived(this.standing && meterAt(this.standing, this.nowMs));
	readonly clockMs = $derived(this.standing ? meterClockMs(this.standing, this.nowMs) : 0);
	readonly lapse = $derived<TimeLapse>(this.standing?.lapse ?? 1);
	readonly lineFaults = $derived<StandingMeter['lineFaults']>(this.standing?.lineFaults ?? []);

	/** Lets time pass while the screen is looked at. Returns what stops it. */
	start(): () => void {
		const timer = setInterval(() => void this.#tick(), TICK_MS);
		return () => clearInterval(timer);
	}

	async #tick(): Promise<void> {
		this.nowMs = this.#around.now();
		if (isForgotten(this.entry, this.nowMs)) {
			this.entry = EMPTY_ENTRY;
			this.#give(entryVerdict('timedOut', String(INTER_DIGIT_TIMEOUT_MS / 1000)));
		}
		const { standing, meter } = this;
		if (!standing || !meter || this.#saving) return;
		// At the wall's own pace, with nothing flowing, nothing would be lost.
		const wasOff = activePowerW(standing.cosem.meter.supply) === 0;
		if (wasOff && standing.lapse === 1) return;
		const isDue = this.nowMs - standing.savedAtMs >= SAVE_EVERY_MS[standing.lapse];
		const hasSwitchedOff = !wasOff && activePowerW(meter.supply) === 0;
		if (!isDue && !hasSwitchedOff) return;
		this.#saving = true;
		await this.#change((now) => ({ meter: now, answer: true }));
		this.#saving = false;
	}

	/** Fetches the meter's papers from the service and hangs it up. */
	async fetchMeter(preset?: PresetName): Promise<void> {
		const { store, now } = this.#around;
		await this.#withPapers((papers) => installVirtualMeter(store, papers, now(), preset));
	}

	/**
	 * Takes the meter back to the factory, which makes it as it was or as `preset` says: by its own papers,
	 * or by the service's when those are lost.
	 */
	async reset(preset = this.meter?.preset): Promise<void> {
		const { store, now } = this.#around;
		this.entry = EMPTY_ENTRY;
		this.given = null;
		const papers = this.standing?.provision;
		const back = (by: VirtualMeterProvision) => resetVirtualMeter(store, by, now(), preset);
		if (papers) await this.#store(() => back(papers));
		else await this.#withPapers(back);
	}

	async #withPapers(use: (papers: VirtualMeterProvision) => Promise<void>): Promise<void> {
		if (this.fetching === 'asking') return;
		this.fetching = 'asking';
		const outcome = await this.#around.api.provisionVirtualMeter(this.drn);
		if (outcome.kind === 'problem') this.fetching = { problem: outcome.problem };
		else if (outcome.kind === 'unknown') this.fetching = 'no-answer';
		else if (!describesMeter(outcome.answer)) this.fetching = 'unusable-papers';
		else {
			await this.#store(() => use(outcome.answer));
			this.fetching = 'idle';
		}
	}

	/** One key of the keypad. */
	async press(key: KeypadKey): Promise<void> {
		this.nowMs = this.#around.now();
		const { entry, action } = pressEntryKey(this.entry, key, this.nowMs);
		this.entry = entry;
		if (!action) {
			if (entryDigits(entry, this.nowMs) !== '') this.given = null;
			return;
		}
		await this.#act(action);
	}

	/** Puts twenty digits on the display; the person still has to press Enter. */
	offer(digits: string): void {
		this.entry = offerToken(digits);
		this.#give(entryVerdict('offered'));
	}

	async #act(action: EntryAction): Promise<void> {
		switch (action.kind) {
			case 'incomplete':
				return this.#give(entryVerdict('incomplete', String(action.count)));
			case 'unknown-code':
				return this.#give(entryVerdict('unknownCode', action.digits));
			case 'show':
				if (this.meter) this.#give(itemVerdict(shownItem(showItem(this.meter, action.name))));
				return;
			case 'token':
				return this.#enter(action.digits);
		}
	}

	async #enter(digits: string): Promise<void> {
		const { store, now } = this.#around;
		const verdict = await this.#store(() =>
			changeCosemMeter(store, this.drn, now(), (before, clockMs) => {
				const { value, outcome } = enterOnKeypad(before, digits, clockMs);
				return { meter: value, answer: tokenVerdict(outcome, value.meter) };
			}),
		);
		// Not stored is not done: the digits go back on the display.
		if (verdict) this.#give(verdict);
		else this.entry = offerToken(digits);
	}

	/** A hand on the meter besides its keypad: a load, a cover, the relay's button. */
	async lay(hand: (meter: VirtualMeter, clockMs: number) => VirtualMeter): Promise<void> {
		await this.#change((meter, clockMs) => ({ meter: hand(meter, clockMs), answer: true }));
	}

	/** Plants faults in the line to the meter, in place of those that were. */
	async plantInLine(names: readonly LineFaultName[]): Promise<void> {
		const { store, now } = this.#around;
		await this.#store(() => plantLineFaults(store, this.drn, now(), names));
	}

	async setLapse(lapse: TimeLapse): Promise<void> {
		const { store, now } = this.#around;
		await this.#store(() => setTimeLapse(store, this.drn, now(), lapse));
	}

	#give(verdict: Verdict): void {
		this.given = { verdict, atMs: this.#around.now() };
	}

	async #change<Answer>(
		change: Parameters<typeof changeVirtualMeter<Answer>>[3],
	): Promise<Answer | undefined> {
		const { store, now } = this.#around;
		return this.#store(() => changeVirtualMeter(store, this.drn, now(), change));
	}

	/** Does something with the store; a store that is full or closed is said, never passed over. */
	async #store<Answer>(act: () => Promise<Answer>): Promise<Answer | undefined> {
		try {
			const answer = await act();
			this.storeFault = false;
			return answer;
		} catch {
			this.storeFault = true;
			return undefined;
		}
	}
}
