/** A whole glance at a meter that answers at once. */
import type { Agreement } from '#lib/core/dlms/association/client.ts';
import {
	type AskedBetween,
	beginGlance,
	type GlanceReading,
	goOnSorting,
	nextGlanceStep,
	takeGlanceAnswer,
} from '#lib/core/field/glance/glance-reading.ts';
import { agreement, type Answering } from '../answering.ts';

export const NOW_MS = Date.UTC(2026, 10, 29, 12);
export const AT_ONCE: AskedBetween = { askedMs: NOW_MS, answeredMs: NOW_MS };

/** Goes on with a reading until nothing is left to ask, or `most` questions were. */
export function goOn(
	from: GlanceReading,
	answer: Answering,
	{ between = AT_ONCE, most = Infinity }: { between?: AskedBetween; most?: number } = {},
): GlanceReading {
	let reading = from;
	let asked = 0;
	for (;;) {
		const step = nextGlanceStep(reading);
		if (step.do === 'done' || asked >= most) return reading;
		if (step.do === 'sort') reading = goOnSorting(reading);
		else {
			asked += 1;
			if (asked > 5000) throw new Error('the reading has no end');
			reading = takeGlanceAnswer(reading, answer(step.wish), between);
		}
	}
}

export const glanceAt = (
	answer: Answering,
	agreed: Agreement = agreement(),
	between: AskedBetween = AT_ONCE,
): GlanceReading => goOn(beginGlance(agreed), answer, { between });
