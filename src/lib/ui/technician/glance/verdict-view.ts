/** A finding of a glance as a person sees it. */
import type { ClockDrift } from '#lib/core/field/glance/clock.ts';
import { VERDICT_TONES, type Verdict } from '#lib/core/field/glance/verdicts.ts';
import type { VerdictTexts } from '#lib/core/words/en/glance.ts';
import { language } from '#lib/ui/state/language.ts';
import type { Tone } from '#lib/ui/view/tones.ts';
import { words } from '#lib/ui/technician/words.ts';
import { numberText, quantityText, spanText } from './reading-text.ts';

export interface VerdictView {
	readonly kind: Verdict['kind'];
	readonly tone: Tone;
	readonly title: string;
	readonly detail: string;
	readonly todo: string;
}

const NO_TEXTS: VerdictTexts = {
	...{ found: '', expected: '', drift: '', credit: '', ends: '', count: '', list: '' },
	assumed: false,
};

/** How far a clock is off: `2 hr ahead`. */
export function driftText({ driftMs }: ClockDrift): string {
	const { ahead, behind } = words.glance.clock;
	return (driftMs >= 0 ? ahead : behind)(spanText(driftMs));
}

export function verdictView(verdict: Verdict): VerdictView {
	const { title, detail, todo } = words.glance.verdicts[verdict.kind];
	const tone = VERDICT_TONES[verdict.kind];
	return {
		kind: verdict.kind,
		tone: tone === 'note' ? 'neutral' : tone,
		title,
		detail: detail({ ...NO_TEXTS, ...textsOf(verdict) }),
		todo,
	};
}

function textsOf(verdict: Verdict): Partial<VerdictTexts> {
	switch (verdict.kind) {
		case 'other-meter':
			return { found: verdict.found, expected: verdict.expected };
		case 'number-unsound':
			return { found: verdict.found };
		case 'relay-open':
			return { list: listText(verdict.because.map((each) => words.glance.relay.reasons[each])) };
		case 'credit-out':
		case 'credit-low':
			return { credit: verdict.credit ? quantityText(verdict.credit) : '' };
		case 'key-behind':
			return { found: numberText(verdict.found), expected: numberText(verdict.expected) };
		case 'key-differs':
			return {
				list: listText(verdict.differences.map((each) => words.glance.sts.differences[each])),
			};
		case 'key-ended':
		case 'key-ends':
			return { ends: dateText(verdict.endsMs) };
		case 'clock-zone':
		case 'clock-drifts':
			return { drift: driftText(verdict.drift), assumed: verdict.drift.zone === 'assumed' };
		case 'cover-opened':
			return { count: numberText(verdict.count) };
		case 'firmware-unknown':
			return { found: verdict.found ?? '' };
		default:
			return {};
	}
}

export const listText = (parts: readonly string[]): string =>
	new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);

const dateText = (atMs: number): string =>
	new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(atMs);
