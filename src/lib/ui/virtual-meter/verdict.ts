/** What is said of a token, a short code or the keypad, on the display and beside the meter. */
import type { Done } from '#lib/core/meter/carry-out.ts';
import type { TokenOutcome } from '#lib/core/meter/enter-token.ts';
import type { VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { isTaken } from '#lib/core/sts/decoder/token-result.ts';
import { WH_PER_DECI_KWH } from '#lib/core/units/energy.ts';
import { energy } from '#lib/ui/state/language.ts';
import { shownItem, type ShownItem } from './shown-items.ts';
import { words } from './words.ts';

export interface Verdict {
	/** For tests: the result by its own name. */
	readonly name: string;
	readonly tone: 'good' | 'bad' | 'wait' | 'action';
	/** What the meter itself writes. */
	readonly display: string;
	readonly title: string;
	readonly detail: string;
	/** What the meter shows of itself, when that was asked for. */
	readonly items: readonly ShownItem[];
}

/** Energy for a sentence, cut to 0.1 kWh. */
const energyOf = (energyWh: number): string => energy(Math.floor(energyWh / WH_PER_DECI_KWH));

/** What the meter answered to a token. @param meter as it stands after the token */
export function tokenVerdict(outcome: TokenOutcome, meter: VirtualMeter): Verdict {
	const { result } = outcome;
	const { display, title, detail } = words.results[result];
	const credit = energyOf(meter.supply.creditWh);
	const missing = 'missing' in outcome ? outcome.missing.join(', ') : '';
	const done = 'done' in outcome ? outcome.done : null;
	return {
		name: result,
		tone: isTaken(result) ? 'good' : result === 'Lockout' ? 'wait' : 'bad',
		display,
		title,
		detail: done ? doneSentence(done, credit) : detail({ credit, missing }),
		items: done?.kind === 'shown' ? done.items.map(shownItem) : [],
	};
}

function doneSentence(done: Done, credit: string): string {
	switch (done.kind) {
		case 'credited':
			return words.done.credited(energyOf(done.energyWh), credit);
		case 'credit-cleared':
			return words.done.creditCleared(energyOf(done.clearedWh));
		case 'power-limit-set':
			return words.done.powerLimitSet(String(done.limitW));
		case 'phase-unbalance-limit-set':
			return words.done.phaseLimitSet(String(done.limitW));
		case 'tamper-cleared':
			return words.done.tamperCleared;
		case 'shown':
			return words.done.shown;
	}
}

/** What the keypad itself has to say. */
export function entryVerdict(
	name: 'incomplete' | 'timedOut' | 'offered' | 'unknownCode',
	fact = '',
): Verdict {
	const { display, title, detail } = words.entry[name];
	const tone = name === 'offered' ? 'action' : 'bad';
	return { name, tone, display, title, detail: detail(fact), items: [] };
}

/** What a short code asked the meter to show. */
export function itemVerdict(item: ShownItem): Verdict {
	const { title } = words.shown;
	return { name: 'shown', tone: 'action', display: item.value, title, detail: '', items: [item] };
}
