import { describe, expect, it } from 'vitest';
import { EVENT_NAMES } from '#lib/core/dlms/profile/event-names.ts';
import { DEEDS } from '#lib/core/field/engineering/deeds.ts';
import { VERDICT_TONES, type VerdictKind } from '#lib/core/field/glance/verdicts.ts';
import type { VerdictTexts } from '#lib/core/words/en/glance.ts';
import { technicianEn } from '#lib/core/words/technician.ts';

/** Every sentence that needs no facts, with where it stands. */
function sentences(words: object, place = ''): [string, string][] {
	return Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] => {
		if (typeof value === 'string') return [[`${place}.${key}`, value]];
		return typeof value === 'object' && value !== null ? sentences(value, `${place}.${key}`) : [];
	});
}

const FACTS: VerdictTexts = {
	...{ found: '7', expected: '8', drift: '40 s behind', credit: '2.5 kWh', ends: '24 Nov 2045' },
	...{ count: '3', list: 'no credit left', assumed: true },
};
const NO_FACTS: VerdictTexts = { ...FACTS, found: '', credit: '', list: '', assumed: false };

describe('the technician’s sentences', () => {
	it('are there, calm, and of one spelling', () => {
		const all = sentences(technicianEn);
		expect(all.length).toBeGreaterThan(300);
		const empty = all.filter(([, text]) => text.trim() === '').map(([place]) => place);
		// The sum of the phases has no name of its own, and after a status that is well nothing is to be done.
		const meant = /^\.glance\.registers\.phases\.sum$|^\.delivery\.statuses\..*\.next$/;
		expect(empty.filter((place) => !meant.test(place))).toEqual([]);
		expect(empty).toHaveLength(6);
		expect(all.filter(([, text]) => /!|Oops|sorry|please|\s{2}|'/i.test(text))).toEqual([]);
	});

	it.each(Object.keys(VERDICT_TONES) as VerdictKind[])(
		'say of %s what it means and what to do',
		(kind) => {
			const { title, detail, todo } = technicianEn.glance.verdicts[kind];
			for (const text of [detail(FACTS), detail(NO_FACTS), todo])
				expect(text).toMatch(/^[A-Z].*\.$/s);
			expect(title).toMatch(/^[A-Z].*[^.]$/);
		},
	);

	it('name every event once, and every deed', () => {
		const names = EVENT_NAMES.map((name) => technicianEn.glance.events.names[name]);
		expect(new Set(names).size).toBe(names.length);
		expect(Object.keys(technicianEn.engineering.deeds)).toEqual(Object.keys(DEEDS));
	});
});
