/** The number field of the first screen: typed, scanned, pasted or shared, always judged in the same way. */
import { begunSale, keepBegunSale } from '#lib/browser/device/begun.ts';
import type { Scanned } from '#lib/core/sync/scanned-text.ts';
import type { ScanFaultKind, ScanRefusal } from '#lib/core/vending/scan-refusals.ts';
import { groupMeterNumber } from '#lib/ui/view/meter-number.ts';
import { decideMeterVerdict } from '#lib/ui/view/meter-verdict.ts';
import { words } from './language.ts';

export class MeterEntry {
	/** What was typed when the page was closed, until something else stands in the field. */
	#restored = begunSale()?.meterText ?? '';
	#text = $state(this.#restored);
	/** The person says that it is all. */
	asked = $state(false);
	/** Why the last code was not taken. */
	#refusal = $state.raw<ScanRefusal | ScanFaultKind | null>(null);
	readonly verdict = $derived(decideMeterVerdict(this.#text, this.asked));

	/** As it stands in the field, in groups. */
	get text(): string {
		return this.#text;
	}

	/** Whoever types on gets hints again, until the next tap on Continue. */
	set text(text: string) {
		this.#put(text);
		this.asked = false;
		this.#refusal = null;
	}

	get refusal(): string | undefined {
		const code = this.#refusal;
		if (code === null) return undefined;
		const { refusals, faults } = words.scan;
		return code in refusals ? refusals[code as ScanRefusal] : faults[code as ScanFaultKind];
	}

	/**
	 * What was scanned, pasted or shared.
	 * @returns why it is not taken; nothing: it stands in the field, or is a receipt's, with a screen of its own
	 */
	take(scanned: Scanned): string | undefined {
		this.asked = false;
		this.#refusal = null;
		if (scanned.kind === 'refused') this.#refusal = scanned.code;
		if (scanned.kind === 'meter' || scanned.kind === 'meter-card')
			this.#put(groupMeterNumber(scanned.drn));
		return this.refusal;
	}

	/** The scanner was never fetched here and cannot be now. */
	notLoaded(): void {
		this.#refusal = 'not-loaded';
	}

	/** A text that may hold more than a number: judged by what is loaded for it. */
	async takeText(text: string): Promise<Scanned | undefined> {
		try {
			const { readScannedText } = await import('#lib/core/sync/scanned-text.ts');
			const scanned = readScannedText(text);
			this.take(scanned);
			return scanned;
		} catch {
			this.notLoaded();
			return undefined;
		}
	}

	/** A number of the last time that is one of these is not needed: they are offered with one tap. */
	dropRestored(drns: readonly string[]): void {
		const drn = this.#restored.replaceAll(' ', '');
		if (drns.includes(drn)) this.#put('');
	}

	#put(text: string): void {
		this.#restored = '';
		this.#text = text;
		keepBegunSale({ meterText: text, drn: null, amountText: '' });
	}
}
