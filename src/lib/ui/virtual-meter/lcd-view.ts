/** What the display shows, as plain values: a pure function of the meter and of what is being keyed in. */
import { emergencyLeftWh } from '#lib/core/meter/emergency-credit.ts';
import { phasePowersW, relayOf } from '#lib/core/meter/supply.ts';
import { isCreditLow, type VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { TOKEN_DIGITS } from '#lib/core/sts/token-number.ts';
import { entryDigits, secondsLeft, type Entry } from './entry.ts';
import { readClock, readKwh } from './reading.ts';
import type { Verdict } from './verdict.ts';
import { words } from './words.ts';

/** The fixed legends at the top of the display. */
export type Annunciator =
	'supplyOff' | 'lowCredit' | 'tamper' | 'locked' | 'emergency' | 'remoteOff';

export interface LcdView {
	readonly annunciators: Readonly<Record<Annunciator, boolean>>;
	/** One legend per phase, lit while power flows there. */
	readonly phases: readonly boolean[];
	/** The rate that counts, 1 … 8; null: this make has one for everything. */
	readonly rate: number | null;
	readonly main:
		| {
				readonly kind: 'figure';
				readonly of: 'credit' | 'emergency' | 'used';
				readonly figure: string;
				readonly unit: string;
		  }
		| { readonly kind: 'entry'; readonly digits: string; readonly secondsLeft: number | null }
		| { readonly kind: 'label'; readonly label: string };
	/** The text line: sixteen signs at full size, more at a smaller one. */
	readonly message: string;
}

/** A verdict, and when it was given, by the wall's clock. */
export interface GivenVerdict {
	readonly verdict: Verdict;
	readonly atMs: number;
}

export interface LcdFacts {
	readonly meter: VirtualMeter;
	/** The meter's own clock. */
	readonly clockMs: number;
	readonly entry: Entry;
	readonly given: GivenVerdict | null;
	/** The wall's clock, by which a hand is measured. */
	readonly nowMs: number;
}

/** How long the meter shows a verdict before it goes back to its credit. */
export const VERDICT_MS = 6000;

/** How long each item of a test is shown. */
export const ITEM_MS = 2500;

/** Whole seconds, by the meter's clock, until it takes tokens again; 0 when it does. */
export function lockedSeconds({ decoder }: VirtualMeter, clockMs: number): number {
	return Math.max(0, Math.ceil((decoder.lockout.untilMs - clockMs) / 1000));
}

/** The display at one instant. */
export function lcdView(facts: LcdFacts): LcdView {
	const { meter, clockMs, entry, nowMs } = facts;
	const { supply } = meter;
	const annunciators = {
		supplyOff: relayOf(supply) !== 'closed',
		lowCredit: isCreditLow(meter),
		tamper: meter.tampers.noted.length > 0,
		locked: lockedSeconds(meter, clockMs) > 0,
		emergency: supply.emergency?.invoked ?? false,
		remoteOff: supply.control === 'disconnected',
	};
	const legends = {
		annunciators,
		phases: phasePowersW(supply).map((powerW) => powerW > 0),
		rate: meter.tariff?.rate ?? null,
	};
	const digits = entryDigits(entry, nowMs);
	if (digits !== '') {
		const isWhole = digits.length === TOKEN_DIGITS;
		return {
			...legends,
			main: { kind: 'entry', digits, secondsLeft: secondsLeft(entry, nowMs) },
			message: isWhole ? words.display.pressEnter : words.display.digitsOf(digits.length),
		};
	}
	return { ...legends, ...restingView(facts) };
}

type Resting = Pick<LcdView, 'main' | 'message'>;

/** What a meter shows of itself all day: its credit, or what was used where that is paid for later. */
function standingView({ supply }: VirtualMeter): Resting {
	const { prepaid, creditWh, totalWh, emergency } = supply;
	const figure = (of: 'credit' | 'emergency' | 'used', energyWh: number) =>
		({ kind: 'figure', of, figure: readKwh(energyWh), unit: 'kWh' }) as const;
	if (!prepaid) return { main: figure('used', totalWh), message: words.display.totalUsed };
	const main = figure('credit', creditWh);
	if (creditWh > 0) return { main, message: words.display.credit };
	const leftWh = emergencyLeftWh(emergency);
	if (leftWh === 0) return { main, message: words.display.noCredit };
	return { main: figure('emergency', leftWh), message: words.display.emergencyCredit };
}

function restingView({ meter, clockMs, given, nowMs }: LcdFacts): Resting {
	const standing = standingView(meter);
	const { main } = standing;
	const shownMs = given ? nowMs - given.atMs : Infinity;
	const items = given?.verdict.items ?? [];
	const item = items[Math.floor(shownMs / ITEM_MS)];
	if (item) return { main: { kind: 'label', label: item.label }, message: item.value };
	const locked = lockedSeconds(meter, clockMs);
	const isRecent = given !== null && items.length === 0 && shownMs < VERDICT_MS;
	// While locked, the time left says more than the word.
	if (isRecent && !(locked > 0 && given.verdict.name === 'Lockout'))
		return { main, message: given.verdict.display };
	if (locked > 0) return { main, message: words.display.lockedFor(readClock(locked)) };
	return standing;
}

/** The display in words, for those who do not see it. */
export function lcdTwin(view: LcdView): string {
	const { annunciators, main, message } = view;
	const alarms = (Object.keys(annunciators) as Annunciator[])
		.filter((name) => annunciators[name])
		.map((name) => words.twin[name]);
	const live = view.phases.flatMap((flows, at) => (flows ? [words.display.phase(at + 1)] : []));
	const phases =
		view.phases.length > 1 && live.length > 0 ? [words.twin.phases(live.join(', '))] : [];
	const rate = view.rate === null ? [] : [words.twin.rate(String(view.rate))];
	return [mainTwin(main, message), ...phases, ...rate, ...alarms].join(' ');
}

const FIGURE_TWINS = { credit: 'credit', emergency: 'emergencyCredit', used: 'used' } as const;

function mainTwin(main: LcdView['main'], message: string): string {
	switch (main.kind) {
		case 'entry':
			return words.twin.entry(main.digits.replace(/(\d{4})(?=\d)/g, '$1 '));
		case 'label':
			return words.twin.item(main.label, message);
		case 'figure':
			return words.twin[FIGURE_TWINS[main.of]](main.figure);
	}
}

/**
 * What is read aloud when it changes: the groups as they fill, and what the meter writes. The credit is
 * left out, since it changes all the time.
 */
export function lcdSpoken({ main, message }: LcdView): string {
	if (main.kind !== 'entry') return main.kind === 'label' ? `${main.label} ${message}` : message;
	const whole = main.digits.length - (main.digits.length % 4);
	if (whole === TOKEN_DIGITS) return words.twin.full;
	return whole === 0 ? '' : words.twin.entry(main.digits.slice(whole - 4, whole));
}
